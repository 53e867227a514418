// Binned calibration errors, of confidence against being right.
import { type BinSums, binSums, equalMassEdges, equalWidthEdges } from "./bins.ts";
import type { Outcomes } from "./outcomes.ts";

const binCount = 15;

/**
 * Expected calibration error as Guo et al. 2017: 15 equal-width bins over [0, 1] (a confidence of two classes
 * fills the upper 8), sum n_b/n |accuracy - mean confidence|.
 */
export function expectedCalibrationError(outcomes: Outcomes): number {
  return weightedGap(binSums(outcomes, equalWidthEdges(0, binCount)), outcomes.n);
}

/** The same over 15 bins with equally many pairs (fewer where there are fewer pairs). */
export function equalMassCalibrationError(outcomes: Outcomes): number {
  return weightedGap(binSums(outcomes, equalMassEdges(outcomes.confidence, binCount)), outcomes.n);
}

/**
 * The debiased l2 calibration error of Kumar, Liang & Ma 2019 over the equal-mass bins: the square root of
 * sum n_b/n [(accuracy - mean confidence)^2 - v_b / n_b], where v_b is the sample variance of being right, so
 * that v_b / n_b = accuracy (1 - accuracy) / (n_b - 1) without ties. A negative sum is reported as 0. Below 30
 * pairs there are fewer bins, of two pairs or more, since a bin of one has no variance and adds nothing. An l2 error is never below the l1 error (ECE) of the same bins before debiasing.
 */
export function debiasedCalibrationError(outcomes: Outcomes): number {
  const bins = Math.max(Math.min(binCount, Math.floor(outcomes.n / 2)), 1);
  const sums = binSums(outcomes, equalMassEdges(outcomes.confidence, bins));
  let total = 0;
  for (let b = 0; b < sums.n.length; b++) {
    const n = sums.n[b]!;
    if (n < 2) continue;
    const accuracy = sums.correct[b]! / n;
    const gap = accuracy - sums.confidence[b]! / n;
    const noise = (sums.correctSquared[b]! / n - accuracy * accuracy) / (n - 1);
    total += (n / outcomes.n) * (gap * gap - noise);
  }
  return Math.sqrt(Math.max(total, 0));
}

function weightedGap(sums: BinSums, n: number): number {
  let total = 0;
  for (let b = 0; b < sums.n.length; b++) {
    total += Math.abs(sums.correct[b]! - sums.confidence[b]!) / n;
  }
  return total;
}
