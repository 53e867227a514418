// Whether the results of two runs were judged on the same pairs, and what they come to side by side.
import type { Metrics } from "../records.ts";
import { difference } from "../report/intervals.ts";
import { counted, percent, points } from "../report/numbers.ts";
import { accuracyOf, judgeName, rawMetrics } from "../report/summary.ts";
import type { Judge, Summary } from "../report/summary.ts";

/** Whether the results of both runs have figures on the same pairs of this kind. */
export function isComparable(one: Summary, other: Summary, judge: Judge): boolean {
  if (metricsOf(one, judge) === null || metricsOf(other, judge) === null) return false;
  const keyOf = judge === "test" ? testFiles : heldOutLabels;
  const [a, b] = [keyOf(one), keyOf(other)];
  return a !== null && a === b;
}

/** How the results of two runs compare; only runs judged on the same pairs can be. */
export function comparisonMeaning(one: Summary, other: Summary): string {
  const judge = (["test", "validation"] as const).find((kind) => isComparable(one, other, kind));
  if (judge === undefined) {
    return metricsOf(one, "test") && metricsOf(other, "test")
      ? "The two runs have different test sets, so their accuracies can't be compared."
      : "Give both runs the same test set to compare them: without one they are judged on different pairs.";
  }
  const [a, b] = [metricsOf(one, judge)!, metricsOf(other, judge)!];
  const change = difference(accuracyOf(a), accuracyOf(b));
  const sense =
    change.low > 0
      ? "the second is better"
      : change.high < 0
        ? "the first is better"
        : "no evidence of a difference";
  const where = judge === "test" ? counted(b.n, "test pair") : counted(b.n, judgeName(judge));
  return `The first run is right ${percent(a.accuracy, 1)} of the time, the second ${percent(b.accuracy, 1)}, ${points(change.value)} points (${points(change.low)} to ${points(change.high)}) on ${where}: ${sense}.`;
}

function metricsOf({ result }: Summary, judge: Judge): Metrics | null {
  return result && rawMetrics(result, judge);
}

function testFiles({ run }: Summary): string {
  return run.test
    .map(({ sha256 }) => sha256)
    .sort()
    .join();
}

/**
 * What decides which labels a model is judged on (src/learn/holdOut.ts): the seed, how many labels there were at
 * the start, and which there were for the result. Equal simulations have all of these in common. Null in runs
 * that wrote down no labels.
 */
function heldOutLabels({ run, labels, result }: Summary): string | null {
  const start = labels.find(({ iteration }) => iteration === 0);
  const now = labels.find(({ iteration }) => iteration === result?.iteration);
  if (start === undefined || now === undefined) return null;
  return [run.settings.seed, start.labeled, now.sha256].join(" ");
}
