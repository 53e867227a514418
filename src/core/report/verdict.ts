// What the numbers say, in plain words: how far the model can be trusted and whether SSRM helped.
// The signs of where it does not help are in warnings.ts, what to do next in advice.ts.
import type { IterationRecord } from "../records.ts";
import { difference, pool, poolAbove } from "./intervals.ts";
import type { Estimate } from "./intervals.ts";
import { counted, percent, percentRange, points, thousands } from "./numbers.ts";
import { accuracyOf, judgeName, ownMetrics, rawMetrics } from "./summary.ts";
import type { Judge, Summary } from "./summary.ts";

export type Tone = "good" | "bad" | "neutral";

/** One statement: what it comes to in a few words, and the sentences that say it with numbers. */
export interface Finding {
  readonly tone: Tone;
  readonly headline: string;
  readonly text: string;
}

export type Effect = "helped" | "hurt" | "no-evidence" | "unchanged" | "unknown";

/** How the resulting model compares with the one before any self-training. */
export interface Comparison {
  readonly effect: Effect;
  readonly before: Estimate | null;
  readonly after: Estimate | null;
  /** After minus before, with its interval. */
  readonly change: Estimate | null;
}

/** Compares model 0 with the run's result on the held-out pairs, by the interval of the difference. */
export function compare(summary: Summary): Comparison {
  const { first, result, judge } = summary;
  const none = { before: null, after: null, change: null };
  if (!first || !result) return { effect: "unknown", ...none };
  const before = judge && rawMetrics(first, judge);
  const after = judge && rawMetrics(result, judge);
  if (first === result) {
    const same = before && accuracyOf(before);
    return { effect: "unchanged", before: same, after: same, change: null };
  }
  if (!before || !after) return { effect: "unknown", ...none };
  const change = difference(accuracyOf(before), accuracyOf(after));
  const effect = change.low > 0 ? "helped" : change.high < 0 ? "hurt" : "no-evidence";
  return { effect, before: accuracyOf(before), after: accuracyOf(after), change };
}

/** What the model can be trusted with. */
export function trust(summary: Summary): Finding {
  const { result, judge } = summary;
  if (!result) {
    return {
      tone: "neutral",
      headline: "There is no model yet",
      text: "The run has not finished its first fit, so there is nothing to judge.",
    };
  }
  const metrics = judge && rawMetrics(result, judge);
  if (!judge || !metrics) {
    return {
      tone: "bad",
      headline: "Nothing to judge it by",
      text: "There was no test set and no held-out label, so this report can't say how often the model is right.",
    };
  }
  const accuracy = accuracyOf(metrics);
  const digits = metrics.n >= 10_000 ? 1 : 0;
  const sentence =
    `On ${counted(metrics.n, judgeName(judge))} it prefers the right response ` +
    `${percent(accuracy.value, digits)} of the time (${percentRange(accuracy.low, accuracy.high, digits)}).`;
  return {
    ...chanceFinding(accuracy),
    text: [
      sentence,
      chanceSentence(accuracy),
      ...sureSentences(summary, result),
      judgeCaveat(judge),
    ]
      .filter((text) => text !== "")
      .join(" "),
  };
}

