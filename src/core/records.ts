// What a run writes down: the records of iterations.jsonl, the rows of pseudo-labels and the queue, and the
// settings in run.json. Pages, trees, reports and `--json` show these and nothing else.
import type { Side } from "./pair.ts";

/** Every setting that decides what a run computes; equal settings and data give equal bytes. */
export interface RunSettings {
  /** `lexical`, a checkpoint folder or `hub:OWNER/NAME`. */
  readonly model: string;
  readonly threshold: number;
  readonly confidence: "raw" | "calibrated";
  readonly iterations: number;
  readonly start: "restart" | "continue";
  readonly keep: "last" | "best";
  readonly seed: number;
  /** How many pairs with gold were drawn as L in the simulation mode, null outside it. */
  readonly seedCount: number | null;
  readonly seedFraction: number | null;
  readonly lexical: { readonly l2: number | "auto"; readonly length: boolean };
}

/** A proportion with its 95 % interval; n counts pairs, ties 1/2. */
export interface Proportion {
  readonly value: number;
  readonly low: number;
  readonly high: number;
  readonly n: number;
}

/** One bin of a reliability diagram, over confidence max(p, 1-p). Empty bins are kept, with n 0. */
export interface ReliabilityBin {
  /** Bounds of the bin on the confidence axis. */
  readonly from: number;
  readonly to: number;
  readonly n: number;
  readonly meanConfidence: number | null;
  readonly accuracy: number | null;
  /** Wilson 95 % interval of the accuracy, null for an empty bin. */
  readonly low: number | null;
  readonly high: number | null;
}

/** How good a set of probabilities is against verdicts. All over pairs with a verdict first, second or tie. */
export interface Metrics {
  readonly n: number;
  /** Ties count 1/2. */
  readonly accuracy: number;
  /** Wilson 95 % interval. */
  readonly accuracyLow: number;
  readonly accuracyHigh: number;
  /** 95 % interval with pairs of one prompt as one cluster. */
  readonly accuracyClusteredLow: number;
  readonly accuracyClusteredHigh: number;
  /** Mean negative log-likelihood, nats. */
  readonly nll: number;
  readonly brier: number;
  /** 95 % interval of brier with pairs of one prompt as one cluster; null in older runs. */
  readonly brierLow: number | null;
  readonly brierHigh: number | null;
  readonly brierParts: {
    readonly reliability: number;
    readonly resolution: number;
    readonly uncertainty: number;
  };
  /** 15 equal-width bins over confidence, as Guo et al. 2017. */
  readonly ece: number;
  /** 95 % interval (see core/metrics/errorIntervals.ts); null in older runs, and where pairs of one prompt are all. */
  readonly eceLow: number | null;
  readonly eceHigh: number | null;
  readonly eceEqualMass: number;
  readonly eceDebiased: number;
  readonly smece: number;
  readonly smeceLow: number | null;
  readonly smeceHigh: number | null;
  /** Equal-width bins over confidence, [0.5, 1] in 10. */
  readonly reliability: readonly ReliabilityBin[];
  /** Pairs per bin of confidence, [0.5, 1] in 20 equal bins. */
  readonly confidenceHistogram: readonly number[];
}

/** Accuracy on the test pairs of one subset, ties 1/2. */
export interface SubsetFigures {
  readonly subset: string;
  readonly accuracy: Proportion;
  readonly meanConfidence: number;
}

export interface LengthFigures {
  /** How often the longer response is preferred; null where no pair differs in length. */
  readonly data: number | null;
  readonly labeled: number | null;
  readonly selected: number | null;
  readonly model: number | null;
  /** Pearson correlation of reward and length over the responses of U; null where U is empty. */
  readonly rewardCorrelation: number | null;
}

/** What a threshold would keep under model k, in the run's kind of confidence. */
export interface ThresholdFigures {
  readonly threshold: number;
  /** Pairs of U with a confidence above it. */
  readonly passing: number;
  /** Held-out labels that the record's validation figures are of, with a confidence above it. */
  readonly n: number;
  /** How many of these n the model has right, ties 1/2. */
  readonly right: number;
  /** right / n with its Wilson 95 % interval; null where n is 0. */
  readonly precision: number | null;
  readonly low: number | null;
  readonly high: number | null;
}

