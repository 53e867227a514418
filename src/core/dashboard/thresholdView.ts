// What a threshold would select and how right that would be, for the slider of the dashboard.
import type { IterationRecord, Proportion, ThresholdFigures } from "../records.ts";
import { counted, percent, percentRange, thousands } from "../report/numbers.ts";

/** Held-out pairs above a threshold below which their share of right ones says too little. */
const leastHeldOut = 10;

export interface ThresholdView {
  /** The threshold that the record has figures for: the nearest whole percent. */
  readonly threshold: number;
  /** How many of U pass it; null where the run does not say. */
  readonly selected: number | null;
  /** How right the model is on held-out labels above it; null where none is above it. */
  readonly precision: Proportion | null;
  readonly sentence: string;
}

/** The view of a threshold under the model of a record. */
export function thresholdView(record: IterationRecord, threshold: number): ThresholdView {
  const rounded = Math.round(threshold * 100) / 100;
  const share = percent(rounded);
  const row = figuresAt(record, rounded);
  if (row === undefined) {
    return {
      threshold: rounded,
      selected: null,
      precision: null,
      sentence: `This run does not say what a threshold of ${share} would select: run again to see it.`,
    };
  }
  const estimate = precisionOf(row);
  return {
    threshold: rounded,
    selected: row.passing,
    precision: estimate,
    sentence: `${selectedText(record, row.passing)} ${precisionText(estimate, rounded)}`,
  };
}

/** How right the model of a record is on held-out labels above a threshold; null where none is known. */
export function precisionAt(record: IterationRecord, threshold: number): Proportion | null {
  const row = figuresAt(record, threshold);
  return row === undefined ? null : precisionOf(row);
}

function figuresAt(record: IterationRecord, threshold: number): ThresholdFigures | undefined {
  return record.thresholds.find((row) => Math.abs(row.threshold - threshold) < 1e-9);
}

function precisionOf({ n, precision, low, high }: ThresholdFigures): Proportion | null {
  if (n === 0 || precision === null || low === null || high === null) return null;
  return { value: precision, low, high, n };
}

function selectedText({ unlabeled, iteration }: IterationRecord, passing: number): string {
  if (unlabeled === 0) return "There is no unlabeled pair to select from.";
  if (passing === 0)
    return `Model ${iteration} is that sure of none of ${counted(unlabeled, "unlabeled pair")}.`;
  return `Selects ${thousands(passing)} of ${counted(unlabeled, "unlabeled pair")} (${percent(passing / unlabeled)}).`;
}

function precisionText(precision: Proportion | null, threshold: number): string {
  if (precision === null) {
    return "No held-out label lies above it, so it is not known how many of them would be right.";
  }
  const { low, high, n } = precision;
  const range = percentRange(low, high);
  if (n < leastHeldOut) {
    return `Only ${counted(n, "held-out label")} lie above it, too few to say how many would be right (${range}).`;
  }
  const right = `Expect ${range} of them to be right, by ${counted(n, "held-out label")}`;
  if (high < threshold) return `${right}: fewer than the ${percent(threshold)} that it promises.`;
  return `${right}.`;
}
