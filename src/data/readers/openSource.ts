// From a path to a source: what kind of file it is, by its first bytes and its name, and the reader for that.
import { open, stat, type FileHandle } from "node:fs/promises";
import { DataError } from "../dataError.ts";
import { gunzipCopy } from "./gzip.ts";
import { openJson } from "./jsonFile.ts";
import { openJsonLines } from "./jsonLines.ts";
import { openParquet } from "./parquetFile.ts";
import type { OpenOptions, Source } from "./source.ts";
import { openTable } from "./table.ts";

export interface OpenedSource {
  readonly source: Source;
  /** Bytes of the file as it is. */
  readonly bytes: number;
}

interface OpenFile {
  /** As the user named it. */
  readonly path: string;
  /** The file itself, or its copy where it was packed. */
  readonly at: string;
  readonly handle: FileHandle;
  readonly bytes: number;
}

/** @throws DataError where the file is missing, unreadable, empty, packed wrongly or of no known kind */
export async function openSource(path: string, options: OpenOptions): Promise<OpenedSource> {
  const file = await openFile(path, path);
  try {
    const head = await firstBytes(file.handle);
    if (head.readUInt16BE() !== gzipMagic) {
      return { source: await sourceOf(file, options), bytes: file.bytes };
    }
    const copy = await gunzipCopy(path, { ...file, options });
    const unpacked = await openFile(path, copy);
    try {
      const source = await sourceOf(unpacked, options);
      await file.handle.close();
      return { source, bytes: file.bytes };
    } catch (error) {
      await unpacked.handle.close();
      throw error;
    }
  } catch (error) {
    await file.handle.close();
    throw error;
  }
}

const gzipMagic = 0x1f8b;
const kinds = ".jsonl, .ndjson, .json, .csv, .tsv or .parquet, each also with .gz";

async function sourceOf(file: OpenFile, options: OpenOptions): Promise<Source> {
  const { path, handle } = file;
  const head = await firstBytes(handle);
  if (head.toString("latin1", 0, 4) === "PAR1") return openParquet(file);
  const skip = byteOrderMark(path, head);
  const name = path.toLowerCase().replace(/\.gz$/, "");
  if (name.endsWith(".csv")) return openTable({ path, handle, format: "csv", skip });
  if (name.endsWith(".tsv")) return openTable({ path, handle, format: "tsv", skip });
  // Some tools name a list of rows .jsonl.
  if (head[skip] === 0x5b && /\.(?:jsonl|ndjson)$/.test(name)) {
    return openJson({ ...file, skip }, options);
  }
  if (name.endsWith(".jsonl") || name.endsWith(".ndjson")) {
    return openJsonLines({ path, handle, format: "jsonl", skip });
  }
  if (name.endsWith(".json")) return openJson({ ...file, skip }, options);
  if (name.endsWith(".parquet")) {
    throw new DataError(
      `${path}: expected a Parquet file, got one that does not start with PAR1: was it cut off, or is it a pointer to the real file?`,
    );
  }
  throw new DataError(
    `${path}: expected a name that ends in ${kinds}: rename the file to what it holds.`,
  );
}

/** @throws DataError for UTF-16 and UTF-32, which no row would survive */
function byteOrderMark(path: string, head: Buffer): number {
  if (head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf) return 3;
  const utf16 =
    (head[0] === 0xff && head[1] === 0xfe) ||
    (head[0] === 0xfe && head[1] === 0xff) ||
    // Without a mark: a first character of ASCII with a zero byte beside it.
    (head[0] === 0 && head[1] !== 0) ||
    (head[0] !== 0 && head[1] === 0 && head[2] !== 0 && head[3] === 0);
  if (!utf16) return 0;
  throw new DataError(
    `${path}: expected UTF-8, got UTF-16 on line 1: save the file again as UTF-8 (in an editor, or iconv -f UTF-16 -t UTF-8).`,
  );
}

/** The first four bytes, zeros (which no kind starts with) beyond the end. */
async function firstBytes(handle: FileHandle): Promise<Buffer> {
  const { buffer } = await handle.read(Buffer.alloc(4), 0, 4, 0);
  return buffer;
}

async function openFile(path: string, at: string): Promise<OpenFile> {
  try {
    const info = await stat(at);
    if (!info.isFile()) {
      const got = info.isDirectory() ? "a folder: name the files in it" : "none: name one";
      throw new DataError(`${path}: expected a data file (${kinds}), got ${got}.`);
    }
    if (info.size === 0) {
      throw new DataError(
        `${path}: expected preference pairs, got an empty file: check how it was written.`,
      );
    }
    return { path, at, bytes: info.size, handle: await open(at, "r") };
  } catch (error) {
    if (error instanceof DataError) throw error;
    throw new DataError(unreadable(path, error), { cause: error });
  }
}

function unreadable(path: string, error: unknown): string {
  const code = error instanceof Error && "code" in error ? error.code : null;
  if (code === "ENOENT" || code === "ENOTDIR") {
    return `${path}: expected a data file, found none there: check the path.`;
  }
  if (code === "EACCES" || code === "EPERM") {
    return `${path}: expected a file that can be read, got no permission to: check its rights.`;
  }
  return `${path}: expected a file that can be read, got ${error instanceof Error ? error.message : String(error)}.`;
}
