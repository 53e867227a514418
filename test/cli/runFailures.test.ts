// What can't be run: one line that names it, the right status, and nothing left behind.
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { plainRows, ssrm, ssrmJson, writeRows } from "../support/command.ts";

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "ssrm-failures-"));
  const rows = plainRows(60, "d");
  writeRows(join(folder, "d.jsonl"), rows);
  writeRows(
    join(folder, "open.jsonl"),
    rows.map(({ id, prompt, chosen, rejected }) => ({
      id,
      prompt,
      response_a: rejected,
      response_b: chosen,
    })),
  );
  writeRows(
    join(folder, "single.jsonl"),
    rows.map(({ prompt, chosen }) => ({ prompt, response: chosen })),
  );
  writeFileSync(
    join(folder, "bad.jsonl"),
    `{bad\n${readFileSync(join(folder, "d.jsonl"), "utf8")}`,
  );
  writeFileSync(join(folder, "empty.jsonl"), "\n\n");
  writeRows(join(folder, "other.jsonl"), [{ promt: "a", text: "b" }]);
  ssrmJson(folder, "run", "d.jsonl", "--seed-count", "20", "--iterations", "0", "--out", "r1");
});
afterAll(() => rmSync(folder, { recursive: true }));

const failures: readonly (readonly [name: string, line: string, expected: RegExp])[] = [
  [
    "a missing file",
    "run none.jsonl --seed-count 5 --out x",
    /none\.jsonl: expected a data file, found none/,
  ],
  [
    "a missing test file",
    "run d.jsonl --seed-count 5 --test none.jsonl --out x",
    /none\.jsonl: expected/,
  ],
  [
    "a missing label log",
    "run d.jsonl --labels none.jsonl --out x",
    /none\.jsonl.*there is no such file/,
  ],
  [
    "a file without pairs",
    "run empty.jsonl --seed-count 5 --out x",
    /empty\.jsonl: expected .*pairs?/,
  ],
  ["a file of something else", "run other.jsonl --seed-count 5 --out x", /other\.jsonl: .*promt/],
  ["a folder", "run . --seed-count 5 --out x", /a folder/],
  [
    "data without gold to draw from",
    "run open.jsonl --seed-count 5 --out x",
    /open\.jsonl: expected verdicts/,
  ],
  ["a run that is none", "run --resume none", /none: expected a run directory/],
  ["a model that is none", "score d.jsonl --model none", /none: expected a run or checkpoint/],
  [
    "nothing to judge by",
    "eval open.jsonl --model r1",
    /open\.jsonl: expected pairs with a verdict/,
  ],
];

test.each(failures)("%s: one line, exit 1, no run", (_name, line, expected) => {
  const { status, stdout, stderr } = ssrm(folder, ...line.split(" "));
  expect({ status, stdout }).toEqual({ status: 1, stdout: "" });
  const said = stderr.trimEnd().split("\n");
  expect(said.filter((text) => text.startsWith("ssrm: "))).toHaveLength(1);
  expect(said.at(-1)).toMatch(expected);
  expect(existsSync(join(folder, "x"))).toBe(false);
});

test("a folder that holds a run already: exit 2", () => {
  const { status, stderr } = ssrm(folder, "run", "d.jsonl", "--seed-count", "40", "--out", "r1");
  expect(status).toBe(2);
  expect(stderr).toMatch(/--out .*r1: .*holds a run/);
});

test("rows that can't be read are counted and the first is named", () => {
  const line = ["run", "bad.jsonl", "--seed-count", "20", "--iterations", "0", "--out", "r2"];
  expect(ssrm(folder, ...line).stderr).toMatch(/bad\.jsonl: 1 row is skipped; line 1: /);
});
