// `ssrm eval`: how good a model is on pairs with a verdict.
import { fixed, noValue, percent, thousands } from "../core/report/numbers.ts";
import type { PairRow } from "../data/rows.ts";
import { batchesOf } from "./batches.ts";
import { Evaluation, type Figures } from "./evaluation.ts";
import { accuracyText } from "./figures.ts";
import { expectModel } from "./modelOption.ts";
import { expectData, goodRows, openData } from "./openData.ts";
import type { evalOptions } from "./options.ts";
import type { Arguments } from "./parseArguments.ts";
import { print, printJson, table, tell } from "./terminal.ts";

/** @throws Error where no row has a verdict to judge by */
export async function evalCommand({
  operands,
  values,
}: Arguments<typeof evalOptions>): Promise<number> {
  const paths = expectData(operands);
  const model = await expectModel(values.model);
  const dataset = await openData(paths);
  const overall = new Evaluation();
  const subsets = new Map<string, Evaluation>();
  const leftOut = { withoutVerdict: 0, bothBad: 0, oneResponse: 0 };
  try {
    for await (const rows of batchesOf(goodRows(dataset))) {
      const judged: PairRow[] = [];
      for (const row of rows) {
        if (row.kind === "response") leftOut.oneResponse++;
        else if (row.gold === null) leftOut.withoutVerdict++;
        else if (row.gold === "both-bad") leftOut.bothBad++;
        else judged.push(row);
      }
      const scores = await model.score(judged.map((row) => row.pair));
      overall.add(judged, scores);
      for (const [name, indices] of bySubset(judged)) {
        const evaluation = subsets.get(name) ?? new Evaluation();
        subsets.set(name, evaluation);
        const { rewards } = scores;
        evaluation.add(
          indices.map((i) => judged[i]!),
          {
            margin: Float64Array.from(indices, (i) => scores.margin[i]!),
            rewards: rewards && {
              first: Float64Array.from(indices, (i) => rewards.first[i]!),
              second: Float64Array.from(indices, (i) => rewards.second[i]!),
            },
          },
        );
      }
    }
  } finally {
    await dataset.close();
  }
  if (overall.n === 0) {
    const { withoutVerdict, bothBad, oneResponse } = leftOut;
    throw new Error(
      `${paths.join(", ")}: expected pairs with a verdict to judge the model by, got ${withoutVerdict} without one, ` +
        `${bothBad} of which both are bad and ${oneResponse} rows of one response: name a file with preferences.`,
    );
  }
  tellLeftOut(leftOut);
  const figures = overall.figures(model.temperature);
  const named = [...subsets].map(([name, s]) => [name, s.figures(model.temperature)] as const);
  if (values.json) {
    await printJson({ ...figures, subsets: Object.fromEntries(named), ...leftOut });
  } else await print(textOf(figures, named));
  return 0;
}

function bySubset(rows: readonly PairRow[]): Map<string, number[]> {
  const indices = new Map<string, number[]>();
  for (const [i, { subset }] of rows.entries()) {
    if (subset === null) continue;
    const list = indices.get(subset);
    if (list === undefined) indices.set(subset, [i]);
    else list.push(i);
  }
  return indices;
}

function tellLeftOut(leftOut: {
  readonly withoutVerdict: number;
  readonly bothBad: number;
  readonly oneResponse: number;
}): void {
  const parts = [
    [leftOut.withoutVerdict, "without a verdict"],
    [leftOut.bothBad, "of which both are bad"],
    [leftOut.oneResponse, "of one response"],
  ] as const;
  const some = parts.filter(([count]) => count > 0).map(([count, what]) => `${count} ${what}`);
  if (some.length > 0) tell(`Left out: rows ${some.join(", ")}.`);
}

function textOf(
  figures: Figures,
  subsets: readonly (readonly [name: string, figures: Figures])[],
): string {
  const row = (name: string, f: Figures): string[] => [
    name,
    thousands(f.n),
    accuracyText(f),
    ...[f.nll, f.brier, f.ece, f.smece].map((value) => fixed(value, 3)),
    fixed(f.calibrated.nll, 3),
    fixed(f.calibrated.ece, 3),
    fixed(f.lengthCorrelation, 2),
  ];
  const { longerWins, calibrated } = figures;
  const wins =
    longerWins.data === null
      ? noValue
      : `${percent(longerWins.data)} by the verdicts, ${percent(longerWins.model)} by the model`;
  return [
    table([
      ["", "pairs", "accuracy", "NLL", "Brier", "ECE", "smECE", "NLL at T", "ECE at T", "length r"],
      row("all", figures),
      ...subsets.map(([name, f]) => row(name, f)),
    ]),
    `\nThe longer response wins: ${wins}. T: ${fixed(calibrated.temperature, 3)}\n`,
  ].join("");
}
