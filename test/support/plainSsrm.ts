// SSRM and its lexical model written for reading: maps of words, no hashing, no packing, gradient descent with
// a fixed step. What the product's own code is compared with in time (test/bench) and in what it finds.
import type { Pair } from "../../src/core/pair.ts";
import { textOf } from "../../src/core/pair.ts";

export interface PlainLabel {
  readonly pair: Pair;
  /** P(first preferred). */
  readonly target: number;
}

type Features = ReadonlyMap<string, number>;
type Weights = Map<string, number>;

export interface PlainOptions {
  readonly iterations: number;
  readonly threshold: number;
  readonly l2: number;
  /** Steps of gradient descent per fit. */
  readonly steps: number;
}

/** Margins of `test` under every model, model 0 first. */
export function plainSsrm(
  labeled: readonly PlainLabel[],
  pools: { readonly unlabeled: readonly Pair[]; readonly test: readonly Pair[] },
  options: PlainOptions,
): number[][] {
  const label = ({ pair, target }: PlainLabel) => ({ x: differenceOf(pair), target });
  const known = labeled.map(label);
  const unlabeled = pools.unlabeled.map(differenceOf);
  const test = pools.test.map(differenceOf);
  let weights = fit(known, options);
  const margins = [test.map((x) => dot(weights, x))];
  for (let iteration = 1; iteration <= options.iterations; iteration++) {
    const pseudo = unlabeled
      .map((x) => ({ x, p: sigmoid(dot(weights, x)) }))
      .filter(({ p }) => Math.max(p, 1 - p) > options.threshold)
      .map(({ x, p }) => ({ x, target: p > 0.5 ? 1 : 0 }));
    weights = fit([...known, ...pseudo], options);
    margins.push(test.map((x) => dot(weights, x)));
  }
  return margins;
}

function fit(
  examples: readonly { readonly x: Features; readonly target: number }[],
  { l2, steps }: PlainOptions,
): Weights {
  const weights: Weights = new Map();
  const square = examples.reduce((sum, { x }) => sum + dot(x, x), 0) / examples.length;
  const rate = 4 / square;
  for (let step = 0; step < steps; step++) {
    const gradient: Weights = new Map();
    for (const { x, target } of examples) {
      const error = (sigmoid(dot(weights, x)) - target) / examples.length;
      for (const [name, value] of x) {
        gradient.set(name, (gradient.get(name) ?? 0) + error * value);
      }
    }
    for (const [name, slope] of gradient) {
      const w = weights.get(name) ?? 0;
      weights.set(name, w - rate * (slope + l2 * w));
    }
  }
  return weights;
}

function differenceOf(pair: Pair): Features {
  const difference = new Map(featuresOf(textOf(pair.first)));
  for (const [name, value] of featuresOf(textOf(pair.second))) {
    difference.set(name, (difference.get(name) ?? 0) - value);
  }
  return difference;
}

/** log(1 + count) of words, signs and pairs of neighbours, and the length. */
function featuresOf(text: string): Features {
  const tokens = text.toLowerCase().match(/[\p{L}\p{M}\p{N}_]+|[^\s\p{L}\p{M}\p{N}_]/gu) ?? [];
  const marked = ["", ...tokens, ""];
  const names = [...tokens, ...marked.slice(1).map((token, i) => `${marked[i]!} ${token}`)];
  const counts = new Map<string, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  counts.set("length", tokens.length);
  return new Map([...counts].map(([name, count]) => [name, Math.log1p(count)]));
}

function dot(a: ReadonlyMap<string, number>, b: Features): number {
  let sum = 0;
  for (const [name, value] of b) sum += (a.get(name) ?? 0) * value;
  return sum;
}

function sigmoid(z: number): number {
  return 1 / (1 + Math.exp(-z));
}
