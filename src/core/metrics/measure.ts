// All metrics of a set of probabilities against verdicts. Each family has its own file beside this one.
import type { Metrics } from "../records.ts";
import { clusteredInterval, wilson } from "./accuracy.ts";
import { confidenceHistogram, reliabilityBins } from "./bins.ts";
import {
  debiasedCalibrationError,
  equalMassCalibrationError,
  expectedCalibrationError,
} from "./ece.ts";
import { outcomesOf } from "./outcomes.ts";
import { brierScore, negativeLogLikelihood } from "./proper.ts";
import { smoothEce } from "./smoothEce.ts";

/**
 * Measures p = P(first preferred) against targets (1, 0, 1/2 for ties), one per pair; `clusters` are the prompt
 * ids. Swapping the responses of any pair changes nothing.
 *
 * @throws {RangeError} for an empty set (its metrics are null: the caller's business), unequal lengths, or a
 *   number outside [0, 1].
 */
export function measure(
  p: Float64Array,
  target: Float64Array,
  clusters: readonly string[],
): Metrics {
  const outcomes = outcomesOf(p, target);
  const { n, confidence, correct } = outcomes;
  const right = correct.reduce((a, b) => a + b, 0);
  const interval = wilson(right, n);
  const clustered = clusteredInterval(correct, clusters);
  return {
    n,
    accuracy: right / n,
    accuracyLow: interval.low,
    accuracyHigh: interval.high,
    accuracyClusteredLow: clustered.low,
    accuracyClusteredHigh: clustered.high,
    nll: negativeLogLikelihood(outcomes),
    ...brierScore(outcomes, target),
    ece: expectedCalibrationError(outcomes),
    eceEqualMass: equalMassCalibrationError(outcomes),
    eceDebiased: debiasedCalibrationError(outcomes),
    smece: smoothEce(outcomes),
    reliability: reliabilityBins(outcomes),
    confidenceHistogram: confidenceHistogram(confidence),
  };
}
