// The lexical model written for reading: a Map of n-grams a text, dense rows, Newton's method. Buckets are
// hashed by whole-number arithmetic (BigInt) instead of 32-bit tricks.
import { textOf, type Pair } from "../../src/core/pair.ts";
import { dot, fitDense } from "./denseLogistic.ts";
import type { NaiveModel } from "./naiveSsrm.ts";

/** Weight by feature: a bucket's number, or "length". */
export type NaiveWeights = ReadonlyMap<string, number>;

/** Words in lower case and single signs, found character by character. */
export function naiveTokens(text: string): string[] {
  const tokens: string[] = [];
  let word = "";
  for (const sign of text.toLowerCase()) {
    if (/[\p{L}\p{M}\p{N}_]/u.test(sign)) {
      word += sign;
      continue;
    }
    if (word !== "") tokens.push(word);
    word = "";
    if (!/\s/u.test(sign)) tokens.push(sign);
  }
  if (word !== "") tokens.push(word);
  return tokens;
}

const mask = 0xffffffffn;

function fnv(text: string): bigint {
  let hash = 0x811c9dc5n;
  for (let i = 0; i < text.length; i++) {
    hash = ((hash ^ BigInt(text.charCodeAt(i))) * 0x01000193n) & mask;
  }
  return hash;
}

function bucket(hash: bigint): string {
  let h = hash ^ (hash >> 16n);
  h = (h * 0x85ebca6bn) & mask;
  h ^= h >> 13n;
  h = (h * 0xc2b2ae35n) & mask;
  return String((h ^ (h >> 16n)) % 262144n);
}

/** Counts by bucket. */
export function naiveCounts(text: string): Map<string, number> {
  const tokens = naiveTokens(text);
  const grams = [
    ...tokens.map((token) => bucket(fnv(token))),
    ...["< begin", ...tokens].map((left, i) => {
      const right = tokens[i] ?? "< end";
      return bucket(((fnv(left) * 0x9e3779b1n) & mask) ^ fnv(right));
    }),
  ];
  const counts = new Map<string, number>();
  for (const gram of grams) counts.set(gram, (counts.get(gram) ?? 0) + 1);
  return counts;
}

/** Feature values of a text. */
function naiveFeatures(text: string, options: { length: boolean }): Map<string, number> {
  const values = new Map(
    [...naiveCounts(text)].map(([key, count]) => [key, Math.log(1 + Math.min(count, 255))]),
  );
  if (options.length) values.set("length", Math.log(1 + naiveTokens(text).length));
  return values;
}

/** phi(first) - phi(second). */
export function naiveDifference(pair: Pair, options: { length: boolean }): Map<string, number> {
  const first = naiveFeatures(textOf(pair.first), options);
  const second = naiveFeatures(textOf(pair.second), options);
  const keys = [...new Set([...first.keys(), ...second.keys()])].sort();
  return new Map(keys.map((key) => [key, (first.get(key) ?? 0) - (second.get(key) ?? 0)]));
}

/** Lexical as a model of the naive loop. Starts from zero always: the optimum is the same. */
export function naiveLexical(options: { l2: number; length: boolean }): NaiveModel<NaiveWeights> {
  return {
    train(examples) {
      const rows = examples.map(({ pair }) => naiveDifference(pair, options));
      const keys = [...new Set(rows.flatMap((row) => [...row.keys()]))].sort();
      const w = fitDense({
        x: rows.map((row) => keys.map((key) => row.get(key) ?? 0)),
        target: examples.map(({ target }) => target),
        weight: examples.map(({ weight }) => weight ?? 1),
        l2: options.l2,
      });
      return new Map(keys.map((key, j) => [key, w[j]!]));
    },
    margin(weights, pair) {
      const row = naiveDifference(pair, options);
      const keys = [...row.keys()];
      return dot(
        keys.map((key) => row.get(key)!),
        keys.map((key) => weights.get(key) ?? 0),
      );
    },
  };
}
