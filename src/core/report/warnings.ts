// Where SSRM does not help: the failure signs that the method's paper names, and those of length bias, each
// read from the records with its numbers. Every sign that is looked for is one function in the list below.
import type { IterationRecord, LengthFigures, ReliabilityBin } from "../records.ts";
import { difference, pool } from "./intervals.ts";
import { counted, fixed, fixedRange, percent, percentRange, points } from "./numbers.ts";
import { accuracyOf, judgeName, ownMetrics, rawMetrics } from "./summary.ts";
import type { Summary } from "./summary.ts";

export type Sign =
  | "weak-subset"
  | "overconfident"
  | "underconfident"
  | "wrong-pseudo-labels"
  | "falling-pseudo-labels"
  | "easy-pseudo-labels"
  | "past-the-peak"
  | "longer-selected"
  | "longer-model"
  | "length-reward";

export interface Warning {
  readonly sign: Sign;
  readonly headline: string;
  readonly text: string;
}

/** Shares of length differ "clearly" from here on; the records hold no interval for them. */
const clearLengthShift = 0.05;
/** A correlation from which length explains a tenth of the variance of the reward. */
const clearCorrelation = 0.32;
/** Bins with fewer pairs say too little about themselves. */
const leastInBin = 10;

/** The signs found in this run, the weightiest first. */
export function warnings(summary: Summary): Warning[] {
  return [
    weakSubsets,
    overconfidence,
    underconfidence,
    wrongPseudoLabels,
    fallingPseudoLabels,
    easyPseudoLabels,
    pastThePeak,
    longerSelected,
    longerModel,
    lengthReward,
  ].flatMap((look) => look(summary) ?? []);
}

/** What was looked for, for a report in which nothing was found. */
export const lookedFor =
  "subsets on which it is no better than a coin, bins in which the model is surer than it is right, probabilities too far from or too near 50 %, pseudo-labels that are wrong more often than the threshold promises or that get worse, accuracy past its peak, and a growing preference for length";

/** The bins whose whole interval lies below what the model says; neighbours told together. */
function overconfidentBins(bins: readonly ReliabilityBin[]): ReliabilityBin[] {
  return bins.filter(
    (bin) =>
      bin.n >= leastInBin &&
      bin.high !== null &&
      bin.meanConfidence !== null &&
      bin.high < bin.meanConfidence,
  );
}

/** Subsets that it can't be trusted on: its interval holds 50 %, or lies below, though it is right on others. */
function weakSubsets({ result }: Summary): Warning | null {
  const subsets = result?.testSubsets ?? [];
  const weak = subsets.filter(({ accuracy }) => accuracy.n >= leastInBin && accuracy.low <= 0.5);
  if (weak.length === 0 || weak.length === subsets.length) return null;
  const told = [...weak].sort((a, b) => a.accuracy.value - b.accuracy.value).slice(0, 3);
  const each = told.map(
    ({ subset, accuracy, meanConfidence }) =>
      `on ${subset} it is right ${percent(accuracy.value)} of the time (${percentRange(accuracy.low, accuracy.high)}, ${counted(accuracy.n, "test pair")}) and says ${percent(meanConfidence)}`,
  );
  const more =
    weak.length > told.length ? `; ${weak.length - told.length} more are in the table` : "";
  return {
    sign: "weak-subset",
    headline: "No better than a coin on a part of the data",
    text: `Of ${subsets.length} subsets, ${each.join("; ")}${more}.`,
  };
}

function overconfidence(summary: Summary): Warning | null {
  const { result, judge, run } = summary;
  const metrics = result && ownMetrics(summary, result);
  if (!metrics || !judge) return null;
  const bins = overconfidentBins(metrics.reliability);
  const all = pool(bins);
  if (all) {
    return {
      sign: "overconfident",
      headline: "Surer than it is right",
      text:
        `At confidence ${rangesOf(bins)} (${counted(all.n, judgeName(judge))}) it says ${percent(all.meanConfidence)} and is right ` +
        `${percent(all.value)} of the time (${percentRange(all.low, all.high)}).`,
    };
  }
  // Calibrated confidence has the temperature in it already.
  if (run.settings.confidence === "calibrated" || !(result.temperatureLow > 1)) return null;
  return {
    sign: "overconfident",
    headline: "Surer than it is right",
    text: `${temperatureText(result)}: taken together its probabilities are too far from 50 %, though no single group of pairs shows it.`,
  };
}

function underconfidence({ result, run }: Summary): Warning | null {
  if (!result || run.settings.confidence === "calibrated" || !(result.temperatureHigh < 1)) {
    return null;
  }
  return {
    sign: "underconfident",
    headline: "Less sure than it could be",
    text: `${temperatureText(result)}: its probabilities are too near 50 %, so the threshold keeps fewer pairs than it promises.`,
  };
}

function temperatureText({
  temperature,
  temperatureLow,
  temperatureHigh,
}: IterationRecord): string {
  return `Temperature ${fixed(temperature, 2)} (${fixedRange(temperatureLow, temperatureHigh, 2)})`;
}

function wrongPseudoLabels({ last, run }: Summary): Warning | null {
  const gold = last?.pseudoLabelGold;
  const { threshold } = run.settings;
  if (!gold || gold.high >= threshold) return null;
  return {
    sign: "wrong-pseudo-labels",
    headline: "Pseudo-labels worse than the threshold promises",
    text: `Every selected pair had a confidence above ${percent(threshold)}, but only ${percent(gold.value)} of those with gold are right (${percentRange(gold.low, gold.high)}, ${counted(gold.n, "pair")}). Wrong ones are trained on as if they were right.`,
  };
}

