// Parquet files, a row group at a time: snappy, zstd, gzip, brotli, LZ4 or nothing.
import { isUtf8 } from "node:buffer";
import type { FileHandle } from "node:fs/promises";
import {
  parquetMetadataAsync,
  parquetRead,
  parquetSchema,
  type AsyncBuffer,
  type FileMetaData,
} from "hyparquet";
import { budgets, showBytes } from "../budgets.ts";
import { DataError } from "../dataError.ts";
import { InvalidParquet } from "./invalidParquet.ts";
import { checkPages, compressors } from "./parquetPages.ts";
import type { Source, SourceRow } from "./source.ts";

interface ParquetFile {
  /** As the user named it. */
  readonly path: string;
  readonly handle: FileHandle;
  readonly bytes: number;
}

/** Opens a Parquet file. @throws DataError where its description can't be read or claims more than the budgets */
export async function openParquet({ path, handle, bytes }: ParquetFile): Promise<Source> {
  const file = asyncBuffer(handle, bytes);
  const metadata = await wrapped(path, () => readMetadata(file));
  return new ParquetSource({ path, handle, file, metadata });
}

/** A row group, decoded: its top-level columns. */
interface Group {
  readonly index: number;
  readonly start: number;
  readonly columns: ReadonlyMap<string, readonly unknown[]>;
}

/** Rows given at a time, so that a large group is not held twice, as columns and as rows. */
const batchRows = 1000;
/** A group that is kept for the next seek. */
const keptGroupBytes = 256 * 1024 * 1024;

class ParquetSource implements Source {
  readonly format = "parquet";
  readonly #path: string;
  readonly #handle: FileHandle;
  readonly #file: AsyncBuffer;
  readonly #metadata: FileMetaData;
  /** The group that was sought in last. */
  #kept: Group | null = null;

  constructor(options: {
    path: string;
    handle: FileHandle;
    file: AsyncBuffer;
    metadata: FileMetaData;
  }) {
    this.#path = options.path;
    this.#handle = options.handle;
    this.#file = options.file;
    this.#metadata = options.metadata;
  }

  async *rows(): AsyncGenerator<readonly SourceRow[]> {
    for (const [index, { num_rows: count }] of this.#metadata.row_groups.entries()) {
      const group = await this.#group(index);
      for (let from = 0; from < Number(count); from += batchRows) {
        const length = Math.min(batchRows, Number(count) - from);
        yield Array.from({ length }, (_, i) => rowOf(group, from + i));
      }
    }
  }

  async rowAt(line: number): Promise<SourceRow> {
    const [row] = await this.rowsFrom(line - 1, 1);
    if (row !== undefined) return row;
    return { line, reason: `expected a row from 1 to ${this.known().rows}, got ${line}` };
  }

  async rowsFrom(ordinal: number, count: number): Promise<readonly SourceRow[]> {
    const found: SourceRow[] = [];
    let start = 0;
    for (const [index, { num_rows: rows }] of this.#metadata.row_groups.entries()) {
      const from = Math.max(ordinal, start);
      const to = Math.min(ordinal + count, start + Number(rows));
      if (ordinal >= 0 && from < to) {
        const group = await this.#keptGroup(index);
        for (let row = from; row < to; row++) found.push(rowOf(group, row - start));
      }
      start += Number(rows);
    }
    return found;
  }

