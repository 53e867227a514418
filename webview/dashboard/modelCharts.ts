// The charts of one model: is it as sure as it is right, and what would it select.
import { accuracyFloor } from "../../src/core/chart/reliability.ts";
import { confidenceMeaning, reliabilityMeaning } from "../../src/core/dashboard/meaning.ts";
import type { IterationRecord, Metrics } from "../../src/core/records.ts";
import {
  rawMetrics,
  scaledMetrics,
  type Judge,
  type Summary,
} from "../../src/core/report/summary.ts";
import { counted } from "../../src/core/report/numbers.ts";
import type { ChartModel } from "../charts/chartModel.ts";
import { histogramModel } from "../charts/histogram.ts";
import { reliabilityModel } from "../charts/reliability.ts";
import { memo } from "./memo.ts";

export const judgeTitles: Readonly<Record<Judge, string>> = {
  validation: "held-out labels",
  test: "test set",
};

/** Which chart of the page it is: of the run that is shown, or of the one that it is compared with. */
export type Column = "one" | "other";

/** The reliability diagram of a model; `record` is null before the first. */
export const reliabilityOf = memo(
  (
    ...[dir, summary, record, judge, floor, column]: readonly [
      dir: string,
      summary: Summary,
      record: IterationRecord | null,
      judge: Judge | null,
      floor: number,
      column: Column,
    ]
  ): ChartModel => {
    const raw = record && judge && rawMetrics(record, judge);
    const scaled = record && judge && scaledMetrics(record, judge);
    return reliabilityModel({
      id: `reliability-${column}`,
      title: `Is it as sure as it is right? ${subjectOf(record, judge, raw)}`,
      meaning: record ? reliabilityMeaning({ ...summary, judge }, record) : notYet,
      empty: emptyOf(record, raw),
      raw: raw?.reliability ?? [],
      scaled: scaled?.reliability ?? [],
      floor,
      temperature: record?.temperature ?? 1,
      of: record && judge ? { dir, iteration: record.iteration, set: judge } : null,
    });
  },
);

/** The confidence of the unlabeled pairs under a model. */
export const confidenceOf = memo(
  (
    ...[dir, summary, record, threshold, most, column]: readonly [
      dir: string,
      summary: Summary,
      record: IterationRecord | null,
      threshold: number,
      most: number,
      column: Column,
    ]
  ): ChartModel =>
    histogramModel({
      id: `confidence-${column}`,
      title: `How sure is it of the unlabeled pairs?${record ? ` Model ${record.iteration}` : ""}`,
      meaning: record ? confidenceMeaning(summary, record) : notYet,
      empty: record === null ? notYet : most === 0 ? "There is no unlabeled pair." : null,
      counts: record?.unlabeledHistogram ?? new Array<number>(20).fill(0),
      threshold,
      own: summary.run.settings.threshold,
      most,
      of: record ? { dir, iteration: record.iteration, set: "unlabeled" } : null,
    }),
);

/** One beginning of the accuracy axis for all models of the runs that are shown, so that they can be compared. */
export const floorOf = memo((one: Summary, other: Summary | null, judge: Judge | null): number => {
  if (judge === null) return accuracyFloor([]);
  const records = [...one.iterations, ...(other?.iterations ?? [])];
  return accuracyFloor(
    records.flatMap((record) => [
      rawMetrics(record, judge)?.reliability ?? [],
      scaledMetrics(record, judge)?.reliability ?? [],
    ]),
  );
});

/** The largest count of all histograms of the runs that are shown. */
export const mostOf = memo((one: Summary, other: Summary | null): number => {
  const records = [...one.iterations, ...(other?.iterations ?? [])];
  return Math.max(0, ...records.flatMap((record) => record.unlabeledHistogram));
});

const notYet = "Comes with the first model.";

function emptyOf(record: IterationRecord | null, raw: Metrics | null | undefined): string | null {
  if (record === null) return notYet;
  return raw ? null : "No pair was held out to judge it by.";
}

function subjectOf(
  record: IterationRecord | null,
  judge: Judge | null,
  raw: Metrics | null | undefined,
): string {
  if (!record || !judge || !raw) return "";
  return `Model ${record.iteration}, ${counted(raw.n, judge === "test" ? "test pair" : "held-out label")}`;
}
