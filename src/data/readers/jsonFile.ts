// JSON files: a list of rows, an object that holds one, or (as many tools name it) JSON Lines. A list is
// unpacked into lines once, since no row of it can be found without reading all that stands before it.
import { createReadStream } from "node:fs";
import { open, readFile, type FileHandle } from "node:fs/promises";
import { budgets } from "../budgets.ts";
import { DataError } from "../dataError.ts";
import { openJsonLines } from "./jsonLines.ts";
import { JsonListSplitter } from "./jsonListSplitter.ts";
import { LineSplitter } from "./lineSplitter.ts";
import { isBlank } from "./recordIndex.ts";
import { RecordScan } from "./recordScan.ts";
import type { OpenOptions, Source } from "./source.ts";
import { unpackedCopy } from "./unpackCache.ts";

interface JsonFile {
  readonly path: string;
  /** The file itself, or its copy where it was packed. */
  readonly at: string;
  readonly handle: FileHandle;
  readonly bytes: number;
  /** Bytes of a byte order mark. */
  readonly skip: number;
}

/** @throws DataError where the file holds neither rows nor a list of them */
export async function openJson(file: JsonFile, options: OpenOptions): Promise<Source> {
  const { path, handle, skip } = file;
  if (await isJsonLines(file)) {
    return openJsonLines({ path, handle, format: "jsonl", skip });
  }
  const copy = await unpackedCopy({
    path: file.at,
    cacheDir: options.cacheDir,
    kind: "json",
    estimate: file.bytes,
    note: options.note,
    unpack: (write) => unpackList(file, write),
  });
  const copyHandle = await open(copy, "r");
  await handle.close();
  return openJsonLines({ path, handle: copyHandle, format: "json", skip: 0 });
}

/** Whether the first line is an object by itself and another one follows. */
async function isJsonLines({ handle, skip }: JsonFile): Promise<boolean> {
  const scan = new RecordScan(handle, new LineSplitter(), {
    start: { offset: skip, line: 1 },
    chunkBytes: budgets.chunkBytes,
  });
  const lines: string[] = [];
  let more = true;
  while (more && lines.length < 2) {
    more = await scan.step((record) => {
      if (lines.length < 2 && !isBlank(record)) {
        lines.push(record.chunk.toString("utf8", record.from, record.to));
      }
    });
  }
  return lines.length === 2 && isObject(lines[0]!) && lines[1]!.trimStart().startsWith("{");
}

function isObject(text: string): boolean {
  try {
    const value = JSON.parse(text) as unknown;
    return typeof value === "object" && value !== null && !Array.isArray(value);
  } catch {
    return false;
  }
}

async function unpackList(file: JsonFile, write: (bytes: Buffer) => Promise<void>): Promise<void> {
  let lines: Buffer[] = [];
  const splitter = new JsonListSplitter((line) => lines.push(line, newline));
  for await (const chunk of createReadStream(file.at, {
    start: file.skip,
    highWaterMark: budgets.chunkBytes,
  }) as AsyncIterable<Buffer>) {
    splitter.feed(chunk);
    if (lines.length > 0) await write(Buffer.concat(lines));
    lines = [];
    if (splitter.state === "other" || splitter.state === "after") break;
  }
  splitter.end();
  if (splitter.count === 0) lines = [await singleRow(file), newline];
  if (lines.length > 0) await write(Buffer.concat(lines));
}

/** A file that is one object is one row. */
async function singleRow(file: JsonFile): Promise<Buffer> {
  if (file.bytes <= budgets.rowBytes) {
    const text = (await readFile(file.at)).subarray(file.skip).toString();
    if (isObject(text)) return Buffer.from(JSON.stringify(JSON.parse(text)));
  }
  throw new DataError(
    `${file.path}: expected a JSON list of rows, or an object that holds one, got neither: write [{...}, {...}], or one object per line in a .jsonl file.`,
  );
}

const newline = Buffer.from("\n");
