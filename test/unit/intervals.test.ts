// Intervals of proportions against their defining equations, and by how often they cover.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { clusteredInterval, proportion, wilson } from "../../src/core/metrics/accuracy.ts";
import { seededRandom } from "../../src/core/random.ts";
import { expectClose } from "../support/close.ts";
import { judgedPairs, meanOf, score, sumOf } from "../support/judgedPairs.ts";

const z = 1.959963984540054;

describe("intervals", () => {
  it("Wilson's ends are the shares that lie 1.96 of their own standard errors away", () => {
    const sample = fc.integer({ min: 1, max: 500 }).chain((n) =>
      fc.record({
        n: fc.constant(n),
        halves: fc.integer({ min: 0, max: 2 * n }),
      }),
    );
    fc.assert(
      fc.property(sample, ({ n, halves }) => {
        const share = halves / 2 / n;
        const { low, high } = wilson(halves / 2, n);
        expect(0 <= low && low <= share && share <= high && high <= 1).toBe(true);
        for (const end of [low, high]) {
          expectClose((share - end) ** 2, (z * z * end * (1 - end)) / n, {
            atol: 1e-12,
            rtol: 1e-9,
          });
        }
      }),
    );
    expect(proportion(3, 4)).toEqual({ value: 0.75, ...wilson(3, 4), n: 4 });
    expect(() => wilson(0, 0)).toThrow(/got 0 of 0/);
    expect(() => wilson(3, 2)).toThrow(/got 3 of 2/);
  });

  it("the clustered one is the sum over all pairs of pairs of one prompt", () => {
    fc.assert(
      fc.property(judgedPairs, (pairs) => {
        const mean = meanOf(pairs, score);
        const groups = new Set(pairs.map(({ prompt }) => prompt)).size;
        const scores = Float64Array.from(pairs, score);
        const interval = clusteredInterval(
          scores,
          pairs.map(({ prompt }) => prompt),
        );
        if (groups === 1 || new Set(scores).size === 1) {
          expect(interval).toEqual(wilson(mean * groups, groups));
          return;
        }
        const together = sumOf(pairs, (a) =>
          sumOf(pairs, (b) => (a.prompt === b.prompt ? (score(a) - mean) * (score(b) - mean) : 0)),
        );
        const variance = (groups / (groups - 1)) * (together / pairs.length ** 2);
        const half = z * Math.sqrt(Math.max(variance, 0));
        const ends = [Math.max(mean - half, 0), Math.min(mean + half, 1)];
        expectClose([interval.low, interval.high], ends, { atol: 1e-7, rtol: 0 });
      }),
    );
  });

  it("the clustered one covers where prompts decide, and Wilson's does not", () => {
    const random = seededRandom(11);
    let [clustered, independent] = [0, 0];
    for (let run = 0; run < 500; run++) {
      // 60 prompts of 8 pairs that are all right or all wrong: 60 coins, not 480.
      const scores = new Float64Array(480);
      for (let prompt = 0; prompt < 60; prompt++) {
        scores.fill(random() < 0.6 ? 1 : 0, 8 * prompt, 8 * prompt + 8);
      }
      const prompts = Array.from(scores, (_, i) => `prompt ${i >> 3}`);
      const covers = ({ low, high }: { low: number; high: number }): number =>
        low <= 0.6 && 0.6 <= high ? 1 : 0;
      clustered += covers(clusteredInterval(scores, prompts));
      independent += covers(
        wilson(
          sumOf(Array.from(scores), (s) => s),
          480,
        ),
      );
    }
    expect(clustered / 500).toBeGreaterThan(0.91);
    expect(clustered / 500).toBeLessThan(0.98);
    expect(independent / 500).toBeLessThan(0.7);
  });
});