/** Whether SSRM helped, hurt, or can't be told from doing nothing. */
export function help(summary: Summary): Finding {
  const { first, last, result, run, ended, judge } = summary;
  if (!first || !last || !result) {
    return { tone: "neutral", headline: "Too early to say", text: "No model has been made yet." };
  }
  if (last.iteration === 0) return noIterations(summary);
  const { effect, before, after, change } = compare(summary);
  if (effect === "unchanged") {
    return {
      tone: "neutral",
      headline: "Model 0 was kept",
      text: `The run kept the model with the lowest loss on the held-out labels, and that is model 0, trained on the labels alone. The pseudo-labels of ${counted(last.iteration, "iteration")} did not improve on it.`,
    };
  }
  if (!before || !after || !change || !judge) {
    return {
      tone: "neutral",
      headline: "It can't be said whether SSRM helped",
      text: "Model 0 and the last model were not both judged on held-out pairs.",
    };
  }
  const soFar =
    run.state === "done"
      ? ""
      : ` The run is not finished: this is the state at model ${last.iteration}.`;
  const early =
    ended === null
      ? ""
      : ` It ended early, after model ${last.iteration} of ${run.settings.iterations}.`;
  const numbers =
    `accuracy went from ${percent(before.value, 1)} (model 0, labels alone) to ${percent(after.value, 1)} ` +
    `(model ${result.iteration}), a difference of ${points(change.value)} points ` +
    `(95 % interval ${points(change.low)} to ${points(change.high)})`;
  const n = rawMetrics(result, judge)?.n ?? 0;
  const where = `on ${counted(n, judgeName(judge))}`;
  const half = points((change.high - change.low) / 2).replace("+", "");
  const told = `The ${numbers} ${where}.`;
  if (effect === "helped") {
    return {
      tone: "good",
      headline: "SSRM helped",
      text: `${told} The interval lies above zero.${soFar}${early}`,
    };
  }
  if (effect === "hurt") {
    return {
      tone: "bad",
      headline: "SSRM hurt",
      text: `${told} The interval lies below zero: model 0, trained on the labels alone, is the better one.${soFar}${early}`,
    };
  }
  return {
    tone: "neutral",
    headline: "No evidence of a difference",
    text: `${told} The interval holds zero: a change of less than about ${half} points can't be told from chance here. The interval takes the two models as independent, so it is on the wide side.${soFar}${early}`,
  };
}

function noIterations({ run, ended, first }: Summary): Finding {
  if (ended) {
    return {
      tone: "bad",
      headline: "SSRM changed nothing",
      text: `No pseudo-label was selected, so the result is model 0, trained on the labels alone.`,
    };
  }
  if (run.settings.iterations > 0 && run.state !== "done") {
    return {
      tone: "neutral",
      headline: "Too early to say",
      text: `Only model 0, trained on the labels alone, is there so far; ${counted(run.settings.iterations, "iteration")} were asked for.`,
    };
  }
  const reason =
    first?.unlabeled === 0
      ? "There is no unlabeled pair left to learn from, so"
      : "No iteration was asked for, so";
  return {
    tone: "neutral",
    headline: "No self-training",
    text: `${reason} this is plain supervised training on ${counted(first?.labeled ?? 0, "labeled pair")}.`,
  };
}

function chanceFinding(accuracy: Estimate): { tone: Tone; headline: string } {
  const value = percent(accuracy.value);
  if (accuracy.low > 0.5) return { tone: "good", headline: `Right ${value} of the time` };
  if (accuracy.high < 0.5) return { tone: "bad", headline: `Right only ${value} of the time` };
  return { tone: "bad", headline: `Right ${value} of the time: can't be told from a coin` };
}

function chanceSentence(accuracy: Estimate): string {
  if (accuracy.low > 0.5) return "";
  if (accuracy.high < 0.5) {
    return "That is worse than a coin: check whether the verdicts of the labels or of the test set are the wrong way round.";
  }
  return "The interval holds 50 %, so it is not shown to be better than a coin.";
}

/** How right it is where it is sure and where it is not: accuracy by confidence, split at the threshold. */
function sureSentences(summary: Summary, result: IterationRecord): string[] {
  const metrics = ownMetrics(summary, result);
  if (!metrics) return [];
  const { threshold } = summary.run.settings;
  const { edge, pooled: sure } = poolAbove(metrics.reliability, threshold);
  const unsure = pool(metrics.reliability.filter((bin) => bin.to <= 0.6 + 1e-9));
  const sentences: string[] = [
    sure === null
      ? `It is never more than ${percent(edge)} sure.`
      : `Where it is more than ${percent(edge)} sure (${thousands(sure.n)} of them) it is right ${percent(sure.value)} of the time (${percentRange(sure.low, sure.high)}).`,
  ];
  if (unsure) {
    sentences.push(
      `Where it is less than 60 % sure (${thousands(unsure.n)}) it is right ${percent(unsure.value)} of the time (${percentRange(unsure.low, unsure.high)}).`,
    );
  }
  return sentences;
}

function judgeCaveat(judge: Judge): string {
  return judge === "test"
    ? ""
    : "No test set was given: these are labels of the seed, each judged by a model that did not see it, and they also set the temperature.";
}