/** Record k describes model k (0 = SRM on L). */
export interface IterationRecord {
  readonly kind: "iteration";
  readonly iteration: number;
  readonly labeled: number;
  readonly unlabeled: number;
  /** The pseudo-labels that model k was trained on; 0 and null in record 0. */
  readonly selected: number;
  readonly pseudoLabelAccuracy: number | null;
  /** 95 % interval of pseudoLabelAccuracy and how many of the selected have gold. */
  readonly pseudoLabelGold: Proportion | null;
  readonly temperature: number;
  readonly temperatureLow: number;
  readonly temperatureHigh: number;
  /** Of the model's own (raw) probabilities. */
  readonly test: Metrics | null;
  readonly validation: Metrics | null;
  /** The same after temperature scaling. */
  readonly testCalibrated: Metrics | null;
  readonly validationCalibrated: Metrics | null;
  /** `random`: only held-out labels that may measure calibration (see core/labels/drawn.ts); `all`: there were none. */
  readonly validationOf: "random" | "all";
  /** Per subset that the test rows name, by name; empty where they name fewer than two. */
  readonly testSubsets: readonly SubsetFigures[];
  readonly length: LengthFigures;
  /** Confidence of U under model k, in the run's kind of confidence: 20 equal bins over [0.5, 1]. */
  readonly unlabeledHistogram: readonly number[];
  /** How many of U pass which threshold under model k. */
  readonly wouldPass: readonly { readonly threshold: number; readonly count: number }[];
  /** At 0.50, 0.51 ... 0.99: what a threshold would keep, and how right that is; empty in older runs. */
  readonly thresholds: readonly ThresholdFigures[];
  /** What the model says of its own fit, such as the chosen l2. */
  readonly fit: Readonly<Record<string, number>>;
  readonly seconds: number;
}

/** Why a run ended before its last iteration. */
export interface EarlyEndRecord {
  readonly kind: "ended-early";
  /** The iteration that was not made. */
  readonly iteration: number;
  /** One sentence with what to do, e.g. how many pairs would pass at which threshold. */
  readonly reason: string;
}

/** Written before model k is fitted: which verdicts had arrived by then. */
export interface LabelsRecord {
  readonly kind: "labels";
  readonly iteration: number;
  readonly labeled: number;
  /** Verdicts that are new since the iteration before. */
  readonly added: number;
  readonly sha256: string;
}

export type RunRecord = IterationRecord | EarlyEndRecord | LabelsRecord;

/** One row of pseudo-labels/iteration-K.jsonl: what model K-1 said of a pair of U, for model K. */
export interface PseudoLabel {
  /** The pair's content hash. */
  readonly id: string;
  /** P(first preferred), first and second in canonical order; in the run's kind of confidence. */
  readonly p: number;
  readonly confidence: number;
  readonly winner: Side;
  readonly selected: boolean;
  /** Why it was selected or not, e.g. "confidence 0.91 > 0.8". */
  readonly reason: string;
}

/** Where a pair of U stands: index into run.json's data files, and its line or row number from 1. */
interface PlaceInRun {
  readonly file: number;
  readonly line: number;
  /** Set where `file` counts run.json's labeledData instead: a row there without a preference. */
  readonly source?: "labeled";
}

/** One row of queue.jsonl: a pair of U that the last model is unsure of, least sure first. */
export interface QueueItem extends PlaceInRun {
  readonly id: string;
  readonly p: number;
  readonly confidence: number;
}

/** One row of scores.jsonl: what the newest model says of a pair of U. */
export interface ScoreRow extends PlaceInRun {
  readonly id: string;
  /** P(first preferred) in canonical order, in the run's kind of confidence. */
  readonly p: number;
}

/** One row of held-out/iteration-K.jsonl: a pair that model K was judged on. */
export interface HeldOutRow {
  readonly id: string;
  readonly set: "validation" | "test";
  /** P(first preferred) in canonical order, raw; of a validation pair by a model that did not see its label. */
  readonly p: number;
  /** In canonical order. */
  readonly winner: "first" | "second" | "tie";
  /** Which list of run.json `file` counts: data, labeledData or test. `line` is counted from 1. */
  readonly source: "data" | "labeled" | "test";
  readonly file: number;
  readonly line: number;
  /** Set on the validation rows that the record's validation figures and temperature are of. */
  readonly counts?: true;
}

export type RunState = "running" | "paused" | "done" | "failed";

export interface FileIdentity {
  /** Absolute real path. */
  readonly path: string;
  readonly sha256: string;
  readonly bytes: number;
}

/** run.json */
export interface RunInfo {
  readonly version: 1;
  readonly id: string;
  readonly state: RunState;
  /** Why it failed, one sentence; null otherwise. */
  readonly error: string | null;
  readonly settings: RunSettings;
  readonly data: readonly FileIdentity[];
  readonly labels: readonly FileIdentity[];
  readonly labeledData: readonly FileIdentity[];
  readonly gold: readonly FileIdentity[];
  readonly test: readonly FileIdentity[];
  readonly mapping: Readonly<Record<string, string>> | null;
  readonly createdAt: string;
  readonly finishedAt: string | null;
  readonly versions: Readonly<Record<string, string>>;
  readonly provider: string;
}
