// What each threshold would keep, and how right that is by labels that were held out.
import { wilson } from "./metrics/accuracy.ts";
import type { Outcomes } from "./metrics/outcomes.ts";
import type { ThresholdFigures } from "./records.ts";

/** 0.50, 0.51 ... 0.99. */
const thresholds = Float64Array.from({ length: 50 }, (_, i) => (50 + i) / 100);

/**
 * The figures at every threshold: of confidences over U, and of held-out outcomes (null where there are none) in
 * the same kind of confidence. Something passes where its confidence is above the threshold.
 */
export function thresholdFigures(
  unlabeled: Float64Array,
  heldOut: Pick<Outcomes, "confidence" | "correct"> | null,
): ThresholdFigures[] {
  const passing = sumsAbove(unlabeled, new Float64Array(unlabeled.length).fill(1));
  const confidence = heldOut?.confidence ?? new Float64Array();
  const counted = sumsAbove(confidence, new Float64Array(confidence.length).fill(1));
  const right = sumsAbove(confidence, heldOut?.correct ?? confidence);
  return Array.from(thresholds, (threshold, i) => {
    const of = { threshold, passing: passing[i]!, n: counted[i]!, right: right[i]! };
    if (of.n === 0) return { ...of, precision: null, low: null, high: null };
    return { ...of, precision: of.right / of.n, ...wilson(of.right, of.n) };
  });
}

/** Per threshold the sum of the values (multiples of 1/2, so that sums are exact) with a confidence above it. */
function sumsAbove(confidence: Float64Array, value: Float64Array): Float64Array {
  const sums = new Float64Array(thresholds.length);
  for (const [i, c] of confidence.entries()) {
    const passed = countBelow(c);
    if (passed > 0) sums[passed - 1]! += value[i]!;
  }
  for (let i = sums.length - 2; i >= 0; i--) sums[i]! += sums[i + 1]!;
  return sums;
}

/** How many thresholds lie below the confidence. */
function countBelow(confidence: number): number {
  let [low, high] = [0, thresholds.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (thresholds[middle]! < confidence) low = middle + 1;
    else high = middle;
  }
  return low;
}
