// Opens DATA as the command has it: the mapping of this folder's project, notes on stderr, bad rows counted.
import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import { openDataset } from "../data/dataset.ts";
import { faultCode } from "../data/fileFault.ts";
import { parseProjectFile, projectFileName } from "../data/projectFile.ts";
import type { BadRow, DataRow, Dataset } from "../data/rows.ts";
import { absolute, cacheFolder } from "./places.ts";
import { tell } from "./terminal.ts";
import { UsageError } from "../data/usageError.ts";

/** @throws UsageError where no data file was named */
export function expectData(operands: readonly string[]): string[] {
  if (operands.length > 0) return absolute(operands);
  throw new UsageError("expected DATA, one or more files with pairs, got none");
}

/**
 * The mapping of .ssrm/project.json in this folder, for files that the project lists; null for others, which
 * are recognised by their columns.
 * @throws Error where project.json is wrong
 */
export async function projectMapping(
  paths: readonly string[],
): Promise<Readonly<Record<string, string>> | null> {
  const file = resolve(projectFileName);
  let text: string;
  try {
    text = await readFile(file, "utf8");
  } catch (error) {
    if (faultCode(error) === "ENOENT" || faultCode(error) === "ENOTDIR") return null;
    throw error;
  }
  const project = parseProjectFile(text);
  if (project.mapping === undefined) return null;
  const lists = [project.data, project.labeled, project.gold, project.test];
  const listed = new Set(lists.flatMap((list) => absolute(list ?? [])));
  if (!paths.some((path) => listed.has(path))) return null;
  const mapping = Object.entries(project.mapping).filter(([, column]) => column !== undefined);
  tell(`Columns are mapped as in ${file}.`);
  return Object.fromEntries(mapping) as Record<string, string>;
}

/** Opens the files. @throws DataError as openDataset does */
export async function openData(paths: readonly string[]): Promise<Dataset> {
  return openDataset(paths, {
    cacheDir: cacheFolder(),
    mapping: await projectMapping(paths),
    note: tell,
  });
}

/** Rows without the bad ones, which are named on stderr, the first few of each file, and counted. */
export async function* goodRows(dataset: Dataset): AsyncGenerator<Exclude<DataRow, BadRow>, void> {
  const bad = dataset.files.map(() => 0);
  for await (const row of dataset.rows()) {
    if (row.kind !== "bad") {
      yield row;
      continue;
    }
    bad[row.file] = bad[row.file]! + 1;
    if (bad[row.file]! <= shownBadRows) {
      tell(`${dataset.files[row.file]!.path}: line ${row.line} is skipped: ${row.reason}`);
    }
  }
  for (const [i, count] of bad.entries()) {
    if (count > 0)
      tell(`${dataset.files[i]!.path}: ${count} ${count === 1 ? "row was" : "rows were"} skipped.`);
  }
}

/** More of one file are the same fault again and again. */
const shownBadRows = 5;
