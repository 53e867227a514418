// A file of byte records (lines or CSV records) as a source, with an index that is built as far as it is used.
import type { FileHandle } from "node:fs/promises";
import { budgets, showBytes } from "../budgets.ts";
import { DataError } from "../dataError.ts";
import { isBlank, RecordIndex, type IndexEntry } from "./recordIndex.ts";
import { RecordScan, type RecordBytes, type Splitter, type Start } from "./recordScan.ts";
import type { Source, SourceRow } from "./source.ts";

export interface RecordFileOptions {
  /** As shown to the user. */
  readonly path: string;
  readonly handle: FileHandle;
  readonly format: Source["format"];
  /** Where the first row starts: after a byte order mark and a header. */
  readonly start: Start;
  readonly newSplitter: () => Splitter;
  /** Reads a record that is neither blank nor over the budget. */
  readonly parse: (record: RecordBytes) => SourceRow;
}

/** A seek reads at most indexStride rows; most of these fit in one read of this size. */
const seekBytes = 128 * 1024;

export class RecordFile implements Source {
  readonly format: Source["format"];
  readonly #options: RecordFileOptions;
  readonly #index: RecordIndex;
  readonly #stamp: string;
  readonly #bytes: number;

  private constructor(options: RecordFileOptions, { stamp, size }: FileStamp) {
    this.format = options.format;
    this.#options = options;
    this.#index = new RecordIndex(options.start);
    this.#stamp = stamp;
    this.#bytes = size;
  }

  static async open(options: RecordFileOptions): Promise<RecordFile> {
    return new RecordFile(options, await stampOf(options.handle));
  }

  async *rows(): AsyncGenerator<readonly SourceRow[]> {
    await this.#checkUnchanged();
    const scan = this.#scan(this.#options.start, budgets.chunkBytes);
    const follow = this.#index.follow(this.#index.before(0));
    let more = true;
    while (more) {
      const batch: SourceRow[] = [];
      more = await scan.step((record) => {
        follow.see(record);
        if (!isBlank(record)) batch.push(this.#read(record));
      });
      if (batch.length > 0) yield batch;
    }
    follow.end();
  }

  async rowAt(line: number): Promise<SourceRow> {
    await this.#checkUnchanged();
    await this.#indexUntil((last) => last.line > line);
    const scan = this.#scan(this.#index.before(line), seekBytes);
    const found: SourceRow[] = [];
    let more = true;
    while (more && found.length === 0 && scan.next.line <= line) {
      more = await scan.step((record) => {
        if (record.line === line && !isBlank(record)) found.push(this.#read(record));
      });
    }
    return found[0] ?? { line, reason: `expected a row that starts on line ${line}, found none` };
  }

  async rowsFrom(ordinal: number, count: number): Promise<readonly SourceRow[]> {
    await this.#checkUnchanged();
    await this.#indexUntil(({ rows }) => rows > ordinal);
    const entry = this.#index.beforeRow(ordinal);
    const scan = this.#scan(entry, seekBytes);
    const found: SourceRow[] = [];
    let at = entry.rows;
    let more = true;
    while (more && found.length < count) {
      more = await scan.step((record) => {
        if (found.length === count || isBlank(record)) return;
        if (at++ >= ordinal) found.push(this.#read(record));
      });
    }
    return found;
  }

  known(): { readonly rows: number; readonly part: number } {
    const { rowCount, last } = this.#index;
    if (rowCount !== null) return { rows: rowCount, part: 1 };
    return { rows: last.rows, part: Math.min(last.offset / this.#bytes, 1) };
  }

  async countRows(): Promise<number> {
    await this.#checkUnchanged();
    await this.#indexUntil(() => false);
    return this.#index.rowCount ?? 0;
  }

  async close(): Promise<void> {
    await this.#options.handle.close();
  }

  /** Extends the index until its last entry is far enough, or it holds all of the file. */
  async #indexUntil(isFarEnough: (last: IndexEntry) => boolean): Promise<void> {
    if (this.#index.rowCount !== null || isFarEnough(this.#index.last)) return;
    const follow = this.#index.follow(this.#index.last);
    const scan = this.#scan(this.#index.last, budgets.chunkBytes);
    while (await scan.step((record) => follow.see(record))) {
      if (isFarEnough(this.#index.last)) return;
    }
    follow.end();
  }

  #read(record: RecordBytes): SourceRow {
    if (record.size > budgets.rowBytes) {
      const reason = `expected at most ${showBytes(budgets.rowBytes)} in one row, got ${showBytes(record.size)}`;
      return { line: record.line, reason };
    }
    return this.#options.parse(record);
  }

  #scan(start: Start, chunkBytes: number): RecordScan {
    const { handle, newSplitter } = this.#options;
    return new RecordScan(handle, newSplitter(), {
      start: { offset: start.offset, line: start.line },
      chunkBytes,
    });
  }

  /** @throws DataError where the file was written to since it was opened: the index would point astray */
  async #checkUnchanged(): Promise<void> {
    if ((await stampOf(this.#options.handle)).stamp === this.#stamp) return;
    throw new DataError(
      `${this.#options.path}: expected the file as it was when it was opened, but it was changed since: open it again`,
    );
  }
}

interface FileStamp {
  readonly stamp: string;
  readonly size: number;
}

async function stampOf(handle: FileHandle): Promise<FileStamp> {
  const { size, mtimeMs } = await handle.stat();
  return { stamp: `${size} ${mtimeMs}`, size };
}
