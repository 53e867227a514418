// The generator against another implementation, and what a key alone decides.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { keyedUniform, seededRandom, shuffled } from "../../src/core/random.ts";

// Chi-squared with 19 degrees of freedom: 1 in 1,000 exceeds this, the seeds are fixed.
const limitOf20Bins = 43.82;

function chiSquared(values: readonly number[], bins: number): number {
  const counts = new Array<number>(bins).fill(0);
  for (const value of values) counts[Math.floor(value * bins)]! += 1;
  const wanted = values.length / bins;
  return counts.reduce((sum, n) => sum + (n - wanted) ** 2 / wanted, 0);
}

function drawn(seed: string | number, count: number): number[] {
  const random = seededRandom(seed);
  return Array.from({ length: count }, () => random());
}

describe("seededRandom", () => {
  // sfc32 in Python, on whole numbers masked to 32 bits, seeded with hashlib's SHA-256.
  it("gives the numbers of another implementation", () => {
    const words = (seed: string | number, count: number): number[] =>
      drawn(seed, count).map((x) => x * 2 ** 32);
    expect(words("0", 5)).toEqual([3466347315, 2749644169, 3489810779, 246678745, 3471117759]);
    expect(words("tea 🍵", 5)).toEqual([601619282, 227880528, 2277444973, 470038927, 1333262162]);
    expect(words(42, 1000).slice(-3)).toEqual([4193075199, 2675639637, 1103868394]);
  });

  it("is the same for a number and its text, and another for another seed", () => {
    expect(drawn(7, 20)).toEqual(drawn("7", 20));
    expect(drawn(7, 20)).not.toEqual(drawn(8, 20));
  });

  it("is uniform, and so are pairs of neighbours", () => {
    const values = drawn("uniform", 40_000);
    expect(chiSquared(values, 20)).toBeLessThan(limitOf20Bins);
    const neighbours = values.slice(1).map((x, i) => (Math.floor(values[i]! * 4) + x) / 4);
    expect(chiSquared(neighbours, 20)).toBeLessThan(limitOf20Bins);
    expect(values.every((x) => x >= 0 && x < 1)).toBe(true);
  });
});

describe("keyedUniform", () => {
  it("gives the numbers of another implementation", () => {
    expect(keyedUniform(0, "a") * 2 ** 52).toBe(1875140093049637);
    expect(keyedUniform("fold 3", "0123456789abcdef") * 2 ** 52).toBe(3745783735524783);
    expect(keyedUniform(7, "é🍵") * 2 ** 52).toBe(2183952497035578);
  });

  it("does not depend on what else is drawn, nor in which order", () => {
    const keys = Array.from({ length: 200 }, (_, i) => `key ${i}`);
    const forward = new Map(keys.map((key) => [key, keyedUniform(1, key)]));
    for (const key of keys.toReversed()) expect(keyedUniform(1, key)).toBe(forward.get(key));
  });

  it("is uniform over keys and over seeds", () => {
    const numbers = Array.from({ length: 20_000 }, (_, i) => i);
    const overKeys = numbers.map((i) => keyedUniform("s", `${i}`));
    const overSeeds = numbers.map((i) => keyedUniform(i, "k"));
    expect(chiSquared(overKeys, 20)).toBeLessThan(limitOf20Bins);
    expect(chiSquared(overSeeds, 20)).toBeLessThan(limitOf20Bins);
  });
});

describe("shuffled", () => {
  it("keeps the items and leaves the list alone", () => {
    fc.assert(
      fc.property(fc.array(fc.integer()), fc.integer(), (items, seed) => {
        const before = [...items];
        const mixed = shuffled(items, seededRandom(seed));
        expect(items).toEqual(before);
        expect(mixed.toSorted((a, b) => a - b)).toEqual(before.toSorted((a, b) => a - b));
      }),
    );
  });

  it("gives each of the 24 orders of 4 items equally often", () => {
    const random = seededRandom("orders");
    const counts = new Map<string, number>();
    for (let i = 0; i < 24_000; i++) {
      const order = shuffled(["a", "b", "c", "d"], random).join("");
      counts.set(order, (counts.get(order) ?? 0) + 1);
    }
    const statistic = [...counts.values()].reduce((sum, n) => sum + (n - 1000) ** 2 / 1000, 0);
    expect(counts.size).toBe(24);
    expect(statistic).toBeLessThan(49.73); // 23 degrees of freedom, 1 in 1,000
  });
});
