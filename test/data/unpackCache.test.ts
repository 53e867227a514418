// Unpacked copies: made once per version of a file, the size said first, nothing left half done.
import { readdir, utimes, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterAll, beforeEach, expect, test } from "vitest";
import { openDataset } from "../../src/data/dataset.ts";
import { dataFolder, jsonLines, readFile, type DataFolder } from "../support/dataFiles.ts";

const folders: DataFolder[] = [];
let folder: DataFolder;
beforeEach(async () => {
  folder = await dataFolder();
  folders.push(folder);
});
afterAll(() => Promise.all(folders.map((each) => each.remove())));

const rows = [1, 2, 3].map((i) => ({ prompt: `p${i}`, chosen: "c", rejected: "r" }));

test("a packed file is unpacked once, its size said before; a changed one again", async () => {
  const first = await folder.read("a.jsonl.gz", gzipSync(jsonLines(rows)));
  expect(first.notes[0]).toMatch(
    /a\.jsonl\.gz: unpacking \d+ bytes to about 1\d\d bytes in .*cache, once\.$/,
  );
  const again = await readFile(folder.file("a.jsonl.gz"), { cacheDir: folder.cacheDir });
  expect(again.notes).toHaveLength(1);
  expect(again.pairs).toEqual(first.pairs);
  const changed = await folder.read("a.jsonl.gz", gzipSync(jsonLines(rows.slice(1))));
  expect(changed.pairs).toHaveLength(2);
  expect(await readdir(folder.cacheDir)).toHaveLength(2);
});

test("a row of a list is found by its number, also where the list stands in an object", async () => {
  for (const content of [
    JSON.stringify(rows, null, 2),
    JSON.stringify({ version: 1, columns: ["prompt"], about: [{ role: "x" }], rows, more: [] }),
  ]) {
    const path = await folder.write("list.json", content);
    const dataset = await openDataset([path], { cacheDir: folder.cacheDir });
    expect(dataset.files[0]).toMatchObject({ format: "json", form: "TRL standard" });
    expect(await dataset.countRows(0)).toBe(3);
    const row = await dataset.rowAt({ file: 0, line: 2 });
    expect(row.kind === "pair" && row.pair.prompt).toEqual([{ role: "user", content: "p2" }]);
    await dataset.close();
  }
});

test("one object is one row, and lines of objects are lines, whatever the name says", async () => {
  const one = { prompt: [{ role: "user", content: "p" }], chosen: "c", rejected: "r" };
  expect((await folder.read("one.json", JSON.stringify(one, null, 1))).pairs).toHaveLength(1);
  const lines = await folder.read("lines.json", jsonLines(rows));
  expect([lines.format, lines.pairs.length]).toEqual(["jsonl", 3]);
  const list = await folder.read("list.jsonl", JSON.stringify(rows));
  expect([list.format, list.pairs.length]).toEqual(["json", 3]);
});

test("two that unpack at once both read the whole copy; what a killed one left is cleared away", async () => {
  await folder.read("first.jsonl.gz", gzipSync(jsonLines(rows)));
  const left = join(folder.cacheDir, "left.tmp");
  await writeFile(left, "half");
  await utimes(left, 0, 0);
  const path = await folder.write("b.json.gz", gzipSync(JSON.stringify(rows)));
  const both = await Promise.all([1, 2].map(() => readFile(path, { cacheDir: folder.cacheDir })));
  expect(both.map((read) => read.pairs.length)).toEqual([3, 3]);
  expect((await readdir(folder.cacheDir)).filter((name) => name.endsWith(".tmp"))).toEqual([]);
});
