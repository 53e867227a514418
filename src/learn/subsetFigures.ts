// Where a model is right and where it is not: its test figures by the subsets that the rows name.
import { proportion } from "../core/metrics/accuracy.ts";
import { outcomesOf } from "../core/metrics/outcomes.ts";
import type { SubsetFigures } from "../core/records.ts";
import type { TestAnswers } from "./answers.ts";

/** More subsets than anybody reads are left out, the smallest first. */
const mostSubsets = 50;

/** Figures per subset, by name; p: P(first preferred) per test pair. Empty below two subsets. */
export function subsetFigures(p: Float64Array, { target, subsets }: TestAnswers): SubsetFigures[] {
  const members = new Map<string, number[]>();
  for (const [i, subset] of subsets.entries()) {
    if (subset === null) continue;
    const known = members.get(subset);
    if (known) known.push(i);
    else members.set(subset, [i]);
  }
  if (members.size < 2) return [];
  return [...members]
    .sort(([, a], [, b]) => b.length - a.length)
    .slice(0, mostSubsets)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([subset, rows]) => figuresOf(subset, { p, target, rows }));
}

function figuresOf(
  subset: string,
  of: { readonly p: Float64Array; readonly target: Float64Array; readonly rows: readonly number[] },
): SubsetFigures {
  const { correct, confidence } = outcomesOf(
    Float64Array.from(of.rows, (i) => of.p[i]!),
    Float64Array.from(of.rows, (i) => of.target[i]!),
  );
  const sum = (values: Float64Array): number => values.reduce((a, b) => a + b, 0);
  return {
    subset,
    accuracy: proportion(sum(correct), of.rows.length),
    meanConfidence: sum(confidence) / of.rows.length,
  };
}
