// The real files beside the checkout: every row is a pair, at streaming and at seeking.
import { existsSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openDataset } from "../../src/data/dataset.ts";
import type { DataRow } from "../../src/data/rows.ts";
import { dataFolder, readFile, type DataFolder } from "../support/dataFiles.ts";

const shared = join(import.meta.dirname, "../../../shared/data");
const isThere = existsSync(shared);
if (!isThere) console.log(`skipped: the real pairs are not at ${shared}`);

let folder: DataFolder;
beforeAll(async () => {
  folder = await dataFolder();
});
afterAll(() => folder.remove());

test.skipIf(!isThere).each([
  ["hh_harmless_single_turn.jsonl", 11_787, "TRL with messages and text mixed"],
  ["hh_harmless_base_test.jsonl", 2303, "TRL with messages and text mixed"],
  ["tldr_comparisons_val10k.jsonl", 10_000, "TRL standard"],
  ["llmbar.jsonl", 419, "TRL standard"],
])("%s holds %i pairs", async (name, count, form) => {
  const read = await readFile(join(shared, name), { cacheDir: folder.cacheDir });
  expect({ form: read.form, pairs: read.pairs.length, bad: read.bad }).toEqual({
    form,
    pairs: count,
    bad: [],
  });
  expect(new Set(read.pairs.map((row) => row.rowId)).size).toBe(count);
  expect(read.pairs.every((row) => row.gold === (row.swapped ? "second" : "first"))).toBe(true);
  expect(read.notes).toEqual([`${join(shared, name)}: read as ${form} (jsonl).`]);
  const dataset = await openDataset([join(shared, name)], { cacheDir: folder.cacheDir });
  for (let i = 0; i < 50; i++) {
    const row: DataRow = read.rows[(i * 7919) % count]!;
    expect(await dataset.rowAt(row)).toEqual(row);
  }
  await dataset.close();
});
