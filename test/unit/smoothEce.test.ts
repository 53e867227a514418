// Smooth ECE against its integral, kernel by kernel and mirror by mirror, and against relplot.
import { describe, expect, it } from "vitest";
import { type Outcomes, outcomesOf } from "../../src/core/metrics/outcomes.ts";
import { smoothEce, smoothEceAt } from "../../src/core/metrics/smoothEce.ts";
import { seededRandom } from "../../src/core/random.ts";
import { calibrationCases } from "../support/calibrationCases.ts";
import { expectClose } from "../support/close.ts";

/** The definition: every pair's Gaussian and its mirror images at 0 and 1, integrated by the midpoint rule. */
function slowSmoothEceAt({ n, confidence, correct }: Outcomes, s: number): number {
  const steps = 20_000;
  let total = 0;
  for (let j = 0; j < steps; j++) {
    const t = (j + 0.5) / steps;
    let sum = 0;
    for (let i = 0; i < n; i++) {
      let kernel = 0;
      for (let mirror = -3; mirror <= 3; mirror++) {
        for (const side of [-1, 1]) {
          const distance = t - side * confidence[i]! - 2 * mirror;
          kernel += Math.exp(-(distance ** 2) / (2 * s * s));
        }
      }
      sum += (kernel / (s * Math.sqrt(2 * Math.PI))) * (correct[i]! - confidence[i]!);
    }
    total += Math.abs(sum) / n / steps;
  }
  return total;
}

function sample(n: number, trueTemperature: number, seed: number): Outcomes {
  const random = seededRandom(seed);
  const margin = Float64Array.from({ length: n }, () => 12 * (random() - 0.5));
  const target = margin.map((m) => (random() < 1 / (1 + Math.exp(-m / trueTemperature)) ? 1 : 0));
  return outcomesOf(
    margin.map((m) => 1 / (1 + Math.exp(-m))),
    target,
  );
}

describe("smoothEceAt", () => {
  it("is the integral of its definition", () => {
    const outcomes = sample(24, 2, 1);
    // On a grid of 4096, a Gaussian of width s is wider by at most (1/4096)^2 / 8 s^2 of itself.
    for (const [s, atol] of [
      [1, 1e-7],
      [0.3, 1e-7],
      [0.07, 1e-6],
      [0.01, 2e-5],
      [0.003, 2e-4],
    ] as const) {
      expectClose(smoothEceAt(outcomes, s), slowSmoothEceAt(outcomes, s), { atol, rtol: 0 });
    }
  });

  it("counts pairs at the ends of the axis in full", () => {
    const outcomes = outcomesOf(Float64Array.of(1, 1, 0, 0.5), Float64Array.of(0, 1, 1, 1));
    for (const s of [0.02, 0.2]) {
      expectClose(smoothEceAt(outcomes, s), slowSmoothEceAt(outcomes, s), { atol: 1e-5, rtol: 0 });
    }
  });

  it("is relplot's at the bandwidth that relplot finds", () => {
    for (const { name, p, target, smeceWidth, smeceAtWidth } of calibrationCases) {
      const ours = smoothEceAt(outcomesOf(p, target), smeceWidth);
      // relplot's kernels stand on a grid of 1000 (5e-6), and end at 1/2: with the width of 0.195 that the
      // overconfident model has, that cuts 1 % off.
      expectClose(ours, smeceAtWidth, { atol: name === "overconfident" ? 1e-3 : 5e-6, rtol: 0 });
    }
  });
});

describe("smoothEce", () => {
  it("is the fixed point", () => {
    for (const [n, temperature, seed] of [
      [30, 1, 2],
      [300, 1, 3],
      [300, 3, 4],
      [300, 0.4, 5],
      [1, 1, 6],
    ] as const) {
      const outcomes = sample(n, temperature, seed);
      const s = smoothEce(outcomes);
      expectClose(smoothEceAt(outcomes, s), s, { atol: 1e-8, rtol: 0 });
    }
  });

  it("is within relplot's search step and grid of relplot's", () => {
    // Steps of 1/1024 in the bandwidth, and 200 points to integrate over.
    for (const { p, target, smece } of calibrationCases) {
      expectClose(smoothEce(outcomesOf(p, target)), smece, { atol: 1 / 1024, rtol: 0 });
    }
  });

  it("reports what is left under the narrowest kernel where that is less than its width", () => {
    const honest = Float64Array.from({ length: 2000 }, () => 0.75);
    const outcomes = outcomesOf(
      honest,
      honest.map((_, i) => (i % 4 === 0 ? 0 : 1)),
    );
    expectClose(smoothEce(outcomes), 0, { atol: 1e-12, rtol: 0 });
    // 1 right and 1 wrong at the ends: an error of 1 at any width.
    const wrong = outcomesOf(Float64Array.of(1, 0), Float64Array.of(0, 1));
    expect(smoothEce(wrong)).toBeCloseTo(1, 8);
  });

  it("falls with more pairs of a calibrated model, and finds the gap of an overconfident one", () => {
    expect(smoothEce(sample(100_000, 1, 7))).toBeLessThan(0.01);
    const overconfident = smoothEce(sample(100_000, 3, 8));
    expect(overconfident).toBeGreaterThan(0.1);
    expect(overconfident).toBeLessThan(0.3);
  });
});