function fallingPseudoLabels({ iterations }: Summary): Warning | null {
  const withGold = iterations.filter((record) => record.pseudoLabelGold !== null);
  const from = withGold[0];
  const to = withGold.at(-1);
  if (!from?.pseudoLabelGold || !to?.pseudoLabelGold || from === to) return null;
  const change = difference(from.pseudoLabelGold, to.pseudoLabelGold);
  if (change.high >= 0) return null;
  return {
    sign: "falling-pseudo-labels",
    headline: "Pseudo-labels get worse",
    text: `Of those that model ${from.iteration} was trained on ${percent(from.pseudoLabelGold.value)} are right, of those of model ${to.iteration} ${percent(to.pseudoLabelGold.value)} (${points(change.value)} points, ${points(change.low)} to ${points(change.high)}). More are selected, and more of them are wrong.`,
  };
}

function easyPseudoLabels({ last, judge }: Summary): Warning | null {
  const gold = last?.pseudoLabelGold;
  const metrics = last && judge && rawMetrics(last, judge);
  if (!gold || !metrics) return null;
  const gap = difference(accuracyOf(metrics), gold);
  // Confident pairs are easier by selection; a gap of 10 points and more is worth a word.
  if (gap.low < 0.1) return null;
  return {
    sign: "easy-pseudo-labels",
    headline: "It adds the easy pairs",
    text: `The selected pseudo-labels are right ${percent(gold.value)} of the time, held-out pairs ${percent(metrics.accuracy)}: the selection takes the pairs that the model knows already, and the hard ones stay out of training.`,
  };
}

function pastThePeak({ iterations, judge, result }: Summary): Warning | null {
  if (!judge || !result) return null;
  for (const record of iterations) {
    const best = rawMetrics(record, judge);
    const now = rawMetrics(result, judge);
    // Model 0 as the peak is what the comparison above says already.
    if (record.iteration === 0 || record.iteration >= result.iteration || !best || !now) continue;
    const change = difference(accuracyOf(best), accuracyOf(now));
    if (change.high >= 0) continue;
    return {
      sign: "past-the-peak",
      headline: "Accuracy fell after a peak",
      text: `Model ${record.iteration} was right ${percent(best.accuracy, 1)} of the time, model ${result.iteration} ${percent(now.accuracy, 1)} (${points(change.value)} points, ${points(change.low)} to ${points(change.high)}).`,
    };
  }
  return null;
}

function longerSelected({ last }: Pick<Summary, "last">): Warning | null {
  if (!last || last.selected === 0) return null;
  const { labeled, selected } = last.length;
  if (labeled === null || selected === null || selected - labeled < clearLengthShift) return null;
  return {
    sign: "longer-selected",
    headline: "The selection favours length",
    text: `The longer response wins ${percent(labeled)} of the labels but ${percent(selected)} of the selected pseudo-labels: self-training adds to the preference for length.`,
  };
}

function longerModel({ result }: Summary): Warning | null {
  if (!result) return null;
  const base = baseRate(result.length);
  const { model } = result.length;
  if (base === null || model === null || Math.abs(model - base.value) < clearLengthShift) {
    return null;
  }
  const more = model > base.value;
  return {
    sign: "longer-model",
    headline: `The model prefers ${more ? "longer" : "shorter"} responses than people do`,
    text: `The longer response wins ${percent(base.value)} ${base.name} and ${percent(model)} by the model's own choice.`,
  };
}

/** Of which responses verdicts are missing where length leads the model: of the better ones that it likes less. */
export function lacksLength({ last, result }: Summary): "shorter" | "longer" {
  if (last && longerSelected({ last })) return "shorter";
  const base = result ? baseRate(result.length) : null;
  const model = result?.length.model ?? null;
  const clear = base !== null && model !== null && Math.abs(model - base.value) >= clearLengthShift;
  const more = clear ? model > base.value : (result?.length.rewardCorrelation ?? 0) >= 0;
  return more ? "shorter" : "longer";
}

function lengthReward({ result }: Summary): Warning | null {
  const r = result?.length.rewardCorrelation ?? null;
  if (r === null || Math.abs(r) < clearCorrelation) return null;
  return {
    sign: "length-reward",
    headline: "Reward follows length",
    text: `Reward and length of a response correlate at ${fixed(r, 2)}; a policy trained on it can score by writing ${r > 0 ? "more" : "less"}.`,
  };
}

function baseRate(length: LengthFigures): { value: number; name: string } | null {
  if (length.data !== null) return { value: length.data, name: "of the data's verdicts" };
  return length.labeled === null ? null : { value: length.labeled, name: "of the labels" };
}

/** "70–80 % and 90–100 %": neighbouring bins as one range. */
function rangesOf(bins: readonly ReliabilityBin[]): string {
  const ranges: { from: number; to: number }[] = [];
  for (const bin of bins) {
    const before = ranges.at(-1);
    if (before && Math.abs(before.to - bin.from) < 1e-9) before.to = bin.to;
    else ranges.push({ from: bin.from, to: bin.to });
  }
  return ranges.map((range) => percentRange(range.from, range.to)).join(" and ");
}
