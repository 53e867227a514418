// All metrics of a set of probabilities against verdicts. Each family has its own file beside this one.
import type { Metrics } from "../records.ts";
import { clusteredInterval, wilson } from "./accuracy.ts";
import { confidenceHistogram, reliabilityBins } from "./bins.ts";
import {
  debiasedCalibrationError,
  equalMassCalibrationError,
  expectedCalibrationError,
} from "./ece.ts";
import { eceInterval, smoothEceInterval } from "./errorIntervals.ts";
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
  const { scores, brier, brierParts } = brierScore(outcomes, target);
  const brierRange = clusteredInterval(scores, clusters);
  const ece = expectedCalibrationError(outcomes);
  const eceRange = eceInterval(outcomes, clusters, ece);
  const smece = smoothEce(outcomes);
  const smeceRange = smoothEceInterval(outcomes, clusters, smece);
  return {
    n,
    accuracy: right / n,
    accuracyLow: interval.low,
    accuracyHigh: interval.high,
    accuracyClusteredLow: clustered.low,
    accuracyClusteredHigh: clustered.high,
    nll: negativeLogLikelihood(outcomes),
    brier,
    // Rounding of another order of sums must not leave the value outside.
    brierLow: Math.min(brierRange.low, brier),
    brierHigh: Math.max(brierRange.high, brier),
    brierParts,
    ece,
    eceLow: eceRange?.low ?? null,
    eceHigh: eceRange?.high ?? null,
    eceEqualMass: equalMassCalibrationError(outcomes),
    eceDebiased: debiasedCalibrationError(outcomes),
    smece,
    smeceLow: smeceRange?.low ?? null,
    smeceHigh: smeceRange?.high ?? null,
    reliability: reliabilityBins(outcomes),
    confidenceHistogram: confidenceHistogram(confidence),
  };
}
