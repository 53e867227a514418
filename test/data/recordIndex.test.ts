// Seeking gives what streaming gives, for every row of files of any shape.
import { appendFile } from "node:fs/promises";
import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openDataset } from "../../src/data/dataset.ts";
import type { DataRow } from "../../src/data/rows.ts";
import { dataFolder, table, type DataFolder } from "../support/dataFiles.ts";

let folder: DataFolder;
beforeAll(async () => {
  folder = await dataFolder();
});
afterAll(() => folder.remove());

const text = fc
  .array(fc.constantFrom("a", "\n", '"', ",", "é", " "), { maxLength: 8 })
  .map((p) => p.join(""));
const row = fc.record({ prompt: text, chosen: text, rejected: text });
const first = { prompt: "p", chosen: "c", rejected: "r" };

const jsonl = fc
  .array(
    fc.oneof(
      row.map((value) => JSON.stringify(value)),
      fc.constantFrom("", "  ", "{", "[1]"),
    ),
    {
      maxLength: 80,
      size: "max",
    },
  )
  .chain((lines) =>
    fc.constantFrom("\n", "\r\n").map((end) => [JSON.stringify(first), ...lines].join(end)),
  );
const csv = fc
  .array(
    fc.oneof(
      row.map((value) => table([value], ",").replace(/^.*\r\n/, "")),
      fc.constant("\n"),
    ),
    {
      maxLength: 80,
      size: "max",
    },
  )
  .map((rows) => table([first], ",") + rows.join(""));

test.each([
  ["rows.jsonl", jsonl],
  ["rows.csv", csv],
])("%s: any row by its line, before and after streaming", async (name, content) => {
  await fc.assert(
    fc.asyncProperty(content, fc.infiniteStream(fc.nat()), async (body, random) => {
      const path = await folder.write(name, body);
      const streamed: DataRow[] = [];
      const dataset = await openDataset([path], { cacheDir: folder.cacheDir });
      for await (const read of dataset.rows()) streamed.push(read);
      expect(await dataset.countRows(0)).toBe(streamed.length);
      for (const read of streamed) expect(await dataset.rowAt(read)).toEqual(read);
      await dataset.close();
      // A fresh one, in random order: the index is built as far as it is asked for.
      const fresh = await openDataset([path], { cacheDir: folder.cacheDir });
      for (let i = 0; i < 10; i++) {
        const read = streamed[random.next().value % streamed.length]!;
        expect(await fresh.rowAt(read)).toEqual(read);
      }
      expect(await fresh.countRows(0)).toBe(streamed.length);
      await fresh.close();
    }),
    { numRuns: 30 },
  );
});

test("a line on which no row starts is answered, not thrown", async () => {
  const path = await folder.write("few.csv", 'prompt,chosen,rejected\n"a\nb",c,d\n');
  const dataset = await openDataset([path], { cacheDir: folder.cacheDir });
  for (const line of [1, 3, 4, 1000]) {
    expect(await dataset.rowAt({ file: 0, line })).toMatchObject({ kind: "bad", line });
  }
  await dataset.close();
});

test("a file that grows while it is open is refused, since its index may point astray", async () => {
  const path = await folder.write("grows.jsonl", `${JSON.stringify(first)}\n`);
  const dataset = await openDataset([path], { cacheDir: folder.cacheDir });
  await appendFile(path, `${JSON.stringify(first)}\n`);
  await expect(dataset.rowAt({ file: 0, line: 1 })).rejects.toThrow(
    /was changed since: open it again/,
  );
  await dataset.close();
});

test("several files are one stream, each row with its file", async () => {
  const a = await folder.write("a.jsonl", `${JSON.stringify(first)}\n{\n`);
  const b = await folder.write("b.csv", "prompt,chosen,rejected\nx,y,z\n");
  const dataset = await openDataset([a, b], { cacheDir: folder.cacheDir });
  const rows: DataRow[] = [];
  for await (const read of dataset.rows()) rows.push(read);
  expect(rows.map(({ kind, file, line }) => [kind, file, line])).toEqual([
    ["pair", 0, 1],
    ["bad", 0, 2],
    ["pair", 1, 2],
  ]);
  await dataset.close();
});
