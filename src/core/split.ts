// Which pairs are drawn as seed, which fold they are in, which are held out. Always by prompt, so that no
// prompt stands on both sides, and by a hash of seed and prompt alone, so that other rows don't matter.
import { keyedUniform } from "./random.ts";

// Each decision has its own word in the key: otherwise the prompts drawn as seed, which have the smallest
// numbers, would all land in fold 0.

/**
 * The pairs of whole prompts, drawn until at least `count` pairs are reached: indices in ascending order, all
 * of them where there are fewer. The set does not depend on the order of rows; a row that is added can only
 * bring its own prompt in, and push out the prompts that were drawn last.
 *
 * @throws {RangeError} where `count` is not a non-negative integer.
 */
export function drawPrompts(promptIds: readonly string[], count: number, seed: number): Int32Array {
  if (!Number.isInteger(count) || count < 0) {
    throw new RangeError(`drawPrompts: expected a count of pairs, 0 or more, got ${count}`);
  }
  const sizes = new Map<string, number>();
  for (const id of promptIds) sizes.set(id, (sizes.get(id) ?? 0) + 1);
  const prompts = [...sizes].map(([id, size]) => ({
    id,
    size,
    at: keyedUniform(`draw ${seed}`, id),
  }));
  prompts.sort((a, b) => a.at - b.at || (a.id < b.id ? -1 : 1));

  const drawn = new Set<string>();
  let reached = 0;
  for (const { id, size } of prompts) {
    if (reached >= count) break;
    drawn.add(id);
    reached += size;
  }
  const indices = new Int32Array(reached);
  let next = 0;
  for (const [i, id] of promptIds.entries()) if (drawn.has(id)) indices[next++] = i;
  return indices;
}

/**
 * The fold of a prompt, 0 to folds - 1.
 *
 * @throws {RangeError} where `folds` is not a positive integer.
 */
export function foldOf(promptId: string, folds: number, seed: number): number {
  if (!Number.isInteger(folds) || folds < 1) {
    throw new RangeError(`foldOf: expected a number of folds, 1 or more, got ${folds}`);
  }
  return Math.floor(keyedUniform(`fold ${seed}`, promptId) * folds);
}

/** Whether a prompt is among the `share` (0 to 1) that is held out; a larger share keeps the smaller one's. */
export function isHeldOut(promptId: string, share: number, seed: number): boolean {
  return keyedUniform(`held-out ${seed}`, promptId) < share;
}
