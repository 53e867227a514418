// The sample project is what its script writes, has the sizes and the length bias that it states, and keeps
// its verdicts out of the pairs.
import { execFileSync } from "node:child_process";
import { globSync, mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { parseLogBytes } from "../../src/core/labels/labelLog.ts";
import { canonicalPair, plainPrompt, plainResponse } from "../../src/core/pair.ts";

interface Row {
  readonly id: string;
  readonly prompt: string;
  readonly response_a: string;
  readonly response_b: string;
  readonly winner?: "a" | "b";
}

const sample = join(import.meta.dirname, "../../media/sample");
const files = [
  "pairs.jsonl",
  "gold.jsonl",
  "test.jsonl",
  ".ssrm/labels.jsonl",
  ".ssrm/project.json",
];
const pairs = rowsOf("pairs.jsonl");
const gold = rowsOf("gold.jsonl");
const held = rowsOf("test.jsonl");
const labels = parseLogBytes(readFileSync(join(sample, ".ssrm/labels.jsonl")));

test("the script writes the same bytes again", () => {
  const folder = mkdtempSync(join(tmpdir(), "ssrm-sample-"));
  try {
    execFileSync(process.execPath, [join(sample, "makeSample.ts"), folder]);
    for (const file of files) {
      expect(readFileSync(join(folder, file)).equals(readFileSync(join(sample, file))), file).toBe(
        true,
      );
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

test("1,500 pairs without verdicts: 40 in the label log, the others in the gold file; 2 MB in all", () => {
  expect([pairs.length, gold.length, held.length]).toEqual([1500, 1460, 400]);
  expect(pairs.every((row) => row.winner === undefined)).toBe(true);
  expect(labels.problems).toEqual([]);
  const labeled = new Set(labels.events.map((event) => ("pair" in event ? event.pair : "")));
  expect(labeled.size).toBe(40);
  const withGold = new Set(gold.map((row) => idOf(row)));
  const ids = pairs.map((row) => idOf(row));
  expect(new Set(ids).size).toBe(1500);
  expect(ids.every((id) => labeled.has(id) !== withGold.has(id))).toBe(true);
  const all = globSync("**/*.{ts,json,jsonl}", { cwd: sample, exclude: ["**/runs/**"] });
  const bytes = all.reduce((sum, file) => sum + statSync(join(sample, file)).size, 0);
  expect(bytes).toBeLessThan(2e6);
});

test("no prompt of the test set is among the pairs", () => {
  const known = new Set(pairs.map(({ prompt }) => prompt));
  expect(held.filter(({ prompt }) => known.has(prompt))).toEqual([]);
});

test("the longer answer wins 62 % of the pairs", () => {
  const longerWins = (row: Row): boolean =>
    row.response_a.length > row.response_b.length === (row.winner === "a");
  expect(held.filter((row) => longerWins(row))).toHaveLength(0.62 * 400);
  // 930 of the 1,500; the 40 verdicts of the log are not in the gold file.
  const inGold = gold.filter((row) => longerWins(row)).length;
  expect(inGold).toBeGreaterThanOrEqual(930 - 40);
  expect(inGold).toBeLessThanOrEqual(930);
});

function rowsOf(file: string): Row[] {
  const lines = readFileSync(join(sample, file), "utf8").trimEnd().split("\n");
  return lines.map((line) => JSON.parse(line) as Row);
}

function idOf({ prompt, response_a, response_b }: Row): string {
  const shown = { a: plainResponse(response_a), b: plainResponse(response_b) };
  return canonicalPair({ prompt: plainPrompt(prompt), ...shown }).pair.id;
}
