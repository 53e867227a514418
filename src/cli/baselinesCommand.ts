// `ssrm baselines`: SSRM beside what it must beat, in one table on the same pairs.
import { lengthOf } from "../core/length.ts";
import { measure } from "../core/metrics/measure.ts";
import type { IterationRecord, Metrics, RunSettings } from "../core/records.ts";
import { fixed, thousands } from "../core/report/numbers.ts";
import { selectionRules } from "../core/select.ts";
import { computeRun } from "../engine/computeRun.ts";
import { readInputs, type RunInputs } from "../engine/inputs.ts";
import type { LabelSet } from "../learn/labelSet.ts";
import { accuracyText } from "./figures.ts";
import type { baselinesOptions } from "./options.ts";
import type { Arguments } from "./parseArguments.ts";
import { runRequest } from "./runRequest.ts";
import { print, printJson, table, tell } from "./terminal.ts";

type Judge = "test" | "validation";

interface Row {
  readonly name: string;
  readonly labeled: number | null;
  readonly selected: number | null;
  readonly n: number;
  readonly accuracy: number;
  readonly accuracyLow: number;
  readonly accuracyHigh: number;
  /** Null for rules that give no probability. */
  readonly nll: number | null;
  readonly ece: number | null;
}

/** Everything in memory. @throws Error where there is neither a test set nor a held-out label to judge by */
export async function baselinesCommand({
  operands,
  values,
}: Arguments<typeof baselinesOptions>): Promise<number> {
  const { settings, ...paths } = await runRequest(values, { operands, out: "" });
  const inputs = await readInputs(paths, settings, tell);
  try {
    const judge: Judge = inputs.answers.test === null ? "validation" : "test";
    const rows = await rowsOf(inputs, settings, judge);
    if (values.json) await printJson({ judge, settings, baselines: rows });
    else await print(textOf(rows, judge));
    return 0;
  } finally {
    await inputs.close();
  }
}

async function rowsOf(inputs: RunInputs, settings: RunSettings, judge: Judge): Promise<Row[]> {
  const rows: Row[] = [];
  const add = (name: string, record: IterationRecord | undefined): void => {
    const metrics = record?.[judge] ?? null;
    if (record === undefined || metrics === null) return;
    tell(`${name}: ${accuracyText(metrics)}`);
    rows.push({ name, labeled: record.labeled, selected: record.selected, ...shown(metrics) });
  };
  const ssrm = await computeRun(inputs, settings);
  if ((ssrm[0]?.[judge] ?? null) === null) {
    throw new Error(
      "baselines: expected --test FILE, or labels on more than one prompt to hold some out, got neither.",
    );
  }
  add("seed only", ssrm[0]);
  add("SSRM", resultOf(ssrm, settings));
  const sizes = ssrm.slice(1).map(({ selected }) => selected);
  if (ssrm[0]!.unlabeled > 0 && settings.iterations > 0) {
    add(
      "no threshold",
      (await computeRun(inputs, settings, (p) => selectionRules.all(p, {}))).at(-1),
    );
  }
  if (sizes.length > 0) {
    const { ids } = inputs.pool;
    const random = await computeRun(
      inputs,
      { ...settings, iterations: sizes.length },
      (p, index, iteration) =>
        selectionRules.random(p, {
          size: sizes[iteration - 1]!,
          seed: settings.seed + iteration,
          ids: Array.from(index, (i) => ids[i]!),
        }),
    );
    add("random subset", random.at(-1));
  }
  const all = await fullLabels(inputs);
  if (all !== null) {
    const full = { ...inputs, labels: () => Promise.resolve(all) };
    add("all labels", (await computeRun(full, { ...settings, iterations: 0 }))[0]);
  }
  return [...rows, ...(await lengthRows(inputs))];
}

/** The model that the run would give. */
function resultOf(
  records: readonly IterationRecord[],
  { keep }: RunSettings,
): IterationRecord | undefined {
  if (keep === "last") return records.at(-1);
  const loss = (record: IterationRecord): number => record.validation?.nll ?? Infinity;
  return records.reduce((best, record) => (loss(record) < loss(best) ? record : best));
}

/** L, and the gold of U as if people had given it: what more labeling could reach. Null without gold. */
async function fullLabels(inputs: RunInputs): Promise<LabelSet | null> {
  const labels = await inputs.labels();
  const target = Float64Array.from(inputs.answers.gold);
  const own = new Set([...labels.index, ...labels.setAside]);
  const isMore = target.some((gold, i) => !Number.isNaN(gold) && !own.has(i));
  if (!isMore) return null;
  for (const i of labels.setAside) target[i] = NaN;
  for (const [k, i] of labels.index.entries()) target[i] = labels.target[k]!;
  const index = Int32Array.from([...target.keys()].filter((i) => !Number.isNaN(target[i]!)));
  return {
    index,
    target: Float64Array.from(index, (i) => target[i]!),
    measures: new Uint8Array(index.length).fill(1),
    setAside: labels.setAside,
  };
}

/** Preferring the longer, and the shorter; equal lengths count 1/2. */
async function lengthRows(inputs: RunInputs): Promise<Row[]> {
  const { answers } = inputs;
  const lengths: { first: number[]; second: number[] } = { first: [], second: [] };
  let target: Float64Array;
  let prompts: readonly string[];
  if (answers.test !== null) {
    const { pool } = answers.test;
    for await (const { first, second } of pool.read(
      Array.from({ length: pool.size }, (_, i) => i),
    )) {
      lengths.first.push(lengthOf(first));
      lengths.second.push(lengthOf(second));
    }
    target = answers.test.target;
    prompts = pool.promptIds;
  } else {
    const judged = await inputs.labels();
    for (const i of judged.index) {
      lengths.first.push(answers.lengthFirst[i]!);
      lengths.second.push(answers.lengthSecond[i]!);
    }
    target = judged.target;
    prompts = Array.from(judged.index, (i) => answers.pool.promptIds[i]!);
  }
  const longer = Float64Array.from(lengths.first, (length, i) => {
    const other = lengths.second[i]!;
    return length > other ? 1 : length < other ? 0 : 0.5;
  });
  const row = (name: string, p: Float64Array): Row => ({
    name,
    labeled: null,
    selected: null,
    ...shown(measure(p, target, prompts)),
    nll: null,
    ece: null,
  });
  return [
    row("longer", longer),
    row(
      "shorter",
      longer.map((p) => 1 - p),
    ),
  ];
}

function shown(metrics: Metrics): Omit<Row, "name" | "labeled" | "selected"> {
  const { n, accuracy, accuracyLow, accuracyHigh, nll, ece } = metrics;
  return { n, accuracy, accuracyLow, accuracyHigh, nll, ece };
}

function textOf(rows: readonly Row[], judge: Judge): string {
  const accuracy = judge === "test" ? "test accuracy" : "held-out accuracy";
  const lines = rows.map((row) => [
    row.name,
    thousands(row.labeled),
    thousands(row.selected),
    thousands(row.n),
    accuracyText(row),
    fixed(row.nll, 3),
    fixed(row.ece, 3),
  ]);
  const note =
    judge === "test"
      ? ""
      : "\nWithout --test each model is judged on the labels that it left out; those of `all labels` are others.\n";
  return table([["", "labels", "pseudo", "pairs", accuracy, "NLL", "ECE"], ...lines]) + note;
}
