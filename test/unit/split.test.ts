// Splits depend on seed and prompt alone: not on the order of rows, nor on other rows.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { seededRandom, shuffled } from "../../src/core/random.ts";
import { drawPrompts, foldOf, isHeldOut } from "../../src/core/split.ts";

const promptIds = fc.array(
  fc.integer({ min: 0, max: 25 }).map((k) => `prompt ${k}`),
  { maxLength: 80 },
);
const count = fc.integer({ min: 0, max: 90 });
const seed = fc.integer({ min: 0, max: 5 });

function drawn(ids: readonly string[], n: number, s: number): Set<string> {
  return new Set(Array.from(drawPrompts(ids, n, s), (i) => ids[i]!));
}

describe("drawPrompts", () => {
  it("takes whole prompts until the count is reached, and not one more", () => {
    fc.assert(
      fc.property(promptIds, count, seed, (ids, n, s) => {
        const indices = Array.from(drawPrompts(ids, n, s));
        expect(indices).toEqual(indices.toSorted((a, b) => a - b));
        const prompts = new Set(indices.map((i) => ids[i]!));
        const whole = ids.flatMap((id, i) => (prompts.has(id) ? [i] : []));
        expect(indices).toEqual(whole);
        expect(indices.length).toBeGreaterThanOrEqual(Math.min(n, ids.length));
        const sizes = [...prompts].map((id) => ids.filter((other) => other === id).length);
        // Without the prompt that was drawn last, the count is not reached.
        if (n <= ids.length) expect(indices.length - Math.max(0, ...sizes)).toBeLessThan(n || 1);
      }),
    );
  });

  it("does not depend on the order of rows", () => {
    fc.assert(
      fc.property(promptIds, count, seed, (ids, n, s) => {
        expect(drawn(shuffled(ids, seededRandom(s)), n, s)).toEqual(drawn(ids, n, s));
      }),
    );
  });

  it("keeps every drawn prompt but the last ones when a prompt is added", () => {
    fc.assert(
      fc.property(promptIds, count, seed, (ids, n, s) => {
        const before = drawn(ids, n, s);
        const after = drawn([...ids, "new prompt"], n, s);
        if (!after.has("new prompt")) {
          expect(after).toEqual(before);
          return;
        }
        // What is left beside the new one is what a smaller draw would have taken.
        after.delete("new prompt");
        const pairsLeft = ids.filter((id) => after.has(id)).length;
        expect(after).toEqual(drawn(ids, pairsLeft, s));
        expect(pairsLeft).toBeGreaterThanOrEqual(Math.min(n, ids.length) - 1);
      }),
    );
  });

  it("keeps a smaller draw inside a larger one", () => {
    const ids = Array.from({ length: 200 }, (_, i) => `p${i >> 1}`);
    const large = drawn(ids, 100, 3);
    for (const id of drawn(ids, 40, 3)) expect(large.has(id)).toBe(true);
  });

  it("draws other prompts for other seeds", () => {
    const ids = Array.from({ length: 100 }, (_, i) => `p${i}`);
    expect(drawn(ids, 10, 0)).not.toEqual(drawn(ids, 10, 1));
  });

  it("refuses counts that are none", () => {
    expect(() => drawPrompts(["a"], -1, 0)).toThrow(/got -1/);
    expect(() => drawPrompts(["a"], 0.5, 0)).toThrow(/got 0.5/);
  });
});

describe("foldOf and isHeldOut", () => {
  const ids = Array.from({ length: 5000 }, (_, i) => `prompt ${i}`);

  it("fills folds evenly, also within the prompts that are drawn or held out", () => {
    const seedPrompts = Array.from(drawPrompts(ids, 1000, 7), (i) => ids[i]!);
    const heldOut = ids.filter((id) => isHeldOut(id, 0.2, 7));
    for (const [set, n] of [
      [ids, 5000],
      [seedPrompts, 1000],
      [heldOut, heldOut.length],
    ] as const) {
      expect(set.length).toBe(n);
      const counts = new Array<number>(5).fill(0);
      for (const id of set) counts[foldOf(id, 5, 7)]!++;
      // Five standard deviations of a binomial count.
      for (const c of counts) expect(Math.abs(c - n / 5)).toBeLessThan(5 * Math.sqrt(n * 0.16));
    }
    expect(heldOut.length / ids.length).toBeCloseTo(0.2, 1);
  });

  it("keeps what a smaller share holds out", () => {
    for (const id of ids) {
      if (isHeldOut(id, 0.1, 7)) expect(isHeldOut(id, 0.3, 7)).toBe(true);
      expect(isHeldOut(id, 0, 7)).toBe(false);
      expect(isHeldOut(id, 1, 7)).toBe(true);
    }
  });

  it("depends on the seed", () => {
    expect(ids.some((id) => foldOf(id, 5, 1) !== foldOf(id, 5, 2))).toBe(true);
    expect(ids.some((id) => isHeldOut(id, 0.5, 1) !== isHeldOut(id, 0.5, 2))).toBe(true);
  });

  it("refuses folds that are none", () => {
    expect(() => foldOf("a", 0, 0)).toThrow(/1 or more, got 0/);
  });
});
