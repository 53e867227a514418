// Lines over iterations, each point with its interval where it has one.
import { positionOf, roundDomain, roundValues, ticksAt } from "./scale.ts";
import type { Frame, Scale, Tick } from "./scale.ts";

export interface LinePoint {
  readonly iteration: number;
  readonly value: number;
  /** The interval of the value, null where none is known. */
  readonly low: number | null;
  readonly high: number | null;
}

export interface LineSeries {
  readonly name: string;
  readonly points: readonly LinePoint[];
}

export interface LinesInput {
  readonly series: readonly LineSeries[];
  /** How a value on the y axis is written, given the step from tick to tick. */
  readonly label: (value: number, step: number) => string;
  /** A level to compare with, such as the rate in the data; null for none. */
  readonly reference: { readonly name: string; readonly value: number } | null;
  /** Values that the y axis holds whatever the points are, so that a small change does not look like a large one. */
  readonly holds?: readonly number[];
  /** Iterations that the x axis holds whatever the points are, so that a running run's chart keeps its width. */
  readonly span?: readonly [first: number, last: number];
}

export interface PlacedPoint {
  readonly point: LinePoint;
  readonly x: number;
  readonly y: number;
  /** Ends of the interval, in pixels: `top` is that of `high`. */
  readonly top: number | null;
  readonly bottom: number | null;
}

export interface LinesChart {
  readonly frame: Frame;
  readonly xTicks: readonly Tick[];
  readonly yTicks: readonly Tick[];
  readonly series: readonly { readonly name: string; readonly points: readonly PlacedPoint[] }[];
  readonly reference: { readonly name: string; readonly y: number } | null;
}

const frame: Frame = { width: 300, height: 200, left: 48, right: 288, top: 10, bottom: 158 };
/** Pixels between the intervals of two series at the same iteration, so that none hides the other. */
const dodge = 7;
/** More labels than this run into each other at 240 pixels. */
const mostXLabels = 9;

/** Places the series on common axes. Iterations are whole numbers; the y axis holds every interval. */
export function linesChart({ series, label, reference, holds = [], span }: LinesInput): LinesChart {
  const points = series.flatMap((s) => s.points);
  const iterations = [...points.map((p) => p.iteration), ...(span ?? [])];
  const first = Math.min(...iterations);
  const last = Math.max(...iterations);
  const x: Scale = {
    // Half an iteration is left free on both sides, for the dodge and for the marks' own width.
    domain: iterations.length === 0 ? [-0.5, 0.5] : [first - 0.5, last + 0.5],
    range: [frame.left, frame.right],
  };
  const values = points.flatMap((p) => [p.value, p.low ?? p.value, p.high ?? p.value]);
  if (reference) values.push(reference.value);
  values.push(...holds);
  const y: Scale = { domain: roundDomain(values, 4), range: [frame.bottom, frame.top] };
  const yValues = roundValues(y.domain, 4);
  // Marks without intervals hide little of each other, and stand where their model stands.
  const apart = points.some((p) => p.low !== null) ? dodge : 0;
  const widths = series.map((_, i) => (i - (series.length - 1) / 2) * apart);
  return {
    frame,
    xTicks: ticksAt(x, wholeNumbers(first, last), String),
    yTicks: ticksAt(y, yValues, (value) => label(value, (yValues[1] ?? 1) - (yValues[0] ?? 0))),
    series: series.map((s, i) => ({
      name: s.name,
      points: s.points.map((point) => ({
        point,
        x: positionOf(x, point.iteration) + widths[i]!,
        y: positionOf(y, point.value),
        top: point.high === null ? null : positionOf(y, point.high),
        bottom: point.low === null ? null : positionOf(y, point.low),
      })),
    })),
    reference: reference && { name: reference.name, y: positionOf(y, reference.value) },
  };
}

function wholeNumbers(first: number, last: number): number[] {
  if (!Number.isFinite(first) || !Number.isFinite(last)) return [];
  const step = Math.ceil((last - first + 1) / mostXLabels);
  const numbers: number[] = [];
  for (let i = first; i <= last; i += step) numbers.push(i);
  return numbers;
}
