// The histogram of confidence with the threshold: what passes it stands apart from what does not.
import { positionOf, roundDomain, roundValues, ticksAt } from "./scale.ts";
import type { Frame, Scale, Tick } from "./scale.ts";

export interface HistogramBar {
  readonly from: number;
  readonly to: number;
  readonly count: number;
  readonly left: number;
  readonly right: number;
  readonly top: number;
  /** Whether this stretch of confidence lies above the threshold. */
  readonly passes: boolean;
}

export interface HistogramChart {
  readonly frame: Frame;
  readonly xTicks: readonly Tick[];
  readonly yTicks: readonly Tick[];
  readonly bars: readonly HistogramBar[];
  readonly thresholdX: number;
}

export interface HistogramInput {
  /** Counts of equal bins over [0.5, 1]. */
  readonly counts: readonly number[];
  readonly threshold: number;
  /** The largest count that the axis must hold, so that histograms side by side can be compared. */
  readonly most: number;
  readonly label: (value: number) => string;
}

const frame: Frame = { width: 300, height: 200, left: 48, right: 288, top: 20, bottom: 158 };

/** Places the bins; one that the threshold cuts is drawn in two stretches of the same height. */
export function histogramChart({ counts, threshold, most, label }: HistogramInput): HistogramChart {
  const x: Scale = { domain: [0.5, 1], range: [frame.left, frame.right] };
  const y: Scale = {
    domain: roundDomain([0, Math.max(1, most)], 4),
    range: [frame.bottom, frame.top],
  };
  const bars = counts.flatMap((count, i) => {
    const from = 0.5 + (0.5 * i) / counts.length;
    const to = 0.5 + (0.5 * (i + 1)) / counts.length;
    // Bin edges are binary fractions of their own: a threshold within rounding of one does not cut.
    const cuts = threshold > from + 1e-9 && threshold < to - 1e-9;
    const stretches = cuts
      ? [[from, threshold] as const, [threshold, to] as const]
      : [[from, to] as const];
    return stretches.map(([a, b]) => ({
      from: a,
      to: b,
      count,
      left: positionOf(x, a),
      right: positionOf(x, b),
      top: positionOf(y, count),
      passes: a >= threshold - 1e-9,
    }));
  });
  return {
    frame,
    xTicks: ticksAt(x, [0.5, 0.6, 0.7, 0.8, 0.9, 1], (value) => String(Math.round(value * 100))),
    yTicks: ticksAt(y, roundValues(y.domain, 4).filter(Number.isInteger), label),
    bars,
    thresholdX: positionOf(x, threshold),
  };
}
