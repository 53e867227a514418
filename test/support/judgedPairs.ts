// Random pairs with a probability and a verdict, for property tests of metrics, and the plain sums over them.
import fc from "fast-check";
import { measure } from "../../src/core/metrics/measure.ts";
import type { Metrics } from "../../src/core/records.ts";

/** A pair as metrics see it. */
export interface JudgedPair {
  readonly p: number;
  readonly target: number;
  readonly prompt: string;
}

const probability = fc.oneof(
  { weight: 3, arbitrary: fc.double({ min: 1e-10, max: 1, noNaN: true }) },
  // Bin edges, and values that many pairs share.
  { weight: 2, arbitrary: fc.integer({ min: 0, max: 40 }).map((k) => k / 40) },
  { weight: 1, arbitrary: fc.integer({ min: 0, max: 15 }).map((k) => k / 15) },
);

/** 1 to 60 pairs of a few prompts, with ties, undecided probabilities, and probabilities on bin edges. */
export const judgedPairs: fc.Arbitrary<JudgedPair[]> = fc.array(
  fc.record({
    p: probability,
    target: fc.constantFrom(0, 0, 1, 1, 0.5),
    prompt: fc.integer({ min: 0, max: 9 }).map((k) => `prompt ${k}`),
  }),
  { minLength: 1, maxLength: 60 },
);

/** All metrics of the pairs. */
export function measured(pairs: readonly JudgedPair[]): Metrics {
  return measure(
    Float64Array.from(pairs, ({ p }) => p),
    Float64Array.from(pairs, ({ target }) => target),
    pairs.map(({ prompt }) => prompt),
  );
}

/** How sure the model is of its own verdict. */
export const confidence = ({ p }: JudgedPair): number => Math.max(p, 1 - p);

/** 1 where the likelier response is the preferred one, 1/2 where either is a tie. */
export function score({ p, target }: JudgedPair): number {
  if (p === 0.5 || target === 0.5) return 0.5;
  return p > 0.5 === (target === 1) ? 1 : 0;
}

export const sumOf = <T>(items: readonly T[], f: (item: T) => number): number =>
  items.reduce((sum, item) => sum + f(item), 0);
export const meanOf = <T>(items: readonly T[], f: (item: T) => number): number =>
  sumOf(items, f) / items.length;