  known(): { readonly rows: number; readonly part: number } {
    return { rows: Number(this.#metadata.num_rows), part: 1 };
  }

  countRows(): Promise<number> {
    return Promise.resolve(Number(this.#metadata.num_rows));
  }

  async close(): Promise<void> {
    this.#kept = null;
    await this.#handle.close();
  }

  /** A group, from the last time where that was the same one. */
  async #keptGroup(index: number): Promise<Group> {
    if (this.#kept?.index === index) return this.#kept;
    // Before the next one is read, so that two are never held.
    this.#kept = null;
    const group = await this.#group(index);
    const bytes = Number(this.#metadata.row_groups[index]!.total_byte_size);
    this.#kept = bytes <= keptGroupBytes ? group : null;
    return group;
  }

  async #group(index: number): Promise<Group> {
    const groups = this.#metadata.row_groups;
    const start = groups.slice(0, index).reduce((sum, group) => sum + Number(group.num_rows), 0);
    return wrapped(this.#path, async () => {
      await checkPages(this.#file, { metadata: this.#metadata, index });
      const columns = new Map<string, unknown[]>();
      await parquetRead({
        file: this.#file,
        metadata: this.#metadata,
        compressors,
        parsers: { stringFromBytes: textOf },
        rowStart: start,
        rowEnd: start + Number(groups[index]!.num_rows),
        onChunk: ({ columnName, columnData, rowStart }) => {
          const column = columns.get(columnName) ?? [];
          columns.set(columnName, column);
          for (let i = 0; i < columnData.length; i++) column[rowStart - start + i] = columnData[i];
        },
      });
      const rows = Number(groups[index]!.num_rows);
      for (const [name, { length }] of columns) {
        if (length === rows) continue;
        throw new InvalidParquet(`${rows} rows in column ${JSON.stringify(name)}`, String(length));
      }
      return { index, start, columns };
    });
  }
}

function rowOf({ columns, start }: Group, i: number): SourceRow {
  // Without a prototype, so that a column `__proto__` is one like any other.
  const values = Object.create(null) as Record<string, unknown>;
  for (const [name, column] of columns) values[name] = column[i];
  return { line: start + i + 1, row: { values, cells: true } };
}

async function readMetadata(file: AsyncBuffer): Promise<FileMetaData> {
  const footer = new DataView(await file.slice(Math.max(0, file.byteLength - 8), file.byteLength));
  const size = footer.byteLength < 8 ? 0 : footer.getUint32(0, true);
  if (size > budgets.parquetFooterBytes) {
    throw new InvalidParquet(
      `a description of at most ${showBytes(budgets.parquetFooterBytes)}`,
      showBytes(size),
    );
  }
  const metadata = await parquetMetadataAsync(file);
  const rows = metadata.row_groups.map((group) => Number(group.num_rows));
  const width = parquetSchema(metadata).children.length;
  if (width > budgets.columns) {
    throw new InvalidParquet(`at most ${budgets.columns} columns`, String(width));
  }
  const total = rows.reduce((sum, count) => sum + count, 0);
  if (total > budgets.parquetRows) {
    throw new InvalidParquet(`at most ${budgets.parquetRows} rows`, String(total));
  }
  if (Number(metadata.num_rows) !== total || rows.some((count) => count < 0)) {
    throw new InvalidParquet(`${metadata.num_rows} rows in its groups`, String(total));
  }
  return metadata;
}

/** What hyparquet throws, and what it throws by mistake on damaged files, as one message about the file. */
async function wrapped<T>(path: string, read: () => Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (error) {
    const [expected, got] =
      error instanceof InvalidParquet
        ? [error.expected, error.got]
        : ["a whole Parquet file", error instanceof Error ? error.message : String(error)];
    throw new DataError(
      `${path}: expected ${expected}, got ${got}. Write it again, in row groups of 10,000 rows (in pandas: to_parquet(..., row_group_size=10_000)).`,
      { cause: error },
    );
  }
}

/** Text of a column; bytes that are not UTF-8 stay bytes, which no form takes for text. */
function textOf(bytes: Uint8Array): unknown {
  return isUtf8(bytes)
    ? Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString()
    : bytes;
}

function asyncBuffer(handle: FileHandle, byteLength: number): AsyncBuffer {
  return {
    byteLength,
    slice: async (start, end = byteLength) => {
      const length = Math.max(0, Math.min(end, byteLength) - start);
      if (length > budgets.parquetGroupBytes) {
        throw new InvalidParquet(
          `at most ${showBytes(budgets.parquetGroupBytes)} in one part`,
          showBytes(length),
        );
      }
      const bytes = new Uint8Array(length);
      let done = 0;
      while (done < length) {
        const { bytesRead } = await handle.read(bytes, done, length - done, start + done);
        if (bytesRead === 0)
          throw new InvalidParquet(`${length} bytes at ${start}`, "the end of the file");
        done += bytesRead;
      }
      return bytes.buffer;
    },
  };
}
