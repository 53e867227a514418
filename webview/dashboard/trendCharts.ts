// The charts over the models of a run, or of two runs in the same pictures.
import type { LinePoint, LineSeries } from "../../src/core/chart/lines.ts";
import {
  lengthMeaning,
  selectionMeaning,
  trendMeaning,
  type TrendFigure,
} from "../../src/core/dashboard/meaning.ts";
import { estimateOf } from "../../src/core/chart/trends.ts";
import type { IterationRecord } from "../../src/core/records.ts";
import { accuracyOf, rawMetrics, type Judge, type Summary } from "../../src/core/report/summary.ts";
import type { AgreementFigures } from "../../src/protocol/page/labelPage.ts";
import { barsModel } from "../charts/bars.ts";
import type { ChartModel, MarkPairs } from "../charts/chartModel.ts";
import { trendModel, type TrendInput } from "../charts/trend.ts";
import { memo } from "./memo.ts";
import type { CalibrationError } from "./state.ts";

/** A run with the name of its lines. */
interface Drawn {
  readonly dir: string;
  readonly name: string;
  readonly summary: Summary;
}

export interface TrendsInput {
  readonly one: Drawn;
  readonly other: Drawn | null;
  readonly judge: Judge | null;
  readonly calibration: CalibrationError;
  readonly audit: AgreementFigures | null;
}

/** All trend charts, in the order of the page. */
export function trendsOf({ one, other, judge, calibration, audit }: TrendsInput): ChartModel[] {
  const of = [one.dir, one.summary, other?.dir ?? null, other?.summary ?? null] as const;
  return [
    metricTrend("accuracy", judge, ...of),
    metricTrend(calibration, judge, ...of),
    metricTrend("brier", judge, ...of),
    selectedBars(one.dir, one.summary, audit),
    pseudoLabelTrend(...of),
    lengthTrend(one.dir, one.summary),
  ];
}

const titles: Readonly<Record<TrendFigure, string>> = {
  accuracy: "Accuracy",
  "pseudo-labels": "How right the pseudo-labels are",
  smece: "Calibration error (smECE), lower is better",
  ece: "Calibration error (ECE), lower is better",
  brier: "Brier score, lower is better",
  nll: "Log loss, lower is better",
};

const metricTrend = memo(
  (
    ...[figure, judge, dir, summary, otherDir, other]: readonly [
      figure: "accuracy" | "ece" | "smece" | "brier",
      judge: Judge | null,
      dir: string,
      summary: Summary,
      otherDir: string | null,
      other: Summary | null,
    ]
  ): ChartModel => {
    const point = (record: IterationRecord): Omit<LinePoint, "iteration"> | null => {
      const metrics = judge && rawMetrics(record, judge);
      if (!metrics) return null;
      if (figure === "accuracy") return accuracyOf(metrics);
      return estimateOf(metrics, figure);
    };
    const series = runSeries(summary, other, point);
    return lines(`trend-${figure}`, {
      title: titles[figure],
      meaning: trendMeaning({ ...summary, judge }, figure),
      unit: figure === "accuracy" ? "percent" : "number",
      reference: figure === "accuracy" ? { name: "a coin", value: 0.5 } : null,
      series,
      holds: holdsOf(figure, series),
      span: spanOf(summary),
      pairsOf: pairsIn([dir, otherDir], judge),
    });
  },
);

const pseudoLabelTrend = memo(
  (
    ...[dir, summary, otherDir, other]: readonly [
      dir: string,
      summary: Summary,
      otherDir: string | null,
      other: Summary | null,
    ]
  ): ChartModel => {
    const { threshold } = summary.run.settings;
    return lines("trend-pseudo-labels", {
      title: titles["pseudo-labels"],
      meaning: trendMeaning(summary, "pseudo-labels"),
      unit: "percent",
      reference: { name: "what the threshold promises at least", value: threshold },
      holds: [threshold - 0.1, threshold + 0.05],
      span: spanOf(summary),
      series: runSeries(summary, other, (record) =>
        record.pseudoLabelAccuracy === null
          ? null
          : {
              value: record.pseudoLabelAccuracy,
              low: record.pseudoLabelGold?.low ?? null,
              high: record.pseudoLabelGold?.high ?? null,
            },
      ),
      pairsOf: pairsIn([dir, otherDir], "selected"),
    });
  },
);

