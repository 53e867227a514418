// Trends over the models of a run, and the chart of lines that other sections use too.
import { linesChart } from "../chart/lines.ts";
import type { LinesInput } from "../chart/lines.ts";
import { digitsOf } from "../chart/scale.ts";
import { trendPanels } from "../chart/trends.ts";
import {
  axes,
  figure,
  figureGrid,
  legend,
  lineThrough,
  marker,
  px,
  seriesKey,
  whisker,
} from "./figure.ts";
import { markup } from "./markup.ts";
import type { Markup } from "./markup.ts";
import { fixed, fixedRange, noValue, percent, percentRange } from "./numbers.ts";
import type { Summary } from "./summary.ts";
import { section } from "./tables.ts";

/** One panel a figure; a run with a single model has no trend. */
export function trendsSection({ iterations }: Summary): Markup {
  const body =
    iterations.length < 2
      ? markup`<p class="empty">There is one model only, so there is nothing to compare.</p>`
      : markup`<p>Model 0 is trained on the labels alone, each later one on the labels and the pseudo-labels of the model before. Upright lines are 95&nbsp;% intervals; where there is none, the records hold none.</p>
${figureGrid(
  trendPanels(iterations).map((panel, i) =>
    linesFigure({
      id: `trend-${i}`,
      title: panel.title,
      hint: `${panel.betterIs} is better`,
      description: panel.meaning,
      series: panel.series,
      reference: null,
      unit: panel.unit,
    }),
  ),
  "wide",
)}`;
  return section("trends", "From model to model", body);
}

export interface LinesFigure extends Pick<LinesInput, "series" | "reference"> {
  readonly id: string;
  readonly title: string;
  readonly hint: string;
  readonly description: string;
  readonly unit: "percent" | "number";
}

/** A chart of lines over the models with its legend and table. */
export function linesFigure(f: LinesFigure): Markup {
  const chart = linesChart({
    series: f.series,
    reference: f.reference,
    label: (value, step) =>
      f.unit === "percent"
        ? percent(value, Math.max(0, digitsOf(step) - 2))
        : fixed(value, digitsOf(step)),
  });
  const { reference } = chart;
  const level =
    reference &&
    markup`<path class="reference" d="M${chart.frame.left} ${px(reference.y)}H${chart.frame.right}"/>`;
  const lines = chart.series.map(({ points }, i) => [
    ...points.flatMap((p) =>
      p.top === null || p.bottom === null ? [] : [whisker(i, p.x, [p.top, p.bottom])],
    ),
    lineThrough(i, points),
    ...points.map((p) => marker(i, p.x, p.y)),
  ]);
  const keys = f.series.map(({ name }, i) => ({ key: seriesKey(i), name }));
  if (reference) {
    keys.push({ key: markup`<path class="reference" d="M1 6H29"/>`, name: reference.name });
  }
  const models = [...new Set(f.series.flatMap((s) => s.points.map((p) => p.iteration)))];
  return figure({
    id: f.id,
    title: f.title,
    hint: f.hint,
    description: f.description,
    frame: chart.frame,
    drawing: markup`${axes({ ...chart, xName: "model", yName: "" })}${level}${lines}`,
    legend: legend(keys),
    table: {
      caption: f.title,
      kind: "numbers",
      columns: ["Model", ...f.series.flatMap(({ name }) => [name, `${name}, 95 % interval`])],
      rows: models
        .sort((a, b) => a - b)
        .map((model) => [String(model), ...f.series.flatMap((s) => cells(f.unit, s, model))]),
    },
  });
}

function cells(
  unit: "percent" | "number",
  series: LinesInput["series"][number],
  model: number,
): string[] {
  const point = series.points.find((p) => p.iteration === model);
  if (!point) return [noValue, noValue];
  return unit === "percent"
    ? [percent(point.value, 1), percentRange(point.low, point.high, 1)]
    : [fixed(point.value, 4), fixedRange(point.low, point.high, 4)];
}
