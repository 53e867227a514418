// The import preview against counting by hand, for files that are recognised, mapped, and neither.
import { afterAll, beforeAll, expect, test } from "vitest";
import { lengthOf, longerWinsRate } from "../../src/core/length.ts";
import { targetOf } from "../../src/core/pair.ts";
import { previewFile } from "../../src/data/pairTable/preview.ts";
import { dataFolder, jsonLines, table, type DataFolder } from "../support/dataFiles.ts";
import { judged, makeRows } from "../support/pairFiles.ts";

let folder: DataFolder;
beforeAll(async () => {
  folder = await dataFolder();
});
afterAll(() => folder.remove());

const made = makeRows(300, "preview").map((row, i) =>
  i % 6 === 0 ? { ...row, winner: "tie" as const } : row,
);

function preview(path: string, mapping: Parameters<typeof previewFile>[1]["mapping"] = null) {
  return previewFile(path, { cacheDir: folder.cacheDir, mapping });
}

test("lengths, longer wins, samples and bad rows are those of the rows", async () => {
  const bad = Array.from({ length: 25 }, () => '{"prompt": 1}\n').join("");
  const { rows } = await folder.read("plain.jsonl", jsonLines(judged(made)));
  const shown = await preview(await folder.write("plain.jsonl", jsonLines(judged(made)) + bad));
  expect(shown).toMatchObject({ problem: null, rowsRead: 325, isWhole: true, badCount: 25 });
  expect(shown.badRows).toHaveLength(20);
  expect(shown.badRows[0]!.line).toBe(301);
  expect(shown.columns).toEqual(["prompt", "response_a", "response_b", "winner"]);
  const pairs = rows.filter((row) => row.kind === "pair");
  const firsts = pairs.map(({ pair }) => lengthOf(pair.first));
  const seconds = pairs.map(({ pair }) => lengthOf(pair.second));
  const targets = pairs.map(({ gold }) => targetOf(gold!));
  const differing = firsts.filter((length, i) => length !== seconds[i]);
  expect(shown.longerWins[0]).toBeCloseTo(longerWinsRate(firsts, seconds, targets)!, 12);
  expect(shown.longerWins[1]).toBe(differing.length);
  const bins = new Map<number, number>();
  for (const length of [...firsts, ...seconds]) {
    const bin = length < 2 ? 0 : Math.floor(Math.log2(length));
    bins.set(bin, (bins.get(bin) ?? 0) + 1);
  }
  const expected = Array.from({ length: Math.max(...bins.keys()) + 1 }, (_, i) => bins.get(i) ?? 0);
  expect([...shown.lengths]).toEqual(expected);
  expect(shown.samples).toEqual(
    made.slice(0, 3).map(({ prompt, a, b, winner }, i) => ({
      line: i + 1,
      prompt: [{ role: "user", content: prompt }],
      a: [{ role: "assistant", content: a }],
      b: [{ role: "assistant", content: b }],
      preference: { a: "first", b: "second", tie: "tie", bothbad: "both-bad" }[winner],
    })),
  );
});

test("a file of no known form says so, names its columns, and is read once they are mapped", async () => {
  const rows = made.map(({ prompt, a, b }) => ({ frage: prompt, eins: a, zwei: b }));
  const path = await folder.write("strange.csv", table(rows, ","));
  const lost = await preview(path);
  expect(lost.problem).toMatch(/strange\.csv.*"frage"/);
  expect(lost).toMatchObject({ form: "not recognised", samples: [], rowsRead: 300 });
  expect(lost.columns).toEqual(["frage", "eins", "zwei"]);
  expect(lost.longerWins[0]).toBeNaN();
  const mapping = { prompt: "frage", responseA: "eins", responseB: "zwei" };
  const found = await preview(path, mapping);
  expect(found).toMatchObject({ problem: null, mapping });
  expect(found.samples[0]!.a[0]!.content).toBe(made[0]!.a);
  const wrong = await preview(path, { ...mapping, responseB: "zwo" });
  expect(wrong.problem).toMatch(/expects a column "zwo".*"zwei"/);
});

test("columns inside objects can be chosen", async () => {
  const rows = made
    .slice(0, 5)
    .map(({ prompt, a, b }) => ({ item: { q: prompt, one: a, two: b } }));
  const path = await folder.write("nested.jsonl", jsonLines(rows));
  expect((await preview(path)).columns).toEqual(["item", "item.q", "item.one", "item.two"]);
  const mapping = { prompt: "item.q", responseA: "item.one", responseB: "item.two" };
  expect((await preview(path, mapping)).samples).toHaveLength(3);
});

test("only the first rows of a long file are looked at", async () => {
  const path = await folder.write("long.jsonl", jsonLines(judged(made)));
  const options = { cacheDir: folder.cacheDir, mapping: null };
  expect(await previewFile(path, { ...options, most: 100 })).toMatchObject({
    rowsRead: 100,
    isWhole: false,
  });
  expect(await previewFile(path, { ...options, most: 300 })).toMatchObject({
    rowsRead: 300,
    isWhole: true,
  });
});

test("a file that is not there is an error that names it", async () => {
  await expect(preview(folder.file("none.jsonl"))).rejects.toThrow(/none\.jsonl.*check the path/);
});
