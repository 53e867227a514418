// Signs that the loop goes wrong, with what to do next. What the report warns of too is decided there
// (src/core/report/warnings.ts); here are the alarms that only a running loop or a person's checks show.
import { wilson } from "../metrics/accuracy.ts";
import type { IterationRecord, Proportion } from "../records.ts";
import { difference } from "../report/intervals.ts";
import { counted, percent, percentRange, points, thousands } from "../report/numbers.ts";
import { accuracyOf, judgeName, rawMetrics } from "../report/summary.ts";
import type { Summary } from "../report/summary.ts";
import { lacksLength, warnings } from "../report/warnings.ts";
import type { Sign } from "../report/warnings.ts";
import { precisionAt } from "./thresholdView.ts";

/** The signs of the report that are alarms of the loop. */
type SharedSign = Extract<
  Sign,
  "overconfident" | "wrong-pseudo-labels" | "longer-selected" | "longer-model"
>;

export type AlarmSign =
  | SharedSign
  | "nothing-selected"
  | "falls-while-selecting-more"
  | "threshold-promises-too-much"
  | "audit-below-threshold"
  | "few-random-labels"
  | "never-overrides";

/** `alarm`: the numbers show it. `hint`: too little is known to be sure. */
export interface Alarm {
  readonly sign: AlarmSign;
  readonly tone: "alarm" | "hint";
  readonly headline: string;
  readonly text: string;
  /** What to do next, one or two sentences. */
  readonly next: string;
  /** The act of the page that does it; null where it is a field of the form. */
  readonly act: "label" | "review" | "audit" | null;
}

export interface AlarmInput {
  readonly summary: Summary;
  /** Labels that were drawn at random; null where not known. */
  readonly randomLabels: number | null;
  /** Of the reviewed pairs, how many verdicts differ from the model's guess. */
  readonly review: { readonly rate: Proportion; readonly overrides: number } | null;
  /** Of the audited pseudo-labels, how many are right. */
  readonly audit: { readonly rate: Proportion } | null;
}

/** Fewer random labels give an interval of more than 10 points to each side at 50 %. */
const enoughRandomLabels = 100;
/** At 20 % wrong guesses, 20 reviews without an override have a chance of 1 in 86. */
const manyReviews = 20;

/** The alarms of a run, the weightiest first. */
export function alarms(input: AlarmInput): Alarm[] {
  return [
    nothingSelected,
    fallsWhileSelectingMore,
    shared("overconfident"),
    shared("wrong-pseudo-labels"),
    auditBelowThreshold,
    thresholdPromisesTooMuch,
    shared("longer-selected"),
    shared("longer-model"),
    fewRandomLabels,
    neverOverrides,
  ].flatMap((look) => look(input) ?? []);
}

function nothingSelected({ summary }: AlarmInput): Alarm | null {
  const { ended, last, run } = summary;
  const selectsNone = last !== null && last.iteration > 0 && last.selected === 0;
  // A run may also end early because nothing is left to label.
  if (last === null || last.unlabeled === 0 || !(ended || selectsNone)) return null;
  const share = percent(run.settings.threshold);
  // At 50 % everything passes, whatever the model says: that is no advice.
  const lower = last.wouldPass.findLast(
    ({ threshold, count }) => threshold > 0.5 && threshold < run.settings.threshold && count > 0,
  );
  return {
    sign: "nothing-selected",
    tone: "alarm",
    headline: "Nothing was selected",
    text:
      (ended && facts(ended.reason)) ??
      `Model ${last.iteration} was trained on no pseudo-label: the model before was more than ${share} sure of no unlabeled pair.`,
    next: lower
      ? `Label more pairs, or lower the threshold to ${percent(lower.threshold)}, which ${counted(lower.count, "pair")} would pass.`
      : "Label more pairs first: the model is hardly surer of any pair than a coin.",
    act: "label",
  };
}

/** What a run says of its early end as a sentence, without its own advice, which `next` gives. */
function facts(reason: string): string {
  const [first = ""] = reason.split(": lower the threshold");
  const sentence = `${first.charAt(0).toUpperCase()}${first.slice(1)}`;
  return sentence.endsWith(".") ? sentence : `${sentence}.`;
}

function fallsWhileSelectingMore({ summary }: AlarmInput): Alarm | null {
  const { iterations, last, judge } = summary;
  const now = last && judge && rawMetrics(last, judge);
  if (!last || !judge || !now) return null;
  const fall = iterations
    .filter(({ iteration, selected }) => iteration < last.iteration && selected < last.selected)
    .map((record) => ({ record, metrics: rawMetrics(record, judge) }))
    .flatMap(({ record, metrics }) =>
      metrics
        ? [{ record, metrics, change: difference(accuracyOf(metrics), accuracyOf(now)) }]
        : [],
    )
    .find(({ change }) => change.high < 0);
  if (fall) {
    const { record, metrics, change } = fall;
    return {
      ...fallWords(record, last),
      tone: "alarm",
      text: `Held-out accuracy fell from ${percent(metrics.accuracy, 1)} (model ${record.iteration}) to ${percent(now.accuracy, 1)} (model ${last.iteration}), ${points(change.value)} points (${points(change.low)} to ${points(change.high)}), while pseudo-labels rose from ${thousands(record.selected)} to ${thousands(last.selected)}: the model learns its own mistakes.`,
    };
  }
  return twoFallsInARow(summary);
}

