// Which lines over the iterations a run's records hold, ready for linesChart. Values that a run does not have
// give no line; a panel without a line is left out.
import type { IterationRecord, Metrics } from "../records.ts";
import type { LinePoint, LineSeries } from "./lines.ts";

export interface TrendPanel {
  readonly title: string;
  /** What is measured, for the axis and the table. */
  readonly unit: "percent" | "number";
  readonly betterIs: "higher" | "lower";
  /** What the panel says, in a sentence for people who do not see it. */
  readonly meaning: string;
  readonly series: readonly LineSeries[];
}

type MetricName = "nll" | "brier" | "ece" | "smece";

type Estimate = Omit<LinePoint, "iteration">;

/** A figure with its interval, where the record holds one; null where there are no metrics. */
export function estimateOf(metrics: Metrics | null, name: MetricName): Estimate | null {
  if (metrics === null) return null;
  const value = metrics[name];
  if (name === "nll") return { value, low: null, high: null };
  return { value, low: metrics[`${name}Low`], high: metrics[`${name}High`] };
}

/** The trend panels of a run, from its records in order of iteration. */
export function trendPanels(records: readonly IterationRecord[]): TrendPanel[] {
  const onTest = records.some((record) => record.test !== null);
  const where = onTest ? "test" : "held-out labels";
  const panels: TrendPanel[] = [
    {
      title: "Accuracy",
      unit: "percent",
      betterIs: "higher",
      meaning: "Share of held-out pairs on which the model prefers the right response.",
      series: [
        accuracySeries("test", records, (record) => record.test),
        accuracySeries("held-out labels", records, (record) => record.validation),
      ],
    },
    {
      title: "Pseudo-label accuracy",
      unit: "percent",
      betterIs: "higher",
      meaning: "Share of the selected pseudo-labels that agree with gold.",
      series: [pseudoLabelSeries(records)],
    },
    scored("Smooth calibration error (smECE)", "smece"),
    scored("Calibration error (ECE, 15 bins)", "ece"),
    scored("Brier score", "brier"),
    scored("Negative log-likelihood, nats", "nll"),
  ];
  return panels
    .map((panel) => ({ ...panel, series: panel.series.filter((s) => s.points.length > 0) }))
    .filter((panel) => panel.series.length > 0);

  function scored(title: string, name: MetricName): TrendPanel {
    const raw = (record: IterationRecord): Metrics | null =>
      onTest ? record.test : record.validation;
    const scaled = (record: IterationRecord): Metrics | null =>
      onTest ? record.testCalibrated : record.validationCalibrated;
    return {
      title,
      unit: "number",
      betterIs: "lower",
      meaning: `On the ${where}; lower is better.`,
      series: [
        metricSeries("as it is", records, (record) => estimateOf(raw(record), name)),
        metricSeries("temperature-scaled", records, (record) => estimateOf(scaled(record), name)),
      ],
    };
  }
}

function accuracySeries(
  name: string,
  records: readonly IterationRecord[],
  pick: (record: IterationRecord) => Metrics | null,
): LineSeries {
  const points = records.flatMap((record): LinePoint[] => {
    const m = pick(record);
    if (m === null) return [];
    return [
      {
        iteration: record.iteration,
        value: m.accuracy,
        low: m.accuracyClusteredLow,
        high: m.accuracyClusteredHigh,
      },
    ];
  });
  return { name, points };
}

function pseudoLabelSeries(records: readonly IterationRecord[]): LineSeries {
  const points = records.flatMap((record): LinePoint[] => {
    if (record.pseudoLabelAccuracy === null) return [];
    return [
      {
        iteration: record.iteration,
        value: record.pseudoLabelAccuracy,
        low: record.pseudoLabelGold?.low ?? null,
        high: record.pseudoLabelGold?.high ?? null,
      },
    ];
  });
  return { name: "selected pseudo-labels", points };
}

function metricSeries(
  name: string,
  records: readonly IterationRecord[],
  pick: (record: IterationRecord) => Estimate | null,
): LineSeries {
  const points = records.flatMap((record): LinePoint[] => {
    const estimate = pick(record);
    return estimate === null ? [] : [{ iteration: record.iteration, ...estimate }];
  });
  return { name, points };
}
