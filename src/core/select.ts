// The closed table of selection rules, and what to say when none of U passes.
// A new rule is one file in selection/, one line in RuleOptions and one in selectionRules.
import { writtenBeside } from "./confidence.ts";
import { everyPair } from "./selection/all.ts";
import { type RandomOptions, randomSubset } from "./selection/random.ts";
import type { Rule } from "./selection/rule.ts";
import { byThreshold, type ThresholdOptions } from "./selection/threshold.ts";

/** The rules and what each needs beside the probabilities. */
export interface RuleOptions {
  readonly threshold: ThresholdOptions;
  readonly all: object;
  readonly random: RandomOptions;
}

export type RuleName = keyof RuleOptions;

export const selectionRules: { readonly [K in RuleName]: Rule<RuleOptions[K]> } = {
  threshold: byThreshold,
  all: everyPair,
  random: randomSubset,
};

/** How many pairs have a confidence strictly above each threshold. */
export function wouldPass(
  confidence: Float64Array,
  thresholds: readonly number[],
): { threshold: number; count: number }[] {
  return thresholds.map((threshold) => {
    let count = 0;
    for (const c of confidence) if (c > threshold) count++;
    return { threshold, count };
  });
}

/** One sentence for a run that selected nothing: what would pass at which lower threshold, and what to do. */
export function adviceForEmpty(confidence: Float64Array, threshold: number): string {
  if (confidence.length === 0) {
    return "there are no unlabeled pairs to select from: add data without labels, or use fewer labels as seed";
  }
  const none = `no pair has a confidence above ${threshold}`;
  const highest = confidence.reduce((a, b) => Math.max(a, b), 0);
  if (!(highest > 0.5)) {
    return `${none}: the model is undecided on every pair, so label more pairs and run again`;
  }
  const lower = Array.from({ length: 10 }, (_, i) => (19 - i) / 20);
  const passing = wouldPass(confidence, lower).filter(({ count }) => count > 0);
  const best = passing[0];
  const top = `the highest is ${writtenBeside(highest, threshold)}`;
  if (best === undefined) {
    return `${none} (${top}): label more pairs and run again`;
  }
  const options = passing.slice(0, 3).map(({ threshold: t, count }) => `${count} at ${t}`);
  return (
    `${none} (${top}; of ${confidence.length} pairs, ${listed(options)} would pass): ` +
    `lower the threshold to ${best.threshold}, or label more pairs, and run again`
  );
}

function listed(items: readonly string[]): string {
  if (items.length < 2) return items.join("");
  return `${items.slice(0, -1).join(", ")} and ${items.at(-1)}`;
}
