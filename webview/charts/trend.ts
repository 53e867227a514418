// Lines over the models of one run or two, each point with its interval where it has one.
import { nothing, svg } from "lit";
import { linesChart, type LineSeries } from "../../src/core/chart/lines.ts";
import { digitsOf } from "../../src/core/chart/scale.ts";
import { estimateText, type TableColumn } from "../../src/core/chart/table.ts";
import { fixed, percent } from "../../src/core/report/numbers.ts";
import type { ChartModel, LegendItem, MarkPairs } from "./chartModel.ts";
import { axes, lineThrough, marker, px, seriesItem, whisker } from "./parts.ts";

export interface TrendInput extends Pick<ChartModel, "id" | "title" | "meaning" | "empty"> {
  readonly unit: "percent" | "number";
  /** A value that is no number stands in the table and not in the picture. */
  readonly series: readonly LineSeries[];
  readonly reference: { readonly name: string; readonly value: number } | null;
  /** Values that the y axis holds in any case. */
  readonly holds: readonly number[];
  /** The models that the x axis holds in any case. */
  readonly span: readonly [first: number, last: number];
  /** The pairs behind a point; null where they can't be shown. */
  readonly pairsOf: (series: number, iteration: number) => MarkPairs | null;
}

/** The model of the chart. */
export function trendModel(input: TrendInput): ChartModel {
  const { unit, series, reference, holds, span, pairsOf, ...words } = input;
  const chart = linesChart({
    series: series.map((s) => ({ ...s, points: s.points.filter((p) => Number.isFinite(p.value)) })),
    reference,
    holds,
    span,
    label: (value, step) =>
      unit === "percent"
        ? percent(value, Math.max(0, digitsOf(step) - 2))
        : fixed(value, digitsOf(step)),
  });
  const { frame } = chart;
  const level =
    chart.reference &&
    svg`<path class="reference" d=${`M${frame.left} ${px(chart.reference.y)}H${frame.right}`}></path>`;
  const lines = chart.series.map(({ points }, i) => [
    points.map((p) =>
      p.top === null || p.bottom === null ? nothing : whisker(i, p.x, [p.top, p.bottom]),
    ),
    lineThrough(i, points),
    points.map((p) => marker(i, p.x, p.y)),
  ]);
  return {
    ...words,
    frame,
    drawing: svg`${axes({ ...chart, xName: "model", yName: "" })}${level ?? nothing}${lines}`,
    legend: legendOf(series, reference),
    marks: chart.series.flatMap(({ name, points }, i) =>
      points.map(({ point, x, y }) => ({
        series: i,
        x,
        y,
        area: { x: x - 8, y: y - 10, width: 16, height: 20 },
        title: `Model ${point.iteration}`,
        lines: [`${name}: ${estimateText(unit, point)}`],
        ...opened(pairsOf(i, point.iteration)),
      })),
    ),
    table: {
      caption: input.title,
      columns: [{ name: "model", format: "text" }, ...series.flatMap((s) => columnsOf(unit, s))],
      rows: modelsOf(series).map((model) => [model, ...series.flatMap((s) => cellsOf(s, model))]),
    },
  };
}

/** A point is of all pairs of its set, however sure the model is of them. */
function opened(pairs: MarkPairs | null): Pick<ChartModel["marks"][number], "pairs" | "opens"> {
  return pairs === null ? { pairs } : { pairs, opens: `open all ${setNames[pairs.set]}` };
}

const setNames: Readonly<Record<MarkPairs["set"], string>> = {
  unlabeled: "unlabeled pairs",
  validation: "held-out labels",
  test: "test pairs",
  selected: "selected pairs",
};

function legendOf(
  series: readonly LineSeries[],
  reference: TrendInput["reference"],
): readonly LegendItem[] {
  const items = series.map(({ name }, i) => seriesItem(i, name));
  if (!reference) return items;
  const key = svg`<path class="reference" d="M1 6H29"></path>`;
  return [...items, { key, name: reference.name }];
}

function modelsOf(series: readonly LineSeries[]): number[] {
  const all = new Set(series.flatMap((s) => s.points.map((p) => p.iteration)));
  return [...all].sort((a, b) => a - b);
}

/** Columns for the interval only where there is one. */
function columnsOf(unit: "percent" | "number", { name, points }: LineSeries): TableColumn[] {
  const value = { name, format: unit };
  if (points.every((p) => p.low === null)) return [value];
  return [
    value,
    { name: `${name}, interval from`, format: unit },
    { name: `${name}, interval to`, format: unit },
  ];
}

function cellsOf({ points }: LineSeries, model: number): (number | null)[] {
  const point = points.find((p) => p.iteration === model);
  const value = point?.value ?? null;
  return points.every((p) => p.low === null)
    ? [value]
    : [value, point?.low ?? null, point?.high ?? null];
}
