// A data file as a table: rows by ordinal at once, and, once a pass over the file has ended, filters and sorts
// over all of them. One of these lives in a thread of its own for each open file.
import { setTimeout } from "node:timers/promises";
import type { FieldMapping } from "../../core/fieldMapping.ts";
import { openDataFile, type OpenFile } from "../dataset.ts";
import { readTexts } from "../forms/rowReader.ts";
import type { DataFile } from "../rows.ts";
import { buildIndex } from "./buildIndex.ts";
import { idOrder, rowIdBytes } from "./idOrder.ts";
import { indexPath, readIndex, writeIndex } from "./indexFile.ts";
import type { PreviewPair } from "../../core/importPreview.ts";
import { preferenceOf } from "./preview.ts";
import type { SearchableIndex } from "./rowIndex.ts";
import { RowStates, type TableLabels, type TableModel } from "./rowStates.ts";
import { tableRow, type TableRow } from "./tableRow.ts";
import { TextSearch } from "./textSearch.ts";

export interface PairTableOptions {
  readonly cacheDir: string;
  readonly mapping: FieldMapping | null;
  /** Files from this size on have their index kept on the disk; 8 MB by default, a fifth of a second of reading. */
  readonly keptFrom?: number;
}

export class PairTable {
  readonly #file: OpenFile;
  readonly #options: PairTableOptions;
  readonly #stop = new AbortController();
  #indexedRows = 0;
  /** When rows were last asked for. */
  #askedAt = -Infinity;
  #index: SearchableIndex | null = null;
  #states: RowStates | null = null;
  #labels: TableLabels | null = null;
  /** Seeks one after the other: two in a row group of Parquet would decode it twice. */
  #seeking: Promise<unknown> = Promise.resolve();

  private constructor(file: OpenFile, options: PairTableOptions) {
    this.#file = file;
    this.#options = options;
  }

  /** Opens the file. @throws DataError as openDataset */
  static async open(path: string, options: PairTableOptions): Promise<PairTable> {
    const { cacheDir, mapping } = options;
    return new PairTable(await openDataFile(path, { options: { cacheDir, mapping } }), options);
  }

  get info(): DataFile {
    return this.#file.info;
  }

  /** The index and what is said of its rows; null until `prepare` has ended. */
  get ready(): { readonly index: SearchableIndex; readonly states: RowStates } | null {
    if (this.#index === null || this.#states === null) return null;
    return { index: this.#index, states: this.#states };
  }

  /** How many rows there are, or are known to be so far. */
  known(): { readonly rows: number; readonly part: number } {
    return this.#index === null ? this.#file.source.known() : { rows: this.#index.count, part: 1 };
  }

  /** Part of the rows whose ids and lengths are known, 0 to 1. */
  indexedPart(): number {
    if (this.#index !== null) return 1;
    const { rows, part } = this.#file.source.known();
    return part < 1 || rows === 0 ? 0 : this.#indexedRows / rows;
  }

  /**
   * Reads the index from the disk or builds it, once; `onProgress` after each batch.
   * @throws DataError where the file changed meanwhile
   */
  async prepare(onProgress: () => void): Promise<void> {
    const { path, bytes } = this.#file.info;
    const { cacheDir, mapping, keptFrom = 8 << 20 } = this.#options;
    const place = bytes < keptFrom ? null : await indexPath({ path, mapping, cacheDir });
    let index = place === null ? null : await readIndex(place);
    if (index === null) {
      index = await buildIndex(this.#file, {
        signal: this.#stop.signal,
        yieldTo: () => this.#letScroll(),
        onProgress: (rows) => {
          this.#indexedRows = rows;
          onProgress();
        },
      });
      if (place !== null) await writeIndex(place, index);
    }
    this.#index = { ...index, order: idOrder(index.ids, index.count) };
    this.#states = new RowStates(this.#index);
    if (this.#labels !== null) this.#states.setLabels(this.#labels);
  }

  /** What people said; holds from now on, also where the index is not ready yet. */
  setLabels(labels: TableLabels): void {
    this.#labels = labels;
    this.#states?.setLabels(labels);
  }

  /** What the newest model said; not before the index is ready, since it is not kept elsewhere. */
  setModel(model: TableModel | null): void {
    this.#states?.setModel(model);
  }

  /** Rows as a list shows them, in the order asked for; ordinals beyond the end are left out. */
  async rows(ordinals: ArrayLike<number>): Promise<readonly TableRow[]> {
    this.#askedAt = performance.now();
    const sorted = Array.from(ordinals).sort((a, b) => a - b);
    const read = new Map<number, TableRow>();
    for (let at = 0; at < sorted.length;) {
      let end = at + 1;
      while (end < sorted.length && sorted[end]! - sorted[end - 1]! <= nearRows) end++;
      const first = sorted[at]!;
      const rows = await this.#seek(first, sorted[end - 1]! - first + 1);
      for (; at < end; at++) {
        const row = rows[sorted[at]! - first];
        if (row === undefined) continue;
        const ordinal = sorted[at]!;
        read.set(ordinal, tableRow({ ordinal, row, reader: this.#file.reader }));
      }
    }
    return Array.from(ordinals).flatMap((ordinal) => read.get(ordinal) ?? []);
  }

  /** The whole of one pair; null for other rows. */
  async pair(ordinal: number): Promise<PreviewPair | null> {
    const [row] = await this.#seek(ordinal, 1);
    if (row === undefined) return null;
    const read = readTexts(this.#file.reader, row);
    if (read.kind !== "pair") return null;
    const { prompt, a, b, verdict } = read;
    return { line: row.line, prompt, a, b, preference: preferenceOf(verdict) };
  }

  /** A search over the whole file; its caller runs and stops it. */
  search(text: string): TextSearch {
    return new TextSearch(this.#file, text);
  }

  /** 1 for each row whose id is among these (16 bytes each). Needs the index. */
  setOf(ids: Uint8Array): Uint8Array {
    const set = new Uint8Array(this.#index?.count ?? 0);
    for (let at = 0; at < ids.length; at += rowIdBytes) {
      this.#index?.order.each(ids, at, (ordinal) => (set[ordinal] = 1));
    }
    return set;
  }

  async close(): Promise<void> {
    this.#stop.abort(new Error("The file was closed."));
    await this.#seeking.catch(() => undefined);
    await this.#file.source.close();
  }

  /** While somebody scrolls, the pass goes on at a third of its pace: it wants the processor that paints. */
  async #letScroll(): Promise<void> {
    if (performance.now() - this.#askedAt < scrollMs) await setTimeout(batchRestMs);
  }

  #seek(ordinal: number, count: number): ReturnType<OpenFile["source"]["rowsFrom"]> {
    const seek = this.#seeking
      .catch(() => undefined)
      .then(() => this.#file.source.rowsFrom(ordinal, count));
    this.#seeking = seek;
    return seek;
  }
}

/** Rows that were asked for so lately are asked for by somebody who scrolls. */
const scrollMs = 250;
/** Rest after a batch of some 10 ms. */
const batchRestMs = 20;

/** Rows this near are read in one seek: what lies between costs less than another one. */
const nearRows = 16;
