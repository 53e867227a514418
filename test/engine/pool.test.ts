// A pool whose texts stay on disk gives the same pairs as one that keeps them, read on or sought.
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Pair } from "../../src/core/pair.ts";
import type { PairPool } from "../../src/learn/rewardModel.ts";
import { openDataset } from "../../src/data/dataset.ts";
import type { Dataset } from "../../src/data/rows.ts";
import { PoolBuilder } from "../../src/engine/pool.ts";

const folder = mkdtempSync(join(tmpdir(), "ssrm-pool-"));
const pairCount = 60;
let dataset: Dataset;

beforeAll(async () => {
  const row = (i: number): string =>
    JSON.stringify({ prompt: `p${i % 7}`, chosen: `c${i}`, rejected: `r${i}` });
  const rows = Array.from({ length: pairCount }, (_, i) => row(i));
  // A repeat and a broken row: places and indices differ.
  const first = [rows[0], rows[0], ...rows.slice(1, 20), "{broken"].join("\n");
  writeFileSync(join(folder, "a.jsonl"), `${first}\n`);
  writeFileSync(join(folder, "b.jsonl"), `${rows.slice(20).join("\n")}\n`);
  dataset = await openDataset([join(folder, "a.jsonl"), join(folder, "b.jsonl")], {
    cacheDir: folder,
  });
});

afterAll(async () => {
  await dataset.close();
  rmSync(folder, { recursive: true });
});

async function poolOf(size: number): Promise<PairPool> {
  const builder = new PoolBuilder();
  builder.expect({ ...dataset, files: dataset.files.map((file) => ({ ...file, bytes: size })) });
  for await (const row of dataset.rows())
    if (row.kind === "pair") builder.add(row, { name: "data", dataset });
  return builder.build();
}

async function textsOf(pool: PairPool, indices: readonly number[]): Promise<Pair[]> {
  const pairs: Pair[] = [];
  for await (const pair of pool.read(indices)) pairs.push(pair);
  return pairs;
}

describe("PoolBuilder", () => {
  test.each([
    ["all, read on", Array.from({ length: pairCount }, (_, i) => i)],
    ["every third, read on", Array.from({ length: pairCount / 3 }, (_, i) => 3 * i)],
    ["of the second file alone", [25, 30, 31, 40, 44, 45, 46, 50, 51, 52, 59]],
    ["few, sought", [3, 41]],
    ["out of order, sought", [...Array.from({ length: pairCount }, (_, i) => pairCount - 1 - i)]],
  ])("gives the same pairs from disk: %s", async (_, indices) => {
    const [kept, onDisk] = [await poolOf(100), await poolOf(2 ** 40)];
    expect(kept.size).toBe(pairCount);
    expect(await textsOf(onDisk, indices)).toEqual(await textsOf(kept, indices));
  });

  test("says which file was changed under the run", async () => {
    const pool = await poolOf(2 ** 40);
    const swapped = { ...pool, ids: pool.ids };
    (swapped.ids as string[])[30] = "0".repeat(32);
    await expect(textsOf(swapped, [30])).rejects.toThrow(
      /b\.jsonl, line 11: expected the pair 0{32}/,
    );
    const all = Array.from({ length: pairCount }, (_, i) => i);
    await expect(textsOf(swapped, all)).rejects.toThrow(
      /b\.jsonl, line 11: expected the pair 0{32}/,
    );
  });
});
