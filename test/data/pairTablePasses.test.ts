// Passes over a whole file: the search for words, stopping, a file that changes, a file of 60 MB.
import { appendFile } from "node:fs/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import { textOf } from "../../src/core/pair.ts";
import { readId } from "../../src/data/pairTable/idOrder.ts";
import { PairTable } from "../../src/data/pairTable/pairTable.ts";
import { dataFolder, jsonLines, readFile, type DataFolder } from "../support/dataFiles.ts";
import { makeRows } from "../support/pairFiles.ts";

let folder: DataFolder;
beforeAll(async () => {
  folder = await dataFolder();
});
afterAll(() => folder.remove());

const rows = makeRows(130, "table").map(({ prompt, a, b }, i) => ({
  prompt,
  response_a: i % 9 === 0 ? `${a}\nand a "second" line` : a,
  response_b: i % 7 === 0 ? `  ${b} ünïcødé ` : b,
}));
const lines = jsonLines(rows);
const broken = `${jsonLines(rows.slice(0, 40))}\n{"prompt": 1\n\n[2]\n${jsonLines(rows.slice(40))}`;

async function openTable(path: string, keptFrom = Infinity): Promise<PairTable> {
  return PairTable.open(path, { cacheDir: folder.cacheDir, mapping: null, keptFrom });
}

test("a search finds the rows that hold all words, in any case", async () => {
  const path = await folder.write("search.jsonl", broken);
  const { rows: all } = await readFile(path, { cacheDir: folder.cacheDir });
  const pairs = await openTable(path);
  const words = ["GARDEN", "ünïcødé", "second line", "kind river", "the", "nothing like it", "\\n"];
  for (const text of words) {
    const search = pairs.search(text);
    await search.run(() => undefined);
    const expected = all.flatMap((row, i) => {
      if (row.kind !== "pair") return [];
      const { prompt, first, second } = row.pair;
      const whole = [prompt, first, second].map((part) => textOf(part).toLowerCase());
      const holds = (word: string) => whole.some((part) => part.includes(word.toLowerCase()));
      return text.split(/\s+/).every(holds) ? [i] : [];
    });
    expect([...search.ordinals()]).toEqual(expected);
    expect([search.rows, search.isDone]).toEqual([all.length, true]);
  }
  await pairs.close();
});

test("a pass that is stopped ends, and a file that changed is an error", async () => {
  const path = await folder.write("stopped.jsonl", lines.repeat(40));
  const stopped = await openTable(path);
  const pass = expect(stopped.prepare(() => undefined)).rejects.toThrow();
  await stopped.close();
  await pass;
  const searched = await openTable(path);
  const search = searched.search("garden");
  search.stop();
  await search.run(() => undefined);
  expect(search.isDone).toBe(false);
  await searched.close();
  const changed = await openTable(path);
  await appendFile(path, lines);
  await expect(changed.prepare(() => undefined)).rejects.toThrow(/changed since/);
  await changed.close();
});

test("a file of 60 MB: any row at once, all of them in the index", async () => {
  const filler = "an answer of some length that says nothing much ".repeat(64);
  const big = Array.from({ length: 10_000 }, (_, i) => ({
    prompt: `question ${i}`,
    response_a: `${i} ${filler}`,
    response_b: `${filler} ${i}`,
  }));
  const path = await folder.write("big.jsonl", jsonLines(big));
  const pairs = await openTable(path, 0);
  expect(pairs.info.bytes).toBeGreaterThan(60e6);
  expect((await pairs.rows([9_999]))[0]!.prompt).toBe("question 9999");
  await pairs.prepare(() => undefined);
  const { index } = pairs.ready!;
  expect(index.count).toBe(10_000);
  const sample = [0, 1, 777, 3_141, 9_999];
  const read = await pairs.rows(sample);
  for (const [k, i] of sample.entries()) {
    expect(read[k]!.pairId).toBe(readId(index.ids, 16 * i));
    expect(read[k]!.prompt).toBe(`question ${i}`);
  }
  await pairs.close();
});
