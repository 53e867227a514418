// Intervals of Brier, ECE and smECE: their parts against slow sums, and by how often they hold the truth.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { rawConfidence, probabilities } from "../../src/core/calibration.ts";
import { clusteredMean } from "../../src/core/metrics/clusteredMean.ts";
import { expectedCalibrationError } from "../../src/core/metrics/ece.ts";
import { errorDraws, rootOf } from "../../src/core/metrics/errorDraws.ts";
import { eceInterval, smoothEceInterval } from "../../src/core/metrics/errorIntervals.ts";
import { measure } from "../../src/core/metrics/measure.ts";
import { type Outcomes, outcomesOf } from "../../src/core/metrics/outcomes.ts";
import {
  absoluteSum,
  axisKernel,
  axisNodes,
  axisStep,
  product,
} from "../../src/core/metrics/smoothAxis.ts";
import { smoothEce, smoothEceAt } from "../../src/core/metrics/smoothEce.ts";
import { seededRandom } from "../../src/core/random.ts";
import { expectClose } from "../support/close.ts";
import { confidence, judgedPairs, measured } from "../support/judgedPairs.ts";

const sigmoid = (x: number): number => 1 / (1 + Math.exp(-x));

interface Sample {
  readonly outcomes: Outcomes;
  readonly p: Float64Array;
  readonly target: Float64Array;
  readonly prompts: readonly string[];
  /** Outcomes with the probability of being right in place of being right. */
  readonly expected: Outcomes;
}

/** A model that is right with sigmoid(honesty * margin); the pairs of a prompt share half of their luck. */
function sample(seed: string, n: number, shape: { perPrompt: number; honesty: number }): Sample {
  const { perPrompt, honesty } = shape;
  const random = seededRandom(seed);
  const normal = (): number =>
    Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
  const margin = Float64Array.from({ length: n }, () => 1.2 * normal());
  let luck = 0;
  const target = margin.map((m, i) => {
    if (i % perPrompt === 0) luck = random();
    const isShared = perPrompt > 1 && random() < 0.5;
    const isRight = (isShared ? luck : random()) < sigmoid(honesty * Math.abs(m));
    return isRight === m > 0 ? 1 : 0;
  });
  const p = margin.map(sigmoid);
  const outcomes = outcomesOf(p, target);
  const correct = margin.map((m) => sigmoid(honesty * Math.abs(m)));
  const prompts = Array.from(p, (_, i) => `prompt ${Math.floor(i / perPrompt)}`);
  return { outcomes, p, target, prompts, expected: { ...outcomes, correct } };
}

describe("the mean of vectors by cluster", () => {
  it("has the covariance of the sums over all pairs of pairs of one prompt", () => {
    const vectors = fc.array(
      fc.record({
        at: fc.integer({ min: 0, max: 3 }),
        value: fc.double({ min: -1, max: 1, noNaN: true }),
        share: fc.constantFrom(0, 0.25, 1),
        prompt: fc.constantFrom("a", "b", "c", "d"),
      }),
      { minLength: 2, maxLength: 25 },
    );
    fc.assert(
      fc.property(vectors, (rows) => {
        const prompts = rows.map(({ prompt }) => prompt);
        const groups = new Set(prompts).size;
        const given = {
          size: 5,
          at: Int32Array.from(rows, ({ at }) => at),
          value: Float64Array.from(rows, ({ value }) => value),
          share: Float64Array.from(rows, ({ share }) => share),
        };
        if (groups === 1) {
          expect(() => clusteredMean(given, prompts)).toThrow(/2 clusters or more, got 1/);
          return;
        }
        const dense = rows.map(({ at, value, share }) => {
          const vector = [0, 0, 0, 0, 0];
          vector[at]! += value * (1 - share);
          vector[at + 1]! += value * share;
          return vector;
        });
        const n = rows.length;
        const mean = [0, 1, 2, 3, 4].map((j) => dense.reduce((sum, v) => sum + v[j]! / n, 0));
        const slow = mean.flatMap((_, a) =>
          mean.map((_, b) => {
            let sum = 0;
            for (const [i, one] of dense.entries()) {
              for (const [k, other] of dense.entries()) {
                if (prompts[i] !== prompts[k]) continue;
                sum += (one[a]! - mean[a]!) * (other[b]! - mean[b]!);
              }
            }
            return ((groups / (groups - 1)) * sum) / n / n;
          }),
        );
        const found = clusteredMean(given, prompts);
        expectClose([...found.mean], mean, { atol: 1e-12, rtol: 0 });
        // The ridge is 1e-9 of a mean square, which is 1 at most.
        expectClose([...found.covariance], slow, { atol: 2e-9, rtol: 0 });
        const root = rootOf(found.covariance, 5);
        const again = slow.map((_, at) => {
          const [a, b] = [Math.floor(at / 5), at % 5];
          return [0, 1, 2, 3, 4].reduce((sum, j) => sum + root[a * 5 + j]! * root[b * 5 + j]!, 0);
        });
        expectClose(again, slow, { atol: 1e-8, rtol: 0 });
      }),
    );
  });
});

