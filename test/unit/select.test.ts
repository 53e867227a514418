// Selection rules, against their own definitions; advice, against what a user must read in it.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { confidenceOf, confidencesOf, writtenBeside } from "../../src/core/confidence.ts";
import { adviceForEmpty, selectionRules, wouldPass } from "../../src/core/select.ts";

const probability = fc.oneof(
  fc.double({ min: 0, max: 1, noNaN: true }),
  fc.constantFrom(0, 0.2, 0.5, 0.8, 1),
);
const probabilities = fc
  .array(probability, { maxLength: 40 })
  .map((list) => Float64Array.from(list));

const idsOf = (p: Float64Array): string[] => Array.from(p, (_, i) => `pair ${i}`);

describe("confidence", () => {
  it("is the same, to the bit, for p and 1 - p", () => {
    fc.assert(
      fc.property(probability, (p) => {
        expect(confidenceOf(1 - p)).toBe(confidenceOf(p));
        expect(confidenceOf(p)).toBeGreaterThanOrEqual(0.5);
      }),
    );
    expect(Array.from(confidencesOf(Float64Array.of(0.25, 0.5, 1)))).toEqual([0.75, 0.5, 1]);
  });

  it("is written on the right side of a limit", () => {
    expect(writtenBeside(0.912, 0.8)).toBe("0.91");
    expect(writtenBeside(0.8, 0.8)).toBe("0.80");
    expect(writtenBeside(0.8004, 0.8)).toBe("0.8004");
    expect(writtenBeside(0.79999, 0.8)).toBe("0.79999");
  });
});

describe("selectionRules", () => {
  it("threshold is strict and symmetric", () => {
    const p = Float64Array.of(0.8, 0.81, 0.2, 0.19, 0.5);
    const { selected, count, reason } = selectionRules.threshold(p, { threshold: 0.8 });
    expect(Array.from(selected)).toEqual([0, 1, 0, 1, 0]);
    expect(count).toBe(2);
    expect([0, 1, 3].map(reason)).toEqual([
      "confidence 0.80 <= 0.8",
      "confidence 0.81 > 0.8",
      "confidence 0.81 > 0.8",
    ]);
  });

  it("no rule selects a pair without a winner", () => {
    const p = Float64Array.of(0.5, 0.9);
    const chosen = [
      selectionRules.threshold(p, { threshold: 0 }),
      selectionRules.all(p, {}),
      selectionRules.random(p, { size: 5, seed: 0, ids: ["a", "b"] }),
    ];
    for (const { selected, reason } of chosen) {
      expect(Array.from(selected)).toEqual([0, 1]);
      expect(reason(0)).toBe("no winner: p is exactly 0.5");
      expect(reason(1)).not.toBe(reason(0));
    }
  });

  it("every rule counts what it selects, and swapping responses changes nothing", () => {
    fc.assert(
      fc.property(probabilities, fc.double({ min: 0.5, max: 1, noNaN: true }), (p, threshold) => {
        const size = Math.floor(p.length / 2);
        const rules = [
          (q: Float64Array) => selectionRules.threshold(q, { threshold }),
          (q: Float64Array) => selectionRules.all(q, {}),
          (q: Float64Array) => selectionRules.random(q, { size, seed: 1, ids: idsOf(p) }),
        ];
        // p and 1 - p need not be exact opposites (1e-20), so both sides are taken from the same roundings.
        const first = p.map((x) => 1 - x);
        const second = first.map((x) => 1 - x);
        for (const rule of rules) {
          const selection = rule(first);
          expect(selection.count).toBe(selection.selected.filter((flag) => flag === 1).length);
          expect(rule(second).selected).toEqual(selection.selected);
          for (let i = 0; i < p.length; i++) expect(selection.reason(i)).not.toBe("");
        }
      }),
    );
  });

  it("all selects as a threshold of 1/2", () => {
    fc.assert(
      fc.property(probabilities, (p) => {
        const { selected } = selectionRules.threshold(p, { threshold: 0.5 });
        // Confidence is rounded: 0.5 - 1e-17 has a winner but a confidence of exactly 1/2.
        fc.pre(p.every((x) => x === 0.5 || confidenceOf(x) > 0.5));
        expect(selectionRules.all(p, {}).selected).toEqual(selected);
      }),
    );
  });

  it("random follows ids and seed, keeps smaller subsets, and draws evenly", () => {
    const p = new Float64Array(1000).fill(0.7);
    const ids = idsOf(p);
    const draw = (size: number, seed: number, order = ids) =>
      new Set(
        Array.from(selectionRules.random(p, { size, seed, ids: order }).selected).flatMap(
          (flag, i) => (flag === 1 ? [order[i]!] : []),
        ),
      );
    expect(draw(300, 4).size).toBe(300);
    expect(draw(300, 4, ids.toReversed())).toEqual(draw(300, 4));
    expect(draw(300, 5)).not.toEqual(draw(300, 4));
    expect([...draw(100, 4)].every((id) => draw(300, 4).has(id))).toBe(true);
    const early = [...draw(300, 4)].filter((id) => Number(id.slice(5)) < 500).length;
    expect(Math.abs(early - 150)).toBeLessThan(5 * Math.sqrt(300 / 4));
    expect(() => draw(-1, 0)).toThrow(/got -1/);
    expect(() => draw(1, 0, ["a"])).toThrow(/1000 pairs, got 1/);
  });
});

describe("wouldPass and adviceForEmpty", () => {
  it("counts strictly", () => {
    expect(wouldPass(Float64Array.of(0.6, 0.7, 0.8, 0.9), [0.8, 0.7, 0.95])).toEqual([
      { threshold: 0.8, count: 1 },
      { threshold: 0.7, count: 2 },
      { threshold: 0.95, count: 0 },
    ]);
  });

  it("says how many would pass where, and what to do", () => {
    const confidence = Float64Array.of(0.73, 0.72, 0.66, 0.58, 0.52);
    expect(adviceForEmpty(confidence, 0.8)).toBe(
      "no pair has a confidence above 0.8 (the highest is 0.73; of 5 pairs, 2 at 0.7, 3 at 0.65 and " +
        "3 at 0.6 would pass): lower the threshold to 0.7, or label more pairs, and run again",
    );
    expect(adviceForEmpty(Float64Array.of(0.51), 0.8)).toContain("1 at 0.5 would pass");
  });

  it("has an answer where no threshold helps", () => {
    expect(adviceForEmpty(new Float64Array(0), 0.8)).toMatch(/no unlabeled pairs/);
    expect(adviceForEmpty(Float64Array.of(0.5, 0.5), 0.8)).toMatch(/undecided on every pair/);
    expect(adviceForEmpty(Float64Array.of(0.5001), 0.505)).toMatch(/1 at 0.5 would pass/);
    expect(adviceForEmpty(Float64Array.of(0.4999999), 0.5)).toMatch(/label more pairs/);
  });
});
