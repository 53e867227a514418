// Hashed n-grams against a Map of them, and the compressed design against dense rows.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Pair, textOf } from "../../src/core/pair.ts";
import {
  designOf,
  packWeights,
  parameterCount,
  unpackWeights,
} from "../../src/learn/lexical/design.ts";
import { train } from "../../src/learn/lexical/bradleyTerry.ts";
import {
  bucketCount,
  countValue,
  lengthValue,
  textFeatures,
  tokensOf,
} from "../../src/learn/lexical/features.ts";
import type { PairFeatures } from "../../src/learn/lexical/featureStore.ts";
import { expectClose } from "../support/close.ts";
import { dot, fitDense } from "../support/denseLogistic.ts";
import { returned } from "../support/generators.ts";
import { naiveCounts, naiveDifference, naiveTokens } from "../support/naiveLexical.ts";
import { fitTolerance } from "../support/trainTolerance.ts";
import { syntheticPairs } from "../support/syntheticPairs.ts";

const text = fc.oneof(
  fc
    .array(fc.constantFrom("I", "i'm", "tea", "Tea", ".", "?!", "\n", "é", "e\u0301", "ſ", "_x"), {
      maxLength: 30,
    })
    .map((words) => words.join(" ")),
  fc.string({ unit: "grapheme", maxLength: 20 }),
  fc.string({
    unit: fc.integer({ min: 0, max: 0xffff }).map((code) => String.fromCharCode(code)),
    maxLength: 20,
  }),
);

const featuresOf = (pair: Pair): PairFeatures => ({
  first: textFeatures(textOf(pair.first)),
  second: textFeatures(textOf(pair.second)),
});

describe("textFeatures", () => {
  it("counts what a map of n-grams counts", () => {
    fc.assert(
      fc.property(text, (t) => {
        const { columns, counts, tokens } = textFeatures(t);
        expect(tokensOf(t)).toEqual(naiveTokens(t));
        expect(tokens).toBe(naiveTokens(t).length);
        const wanted = [...naiveCounts(t)].map(([key, n]) => [Number(key), n] as const);
        wanted.sort(([a], [b]) => a - b);
        expect([...columns]).toEqual(wanted.map(([column]) => column));
        expect([...counts]).toEqual(wanted.map(([, n]) => n));
      }),
      { numRuns: 300 },
    );
  });

  it("takes words, signs, and where a text begins and ends", () => {
    expect(tokensOf("I'm  sorry: 3,5 naïve_x\t«Ja»!?")).toEqual(
      "i ' m sorry : 3 , 5 naïve_x « ja » ! ?".split(" "),
    );
    const one = textFeatures("sorry no");
    const other = textFeatures("no sorry");
    const shared = [...one.columns].filter((c) => other.columns.includes(c));
    expect(one.columns).toHaveLength(5); // 2 words, 3 pairs
    expect(shared).toHaveLength(2); // the words
    expect(textFeatures("").columns).toHaveLength(1);
  });

  it("caps counts at 255 instead of starting again at 0", () => {
    const { counts } = textFeatures("a ".repeat(1000));
    expect([...counts].sort((a, b) => a - b)).toEqual([1, 1, 255, 255]);
  });

  it("gives every column of the range about equally often", () => {
    const words = Array.from({ length: 50_000 }, (_, i) => `w${i}`).join(" ");
    const { columns } = textFeatures(words);
    expect(Math.max(...columns)).toBeLessThan(bucketCount);
    // 100,001 draws into 2^18 buckets leave 1 - exp(-n/m) = 31.7 % of them used.
    expectClose(columns.length / bucketCount, 1 - Math.exp(-100_001 / bucketCount), {
      atol: 0.004,
      rtol: 0,
    });
  });

  it("has the values log(1 + n)", () => {
    expectClose(
      [countValue[0]!, countValue[1]!, countValue[255]!],
      [0, Math.log(2), Math.log(256)],
      {
        atol: 1e-15,
        rtol: 1e-15,
      },
    );
    expect(lengthValue(0)).toBe(0);
    expectClose(lengthValue(6), Math.log(7), { atol: 1e-15, rtol: 0 });
  });
});

