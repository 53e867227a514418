// A random subset of a given size: the baseline that shows whether confidence is worth anything.
import { keyedUniform } from "../random.ts";
import { noWinner, type Selection } from "./rule.ts";

export interface RandomOptions {
  readonly size: number;
  readonly seed: number;
  /** Pair id per pair: the subset follows the ids, not the order of rows. */
  readonly ids: readonly string[];
}

/**
 * Selects `size` pairs, or all that have a winner where these are fewer. A larger size keeps the smaller
 * one's pairs.
 *
 * @throws {RangeError} where `size` is not a non-negative integer, or ids and p differ in length.
 */
export function randomSubset(p: Float64Array, { size, seed, ids }: RandomOptions): Selection {
  if (!Number.isInteger(size) || size < 0) {
    throw new RangeError(`random selection: expected a size of 0 or more pairs, got ${size}`);
  }
  if (ids.length !== p.length) {
    throw new RangeError(
      `random selection: expected an id for each of ${p.length} pairs, got ${ids.length}`,
    );
  }
  const candidates = ids
    .map((id, i) => ({ id, i, at: keyedUniform(`random ${seed}`, id) }))
    .filter(({ i }) => p[i] !== 0.5)
    .sort((a, b) => a.at - b.at || (a.id < b.id ? -1 : 1))
    .slice(0, size);
  const selected = new Uint8Array(p.length);
  for (const { i } of candidates) selected[i] = 1;
  const count = candidates.length;
  return {
    selected,
    count,
    reason(i) {
      if (p[i] === 0.5) return noWinner;
      return selected[i] === 1 ? `drawn at random, ${count} pairs` : "not drawn";
    },
  };
}
