// What every metric looks at: how sure the model was of its own verdict, and whether that was right.
// Both stay the same, to the bit, where the two responses are swapped (p -> 1-p, target -> 1-target).
import { confidenceOf } from "../confidence.ts";

export interface Outcomes {
  readonly n: number;
  /** max(p, 1-p) per pair. */
  readonly confidence: Float64Array;
  /** 1 right, 0 wrong, 1/2 where the verdict is a tie or p is exactly 1/2. */
  readonly correct: Float64Array;
}

/**
 * Outcomes of probabilities p = P(first preferred) against targets (1, 0, or 1/2 for ties).
 *
 * @throws {RangeError} for an empty set, unequal lengths, or a number outside [0, 1].
 */
export function outcomesOf(p: Float64Array, target: Float64Array): Outcomes {
  const n = p.length;
  if (n === 0) {
    throw new RangeError("metrics: expected at least one pair with a verdict, got none");
  }
  if (target.length !== n) {
    throw new RangeError(
      `metrics: expected ${n} targets, one per probability, got ${target.length}`,
    );
  }
  const confidence = new Float64Array(n);
  const correct = new Float64Array(n);
  for (let i = 0; i < n; i++) {
    const [pi, ti] = [p[i]!, target[i]!];
    if (!(pi >= 0 && pi <= 1 && ti >= 0 && ti <= 1)) {
      throw new RangeError(
        `metrics: pair ${i}: expected probability and target from 0 to 1, got ${pi} and ${ti}`,
      );
    }
    confidence[i] = confidenceOf(pi);
    correct[i] = pi > 0.5 ? ti : pi < 0.5 ? 1 - ti : 0.5;
  }
  return { n, confidence, correct };
}
