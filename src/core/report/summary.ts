// What the sections of the report ask of a run's records, worked out once.
import type {
  EarlyEndRecord,
  IterationRecord,
  LabelsRecord,
  Metrics,
  QueueItem,
  RunInfo,
  RunRecord,
} from "../records.ts";
import type { Estimate } from "./intervals.ts";

export interface ReportInput {
  readonly run: RunInfo;
  readonly records: readonly RunRecord[];
  /** How each data file was read, in the order of run.data: "HH transcripts". */
  readonly forms: readonly string[];
  /** Rows that could not be read, per file. */
  readonly skipped: readonly {
    readonly file: string;
    readonly count: number;
    readonly firstReason: string;
  }[];
  /** The first pairs of the review queue with their texts, first and second in canonical order. */
  readonly queueHead: readonly {
    readonly item: QueueItem;
    readonly prompt: string;
    readonly first: string;
    readonly second: string;
  }[];
  /** How many pairs the whole queue holds. */
  readonly queueSize: number;
}

/** Held-out pairs that a model is judged on. */
export type Judge = "test" | "validation";

export interface Summary {
  readonly run: RunInfo;
  /** One record per model, in order. */
  readonly iterations: readonly IterationRecord[];
  readonly first: IterationRecord | null;
  readonly last: IterationRecord | null;
  /** The model that the run gives: the last, or the best by validation NLL where that was asked for. */
  readonly result: IterationRecord | null;
  readonly ended: EarlyEndRecord | null;
  /** The labels of each iteration, also of one that is not done yet. */
  readonly labels: readonly LabelsRecord[];
  /** Verdicts that arrived during the run. */
  readonly arrivals: readonly LabelsRecord[];
  /** The test set where there is one, else the held-out labels; null where there is neither. */
  readonly judge: Judge | null;
}

/** Reads the records; where one iteration stands there twice, as after a resumed run, the later one counts. */
export function summarize(run: RunInfo, records: readonly RunRecord[]): Summary {
  const byIteration = new Map<number, IterationRecord>();
  let ended: EarlyEndRecord | null = null;
  const labels: LabelsRecord[] = [];
  for (const record of records) {
    switch (record.kind) {
      case "iteration":
        byIteration.set(record.iteration, record);
        break;
      case "ended-early":
        ended = record;
        break;
      case "labels":
        labels.push(record);
        break;
      default:
        record satisfies never;
    }
  }
  const iterations = [...byIteration.values()].sort((a, b) => a.iteration - b.iteration);
  const last = iterations.at(-1) ?? null;
  return {
    run,
    iterations,
    first: iterations[0] ?? null,
    last,
    result: run.settings.keep === "best" ? bestOf(iterations) : last,
    ended,
    labels,
    arrivals: labels.filter(({ iteration, added }) => iteration > 0 && added > 0),
    judge: judgeOf(iterations),
  };
}

/** The metrics of the model's own (raw) probabilities on these pairs. */
export function rawMetrics(record: IterationRecord, judge: Judge): Metrics | null {
  return judge === "test" ? record.test : record.validation;
}

/** The metrics after temperature scaling. */
export function scaledMetrics(record: IterationRecord, judge: Judge): Metrics | null {
  return judge === "test" ? record.testCalibrated : record.validationCalibrated;
}

/** The metrics of the kind of confidence that the run selects by. */
export function ownMetrics(summary: Summary, record: IterationRecord): Metrics | null {
  if (summary.judge === null) return null;
  const raw = rawMetrics(record, summary.judge);
  if (summary.run.settings.confidence === "raw") return raw;
  return scaledMetrics(record, summary.judge) ?? raw;
}

/** Accuracy with the interval that keeps pairs of one prompt together. */
export function accuracyOf(metrics: Metrics): Estimate {
  return {
    value: metrics.accuracy,
    low: metrics.accuracyClusteredLow,
    high: metrics.accuracyClusteredHigh,
  };
}

/** "held-out test pairs" or "held-out labels" */
export function judgeName(judge: Judge): string {
  return judge === "test" ? "held-out test pair" : "held-out label";
}

/** The last part of a path, of either kind of system. */
export function baseName(path: string): string {
  return path.split(/[/\\]/).findLast((part) => part !== "") ?? path;
}

function bestOf(iterations: readonly IterationRecord[]): IterationRecord | null {
  let best: IterationRecord | null = null;
  for (const record of iterations) {
    const nll = record.validation?.nll ?? Infinity;
    if (best === null || nll < (best.validation?.nll ?? Infinity)) best = record;
  }
  // Without held-out labels nothing says which is best, and the last one stands.
  return best?.validation ? best : (iterations.at(-1) ?? null);
}

function judgeOf(iterations: readonly IterationRecord[]): Judge | null {
  if (iterations.some((record) => record.test !== null)) return "test";
  return iterations.some((record) => record.validation !== null) ? "validation" : null;
}
