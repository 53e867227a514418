// Reads pairs from data files by place or by number; keeps the files open, for the next pair is asked for soon.
import type { Pair } from "../../core/pair.ts";
import type { Dataset } from "../../data/rows.ts";

/** Where a pair stands. */
export interface PairPlace {
  /** Real path of the data file. */
  readonly path: string;
  /** Line or row number from 1. */
  readonly line: number;
}

/** A pair that a person may be shown. */
export interface Candidate extends PairPlace {
  readonly id: string;
}

export interface FoundPair extends Candidate {
  readonly pair: Pair;
}

/** Files that are open at once; a project has one, seldom more. */
const openFiles = 8;

export class PairReader {
  readonly #open: (path: string) => Promise<Dataset>;
  readonly #datasets = new Map<string, Promise<Dataset>>();
  /** Counting reads the whole file: once, whoever asks. */
  readonly #counts = new WeakMap<Dataset, Promise<number>>();
  readonly #stamps = new Map<string, string>();

  constructor(open: (path: string) => Promise<Dataset>) {
    this.#open = open;
  }

  /** The pair at a place, null where another one, or none, stands there now. */
  async at({ id, path, line }: Candidate): Promise<FoundPair | null> {
    const row = await this.#use(path, (dataset) => dataset.rowAt({ file: 0, line }));
    return row.kind === "pair" && row.pair.id === id ? { id, path, line, pair: row.pair } : null;
  }

  /** The pair in a row by its number from 0, null where the row holds none. */
  async inRow(path: string, ordinal: number): Promise<FoundPair | null> {
    const [row] = await this.#use(path, (dataset) => dataset.rowsFrom(0, ordinal, 1));
    if (row?.kind !== "pair") return null;
    return { id: row.pair.id, path, line: row.line, pair: row.pair };
  }

  /** How many rows a file has; with another stamp than before it is another file, and opened anew. */
  async rows({ path, stamp }: { readonly path: string; readonly stamp: string }): Promise<number> {
    const before = this.#stamps.get(path);
    this.#stamps.set(path, stamp);
    if (before !== undefined && before !== stamp) await this.#forget(path);
    return this.#use(path, (dataset) => this.#count(dataset));
  }

  async close(): Promise<void> {
    const all = [...this.#datasets.values()];
    this.#datasets.clear();
    for (const dataset of all) await dataset.then((one) => one.close()).catch(() => undefined);
  }

  /** A file that changed since it was opened is opened again, once. */
  async #use<T>(path: string, act: (dataset: Dataset) => Promise<T>): Promise<T> {
    const known = this.#datasets.has(path);
    try {
      return await act(await this.#dataset(path));
    } catch (error) {
      await this.#forget(path);
      if (!known) throw error;
      return act(await this.#dataset(path));
    }
  }

  #count(dataset: Dataset): Promise<number> {
    const known = this.#counts.get(dataset);
    if (known !== undefined) return known;
    const counting = dataset.countRows(0);
    this.#counts.set(dataset, counting);
    counting.catch(() => this.#counts.delete(dataset));
    return counting;
  }

  #dataset(path: string): Promise<Dataset> {
    const known = this.#datasets.get(path);
    if (known !== undefined) return known;
    const opened = this.#open(path);
    this.#datasets.set(path, opened);
    opened.catch(() => this.#datasets.delete(path));
    const [oldest] = this.#datasets.keys();
    if (this.#datasets.size > openFiles) void this.#forget(oldest!);
    return opened;
  }

  async #forget(path: string): Promise<void> {
    const dataset = this.#datasets.get(path);
    this.#datasets.delete(path);
    await dataset?.then((one) => one.close()).catch(() => undefined);
  }
}
