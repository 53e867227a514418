// Bars of counts per iteration, each split into a known right and wrong part where gold is known.
import { positionOf, roundDomain, roundValues, ticksAt } from "./scale.ts";
import type { Frame, Scale, Tick } from "./scale.ts";

export interface Bar {
  readonly iteration: number;
  readonly count: number;
  /** How many of them are right, null where it is not known. */
  readonly right: number | null;
}

export interface PlacedBar {
  readonly bar: Bar;
  readonly left: number;
  readonly width: number;
  readonly top: number;
  /** Top of the part that is right; the part above it is wrong. Null where it is not known. */
  readonly rightTop: number | null;
}

export interface BarsChart {
  readonly frame: Frame;
  readonly xTicks: readonly Tick[];
  readonly yTicks: readonly Tick[];
  readonly bars: readonly PlacedBar[];
}

const frame: Frame = { width: 300, height: 200, left: 48, right: 288, top: 20, bottom: 158 };
/** Share of a bar's place that the bar fills; at most `widest` pixels. */
const fill = 0.6;
const widest = 44;

/** Places one bar an iteration on an axis that begins at 0. */
export function barsChart(bars: readonly Bar[], label: (value: number) => string): BarsChart {
  const y: Scale = {
    domain: roundDomain([0, Math.max(1, ...bars.map((bar) => bar.count))], 4),
    range: [frame.bottom, frame.top],
  };
  const x: Scale = { domain: [0, Math.max(1, bars.length)], range: [frame.left, frame.right] };
  const place = (frame.right - frame.left) / Math.max(1, bars.length);
  const width = Math.min(widest, place * fill);
  const centre = (i: number): number => positionOf(x, i + 0.5);
  return {
    frame,
    xTicks: bars.map((bar, i) => ({
      value: bar.iteration,
      position: centre(i),
      label: String(bar.iteration),
    })),
    // Counts are whole, so ticks between whole numbers would be no counts.
    yTicks: ticksAt(y, roundValues(y.domain, 4).filter(Number.isInteger), label),
    bars: bars.map((bar, i) => ({
      bar,
      left: centre(i) - width / 2,
      width,
      top: positionOf(y, bar.count),
      rightTop: bar.right === null ? null : positionOf(y, bar.right),
    })),
  };
}
