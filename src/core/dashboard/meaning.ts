// "What this means": one plain sentence per chart, written from its numbers. Where a number is missing or rests
// on too few pairs, the sentence says so instead of guessing. What is sure and what helped is decided by the
// report (src/core/report/verdict.ts).
import type { IterationRecord, Metrics } from "../records.ts";
import { difference, poolAbove } from "../report/intervals.ts";
import type { Pooled } from "../report/intervals.ts";
import { lengthSentences } from "../report/lengthMeaning.ts";
import { counted, fixed, percent, percentRange, points, thousands } from "../report/numbers.ts";
import { sentence } from "../report/sentence.ts";
import { accuracyOf, judgeName, ownMetrics, rawMetrics } from "../report/summary.ts";
import type { Judge, Summary } from "../report/summary.ts";
import { compare } from "../report/verdict.ts";
import { precisionAt } from "./thresholdView.ts";

/** Groups of fewer pairs say too little about themselves. */
const fewPairs = 10;

const nothingHeldOut =
  "Nothing was held out and there is no test set, so it is not known how often the model is right.";

/** Whether the model of a record is as sure as it is right, above the run's threshold. */
export function reliabilityMeaning(summary: Summary, record: IterationRecord): string {
  const { judge, run } = summary;
  const metrics = ownMetrics(summary, record);
  if (judge === null || metrics === null) return nothingHeldOut;
  const { edge, pooled } = poolAbove(metrics.reliability, run.settings.threshold);
  const how = run.settings.confidence === "raw" ? "" : " after temperature scaling";
  if (pooled === null) {
    return `It is more than ${percent(edge)} sure${how} of none of ${counted(metrics.n, judgeName(judge))}, so nothing shows whether it could be trusted there.`;
  }
  const where = `${counted(pooled.n, judgeName(judge))}${notAtRandom(judge, record)}`;
  if (pooled.n < fewPairs) {
    return `It is more than ${percent(edge)} sure${how} of only ${where}: too few to say how often it is right there.`;
  }
  const range = percentRange(pooled.low, pooled.high);
  return `When it says more than ${percent(edge)}${how} (${percent(pooled.meanConfidence)} on average), it is right ${range} of the time on ${where}: ${honesty(pooled)}.`;
}

function honesty({ meanConfidence, low, high }: Pooled): string {
  if (high < meanConfidence) return "it is surer than it is right";
  if (low > meanConfidence) return "it is right more often than it says";
  return "what it says fits how often it is right";
}

/** Labels that were picked because the model was unsure measure something else. */
function notAtRandom(judge: Judge, record: IterationRecord): string {
  const isRandom = judge === "test" || record.validationOf !== "all";
  return isRandom ? "" : ", none of them known to be drawn at random";
}

/** How much of U the model of a record is sure of. */
export function confidenceMeaning({ run }: Summary, record: IterationRecord): string {
  const { threshold, confidence } = run.settings;
  const { unlabeled, iteration } = record;
  if (unlabeled === 0) return "Every pair has a label, so there is nothing left to select from.";
  const passing = passingAt(record, threshold);
  const all = counted(unlabeled, "unlabeled pair");
  const how = confidence === "raw" ? "" : " after temperature scaling";
  if (passing === null) return `Model ${iteration} scored ${all}.`;
  const sure = `more than ${percent(threshold)} sure${how}`;
  if (passing === 0) return `Model ${iteration} is ${sure} of none of ${all}.`;
  return `Model ${iteration} is ${sure} of ${thousands(passing)} of ${all} (${percent(passing / unlabeled)}); those are what it would label by itself.`;
}

function passingAt(record: IterationRecord, threshold: number): number | null {
  const isSame = (row: { readonly threshold: number }): boolean =>
    Math.abs(row.threshold - threshold) < 1e-9;
  return record.thresholds.find(isSame)?.passing ?? record.wouldPass.find(isSame)?.count ?? null;
}

/** What the last model was trained on beside the labels, and how right that is. */
export function selectionMeaning(
  summary: Summary,
  audit: {
    readonly rate: { readonly low: number; readonly high: number; readonly n: number };
  } | null,
): string {
  const { last, ended, iterations, run } = summary;
  if (last === null) return "No model has been made yet.";
  if (last.iteration === 0) {
    return ended
      ? sentence(ended.reason)
      : "Model 0 is trained on the labels alone; pseudo-labels come with model 1.";
  }
  const trained = `Model ${last.iteration} was trained on ${counted(last.labeled, "label")} and ${counted(last.selected, "pseudo-label")}`;
  if (last.selected === 0) return `${trained}.`;
  const { threshold } = run.settings;
  const gold = last.pseudoLabelGold;
  if (gold) {
    const against =
      gold.high < threshold ? `, below the ${percent(threshold)} that the threshold promises` : "";
    return `${trained}, of which ${percentRange(gold.low, gold.high)} are right by gold${against}.`;
  }
  if (audit) {
    return `${trained}, of which ${percentRange(audit.rate.low, audit.rate.high)} are right by ${counted(audit.rate.n, "check")}.`;
  }
  // The model before is the one that selected them.
  const before = iterations.find(({ iteration }) => iteration === last.iteration - 1);
  const expected = before && precisionAt(before, threshold);
  if (!expected || expected.n < fewPairs) {
    return `${trained}; how many of those are right is not known: check some of them.`;
  }
  return `${trained}, of which ${percentRange(expected.low, expected.high)} are expected to be right, by ${counted(expected.n, "held-out label")}.`;
}

