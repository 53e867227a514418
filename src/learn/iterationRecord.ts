// What is written down of a model: the loop's raw arrays -> the record that pages and `--json` show.
import { probabilities } from "../core/calibration.ts";
import { confidencesOf } from "../core/confidence.ts";
import { longerWinsRate, pearson } from "../core/length.ts";
import { proportion } from "../core/metrics/accuracy.ts";
import { confidenceHistogram } from "../core/metrics/bins.ts";
import { measure } from "../core/metrics/measure.ts";
import { outcomesOf } from "../core/metrics/outcomes.ts";
import type {
  IterationRecord,
  LengthFigures,
  Metrics,
  Proportion,
  RunSettings,
  ThresholdFigures,
} from "../core/records.ts";
import { wouldPass } from "../core/select.ts";
import { thresholdFigures } from "../core/thresholds.ts";
import type { Answers } from "./answers.ts";
import { subsetFigures } from "./subsetFigures.ts";
import type { PseudoLabels } from "./labelSet.ts";
import type { ModelEvent } from "./ssrm.ts";

/** Thresholds whose counts a record holds, for "how many would pass at". */
export const reportedThresholds: readonly number[] = [
  0.5, 0.55, 0.6, 0.65, 0.7, 0.75, 0.8, 0.85, 0.9, 0.95, 0.99,
];

/**
 * The record of a model. `pseudo` is what it was trained on beside L, null for model 0; `confidence` is the run's
 * kind, which `unlabeled.p` is in already; `fit` is what the model says of its fit.
 */
export function iterationRecord<Checkpoint>(
  event: ModelEvent<Checkpoint>,
  answers: Answers,
  more: {
    readonly pseudo: PseudoLabels | null;
    readonly confidence: RunSettings["confidence"];
    readonly fit: Readonly<Record<string, number>>;
    readonly seconds: number;
  },
): IterationRecord {
  const { temperature, labels, unlabeled, validation } = event;
  const scaled = temperature.temperature;
  const gold = pseudoLabelGold(more.pseudo, answers.gold);
  const prompts = (index: Int32Array): string[] =>
    Array.from(index, (i) => answers.pool.promptIds[i]!);
  const judge = (scale: number): Metrics | null =>
    judged(probabilities(validation.margin, scale), validation.target, prompts(validation.index));
  const test = (scale: number): Metrics | null =>
    event.test && answers.test
      ? judged(
          probabilities(event.test.margin, scale),
          answers.test.target,
          answers.test.pool.promptIds,
        )
      : null;
  return {
    kind: "iteration",
    iteration: event.iteration,
    labeled: labels.index.length,
    unlabeled: unlabeled.index.length,
    selected: more.pseudo?.selection.count ?? 0,
    pseudoLabelAccuracy: gold?.value ?? null,
    pseudoLabelGold: gold,
    temperature: scaled,
    temperatureLow: temperature.low,
    temperatureHigh: temperature.high,
    test: test(1),
    validation: judge(1),
    testCalibrated: test(scaled),
    validationCalibrated: judge(scaled),
    validationOf: event.validationOf,
    testSubsets:
      event.test && answers.test
        ? subsetFigures(probabilities(event.test.margin, 1), answers.test)
        : [],
    length: lengthFigures(event, answers, more.pseudo),
    unlabeledHistogram: [...confidenceHistogram(confidencesOf(unlabeled.p))],
    wouldPass: wouldPass(confidencesOf(unlabeled.p), reportedThresholds),
    thresholds: thresholdsOf(event, more.confidence === "calibrated" ? scaled : 1),
    fit: more.fit,
    seconds: more.seconds,
  };
}

/**
 * How many of the selected pseudo-labels agree with gold, ties 1/2. The one place where gold of U is looked at;
 * what it returns is shown and goes nowhere else.
 */
function pseudoLabelGold(pseudo: PseudoLabels | null, gold: Float64Array): Proportion | null {
  if (pseudo === null) return null;
  let right = 0;
  let n = 0;
  for (const [k, i] of pseudo.index.entries()) {
    const answer = gold[i]!;
    if (pseudo.selection.selected[k] === 0 || Number.isNaN(answer)) continue;
    right += pseudo.p[k]! > 0.5 ? answer : 1 - answer;
    n++;
  }
  return n === 0 ? null : proportion(right, n);
}

function thresholdsOf<Checkpoint>(
  { unlabeled, validation }: ModelEvent<Checkpoint>,
  scale: number,
): ThresholdFigures[] {
  const { margin, target } = validation;
  const heldOut = margin.length === 0 ? null : outcomesOf(probabilities(margin, scale), target);
  return thresholdFigures(confidencesOf(unlabeled.p), heldOut);
}

function lengthFigures<Checkpoint>(
  { labels, unlabeled }: ModelEvent<Checkpoint>,
  { gold, lengthFirst, lengthSecond }: Answers,
  pseudo: PseudoLabels | null,
): LengthFigures {
  const longer = (index: Int32Array, target: ArrayLike<number>): number | null =>
    longerWinsRate(
      Float64Array.from(index, (i) => lengthFirst[i]!),
      Float64Array.from(index, (i) => lengthSecond[i]!),
      target,
    );
  const known = Int32Array.from(gold.keys()).filter((i) => !Number.isNaN(gold[i]!));
  const isSelected = (k: number): boolean => pseudo?.selection.selected[k] === 1;
  const { index, scores, p } = unlabeled;
  const rewards = scores.rewards;
  return {
    data: longer(
      known,
      Array.from(known, (i) => gold[i]!),
    ),
    labeled: longer(labels.index, labels.target),
    selected: pseudo
      ? longer(
          pseudo.index.filter((_, k) => isSelected(k)),
          pseudo.p.filter((_, k) => isSelected(k)).map(verdictOf),
        )
      : null,
    model: longer(index, p.map(verdictOf)),
    rewardCorrelation: rewards
      ? pearson(
          [...rewards.first, ...rewards.second],
          [
            ...Array.from(index, (i) => lengthFirst[i]!),
            ...Array.from(index, (i) => lengthSecond[i]!),
          ],
        )
      : null,
  };
}

function verdictOf(p: number): number {
  if (p === 0.5) return 0.5;
  return p > 0.5 ? 1 : 0;
}

function judged(
  p: Float64Array,
  target: Float64Array,
  clusters: readonly string[],
): Metrics | null {
  return p.length === 0 ? null : measure(p, target, clusters);
}