describe("draws", () => {
  it("are those of a normal distribution", () => {
    // |z| and |3 + z|: the quantiles of the standard normal at 98.75 %, and at 2.5, 50 and 97.5 % from 3.
    const { around, none } = errorDraws(Float64Array.of(3), Float64Array.of(1), 1);
    expectClose(none, 2.2414, { atol: 0.25, rtol: 0 });
    expectClose([around.low, around.median, around.high], [1.04, 3, 4.96], { atol: 0.25, rtol: 0 });
  });
});

describe("the coarse axis", () => {
  it("smooths as smECE does", () => {
    const { outcomes } = sample("axis", 400, { perPrompt: 1, honesty: 0.4 });
    const residuals = new Float64Array(axisNodes);
    for (let i = 0; i < outcomes.n; i++) {
      const place = (outcomes.confidence[i]! - 0.5) / axisStep;
      const left = Math.min(Math.floor(place), axisNodes - 2);
      const residual = (outcomes.correct[i]! - outcomes.confidence[i]!) / outcomes.n;
      residuals[left]! += residual * (left + 1 - place);
      residuals[left + 1]! += residual * (place - left);
    }
    for (const bandwidth of [0.03, 0.1, 0.3, 1]) {
      const coarse = absoluteSum(product(axisKernel(bandwidth), residuals, 1));
      expectClose(coarse, smoothEceAt(outcomes, bandwidth), { atol: 1e-3, rtol: 0.02 });
    }
  });
});

