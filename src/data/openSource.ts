// From a path to a source: what kind of file it is, by its first bytes and its name, and the reader for that.
import { open, stat, type FileHandle } from "node:fs/promises";
import { DataError } from "./dataError.ts";
import { openJsonLines } from "./jsonLines.ts";
import type { Source } from "./source.ts";

export interface OpenOptions {
  /** Folder for unpacked copies. */
  readonly cacheDir: string;
  /** Takes a line for the user, such as the size of a copy before it is made. */
  readonly note: (text: string) => void;
}

export interface OpenedSource {
  readonly source: Source;
  /** Bytes of the file as it is. */
  readonly bytes: number;
}

/** @throws DataError where the file is missing, unreadable, empty or of no known kind */
export async function openSource(path: string, options: OpenOptions): Promise<OpenedSource> {
  const { bytes, handle } = await openFile(path);
  try {
    return { source: await sourceOf(path, handle, options), bytes };
  } catch (error) {
    await handle.close();
    throw error;
  }
}

const extensions = ".jsonl, .ndjson, .json, .csv, .tsv or .parquet, each also with .gz";

async function sourceOf(path: string, handle: FileHandle, options: OpenOptions): Promise<Source> {
  void options;
  const skip = 0;
  return openJsonLines({ path, handle, format: "jsonl", skip, cells: false });
}

async function openFile(path: string): Promise<{ bytes: number; handle: FileHandle }> {
  try {
    const info = await stat(path);
    if (!info.isFile()) {
      throw new DataError(
        `${path}: expected a data file (${extensions}), got ${info.isDirectory() ? "a folder: name the files in it" : "something else"}.`,
      );
    }
    if (info.size === 0) {
      throw new DataError(
        `${path}: expected preference pairs, got an empty file: check how it was written.`,
      );
    }
    return { bytes: info.size, handle: await open(path, "r") };
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
