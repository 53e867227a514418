// A file of byte records (lines or CSV records) as a source, with an index that is built as far as it is used.
import type { FileHandle } from "node:fs/promises";
import { budgets, showBytes } from "../budgets.ts";
import { DataError } from "../dataError.ts";
import { isBlank, RecordIndex } from "./recordIndex.ts";
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

  private constructor(options: RecordFileOptions, stamp: string) {
    this.format = options.format;
    this.#options = options;
    this.#index = new RecordIndex(options.start);
    this.#stamp = stamp;
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
    await this.#indexUntil(line);
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

  async countRows(): Promise<number> {
    await this.#checkUnchanged();
    await this.#indexUntil(Infinity);
    return this.#index.rowCount ?? 0;
  }

  async close(): Promise<void> {
    await this.#options.handle.close();
  }

  /** Extends the index until it holds a record after the line, or all of the file. */
  async #indexUntil(line: number): Promise<void> {
    if (this.#index.rowCount !== null || this.#index.last.line > line) return;
    const follow = this.#index.follow(this.#index.last);
    const scan = this.#scan(this.#index.last, budgets.chunkBytes);
    while (await scan.step((record) => follow.see(record))) {
      if (this.#index.last.line > line) return;
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
    if ((await stampOf(this.#options.handle)) === this.#stamp) return;
    throw new DataError(
      `${this.#options.path}: expected the file as it was when it was opened, but it was changed since: open it again`,
    );
  }
}

async function stampOf(handle: FileHandle): Promise<string> {
  const { size, mtimeMs } = await handle.stat();
  return `${size} ${mtimeMs}`;
}