describe("intervals of errors", () => {
  it("hold the value, and stay in 0 to 1", () => {
    fc.assert(
      fc.property(judgedPairs, (pairs) => {
        const m = measured(pairs);
        for (const name of ["brier", "ece", "smece"] as const) {
          const [low, high] = [m[`${name}Low`], m[`${name}High`]];
          expect(low === null).toBe(high === null);
          if (low === null || high === null) continue;
          expect(0 <= low && low <= m[name] && m[name] <= high && high <= 1).toBe(true);
        }
        if (new Set(pairs.map(({ prompt }) => prompt)).size === 1) expect(m.eceLow).toBe(null);
        expect(m.brierLow).not.toBe(null);
      }),
    );
  });

  it("of Brier are 1.96 cluster-robust standard errors wide", () => {
    const { p, target, prompts } = sample("brier", 300, { perPrompt: 3, honesty: 0.7 });
    const m = measure(p, target, prompts);
    const errors = Array.from(p, (x, i) => (x - target[i]!) ** 2 - m.brier);
    let squares = 0;
    for (let g = 0; g < 100; g++)
      squares += (errors[3 * g]! + errors[3 * g + 1]! + errors[3 * g + 2]!) ** 2;
    const half = (1.959963984540054 * Math.sqrt((100 / 99) * squares)) / 300;
    expectClose([m.brierLow!, m.brierHigh!], [m.brier - half, m.brier + half], {
      atol: 1e-12,
      rtol: 0,
    });
  });

  it("of ECE agree with resampling prompts, which is slow", () => {
    const { outcomes, prompts } = sample("resampled", 1200, { perPrompt: 3, honesty: 0.4 });
    const ece = expectedCalibrationError(outcomes);
    const random = seededRandom("resampling");
    const draws = Array.from({ length: 1500 }, () => {
      const rows = Array.from({ length: 400 }, () => 3 * Math.floor(400 * random()));
      const pick = (of: Float64Array): Float64Array =>
        Float64Array.from(rows.flatMap((row) => [of[row]!, of[row + 1]!, of[row + 2]!]));
      return expectedCalibrationError({
        n: 1200,
        confidence: pick(outcomes.confidence),
        correct: pick(outcomes.correct),
      });
    }).sort((a, b) => a - b);
    const [from, middle, to] = [draws[37]!, draws[750]!, draws[1462]!];
    const above = Math.max(middle - from, to - middle);
    const { low, high } = eceInterval(outcomes, prompts, ece)!;
    // 400 draws know a 2.5 % quantile to about 6 % of the interval's width; 1,500 to 3 %.
    const atol = 0.1 * (to - from);
    expectClose([low, high], [2 * ece - to, ece + above], { atol, rtol: 0 });
  });

  // 300 samples each: a coverage of 95 % is seen as 91.2 % or more (three standard errors).
  it.each([
    [1, 100, 1],
    [1, 1000, 4],
    [0.7, 100, 1],
    [0.7, 1000, 4],
    [0.3, 100, 4],
    [0.3, 1000, 1],
  ])(
    "hold the truth: honesty %d, %d pairs, %d a prompt",
    (honesty, n, perPrompt) => {
      const { expected } = sample("truth", 200_000, { perPrompt: 1, honesty });
      const truth = {
        ece: expectedCalibrationError(expected),
        smece: honesty === 1 ? 0 : smoothEce(expected),
      };
      let [ece, smece] = [0, 0];
      for (let run = 0; run < 300; run++) {
        const { outcomes, prompts } = sample(`run ${run}`, n, { perPrompt, honesty });
        const holds = (of: { low: number; high: number } | null, value: number): number =>
          of !== null && of.low <= value + 1e-12 && value <= of.high ? 1 : 0;
        const one = eceInterval(outcomes, prompts, expectedCalibrationError(outcomes));
        ece += holds(one, truth.ece) / 300;
        smece +=
          holds(smoothEceInterval(outcomes, prompts, smoothEce(outcomes)), truth.smece) / 300;
      }
      console.log(
        `coverage, honesty ${honesty}, ${n} pairs, ${perPrompt} a prompt: ECE ${ece.toFixed(3)}, smECE ${smece.toFixed(3)}`,
      );
      expect(ece).toBeGreaterThan(0.912);
      expect(smece).toBeGreaterThan(0.912);
    },
    120_000,
  );
});

describe("bounds of scaled confidence", () => {
  it("are found again by the model's own", () => {
    fc.assert(
      fc.property(judgedPairs, fc.double({ min: 0.05, max: 20, noNaN: true }), (pairs, t) => {
        for (const pair of pairs) {
          const raw = Math.min(confidence(pair), 1 - 1e-12);
          const [scaled] = probabilities(Float64Array.of(Math.log(raw / (1 - raw))), t);
          if (scaled! > 1 - 1e-9) continue;
          expectClose(rawConfidence(scaled!, t), raw, { atol: 1e-6, rtol: 0 });
        }
        expect([rawConfidence(0.5, t), rawConfidence(1, t)]).toEqual([0.5, 1]);
      }),
    );
  });
});