/** Figures that a trend shows; each but accuracy has no interval. */
export type TrendFigure = "accuracy" | "pseudo-labels" | "smece" | "ece" | "brier" | "nll";

const trendWords = {
  smece: {
    name: "The calibration error (smECE)",
    better: "what it says is closer to how often it is right",
    worse: "what it says is further from how often it is right",
    digits: 3,
  },
  ece: {
    name: "The calibration error (ECE)",
    better: "what it says is closer to how often it is right",
    worse: "what it says is further from how often it is right",
    digits: 3,
  },
  brier: {
    name: "The Brier score",
    better: "its probabilities are better",
    worse: "its probabilities are worse",
    digits: 3,
  },
  nll: {
    name: "The log loss",
    better: "its probabilities are better",
    worse: "its probabilities are worse",
    digits: 3,
  },
} as const;

/** How a figure has changed from model 0 to the run's result. */
export function trendMeaning(summary: Summary, figure: TrendFigure): string {
  const { first, result, judge } = summary;
  if (!first || !result) return "No model has been made yet.";
  if (figure === "pseudo-labels") return pseudoLabelTrend(summary);
  const from = judge && rawMetrics(first, judge);
  const to = judge && rawMetrics(result, judge);
  if (!judge || !from || !to) return nothingHeldOut;
  const where = `on ${counted(to.n, judgeName(judge))}`;
  if (figure === "accuracy") return accuracyTrend(summary, to, where);
  const { name, better, worse, digits } = trendWords[figure];
  const a = fixed(from[figure], digits);
  const b = fixed(to[figure], digits);
  if (first === result)
    return `${name} of model ${result.iteration} is ${b} ${where}; lower is better.`;
  if (a === b) return `${name} stayed at ${b} ${where}.`;
  const [verb, sense] = to[figure] < from[figure] ? ["fell", better] : ["rose", worse];
  return `${name} ${verb} from ${a} (model 0) to ${b} (model ${result.iteration}) ${where}: ${sense}.${smallCaveat(to.n)}`;
}

/** A difference of such figures has no interval here; below a few hundred pairs it is mostly noise. */
function smallCaveat(n: number): string {
  return n < 300 ? " With so few pairs that may be chance." : "";
}

function accuracyTrend(summary: Summary, to: Metrics, where: string): string {
  const { effect, before, after, change } = compare(summary);
  const { result } = summary;
  if (effect === "unchanged" || !before || !after || !change) {
    const { value, low, high } = accuracyOf(to);
    const coin = low <= 0.5 && high >= 0.5 ? ", which can't be told from a coin" : "";
    return `Model ${result?.iteration ?? 0} is right ${percent(value)} of the time (${percentRange(low, high)}) ${where}${coin}.`;
  }
  const sense = {
    helped: "self-training helped",
    hurt: "self-training hurt",
    "no-evidence": "no evidence of a difference",
    unknown: "no evidence of a difference",
  }[effect];
  return `Accuracy went from ${percent(before.value, 1)} (model 0) to ${percent(after.value, 1)} (model ${result?.iteration ?? 0}), ${points(change.value)} points (${points(change.low)} to ${points(change.high)}) ${where}: ${sense}.`;
}

function pseudoLabelTrend({ iterations }: Summary): string {
  const judged = iterations.filter(({ pseudoLabelGold }) => pseudoLabelGold !== null);
  const from = judged[0];
  const to = judged.at(-1);
  if (!from?.pseudoLabelGold || !to?.pseudoLabelGold) {
    return "Without gold it is not known how many pseudo-labels are right: check some of them.";
  }
  const share = `${percent(to.pseudoLabelGold.value, 1)} of the pseudo-labels of model ${to.iteration} are right (${percentRange(to.pseudoLabelGold.low, to.pseudoLabelGold.high, 1)})`;
  if (from === to) return `${share}.`;
  const change = difference(from.pseudoLabelGold, to.pseudoLabelGold);
  const sense =
    change.low > 0 ? "better than" : change.high < 0 ? "worse than" : "no clear difference from";
  return `${share}, ${sense} those of model ${from.iteration} (${percent(from.pseudoLabelGold.value, 1)}).`;
}

/** What the length figures of a model come to; the first that is known. */
export function lengthMeaning({ length }: IterationRecord): string {
  return lengthSentences(length)[0] ?? "There are no length figures for this run.";
}
