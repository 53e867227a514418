// The reliability diagram: how often the model is right against how sure it says it is, with the interval and
// the number of pairs of each bin. On the diagonal a model means what it says; below it, it is overconfident.
import type { ReliabilityBin } from "../records.ts";
import { positionOf, roundValues, ticksAt } from "./scale.ts";
import type { Frame, Scale, Tick } from "./scale.ts";

/** One bin that holds pairs, in pixels. The band is the interval of the accuracy over the bin's width. */
export interface ReliabilityMark {
  readonly bin: ReliabilityBin;
  readonly x: number;
  readonly y: number;
  readonly bandLeft: number;
  readonly bandRight: number;
  readonly bandTop: number;
  readonly bandBottom: number;
  /** Fewer than 10 pairs: the interval spans much and says little. */
  readonly few: boolean;
}

/** A bar of the strip of counts under the diagram; it grows upwards from the strip's base. */
export interface CountBar {
  readonly count: number;
  readonly left: number;
  readonly right: number;
  readonly top: number;
}

export interface ReliabilityChart {
  readonly frame: Frame;
  readonly xTicks: readonly Tick[];
  readonly yTicks: readonly Tick[];
  readonly diagonal: {
    readonly x1: number;
    readonly y1: number;
    readonly x2: number;
    readonly y2: number;
  };
  readonly raw: readonly ReliabilityMark[];
  readonly scaled: readonly ReliabilityMark[];
  readonly countBase: number;
  /** Where the counts are written, above every bar. */
  readonly countLabelY: number;
  readonly rawCounts: readonly CountBar[];
  readonly scaledCounts: readonly CountBar[];
}

export interface ReliabilityInput {
  readonly raw: readonly ReliabilityBin[];
  /** After temperature scaling; null where it is not known. */
  readonly scaled: readonly ReliabilityBin[] | null;
  /** Where the axis of accuracy begins, see accuracyFloor. */
  readonly floor: number;
}

const frame: Frame = { width: 300, height: 324, left: 36, right: 292, top: 22, bottom: 222 };
const fewPairs = 10;
const countBase = 290;
const countHeight = 30;

/**
 * A common beginning for the accuracy axes of diagrams that stand side by side: a tenth at or below every
 * accuracy and the bands of all bins with at least 10 pairs, at most 0.4. Bands of smaller bins may be cut
 * off by it: one of a single pair spans nearly everything and would flatten all the others.
 */
export function accuracyFloor(diagrams: readonly (readonly ReliabilityBin[])[]): number {
  let lowest = 0.4;
  for (const bin of diagrams.flat()) {
    if (bin.accuracy !== null) lowest = Math.min(lowest, bin.accuracy);
    if (bin.low !== null && bin.n >= fewPairs) lowest = Math.min(lowest, bin.low);
  }
  return Math.max(0, Math.floor(lowest * 10 + 1e-9) / 10);
}

/** Places the bins of one model, raw and temperature-scaled, in one diagram. */
export function reliabilityChart({ raw, scaled, floor }: ReliabilityInput): ReliabilityChart {
  const x: Scale = { domain: [0.5, 1], range: [frame.left, frame.right] };
  const y: Scale = { domain: [floor, 1], range: [frame.bottom, frame.top] };
  const most = Math.max(1, ...raw.map((bin) => bin.n), ...(scaled ?? []).map((bin) => bin.n));
  const marks = (bins: readonly ReliabilityBin[]): ReliabilityMark[] =>
    bins.flatMap((bin) => markOf(bin, { x, y }));
  const counts = (bins: readonly ReliabilityBin[]): CountBar[] =>
    bins.map((bin) => ({
      count: bin.n,
      left: positionOf(x, bin.from),
      right: positionOf(x, bin.to),
      top: countBase - (bin.n / most) * countHeight,
    }));
  return {
    frame,
    xTicks: ticksAt(x, [0.5, 0.6, 0.7, 0.8, 0.9, 1], percentLabel),
    yTicks: ticksAt(y, roundValues(y.domain, 5), percentLabel),
    diagonal: {
      x1: positionOf(x, 0.5),
      y1: positionOf(y, 0.5),
      x2: positionOf(x, 1),
      y2: positionOf(y, 1),
    },
    raw: marks(raw),
    scaled: marks(scaled ?? []),
    countBase,
    countLabelY: countBase - countHeight - 4,
    rawCounts: counts(raw),
    scaledCounts: counts(scaled ?? []),
  };
}

function markOf(bin: ReliabilityBin, { x, y }: { x: Scale; y: Scale }): ReliabilityMark[] {
  if (bin.accuracy === null || bin.meanConfidence === null) return [];
  const clamp = (value: number): number => Math.min(y.domain[1], Math.max(y.domain[0], value));
  return [
    {
      bin,
      x: positionOf(x, bin.meanConfidence),
      y: positionOf(y, bin.accuracy),
      bandLeft: positionOf(x, bin.from),
      bandRight: positionOf(x, bin.to),
      bandTop: positionOf(y, clamp(bin.high ?? bin.accuracy)),
      bandBottom: positionOf(y, clamp(bin.low ?? bin.accuracy)),
      few: bin.n < fewPairs,
    },
  ];
}

function percentLabel(value: number): string {
  return String(Math.round(value * 100));
}
