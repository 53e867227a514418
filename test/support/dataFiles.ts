// Data files for tests, in a temporary folder: written, opened and read in one call.
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openDataset } from "../../src/data/dataset.ts";
import type { FieldMapping } from "../../src/core/fieldMapping.ts";
import type { BadRow, DataRow, PairRow, ResponseRow } from "../../src/data/rows.ts";

export interface ReadFile {
  readonly form: string;
  readonly format: string;
  readonly rows: readonly DataRow[];
  readonly pairs: readonly PairRow[];
  readonly responses: readonly ResponseRow[];
  readonly bad: readonly BadRow[];
  readonly notes: readonly string[];
}

export interface DataFolder {
  readonly path: string;
  readonly cacheDir: string;
  file(name: string): string;
  write(name: string, content: string | Uint8Array): Promise<string>;
  /** Writes a file, opens it and reads all of it. */
  read(name: string, content: string | Uint8Array, mapping?: FieldMapping): Promise<ReadFile>;
  remove(): Promise<void>;
}

export async function dataFolder(): Promise<DataFolder> {
  const path = await mkdtemp(join(tmpdir(), "ssrm-data-"));
  const cacheDir = join(path, "cache");
  const file = (name: string) => join(path, name);
  const write = async (name: string, content: string | Uint8Array) => {
    await writeFile(file(name), content);
    return file(name);
  };
  return {
    path,
    cacheDir,
    file,
    write,
    read: async (name, content, mapping) =>
      readFile(await write(name, content), { cacheDir, mapping: mapping ?? null }),
    remove: () => rm(path, { recursive: true, force: true }),
  };
}

/** Opens a file and reads all of it. */
export async function readFile(
  path: string,
  options: { cacheDir: string; mapping?: FieldMapping | null },
): Promise<ReadFile> {
  const notes: string[] = [];
  const dataset = await openDataset([path], { ...options, note: (text) => notes.push(text) });
  try {
    const rows: DataRow[] = [];
    for await (const row of dataset.rows()) rows.push(row);
    const { form, format } = dataset.files[0]!;
    return {
      form,
      format,
      rows,
      notes,
      pairs: rows.filter((row) => row.kind === "pair"),
      responses: rows.filter((row) => row.kind === "response"),
      bad: rows.filter((row) => row.kind === "bad"),
    };
  } finally {
    await dataset.close();
  }
}

/** Objects as JSON Lines. */
export function jsonLines(rows: readonly unknown[]): string {
  return rows.map((row) => `${JSON.stringify(row)}\n`).join("");
}

/** Rows of values as CSV or TSV, every field in quotes; what is not text stands as JSON. */
export function table(
  rows: readonly Readonly<Record<string, unknown>>[],
  delimiter: string,
): string {
  const columns = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  const cell = (value: unknown) => {
    if (value === null || value === undefined) return "";
    const text = typeof value === "string" ? value : JSON.stringify(value);
    return `"${text.replaceAll('"', '""')}"`;
  };
  const lines = [columns, ...rows.map((row) => columns.map((column) => row[column]))];
  return lines.map((line) => `${line.map(cell).join(delimiter)}\r\n`).join("");
}
