// The labeled pairs of an export: of a run with its pseudo-labels, or of data files with a label log.
import type { LabelEvent } from "../core/labels/labelEvent.ts";
import { foldLabels } from "../core/labels/labelFold.ts";
import type { Pair, Winner } from "../core/pair.ts";
import type { PseudoLabel } from "../core/records.ts";
import { summarize } from "../core/report/summary.ts";
import { readLabelFile } from "../data/labels/labelFiles.ts";
import type { LabeledRow } from "../data/exports/exportForm.ts";
import { readPseudoLabels, readRun } from "../data/runs/runFiles.ts";
import { readInputs } from "../engine/inputs.ts";
import { goodRows, openData } from "./openData.ts";
import { cacheFolder } from "./places.ts";
import { tell } from "./terminal.ts";

/** Every pair of the files with a verdict in the logs, once, in file order. */
export async function* rowsOfLogs(
  paths: readonly string[],
  logs: readonly string[],
): AsyncGenerator<LabeledRow, void> {
  const events: LabelEvent[] = [];
  for (const log of logs) {
    for (const event of (await readLabelFile(log)).events) events.push(event);
  }
  const verdicts = new Map(foldLabels(events));
  const total = verdicts.size;
  const dataset = await openData(paths);
  try {
    for await (const row of goodRows(dataset)) {
      if (row.kind !== "pair") continue;
      const verdict = verdicts.get(row.pair.id);
      if (verdict === undefined) continue;
      verdicts.delete(row.pair.id);
      const { winner, strength } = verdict;
      yield { pair: row.pair, winner, ...(strength === null ? {} : { strength }), source: "human" };
    }
  } finally {
    await dataset.close();
  }
  if (verdicts.size > 0) {
    tell(
      `${logs.join(", ")}: ${verdicts.size} of ${total} verdicts are on pairs that are not in the data; left out.`,
    );
  }
}

/**
 * L as it stands now, then the pseudo-labels that the run's model was trained on (or all that were drawn for
 * it), without those that have a human verdict by now.
 */
export async function* rowsOfRun(
  dir: string,
  { keptOnly }: { readonly keptOnly: boolean },
): AsyncGenerator<LabeledRow, void> {
  const { info, records } = await readRun(dir);
  const { result } = summarize(info, records);
  const iteration = result?.iteration ?? 0;
  const inputs = await readInputs(
    {
      data: info.data.map(({ path }) => path),
      labels: info.labels.map(({ path }) => path),
      labeled: info.labeledData.map(({ path }) => path),
      gold: [],
      test: [],
      mapping: info.mapping,
      cacheDir: cacheFolder(),
    },
    info.settings,
    tell,
  );
  try {
    const { index, target, setAside } = await inputs.labels();
    const winners = new Map<number, Winner>();
    for (const [k, i] of index.entries()) winners.set(i, winnerOf(target[k]!));
    for (const i of setAside) winners.set(i, "both-bad");
    const human = [...winners.keys()].sort((a, b) => a - b);
    yield* zipped(inputs.pool.read(human), human, (pair, i) => ({
      pair,
      winner: winners.get(i)!,
      source: "human",
    }));
    if (iteration === 0) return;
    const indexOf = new Map(inputs.pool.ids.map((id, i) => [id, i]));
    const pseudo = new Map<number, PseudoLabel>();
    let missing = 0;
    for (const label of await readPseudoLabels(dir, iteration)) {
      if (keptOnly && !label.selected) continue;
      const i = indexOf.get(label.id);
      if (i === undefined) missing++;
      else if (!winners.has(i)) pseudo.set(i, label);
    }
    if (missing > 0)
      tell(`${missing} pseudo-labels are on pairs that are no longer in the data; left out.`);
    const machine = [...pseudo.keys()].sort((a, b) => a - b);
    yield* zipped(inputs.pool.read(machine), machine, (pair, i) => {
      const { winner, p } = pseudo.get(i)!;
      return { pair, winner, p, source: "pseudo", iteration };
    });
  } finally {
    await inputs.close();
  }
}

async function* zipped(
  pairs: AsyncIterable<Pair>,
  indices: readonly number[],
  rowOf: (pair: Pair, index: number) => LabeledRow,
): AsyncGenerator<LabeledRow, void> {
  let next = 0;
  for await (const pair of pairs) yield rowOf(pair, indices[next++]!);
}

function winnerOf(target: number): Winner {
  if (target === 1) return "first";
  return target === 0 ? "second" : "tie";
}
