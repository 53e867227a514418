// JSONL and NDJSON: one JSON object per line.
import { isUtf8 } from "node:buffer";
import type { FileHandle } from "node:fs/promises";
import { describeValue } from "../dataError.ts";
import { LineSplitter } from "./lineSplitter.ts";
import { RecordFile } from "./recordFile.ts";
import type { RecordBytes } from "./recordScan.ts";
import type { Source, SourceRow } from "./source.ts";

/** What an unpacked copy holds in place of a row that could not be taken out: this, then the reason. */
export const badLineMark = "#bad ";

/** Opens a file of lines, or the unpacked copy of one (then in the format of the original). */
export function openJsonLines(options: {
  path: string;
  handle: FileHandle;
  format: Source["format"];
  /** Bytes of a byte order mark. */
  skip: number;
}): Promise<Source> {
  return RecordFile.open({
    path: options.path,
    handle: options.handle,
    format: options.format,
    start: { offset: options.skip, line: 1 },
    newSplitter: () => new LineSplitter(),
    parse: parseLine,
  });
}

function parseLine(record: RecordBytes): SourceRow {
  const bytes = record.chunk.subarray(record.from, record.to);
  const { line } = record;
  if (!isUtf8(bytes)) return { line, reason: `expected UTF-8, got other bytes${cutOff(record)}` };
  const text = bytes.toString();
  if (text.startsWith(badLineMark)) return { line, reason: text.slice(badLineMark.length).trim() };
  let values: unknown;
  try {
    values = JSON.parse(text);
  } catch (error) {
    return { line, reason: reasonOf(error, record) };
  }
  if (typeof values !== "object" || values === null || Array.isArray(values)) {
    return { line, reason: `expected a JSON object, got ${describeValue(values)}` };
  }
  return { line, row: { values, cells: false } };
}

function reasonOf(error: unknown, record: RecordBytes): string {
  if (record.chunk.subarray(record.from, record.to).includes(0)) {
    return "expected a JSON object, got NUL bytes, as after a power cut";
  }
  // V8 repeats the text around the place; the first clause says what is wrong.
  const message = error instanceof Error ? error.message.split(", ...")[0]!.split(/\n/)[0]! : "";
  return `expected a JSON object, got other text (${message})${cutOff(record)}`;
}

function cutOff(record: RecordBytes): string {
  return record.ended ? "" : "; the file ends in the middle of this line";
}
