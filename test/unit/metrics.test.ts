// Metrics as a whole: other packages' figures, symmetry, order, refusals, speed.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { measure } from "../../src/core/metrics/measure.ts";
import { seededRandom, shuffled } from "../../src/core/random.ts";
import type { Metrics } from "../../src/core/records.ts";
import { calibrationCases } from "../support/calibrationCases.ts";
import { expectClose } from "../support/close.ts";
import { type JudgedPair, judgedPairs, measured } from "../support/judgedPairs.ts";

const rounding = { atol: 1e-12, rtol: 1e-12 };

describe("measure", () => {
  it("counts 8 right and 1 wrong as 0.889, and ties by half", () => {
    const right = { p: 0.9, target: 1, prompt: "a" };
    const pairs = [...Array<JudgedPair>(8).fill(right), { p: 0.9, target: 0, prompt: "b" }];
    expect(measured(pairs).accuracy).toBeCloseTo(0.889, 3);
    const tied = [
      { p: 0.9, target: 0.5, prompt: "a" },
      { p: 0.5, target: 1, prompt: "b" },
    ];
    expect(measured(tied).accuracy).toBe(0.5);
    expect(measured([...tied, right, right]).accuracy).toBe(0.75);
  });

  it("says what packages say", () => {
    for (const c of calibrationCases) {
      const prompts = Array.from(c.p, (_, i) => `prompt ${i}`);
      const metrics = measure(c.p, c.target, prompts);
      expectClose(metrics.accuracyLow, c.accuracyLow, rounding);
      expectClose(metrics.accuracyHigh, c.accuracyHigh, rounding);
      expectClose(metrics.nll, c.nll, rounding);
      expectClose(metrics.brier, c.brier, rounding);
      expectClose(metrics.ece, c.ece, rounding);
      expectClose(metrics.ece, c.eceNetcal, rounding);
      expectClose(metrics.eceEqualMass, c.eceEqualMass, rounding);
      // Below 30 pairs the package has bins of one pair, which say nothing.
      if (c.p.length >= 30) expectClose(metrics.eceDebiased, c.eceDebiased, rounding);
    }
  });

  it("changes in no bit where the responses of pairs are swapped", () => {
    fc.assert(
      fc.property(judgedPairs, fc.infiniteStream(fc.boolean()), (pairs, coins) => {
        const swapped = pairs.map(({ p, target, prompt }) =>
          coins.next().value === true
            ? { p: 1 - p, target: 1 - target, prompt }
            : { p, target, prompt },
        );
        expect(measured(swapped)).toEqual(measured(pairs));
      }),
    );
  });

  it("changes in no bit where undecided pairs are swapped: a case that once did", () => {
    const p = [
      0,
      0,
      0.5000000000000001,
      1e-10,
      8 / 15,
      8 / 15,
      1e-10,
      0.525,
      0.5,
      0.525,
      1e-10,
      1e-10,
    ];
    const target = [0, 0, 0, 0.5, 1, 1, 1, 1, 0, 1, 0, 0.5];
    const pairs = p.map((x, i) => ({ p: x, target: target[i]!, prompt: "a" }));
    const swapped = pairs.map((pair) => (pair.p === 0.5 ? { ...pair, target: 1 } : pair));
    expect(measured(swapped)).toEqual(measured(pairs));
  });

  it("does not depend on the order of pairs", () => {
    fc.assert(
      fc.property(judgedPairs, fc.integer(), (pairs, seed) => {
        const numbers = (m: Metrics): number[] =>
          Object.values({ ...m, ...m.brierParts }).filter((x) => typeof x === "number");
        const other = measured(shuffled(pairs, seededRandom(seed)));
        const here = numbers(measured(pairs));
        expect(here.every(Number.isFinite)).toBe(true);
        // Clusters take square roots and the debiased error roots of differences, hence 1e-7.
        expectClose(numbers(other), here, { atol: 1e-7, rtol: 0 });
      }),
    );
  });

  it("refuses an empty set and numbers that are no probabilities", () => {
    const none = new Float64Array(0);
    const one = Float64Array.of(0.7);
    expect(() => measure(none, none, [])).toThrow(RangeError);
    expect(() => measure(none, none, [])).toThrow(/at least one pair/);
    expect(() => measure(one, none, ["a"])).toThrow(/expected 1 targets.*got 0/);
    expect(() => measure(one, one, [])).toThrow(/expected 1 clusters.*got 0/);
    expect(() => measure(Float64Array.of(NaN), one, ["a"])).toThrow(/pair 0.*got NaN/);
    expect(() => measure(one, Float64Array.of(2), ["a"])).toThrow(/pair 0.*and 2/);
  });

  it("measures a million pairs in seconds", () => {
    const random = seededRandom(5);
    const p = Float64Array.from({ length: 1_000_000 }, random);
    const target = p.map((x) => (random() < x ? 1 : 0));
    const prompts = Array.from(p, (_, i) => `prompt ${i >> 1}`);
    const start = performance.now();
    const { ece, smece } = measure(p, target, prompts);
    // 1.0 s on an idle core; the limit is for a machine that is busy with other tests. Anything quadratic
    // would take hours.
    expect(performance.now() - start).toBeLessThan(30_000);
    expect(Math.max(ece, smece)).toBeLessThan(0.004);
  }, 60_000);
});
