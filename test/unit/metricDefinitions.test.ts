// Proper scores, binned errors and bins against slow versions written from their definitions.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { wilson } from "../../src/core/metrics/accuracy.ts";
import { wouldPass } from "../../src/core/select.ts";
import { expectClose } from "../support/close.ts";
import {
  confidence,
  type JudgedPair,
  judgedPairs,
  meanOf,
  measured,
  score,
  sumOf,
} from "../support/judgedPairs.ts";

const rounding = { atol: 1e-12, rtol: 1e-12 };

/** The pairs of each non-empty bin (from, to], the first one closed. */
function binned(pairs: readonly JudgedPair[], edges: readonly number[]): JudgedPair[][] {
  return edges
    .slice(1)
    .map((to, b) =>
      pairs.filter((pair) => {
        const c = confidence(pair);
        return c <= to && (c > edges[b]! || (b === 0 && c === edges[0]));
      }),
    )
    .filter((bin) => bin.length > 0);
}

/** Equally full bins; pairs as confident as the last one of a bin belong to it. */
function equallyFilled(pairs: readonly JudgedPair[], count: number): JudgedPair[][] {
  const sorted = pairs.toSorted((a, b) => confidence(a) - confidence(b));
  const bins: JudgedPair[][] = [];
  for (let b = 0, end = 0; b < count; b++) {
    end += Math.floor(pairs.length / count) + (b < pairs.length % count ? 1 : 0);
    const last = confidence(sorted[end - 1]!);
    const taken = bins.flat().length;
    bins.push(sorted.filter((pair, i) => i >= taken && confidence(pair) <= last));
  }
  return bins.filter((bin) => bin.length > 0);
}

const gapOf = (bin: readonly JudgedPair[]): number => meanOf(bin, score) - meanOf(bin, confidence);
const ticks = (from: number, parts: number): number[] =>
  Array.from({ length: parts - from + 1 }, (_, i) => (from + i) / parts);

describe("measure", () => {
  it("agrees with the definitions of the scores", () => {
    fc.assert(
      fc.property(judgedPairs, (pairs) => {
        const metrics = measured(pairs);
        expectClose(metrics.accuracy, meanOf(pairs, score), rounding);
        const nll = meanOf(pairs, ({ p, target }) => {
          const limited = Math.min(Math.max(p, Number.EPSILON), 1 - Number.EPSILON);
          const [first, second] = [Math.log(limited), Math.log1p(-limited)];
          return -target * first - (1 - target) * second;
        });
        // Through the confidence, 1 - p is rounded to 2^-53: 1e-6 of the p above 1e-10 used here.
        expectClose(metrics.nll, nll, { atol: 1e-6, rtol: 1e-6 });
        expectClose(
          metrics.brier,
          meanOf(pairs, ({ p, target }) => (p - target) ** 2),
          rounding,
        );
      }),
    );
  });

  it("splits the Brier score into parts that add up, with the remainder within bins", () => {
    fc.assert(
      fc.property(judgedPairs, (pairs) => {
        // A pair with p = 1/2 is two halves, one right and one wrong: two pairs, and every other one twice.
        const doubled = pairs.flatMap((pair) =>
          pair.p === 0.5
            ? [
                { c: 0.5, o: pair.target, pair },
                { c: 0.5, o: 1 - pair.target, pair },
              ]
            : [pair, pair].map((same) => ({ c: confidence(same), o: score(same), pair })),
        );
        type Half = (typeof doubled)[number];
        const c = (half: Half): number => half.c;
        const o = (half: Half): number => half.o;
        const all = meanOf(doubled, o);
        let [reliability, resolution, variance, covariance] = [0, 0, 0, 0];
        for (const bin of binned(pairs, ticks(10, 20))) {
          const halves = doubled.filter((half) => bin.includes(half.pair));
          const [meanC, meanO] = [meanOf(halves, c), meanOf(halves, o)];
          const share = halves.length / doubled.length;
          reliability += share * (meanC - meanO) ** 2;
          resolution += share * (meanO - all) ** 2;
          variance += share * meanOf(halves, (half) => (half.c - meanC) ** 2);
          covariance += 2 * share * meanOf(halves, (half) => (half.c - meanC) * (half.o - meanO));
        }
        const uncertainty = meanOf(doubled, (half) => (half.o - all) ** 2);
        const { brier, brierParts: parts } = measured(pairs);
        expectClose(parts.reliability, reliability, rounding);
        expectClose(parts.uncertainty, uncertainty, rounding);
        expectClose(parts.resolution, resolution - variance + covariance, rounding);
        expectClose(parts.reliability - parts.resolution + parts.uncertainty, brier, rounding);
      }),
    );
  });

  it("agrees with the definitions of the binned errors", () => {
    fc.assert(
      fc.property(judgedPairs, (pairs) => {
        const metrics = measured(pairs);
        const n = pairs.length;
        const weighted = (bins: JudgedPair[][]): number =>
          sumOf(bins, (bin) => (bin.length / n) * Math.abs(gapOf(bin)));
        expectClose(metrics.ece, weighted(binned(pairs, ticks(0, 15))), rounding);
        const filled = equallyFilled(pairs, Math.min(15, n));
        expectClose(metrics.eceEqualMass, weighted(filled), rounding);
        const pairsOrMore = equallyFilled(pairs, Math.max(1, Math.min(15, Math.floor(n / 2))));
        const squared = sumOf(pairsOrMore, (bin) => {
          if (bin.length < 2) return 0;
          const accuracy = meanOf(bin, score);
          const sample = sumOf(bin, (pair) => (score(pair) - accuracy) ** 2) / (bin.length - 1);
          return (bin.length / n) * (gapOf(bin) ** 2 - sample / bin.length);
        });
        // Compared as squares: the root of a rounding error of 1e-17 would be 3e-9.
        expectClose(metrics.eceDebiased ** 2, Math.max(squared, 0), rounding);
      }),
    );
  });

  it("counts the pairs of each bin so that those above an edge pass it as a threshold", () => {
    fc.assert(
      fc.property(judgedPairs, (pairs) => {
        const { reliability, confidenceHistogram: histogram } = measured(pairs);
        const confidences = Float64Array.from(pairs, confidence);
        for (const { from, to, n, meanConfidence, accuracy, low, high } of reliability) {
          const bin = pairs.filter((pair) => {
            const c = confidence(pair);
            return c <= to && (c > from || (from === 0.5 && c === 0.5));
          });
          expect(n).toBe(bin.length);
          if (n === 0) {
            expect([meanConfidence, accuracy, low, high]).toEqual([null, null, null, null]);
            continue;
          }
          expectClose(meanConfidence!, meanOf(bin, confidence), rounding);
          expectClose(accuracy!, meanOf(bin, score), rounding);
          expect({ low, high }).toEqual(wilson(sumOf(bin, score), n));
        }
        expect(reliability.map(({ from }) => from)).toEqual(ticks(10, 20).slice(0, -1));
        expect(reliability.map(({ to }) => to)).toEqual(ticks(10, 20).slice(1));
        expect(histogram.length).toBe(20);
        for (let k = 0; k < 20; k++) {
          const count = wouldPass(confidences, [(20 + k) / 40])[0]!.count;
          const inLower = k === 0 ? confidences.filter((c) => c === 0.5).length : 0;
          expect(sumOf(histogram.slice(k), (c) => c) - inLower).toBe(count);
        }
      }),
    );
  });
});