/** Two falls in a row beside two rises may be chance, so this is no more than a hint. */
function twoFallsInARow({ iterations, judge }: Summary): Alarm | null {
  const three = iterations.slice(-3);
  const [a, b, c] = three;
  if (!a || !b || !c || !judge) return null;
  const [x, y, z] = three.map((record) => rawMetrics(record, judge));
  if (!x || !y || !z) return null;
  const falls = x.accuracy > y.accuracy && y.accuracy > z.accuracy;
  if (!falls || !(a.selected < b.selected && b.selected < c.selected)) return null;
  return {
    ...fallWords(a, c),
    tone: "hint",
    text: `Held-out accuracy fell twice in a row, from ${percent(x.accuracy, 1)} to ${percent(z.accuracy, 1)}, while pseudo-labels rose from ${thousands(a.selected)} to ${thousands(c.selected)}. On ${counted(z.n, judgeName(judge))} this may be chance.`,
  };
}

function fallWords(from: IterationRecord, to: IterationRecord) {
  return {
    sign: "falls-while-selecting-more",
    headline: "Held-out accuracy falls while pseudo-labels rise",
    next: `Keep the best model instead of the last, raise the threshold, or run no more than ${counted(Math.max(1, Math.min(from.iteration, to.iteration - 1)), "iteration")}.`,
    act: null,
  } as const;
}

function auditBelowThreshold({ summary, audit }: AlarmInput): Alarm | null {
  const { threshold } = summary.run.settings;
  if (!audit || audit.rate.high >= threshold) return null;
  const { low, high, n } = audit.rate;
  return {
    sign: "audit-below-threshold",
    tone: "alarm",
    headline: "Your checks find more wrong pseudo-labels than the threshold promises",
    text: `Of ${counted(n, "checked pseudo-label")} ${percentRange(low, high)} are right; every one had a confidence above ${percent(threshold)}.`,
    next: nextOf["wrong-pseudo-labels"].next,
    act: null,
  };
}

function thresholdPromisesTooMuch({ summary }: AlarmInput): Alarm | null {
  const { result, run } = summary;
  const { threshold } = run.settings;
  const precision = result && precisionAt(result, threshold);
  if (!precision || precision.high >= threshold) return null;
  const { low, high, n } = precision;
  return {
    sign: "threshold-promises-too-much",
    tone: "alarm",
    headline: "The threshold promises more than it holds",
    text: `Of ${counted(n, "held-out label")} with a confidence above ${percent(threshold)}, ${percentRange(low, high)} are right.`,
    next: "Move the threshold until the expected precision is one that you can live with, or select by calibrated confidence.",
    act: null,
  };
}

function fewRandomLabels({ summary, randomLabels }: AlarmInput): Alarm | null {
  if (summary.judge === "test" || randomLabels === null || randomLabels >= enoughRandomLabels) {
    return null;
  }
  const half = randomLabels === 0 ? null : wilson(randomLabels / 2, randomLabels).high - 0.5;
  return {
    sign: "few-random-labels",
    tone: "hint",
    headline: "Few labels to measure by",
    text:
      half === null
        ? "No label was drawn at random, and only those measure how far the model can be trusted."
        : `${counted(randomLabels, "label")} drawn at random measure accuracy to no better than ${points(half).replace("+", "±")} points.`,
    next: `Label ${counted(enoughRandomLabels - randomLabels, "more pair")} in random order, or give the project a test set.`,
    act: "label",
  };
}

function neverOverrides({ review }: AlarmInput): Alarm | null {
  if (!review || review.overrides > 0 || review.rate.n < manyReviews) return null;
  return {
    sign: "never-overrides",
    tone: "hint",
    headline: "The model was never overridden",
    text: `Of ${counted(review.rate.n, "reviewed pair")}, which the model was unsure of, no verdict differs from its guess. Either it is better than it says, or the reviewer follows it.`,
    next: "Review some pairs again without thinking of the model, or let a second person review them.",
    act: "review",
  };
}

type Next = Pick<Alarm, "next" | "act">;

const nextOf = {
  overconfident: {
    next: "Select by calibrated confidence, or raise the threshold.",
    act: null,
  },
  "wrong-pseudo-labels": {
    next: "Raise the threshold, select by calibrated confidence, or label more pairs.",
    act: null,
  },
  "longer-selected": lengthNext,
  "longer-model": lengthNext,
} satisfies Readonly<Record<SharedSign, Next | ((summary: Summary) => Next)>>;

function lengthNext(summary: Summary): Next {
  const leave = summary.run.settings.lexical.length ? ", and leave length out of the model" : "";
  return {
    next: `Label pairs in which the ${lacksLength(summary)} response is the better one${leave}.`,
    act: "label",
  };
}

/** A sign of the report as an alarm, with what to do in the words of the dashboard's form. */
function shared(sign: SharedSign): (input: AlarmInput) => Alarm | null {
  return ({ summary }) => {
    const found = warnings(summary).find((warning) => warning.sign === sign);
    if (found === undefined) return null;
    const { headline, text } = found;
    const next = nextOf[sign];
    return {
      sign,
      tone: "alarm",
      headline,
      text,
      ...(next instanceof Function ? next(summary) : next),
    };
  };
}