const lengthTrend = memo((dir: string, summary: Summary): ChartModel => {
  const { iterations, last } = summary;
  const all = (
    [
      ["the labels", "labeled"],
      ["selected pseudo-labels", "selected"],
      ["the model’s choice", "model"],
    ] as const
  ).map(([name, key]): LineSeries => ({
    name,
    points: iterations.flatMap(({ iteration, length }) => {
      const value = length[key];
      return value === null ? [] : [{ iteration, value, low: null, high: null }];
    }),
  }));
  const series = all.filter(({ points }) => points.length > 0);
  const data = last?.length.data ?? null;
  return lines("trend-length", {
    title: "How often the longer response wins",
    meaning: last ? lengthMeaning(last) : "",
    unit: "percent",
    reference: data === null ? null : { name: "the data’s verdicts", value: data },
    series,
    holds: [0.45, 0.65],
    span: spanOf(summary),
    pairsOf: (i, iteration) =>
      series[i]?.name === "selected pseudo-labels"
        ? { dir, iteration, set: "selected", from: 0.5, to: 1 }
        : null,
  });
});

const selectedBars = memo(
  (dir: string, summary: Summary, audit: AgreementFigures | null): ChartModel => {
    const bars = summary.iterations
      .filter(({ iteration }) => iteration > 0)
      .map(({ iteration, selected, pseudoLabelGold: gold }) => ({
        iteration,
        count: selected,
        // A share known of a part only must not be drawn as one of the whole.
        right: gold !== null && gold.n === selected ? gold.value * selected : null,
      }));
    return barsModel({
      id: "selected",
      title: "Pseudo-labels that each model was trained on",
      meaning: selectionMeaning(summary, audit),
      empty: bars.length === 0 ? "Comes with model 1." : null,
      bars,
      pairsOf: (iteration) => ({ dir, iteration, set: "selected", from: 0.5, to: 1 }),
    });
  },
);

/** Calibration errors stand on 0; a Brier score moves by hundredths, and thousandths must not fill the chart. */
function holdsOf(
  figure: "accuracy" | "ece" | "smece" | "brier",
  series: readonly LineSeries[],
): readonly number[] {
  const values = series.flatMap(({ points }) => points.map(({ value }) => value));
  const some = values.filter((value) => Number.isFinite(value));
  // An empty chart has the axis that the first value is likely to leave as it is.
  if (figure === "accuracy") return some.length === 0 ? [0.5, 0.7] : [];
  if (figure !== "brier") return some.length === 0 ? [0, 0.1] : [0];
  if (some.length === 0) return [0.2, 0.25];
  const middle = (Math.min(...some) + Math.max(...some)) / 2;
  return [middle - 0.015, middle + 0.015];
}

/** A run that is being made has room for the models to come. */
function spanOf({ run, last }: Summary): readonly [first: number, last: number] {
  const isOver = run.state === "done" || run.state === "failed";
  return [0, isOver ? (last?.iteration ?? 0) : run.settings.iterations];
}

function lines(id: string, input: Omit<TrendInput, "id" | "empty">): ChartModel {
  const isEmpty = input.series.every(({ points }) => points.length === 0);
  return trendModel({ ...input, id, empty: isEmpty ? "No values yet." : null });
}

/** One line for a run alone; with another run, two lines with their names. */
function runSeries(
  one: Summary,
  other: Summary | null,
  point: (record: IterationRecord) => Omit<LinePoint, "iteration"> | null,
): LineSeries[] {
  const seriesOf = (name: string, { iterations }: Summary): LineSeries => ({
    name,
    points: iterations.flatMap((record) => {
      const at = point(record);
      return at === null ? [] : [{ iteration: record.iteration, ...at }];
    }),
  });
  return other === null
    ? [seriesOf("this run", one)]
    : [seriesOf("this run", one), seriesOf("compared run", other)];
}

function pairsIn(
  dirs: readonly (string | null)[],
  set: MarkPairs["set"] | null,
): TrendInput["pairsOf"] {
  return (i, iteration) => {
    const dir = dirs[i];
    return dir && set ? { dir, iteration, set, from: 0.5, to: 1 } : null;
  };
}
