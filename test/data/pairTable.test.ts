// A data file as a table, in every format, against reading all of it: rows by ordinal, the index, its file on the
// disk, and the search for words.
import { readdir, readFile as readBytes, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { parquetWriteBuffer } from "hyparquet-writer";
import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { lengthOf } from "../../src/core/length.ts";
import { swapWinner, textOf } from "../../src/core/pair.ts";
import { openDataFile, openDataset } from "../../src/data/dataset.ts";
import { buildIndex } from "../../src/data/pairTable/buildIndex.ts";
import { readId } from "../../src/data/pairTable/idOrder.ts";
import { readIndex, writeIndex } from "../../src/data/pairTable/indexFile.ts";
import { PairTable } from "../../src/data/pairTable/pairTable.ts";
import { arraysOf, unpackFacts, type RowIndex } from "../../src/data/pairTable/rowIndex.ts";
import type { DataRow } from "../../src/data/rows.ts";
import { dataFolder, jsonLines, table, type DataFolder } from "../support/dataFiles.ts";
import { makeRows } from "../support/pairFiles.ts";

let folder: DataFolder;
beforeAll(async () => {
  folder = await dataFolder();
});
afterAll(() => folder.remove());

type Values = Readonly<Record<string, string>>;

const rows: readonly Values[] = makeRows(130, "table").map(({ prompt, a, b, winner }, i) => ({
  prompt,
  response_a: i % 9 === 0 ? `${a}\nand a "second" line` : a,
  response_b: i % 7 === 0 ? `  ${b} ünïcødé ` : b,
  winner: i % 5 === 0 ? "tie" : winner,
}));

function parquet(all: readonly Values[], rowGroupSize: number): Uint8Array {
  const columnData = Object.keys(all[0]!).map((name) => ({
    name,
    data: all.map((row) => row[name]!),
    type: "STRING" as const,
  }));
  return new Uint8Array(parquetWriteBuffer({ columnData, rowGroupSize }));
}

const lines = jsonLines(rows);
const broken = `${jsonLines(rows.slice(0, 40))}\n{"prompt": 1\n\n[2]\n${jsonLines(rows.slice(40))}`;
const files: readonly (readonly [string, string | Uint8Array])[] = [
  ["pairs.jsonl", lines],
  ["broken.jsonl", broken],
  ["pairs.json", JSON.stringify(rows)],
  ["pairs.csv", table(rows, ",")],
  ["pairs.tsv", table(rows, "\t")],
  ["pairs.parquet", parquet(rows, 40)],
  ["packed.jsonl.gz", gzipSync(lines)],
  ["packed.csv.gz", gzipSync(table(rows, ","))],
];

async function streamed(path: string): Promise<DataRow[]> {
  const dataset = await openDataset([path], { cacheDir: folder.cacheDir });
  const all: DataRow[] = [];
  for await (const row of dataset.rows()) all.push(row);
  await dataset.close();
  return all;
}

async function openTable(path: string, keptFrom = Infinity): Promise<PairTable> {
  return PairTable.open(path, { cacheDir: folder.cacheDir, mapping: null, keptFrom });
}

test.each(files)("%s: any range of rows is that part of the stream", async (name, content) => {
  const path = await folder.write(name, content);
  const all = await streamed(path);
  expect(all.length).toBeGreaterThanOrEqual(rows.length);
  await fc.assert(
    fc.asyncProperty(fc.nat(140), fc.nat(60), async (from, count) => {
      const { source } = await openDataFile(path, { options: { cacheDir: folder.cacheDir } });
      const read = await source.rowsFrom(from, count);
      expect(read.map(({ line }) => line)).toEqual(
        all.slice(from, from + count).map(({ line }) => line),
      );
      expect(source.known().rows).toBeLessThanOrEqual(all.length);
      expect(await source.countRows()).toBe(all.length);
      expect(source.known()).toEqual({ rows: all.length, part: 1 });
      expect(await source.rowsFrom(from, count)).toEqual(read);
      await source.close();
    }),
    { numRuns: 20 },
  );
});

test.each(files)("%s: the index says what the stream says", async (name, content) => {
  const path = await folder.write(name, content);
  const all = await streamed(path);
  const opened = await openDataFile(path, { options: { cacheDir: folder.cacheDir } });
  const seen: number[] = [];
  const index = await buildIndex(opened, { onProgress: (count) => seen.push(count) });
  await opened.source.close();
  expect(seen.at(-1)).toBe(all.length);
  expect(index.count).toBe(all.length);
  all.forEach((row, i) => expectRow(index, i, row));
});

function expectRow(index: RowIndex, i: number, row: DataRow): void {
  const facts = unpackFacts(index.facts[i]!);
  expect([index.line[i], facts.kind]).toEqual([row.line, row.kind]);
  if (row.kind !== "pair") return;
  const { pair } = row;
  expect(readId(index.ids, 16 * i)).toBe(pair.id);
  expect(index.promptLength[i]).toBe(lengthOf(pair.prompt));
  const [a, b] = facts.isSwapped ? [pair.second, pair.first] : [pair.first, pair.second];
  expect([index.aLength[i], index.bLength[i]]).toEqual([lengthOf(a), lengthOf(b)]);
  const own = { a: "first", b: "second", tie: "tie", "both-bad": "both-bad" } as const;
  const gold = facts.gold === null ? null : own[facts.gold];
  expect(gold !== null && facts.isSwapped ? swapWinner(gold) : gold).toBe(row.gold);
  // The file's own A, also where B is the preferred one.
  expect(textOf(a)).toBe(
    rows.find(
      ({ prompt, response_a }) => prompt === textOf(pair.prompt) && response_a === textOf(a),
    )?.["response_a"],
  );
}

test("rows of a list come in the order asked for, cut, and whole where asked", async () => {
  const long = `${"word \n".repeat(300)}end`;
  const special = { prompt: "why?", response_a: long, response_b: `${"x".repeat(199)}😀y` };
  const all = [
    ...rows.map(({ prompt, response_a, response_b }) => ({ prompt, response_a, response_b })),
    special,
  ];
  const path = await folder.write("list.jsonl", `${jsonLines(all)}{\n`);
  const pairs = await openTable(path);
  const asked = [131, 3, 130, 70, 3, 999, 0];
  const got = await pairs.rows(asked);
  expect(got.map(({ ordinal }) => ordinal)).toEqual([131, 3, 130, 70, 3, 0]);
  expect(got[0]).toMatchObject({ kind: "bad", pairId: null, line: 132 });
  expect(got[0]!.reason).toMatch(/JSON/);
  const cut = got[2]!;
  expect(cut.a).toBe(`${"word ".repeat(40)}…`);
  expect(cut.b).toBe(`${"x".repeat(199)}…`);
  expect(cut.textLength).toBe(4 + long.length + special.response_b.length);
  expect(await pairs.pair(130)).toMatchObject({
    line: 131,
    a: [{ role: "assistant", content: long }],
    preference: null,
  });
  expect(await pairs.pair(131)).toBeNull();
  expect(await pairs.pair(500)).toBeNull();
  await pairs.close();
});

test("the index on the disk is the one that was built; a damaged one is built again", async () => {
  const path = await folder.write("kept.jsonl", broken);
  const first = await openTable(path, 0);
  await first.prepare(() => undefined);
  const built = first.ready!.index;
  await first.close();
  const [name] = (await readdir(folder.cacheDir)).filter((one) => one.endsWith(".rows"));
  const file = join(folder.cacheDir, name!);
  const bytes = await readBytes(file);
  expect(arraysOf((await readIndex(file))!)).toEqual(arraysOf(built));
  await fc.assert(
    fc.asyncProperty(
      fc.nat(bytes.length - 1),
      fc.integer({ min: 1, max: 255 }),
      async (at, bits) => {
        const damaged = Buffer.from(bytes);
        damaged[at]! ^= bits;
        await writeFile(file, damaged);
        expect(await readIndex(file)).toBeNull();
      },
    ),
    { numRuns: 60 },
  );
  for (const part of [
    bytes.subarray(0, 10),
    bytes.subarray(0, -1),
    Buffer.concat([bytes, bytes]),
  ]) {
    await writeFile(file, part);
    expect(await readIndex(file)).toBeNull();
  }
  const second = await openTable(path, 0);
  let batches = 0;
  await second.prepare(() => batches++);
  expect(batches).toBeGreaterThan(0);
  expect(arraysOf(second.ready!.index)).toEqual(arraysOf(built));
  await second.close();
  const third = await openTable(path, 0);
  await third.prepare(() => expect.unreachable("the whole index is on the disk again"));
  expect(arraysOf(third.ready!.index)).toEqual(arraysOf(built));
  await third.close();
});

test("an index that can't be written is no error", async () => {
  const opened = await openDataFile(await folder.write("one.jsonl", lines), {
    options: { cacheDir: folder.cacheDir },
  });
  const index = await buildIndex(opened, {});
  await opened.source.close();
  const blocked = join(await folder.write("a-file", ""), "below", "x.rows");
  expect(await writeIndex(blocked, index)).toBe(false);
});
