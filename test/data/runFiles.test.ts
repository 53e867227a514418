// Reading run directories: line by line as whole, whatever the lines; and those that an earlier version wrote.
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { IterationRecord, PseudoLabel } from "../../src/core/records.ts";
import {
  pseudoLabelsOf,
  readHeldOut,
  readPseudoLabels,
  readRunRecords,
  scoresOf,
} from "../../src/data/runs/runFiles.ts";
import { record } from "../support/reportInput.ts";

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), "ssrm-run-files-"));
  mkdirSync(join(dir, "pseudo-labels"));
});
afterEach(() => rmSync(dir, { recursive: true }));

async function rowByRow(): Promise<PseudoLabel[]> {
  const rows: PseudoLabel[] = [];
  for await (const row of pseudoLabelsOf(dir, 1)) rows.push(row);
  return rows;
}

test("rows are read one by one as they are read together, torn ones and others' left out", async () => {
  const line = fc.oneof(
    fc.string({ unit: "grapheme" }).map((reason) => JSON.stringify({ id: "a", reason })),
    // Longer than what is read at once, so that letters of several bytes stand across the border.
    fc.integer({ min: 0, max: 3 }).map((n) => `"${"x".repeat(n)}${"€".repeat(400_000)}"`),
    fc.constantFrom("", "{", '{"id":', "null", "\r"),
  );
  const content = fc.record({ lines: fc.array(line, { maxLength: 12 }), torn: fc.string() });
  await fc.assert(
    fc.asyncProperty(content, async ({ lines, torn }) => {
      const text = [...lines, torn].join("\n");
      writeFileSync(join(dir, "pseudo-labels/iteration-1.jsonl"), text);
      const whole = await readPseudoLabels(dir, 1);
      expect(await rowByRow()).toEqual(whole);
      const isRow = (one: string): boolean => !["", "{", '{"id":', "\r"].includes(one);
      expect(whole.map((row) => JSON.stringify(row))).toEqual(lines.filter(isRow));
    }),
    { numRuns: 50 },
  );
});

test.skipIf(process.platform !== "linux")(
  "a reader that stops early leaves no file open",
  async () => {
    writeFileSync(
      join(dir, "scores.jsonl"),
      `${JSON.stringify({ id: "a", p: 0.5 })}\n`.repeat(200_000),
    );
    const openFiles = (): number => readdirSync("/proc/self/fd").length;
    const before = openFiles();
    for (let i = 0; i < 20; i++) {
      for await (const row of scoresOf(dir)) if (row.p === 0.5) break;
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(openFiles()).toBeLessThan(before + 5);
  },
);

test("what is not there has no rows", async () => {
  expect(await scoresOf(dir).next()).toEqual({ done: true, value: undefined });
  expect(await readHeldOut(dir, 0)).toEqual([]);
});

test("records of earlier versions have what they lack", async () => {
  const older: Partial<IterationRecord> = record(0);
  delete (older as { validationOf?: string }).validationOf;
  delete (older as { thresholds?: object }).thresholds;
  const newer = record(1, { validationOf: "random" });
  const labels = { kind: "labels", iteration: 0, labeled: 1, added: 1, sha256: "" };
  const lines = [labels, older, newer].map((one) => `${JSON.stringify(one)}\n`).join("");
  writeFileSync(join(dir, "iterations.jsonl"), lines);
  expect(await readRunRecords(dir)).toEqual([
    labels,
    { ...older, validationOf: "all", thresholds: [] },
    newer,
  ]);
});