describe("designOf", () => {
  const { pairs, gold } = syntheticPairs(40, 3, { ties: 0.1 });

  it.each([{ length: true }, { length: false }])(
    "has the optimum of dense rows, %o",
    ({ length }) => {
      const l2 = 0.05;
      const design = designOf(pairs.map(featuresOf), { hasLength: length });
      const rows = pairs.map((pair) => naiveDifference(pair, { length }));
      const keys = [...new Set(rows.flatMap((row) => [...row.keys()]))].sort();
      const weight = pairs.map((_, i) => 1 + (i % 3) / 2);
      const dense = fitDense({
        x: rows.map((row) => keys.map((key) => row.get(key) ?? 0)),
        target: [...gold],
        weight,
        l2,
      });
      const start = new Float64Array(parameterCount(design));
      const w = returned(
        train(design, Int32Array.from(pairs.keys()), {
          target: gold,
          weight: Float64Array.from(weight),
          l2,
          start,
        }),
      );
      const packed = packWeights(design, w);
      const byKey = new Map(
        [...packed.buckets].map((bucket, j) => [String(bucket), packed.values[j]!]),
      );
      byKey.set("length", packed.length);
      const atol = fitTolerance;
      expectClose(
        keys.map((key) => byKey.get(key) ?? 0),
        dense,
        { atol, rtol: 0 },
      );
      const merged = keys.filter((key) => key !== "length").length - design.columnCount;
      expect(merged).toBeGreaterThan(20); // Otherwise the case says nothing of merged columns.
      expect(packed.length === 0).toBe(!length);
    },
  );

  it("keeps all products of rows, which decide every linear model", () => {
    const design = designOf(pairs.map(featuresOf), { hasLength: false });
    const dense = pairs.map((_, r) => {
      const row = new Array<number>(design.columnCount).fill(0);
      for (let k = design.start[r]!; k < design.start[r + 1]!; k++) {
        row[design.column[k]!]! += design.value[k]!;
      }
      return row;
    });
    const naive = pairs.map((pair) => naiveDifference(pair, { length: false }));
    for (const [i, one] of naive.entries()) {
      for (const [j, other] of naive.entries()) {
        const wanted = [...one].reduce((sum, [key, v]) => sum + v * (other.get(key) ?? 0), 0);
        expectClose(dot(dense[i]!, dense[j]!), wanted, { atol: 1e-5, rtol: 1e-5 });
      }
    }
  });

  it("unpacks what it packed, whatever the parameters", () => {
    const design = designOf(pairs.map(featuresOf), { hasLength: true });
    const w = Float64Array.from({ length: parameterCount(design) }, (_, j) => Math.sin(j + 1));
    expectClose(unpackWeights(design, packWeights(design, w)), w, { atol: 1e-6, rtol: 1e-6 });
  });

  it("starts a design that was seen in part at what is known and at 0", () => {
    const [some, all] = [pairs.slice(0, 15), pairs].map((list) =>
      designOf(list.map(featuresOf), { hasLength: true }),
    );
    const w = Float64Array.from({ length: parameterCount(some!) }, (_, j) => Math.cos(j));
    const start = unpackWeights(all!, packWeights(some!, w));
    // What was merged in 15 rows may be apart in 40, so margins are compared, not parameters.
    for (let r = 0; r < 15; r++) {
      const margin = (design: typeof all, v: Float64Array): number => {
        let z = v[design!.columnCount]! * design!.length[r]!;
        for (let k = design!.start[r]!; k < design!.start[r + 1]!; k++) {
          z += v[design!.column[k]!]! * design!.value[k]!;
        }
        return z;
      };
      expectClose(margin(all, start), margin(some, w), { atol: 1e-5, rtol: 1e-5 });
    }
  });

  it("has rows without entries where both responses have the same features", () => {
    const same = featuresOf(pairs[0]!);
    const design = designOf([{ first: same.first, second: same.first }, same], { hasLength: true });
    expect(design.start[1]).toBe(0);
    expect(design.start[2]).toBeGreaterThan(0);
    expect(design.length[0]).toBe(0);
  });
});
