// What a run's models said, as packed ids and numbers: the newest one of all pairs, or the pairs of one mark of
// a chart. Files of a million lines are read as streams.
import { confidenceOf } from "../../core/confidence.ts";
import type { Winner } from "../../core/pair.ts";
import { pseudoLabelsOf, readHeldOut, readRun, readRunLabels, scoresOf } from "../runs/runFiles.ts";
import { packIds, rowIdBytes, writeId } from "./idOrder.ts";
import { labelWords, type LabelWord, type TableModel } from "./rowStates.ts";

/** A bin or bar of the dashboard: which pairs, under which model. */
export interface RunMark {
  readonly runDir: string;
  readonly iteration: number;
  readonly set: "unlabeled" | "validation" | "test" | "selected";
  readonly from: number;
  readonly to: number;
}

/** A run's newest model. */
export interface RunModel {
  readonly model: TableModel;
  /** The model's number: 0 is trained on labels alone. */
  readonly iteration: number;
}

/**
 * What the newest model of a run says of U, of the labels that were held out from it, and of its test pairs;
 * null before the first model is there.
 * @throws DataError where the folder is no run
 */
export async function readRunModel(dir: string): Promise<RunModel | null> {
  const { info, records } = await readRun(dir);
  const iteration = records.findLast((record) => record.kind === "iteration")?.iteration;
  if (iteration === undefined) return null;
  const kept = new PackedRows();
  for await (const { id, p, selected } of pseudoLabelsOf(dir, iteration)) {
    if (selected) kept.add(id, p);
  }
  const said = new PackedRows();
  // A later entry holds, so what a pair was held out for comes last.
  for await (const { id, p } of scoresOf(dir)) said.add(id, p);
  for (const { id, p } of await readHeldOut(dir, iteration)) said.add(id, p);
  const { threshold, seedCount, seedFraction } = info.settings;
  const isSimulation = seedCount !== null || seedFraction !== null;
  const drawn = isSimulation ? packDrawn(await readRunLabels(dir, iteration)) : null;
  return { iteration, model: { ...joined({ said, kept }), threshold, drawn } };
}

const wordOf: Readonly<Record<Winner, LabelWord>> = {
  first: "A",
  second: "B",
  tie: "tie",
  "both-bad": "both bad",
};

/** The labels that a simulation drew: they are in no log, since nobody gave them. */
function packDrawn(rows: Awaited<ReturnType<typeof readRunLabels>>): TableModel["drawn"] {
  return {
    ids: packIds(rows.map(({ id }) => id)),
    labels: Uint8Array.from(rows, ({ winner }) => labelWords.indexOf(wordOf[winner])),
  };
}

/**
 * The pairs of a mark with what its model says of them. Bins are open below and closed above, as those of the
 * figures.
 */
export async function readMark(mark: RunMark): Promise<Pick<TableModel, "ids" | "p">> {
  const { runDir, iteration, set, from, to } = mark;
  const found = new PackedRows();
  const take = (id: string, p: number): void => {
    const confidence = confidenceOf(p);
    const isAbove = confidence > from || (from <= 0.5 && confidence === 0.5);
    if (isAbove && confidence <= to) found.add(id, p);
  };
  if (set === "validation" || set === "test") {
    for (const row of await readHeldOut(runDir, iteration)) {
      if (row.set === set) take(row.id, row.p);
    }
  } else if (set === "selected") {
    for await (const { id, p, selected } of pseudoLabelsOf(runDir, iteration)) {
      if (selected) take(id, p);
    }
  } else if (await isNewest(runDir, iteration)) {
    for await (const { id, p } of scoresOf(runDir)) take(id, p);
  } else {
    // What model k said of U is written down with the pseudo-labels of the model after it.
    for await (const { id, p } of pseudoLabelsOf(runDir, iteration + 1)) take(id, p);
  }
  return { ids: found.ids, p: found.p };
}

async function isNewest(dir: string, iteration: number): Promise<boolean> {
  const { records } = await readRun(dir);
  return !records.some((record) => record.kind === "iteration" && record.iteration > iteration);
}

/** Ids and numbers in arrays that grow. */
class PackedRows {
  #ids = new Uint8Array(1024 * rowIdBytes);
  #p = new Float64Array(1024);
  #count = 0;

  add(id: string, p: number): void {
    if (this.#count === this.#p.length) this.#grow();
    if (!writeId(this.#ids, this.#count * rowIdBytes, id)) return;
    this.#p[this.#count++] = p;
  }

  get ids(): Uint8Array {
    return this.#ids.subarray(0, this.#count * rowIdBytes);
  }

  get p(): Float64Array {
    return this.#p.subarray(0, this.#count);
  }

  #grow(): void {
    const ids = new Uint8Array(2 * this.#ids.length);
    ids.set(this.#ids);
    const p = new Float64Array(2 * this.#p.length);
    p.set(this.#p);
    [this.#ids, this.#p] = [ids, p];
  }
}

/**
 * A kept pair has an entry of its own at the front, whose p the newest model's replaces: the last entry of a
 * pair says its p, and one that is marked as selected says that it was kept.
 */
function joined({
  said,
  kept,
}: {
  readonly said: PackedRows;
  readonly kept: PackedRows;
}): Pick<TableModel, "ids" | "p" | "selected"> {
  const ids = new Uint8Array(kept.ids.length + said.ids.length);
  ids.set(kept.ids);
  ids.set(said.ids, kept.ids.length);
  const p = new Float64Array(kept.p.length + said.p.length);
  p.set(kept.p);
  p.set(said.p, kept.p.length);
  const selected = new Uint8Array(p.length).fill(1, 0, kept.p.length);
  return { ids, p, selected };
}
