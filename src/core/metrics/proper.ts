// The proper scores: negative log-likelihood and Brier, with the Brier score's three parts.
import type { Metrics } from "../records.ts";
import { binSums, equalWidthEdges } from "./bins.ts";
import type { Outcomes } from "./outcomes.ts";

/**
 * Mean negative log-likelihood in nats, ties as half of each verdict. Probabilities are kept 2^-52 away from
 * 0 and 1 (as scikit-learn's log_loss does), so one sure mistake costs at most 36.04. Computed from the
 * confidence, so that swapping the responses changes no bit.
 */
export function negativeLogLikelihood({ n, confidence, correct }: Outcomes): number {
  let sum = 0;
  for (let i = 0; i < n; i++) {
    const c = Math.min(confidence[i]!, 1 - Number.EPSILON);
    sum -= correct[i]! * Math.log(c) + (1 - correct[i]!) * Math.log(1 - c);
  }
  return sum / n;
}

/**
 * Brier score, mean of (p - target)^2, and its split: brier = reliability - resolution + uncertainty, over
 * confidence c and outcome o (was the verdict right?), in the reliability diagram's 10 bins.
 *
 * - reliability = sum n_b/n (mean c in b - mean o in b)^2
 * - uncertainty = variance of o over all pairs, which is acc (1 - acc) without ties
 * - resolution  = sum n_b/n (mean o in b - acc)^2, Murphy's (1973), where each bin holds one distinct
 *   confidence. Otherwise bins lose a remainder, the variance of c and its covariance with o within bins;
 *   it is counted here, so that the three always add up (Stephenson, Coelho & Jolliffe 2008, "generalized
 *   resolution"): a model that tells right from wrong within a bin resolves that much more.
 *
 * `scores` holds the squared error of each pair.
 *
 * A pair with p exactly 1/2 is right and wrong by halves: its o is half a 1 and half a 0.
 */
export function brierScore(
  outcomes: Outcomes,
  target: Float64Array,
): Pick<Metrics, "brier" | "brierParts"> & { readonly scores: Float64Array } {
  const { n, confidence, correct } = outcomes;
  const accuracy = correct.reduce((a, b) => a + b, 0) / n;
  let [brier, uncertainty] = [0, 0];
  const scores = new Float64Array(n);
  for (let i = 0; i < n; i++) {
    const c = confidence[i]!;
    // For p = 1/2 the halves of o are target and 1 - target. They are added to each other first, so that
    // swapping the responses, which swaps the halves, changes no rounding.
    const one = c === 0.5 ? target[i]! : correct[i]!;
    const other = c === 0.5 ? 1 - target[i]! : one;
    scores[i] = ((c - one) ** 2 + (c - other) ** 2) / 2;
    brier += scores[i]! / n;
    uncertainty += ((one - accuracy) ** 2 + (other - accuracy) ** 2) / 2 / n;
  }
  const sums = binSums(outcomes, equalWidthEdges(0.5, 10));
  let reliability = 0;
  for (let b = 0; b < sums.n.length; b++) {
    if (sums.n[b] === 0) continue;
    reliability += (sums.confidence[b]! - sums.correct[b]!) ** 2 / sums.n[b]! / n;
  }
  const resolution = reliability + uncertainty - brier;
  return { scores, brier, brierParts: { reliability, resolution, uncertainty } };
}
