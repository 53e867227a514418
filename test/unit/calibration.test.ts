// Temperature scaling against a scan of the likelihood and against scipy (in the fixture).
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  fitTemperature,
  probabilities,
  sigmoid,
  softplus,
  temperatureRange,
} from "../../src/core/calibration.ts";
import { seededRandom } from "../../src/core/random.ts";
import { expectClose } from "../support/close.ts";
import { calibrationCases } from "../support/calibrationCases.ts";

const exact = { atol: 0, rtol: 1e-14 };

/** Negative log-likelihood, written down as it is in the books. */
function likelihood(margin: Float64Array, target: Float64Array, temperature: number): number {
  let sum = 0;
  for (const [i, m] of margin.entries()) {
    const t = target[i]!;
    if (t > 0) sum += t * Math.log(1 + Math.exp(-m / temperature));
    if (t < 1) sum += (1 - t) * Math.log(1 + Math.exp(m / temperature));
  }
  return sum;
}

function sample(n: number, temperature: number, seed: number) {
  const random = seededRandom(seed);
  const margin = Float64Array.from({ length: n }, () => 8 * (random() - 0.5));
  const target = margin.map((m) => (random() < sigmoid(m / temperature) ? 1 : 0));
  return { margin, target };
}

describe("sigmoid and softplus", () => {
  it("agree with the plain formulas where these are safe", () => {
    for (let z = -30; z <= 30; z += 0.37) {
      expectClose(sigmoid(z), 1 / (1 + Math.exp(-z)), exact);
      expectClose(softplus(z), Math.log1p(Math.exp(z)), exact);
    }
  });

  it("stay finite and monotone at the ends", () => {
    expect([sigmoid(-800), sigmoid(800)]).toEqual([0, 1]);
    expect(sigmoid(-700)).toBeGreaterThan(0);
    expect([softplus(-800), softplus(800), softplus(-Infinity)]).toEqual([0, 800, 0]);
    expectClose(softplus(-40), Math.exp(-40), exact);
  });

  it("maps margins to probabilities", () => {
    expectClose(
      probabilities(Float64Array.of(-2, 0, 3), 2),
      [sigmoid(-1), 0.5, sigmoid(1.5)],
      exact,
    );
  });
});

describe("fitTemperature", () => {
  it("finds the same temperature as scipy", () => {
    for (const { margin, target, temperature } of calibrationCases) {
      // scipy stops where the likelihood is flat to rounding, about 1e-8 beside the minimum.
      expectClose(fitTemperature(margin, target).temperature, temperature, { atol: 0, rtol: 1e-6 });
    }
  });

  it("finds the minimum and the interval that a scan of the likelihood finds", () => {
    const steps = 20_000;
    const grid = Array.from({ length: steps + 1 }, (_, i) => 0.05 * 400 ** (i / steps));
    for (const [n, temperature, seed] of [
      [40, 0.7, 1],
      [150, 1, 2],
      [150, 4, 3],
      [12, 1.5, 4],
    ] as const) {
      const { margin, target } = sample(n, temperature, seed);
      for (let i = 0; i < n; i += 7) target[i] = 0.5;
      const scanned = grid.map((t) => likelihood(margin, target, t));
      const least = Math.min(...scanned);
      const inside = grid.filter((_, i) => scanned[i]! - least <= 3.841458820694124 / 2);
      const fit = fitTemperature(margin, target);
      const step = { atol: 0, rtol: 1e-3 };
      expectClose(fit.temperature, grid[scanned.indexOf(least)]!, step);
      expectClose([fit.low, fit.high], [inside[0]!, inside.at(-1)!], step);
    }
  });

  it("covers the true temperature in about 95 of 100 samples", () => {
    let covered = 0;
    for (let seed = 0; seed < 400; seed++) {
      const { margin, target } = sample(100, 1.6, seed);
      const { low, high } = fitTemperature(margin, target);
      if (low <= 1.6 && 1.6 <= high) covered++;
    }
    expect(covered / 400).toBeGreaterThan(0.92);
    expect(covered / 400).toBeLessThan(0.98);
  });

  it("says that nothing can be learnt from no pairs or margins of zero", () => {
    const nothing = { temperature: 1, ...temperatureRange };
    expect(fitTemperature(new Float64Array(0), new Float64Array(0))).toEqual(nothing);
    expect(fitTemperature(new Float64Array(3), Float64Array.of(1, 0, 0.5))).toEqual(nothing);
  });

  it("ends at the range where labels are separated, contradicted or all tied", () => {
    const margin = Float64Array.of(2, -1, 3, -0.5);
    const right = fitTemperature(margin, Float64Array.of(1, 0, 1, 0));
    expect(right).toMatchObject({ temperature: 0.05, low: 0.05 });
    expect(right.high).toBeGreaterThan(1);
    expect(right.high).toBeLessThan(20);
    const wrong = fitTemperature(margin, Float64Array.of(0, 1, 0, 1));
    expect(wrong).toMatchObject({ temperature: 20, high: 20 });
    const tied = fitTemperature(margin, new Float64Array(4).fill(0.5));
    expect(tied).toMatchObject({ temperature: 20, high: 20 });
  });

  it("does not care which response stands first, and always answers within the range", () => {
    const pair = fc.tuple(
      fc.integer({ min: -1e5, max: 1e5 }).map((k) => k / 100),
      fc.constantFrom(0, 0.5, 1),
    );
    fc.assert(
      fc.property(fc.array(pair, { maxLength: 30 }), (pairs) => {
        const margin = Float64Array.from(pairs, ([m]) => m);
        const target = Float64Array.from(pairs, ([, t]) => t);
        const fit = fitTemperature(margin, target);
        expect(temperatureRange.low <= fit.low).toBe(true);
        expect(fit.low <= fit.temperature && fit.temperature <= fit.high).toBe(true);
        expect(fit.high <= temperatureRange.high).toBe(true);
        const swapped = fitTemperature(
          margin.map((m) => -m),
          target.map((t) => 1 - t),
        );
        expectClose(swapped.temperature, fit.temperature, { atol: 0, rtol: 1e-6 });
      }),
    );
  });

  it("names what is wrong with its input", () => {
    const one = Float64Array.of(1);
    expect(() => fitTemperature(one, new Float64Array(2))).toThrow(/as many targets as margins/);
    expect(() => fitTemperature(Float64Array.of(NaN), one)).toThrow(/margin 0.*got NaN/);
    expect(() => fitTemperature(one, Float64Array.of(1.5))).toThrow(/target 0.*got 1.5/);
  });
});
