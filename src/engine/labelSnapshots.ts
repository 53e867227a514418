// The labels of each iteration as they were when it began, so that a resumed run repeats them to the byte.
import { createHash } from "node:crypto";
import { join } from "node:path";
import type { Winner } from "../core/pair.ts";
import type { LabelsRecord } from "../core/records.ts";
import { writeLines } from "../data/runs/runDirectory.ts";
import { readLines, runFiles } from "../data/runs/runFiles.ts";
import { type LabelSet, labelSetOf } from "../learn/labelSet.ts";
import type { RunInputs } from "./inputs.ts";

/** One row of labels/iteration-K.jsonl. */
export interface SnapshotRow {
  readonly id: string;
  /** In canonical order. */
  readonly winner: Winner;
  /** Set on verdicts that may not measure calibration. */
  readonly onlyTrains?: true;
}

/** The rows of a snapshot; empty where it was not taken. */
async function readSnapshot(dir: string, iteration: number): Promise<SnapshotRow[]> {
  return readLines<SnapshotRow>(join(dir, snapshotFile(iteration)));
}

/**
 * The labels for an iteration: those of its snapshot, or, where there is none yet, those that have arrived by
 * now, written down first.
 */
export async function labelsFor(
  dir: string,
  inputs: RunInputs,
  iteration: number,
): Promise<{ labels: LabelSet; record: LabelsRecord }> {
  const { ids } = inputs.pool;
  let rows = await readSnapshot(dir, iteration);
  if (rows.length === 0) {
    rows = rowsOf(await inputs.labels(), ids);
    await writeLines(dir, snapshotFile(iteration), rows);
  }
  const before = iteration === 0 ? [] : await readSnapshot(dir, iteration - 1);
  const known = new Set(before.map((row) => `${row.id} ${row.winner}`));
  const indexOf = new Map(ids.map((id, index) => [id, index]));
  const verdicts = new Map<number, Winner>();
  const onlyTrains = new Set<number>();
  for (const row of rows) {
    const index = indexOf.get(row.id);
    if (index === undefined) continue;
    verdicts.set(index, row.winner);
    if (row.onlyTrains === true) onlyTrains.add(index);
  }
  const labels = labelSetOf(verdicts, onlyTrains);
  const record: LabelsRecord = {
    kind: "labels",
    iteration,
    labeled: labels.index.length,
    added: rows.filter((row) => !known.has(`${row.id} ${row.winner}`)).length,
    sha256: createHash("sha256").update(JSON.stringify(rows)).digest("hex"),
  };
  return { labels, record };
}

function snapshotFile(iteration: number): string {
  return join(runFiles.labels, `iteration-${iteration}.jsonl`);
}

function rowsOf(labels: LabelSet, ids: readonly string[]): SnapshotRow[] {
  const judged = Array.from(labels.index, (index, k): SnapshotRow => {
    const target = labels.target[k]!;
    const winner = target === 0.5 ? "tie" : target > 0.5 ? "first" : "second";
    const row = { id: ids[index]!, winner } as const;
    return labels.measures[k] === 1 ? row : { ...row, onlyTrains: true };
  });
  const setAside = Array.from(labels.setAside, (index): SnapshotRow => ({
    id: ids[index]!,
    winner: "both-bad",
  }));
  return [...judged, ...setAside];
}
