// CSV and TSV files: a header, then one record per row; every value is text.
import { isUtf8 } from "node:buffer";
import type { FileHandle } from "node:fs/promises";
import { budgets } from "../budgets.ts";
import { csvFields } from "./csvFields.ts";
import { CsvSplitter } from "./csvSplitter.ts";
import { DataError, RowError } from "../dataError.ts";
import { RecordFile } from "./recordFile.ts";
import { isBlank } from "./recordIndex.ts";
import { RecordScan, type RecordBytes, type Start } from "./recordScan.ts";
import type { Source, SourceRow } from "./source.ts";

/** @throws DataError where the header can't be read or names a column twice */
export async function openTable(options: {
  path: string;
  handle: FileHandle;
  format: "csv" | "tsv";
  /** Bytes of a byte order mark. */
  skip: number;
}): Promise<Source> {
  const { path, handle, format } = options;
  const { header, delimiter, start } = await readHeader(options);
  return RecordFile.open({
    path,
    handle,
    format,
    start,
    newSplitter: () => new CsvSplitter(delimiter),
    parse: (record) => parseRecord(record, { header, delimiter }),
  });
}

async function readHeader(options: {
  path: string;
  handle: FileHandle;
  format: "csv" | "tsv";
  skip: number;
}): Promise<{ header: readonly string[]; delimiter: string; start: Start }> {
  const { path, handle, format, skip } = options;
  const first = await firstRecord(handle, { skip, delimiter: format === "tsv" ? "\t" : "," });
  if (first === null) {
    throw new DataError(`${path}: expected a header and rows, got only empty lines.`);
  }
  const delimiter = format === "tsv" ? "\t" : delimiterOf(first.text);
  let header: readonly string[];
  try {
    header = csvFields(first.text, delimiter);
  } catch (error) {
    if (!(error instanceof RowError)) throw error;
    throw new DataError(`${path}: in the header: ${error.message}: correct its first line.`);
  }
  const twice = header.find((name, i) => header.indexOf(name) !== i);
  if (header.length > budgets.columns || twice !== undefined) {
    const got = twice === undefined ? `${header.length} columns` : `${JSON.stringify(twice)} twice`;
    throw new DataError(
      `${path}: expected a header of at most ${budgets.columns} different columns, got ${got}: rename or drop some.`,
    );
  }
  return { header, delimiter, start: first.next };
}

async function firstRecord(
  handle: FileHandle,
  { skip, delimiter }: { skip: number; delimiter: string },
): Promise<{ text: string; next: Start } | null> {
  const scan = new RecordScan(handle, new CsvSplitter(delimiter), {
    start: { offset: skip, line: 1 },
    chunkBytes: headerBytes,
  });
  const found: { text: string; next: Start }[] = [];
  let more = true;
  while (more && found.length === 0) {
    more = await scan.step((record) => {
      if (found.length > 0 || isBlank(record)) return;
      const text = record.chunk.toString("utf8", record.from, record.to);
      const lines = (text.match(/\n/g) ?? []).length;
      const next = { offset: record.offset + record.size, line: record.line + lines };
      found.push({ text, next });
    });
  }
  return found[0] ?? null;
}

const headerBytes = 64 * 1024;

/** RFC 4180 says comma; spreadsheets of half the world write semicolons. */
function delimiterOf(header: string): string {
  if (header.includes(",")) return ",";
  if (header.includes(";")) return ";";
  return header.includes("\t") ? "\t" : ",";
}

function parseRecord(
  record: RecordBytes,
  { header, delimiter }: { header: readonly string[]; delimiter: string },
): SourceRow {
  const { line } = record;
  const bytes = record.chunk.subarray(record.from, record.to);
  if (!isUtf8(bytes)) return { line, reason: "expected UTF-8, got other bytes" };
  if (bytes.includes(0))
    return { line, reason: "expected text, got NUL bytes, as after a power cut" };
  try {
    const fields = csvFields(bytes.toString(), delimiter);
    if (fields.length !== header.length) {
      const cut = record.ended ? "" : "; the file ends in this row";
      return { line, reason: `expected ${header.length} fields, got ${fields.length}${cut}` };
    }
    // Without a prototype, so that a column `__proto__` is one like any other.
    const values = Object.create(null) as Record<string, unknown>;
    for (const [i, name] of header.entries()) values[name] = fields[i];
    return { line, row: { values, cells: true } };
  } catch (error) {
    if (error instanceof RowError) return { line, reason: error.message };
    throw error;
  }
}
