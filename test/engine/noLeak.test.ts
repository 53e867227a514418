// The same from end to end: files in, run directory out. With chosen and rejected swapped in every row that is
// not in L, all files of checkpoint/ and pseudo-labels/ have the same bytes and the test figures are the same.
import { createHash } from "node:crypto";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { textOf } from "../../src/core/pair.ts";
import type { IterationRecord, RunRecord, RunSettings } from "../../src/core/records.ts";
import { readHeldOut } from "../../src/data/runs/runFiles.ts";
import type * as Iterations from "../../src/engine/iterations.ts";
import type { RunHooks } from "../../src/engine/runJob.ts";
import type { RunRequest } from "../../src/protocol/engine.ts";
import { jsonLines } from "../support/dataFiles.ts";
import { differences, publishedSelection } from "../support/leak.ts";
import { syntheticPairs, type SyntheticPairs } from "../support/syntheticPairs.ts";

interface Row {
  readonly prompt: string;
  readonly chosen: string;
  readonly rejected: string;
}

interface Outcome {
  /** SHA-256 by file of checkpoint/ and pseudo-labels/, p of U and of what models are judged on, test figures. */
  readonly made: ReadonlyMap<string, string>;
  readonly records: readonly IterationRecord[];
}

const settings: RunSettings = {
  model: "lexical",
  threshold: 0.7,
  confidence: "raw",
  iterations: 3,
  start: "restart",
  keep: "last",
  seed: 1,
  seedCount: null,
  seedFraction: null,
  lexical: { l2: "auto", length: true },
};
const seedCount = 40;

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "ssrm-leak-"));
});
afterAll(() => rmSync(folder, { recursive: true }));
afterEach(() => {
  vi.doUnmock("../../src/engine/iterations.ts");
  vi.resetModules();
});

function rowsOf({ pairs, gold }: SyntheticPairs): Row[] {
  return pairs.map(({ prompt, first, second }, i) => {
    const [chosen, rejected] = gold[i] === 1 ? [first, second] : [second, first];
    return { prompt: textOf(prompt), chosen: textOf(chosen), rejected: textOf(rejected) };
  });
}

const rows = rowsOf(syntheticPairs(200, 61));
const testRows = rowsOf(syntheticPairs(80, 62));
const swappedRow = (row: Row): Row => ({ ...row, chosen: row.rejected, rejected: row.chosen });

let runs = 0;

/** Makes a run of its own on these rows. */
async function outcome(
  files: { readonly data: readonly object[]; readonly labeled?: readonly Row[] },
  changed: Partial<RunSettings>,
): Promise<Outcome> {
  const name = `run ${++runs}`;
  const write = (file: string, content: readonly object[]): string => {
    const path = join(folder, `${name} ${file}.jsonl`);
    writeFileSync(path, jsonLines(content));
    return path;
  };
  const request: RunRequest = {
    data: [write("data", files.data)],
    labels: [],
    labeled: files.labeled ? [write("labeled", files.labeled)] : [],
    gold: [],
    test: [write("test", testRows)],
    settings: { ...settings, ...changed },
    out: join(folder, name),
    mapping: null,
    cacheDir: join(folder, "cache"),
    version: "0.0.0",
  };
  const records: RunRecord[] = [];
  const hooks: RunHooks = {
    record: (record) => void records.push(record),
    step: () => undefined,
    note: () => undefined,
    signal: { stopRequested: () => "no", waitWhilePaused: () => Promise.resolve() },
  };
  // Imported late, so that the control can put its own loop in place.
  const { makeRun } = await import("../../src/engine/runJob.ts");
  expect(await makeRun(request, hooks)).toEqual({ state: "done", error: null });

  const models = records.filter((record) => record.kind === "iteration");
  const made = new Map(
    models.map((record) => [`test figures ${record.iteration}`, JSON.stringify(record.test)]),
  );
  for (const part of ["checkpoint", "pseudo-labels"]) {
    for (const file of readdirSync(join(request.out, part), { recursive: true })) {
      const bytes = readFileSync(join(request.out, part, String(file)));
      made.set(`${part}/${String(file)}`, sha256(bytes));
    }
  }
  made.set("scores.jsonl", sha256(readFileSync(join(request.out, "scores.jsonl"))));
  for (const { iteration } of models) {
    const rows = await readHeldOut(request.out, iteration);
    made.set(`held-out ${iteration}`, sha256(JSON.stringify(rows)));
  }
  return { made, records: models };
}

const sha256 = (content: string | Uint8Array): string =>
  createHash("sha256").update(content).digest("hex");

/** The rows that the simulation mode draws as L. */
async function drawnRows(): Promise<Set<Row>> {
  const { canonicalPair, plainPrompt, plainResponse } = await import("../../src/core/pair.ts");
  const { drawPrompts } = await import("../../src/core/split.ts");
  const promptIds = rows.map(
    ({ prompt, chosen, rejected }) =>
      canonicalPair({
        prompt: plainPrompt(prompt),
        a: plainResponse(chosen),
        b: plainResponse(rejected),
      }).pair.promptId,
  );
  return new Set([...drawPrompts(promptIds, seedCount, settings.seed)].map((i) => rows[i]!));
}

function expectFlipWasSeen(one: Outcome, other: Outcome): void {
  expect(one.records.length).toBeGreaterThan(2);
  for (const [k, record] of one.records.entries()) {
    const turned = other.records[k]!.pseudoLabelAccuracy;
    if (k === 0) expect(turned).toBeNull();
    else expect(turned).toBeCloseTo(1 - record.pseudoLabelAccuracy!, 12);
  }
}

describe("a run's files", () => {
  it.each<Partial<RunSettings>>([
    {},
    { start: "continue", keep: "best" },
    { confidence: "calibrated", threshold: 0.55 },
  ])("do not depend on gold of U in the simulation mode, %o", async (changed) => {
    const labeled = await drawnRows();
    expect(labeled.size).toBeGreaterThanOrEqual(seedCount);
    const setting = { ...changed, seedCount };
    const one = await outcome({ data: rows }, setting);
    const flipped = rows.map((row) => (labeled.has(row) ? row : swappedRow(row)));
    const other = await outcome({ data: flipped }, setting);
    expect([...one.made.keys()]).toContain("checkpoint/weights.bin");
    expect([...one.made.keys()]).toContain("pseudo-labels/iteration-1.jsonl");
    expect(one.made.get("held-out 1")).not.toBe(one.made.get("held-out 0"));
    expect(differences(one.made, other.made)).toEqual([]);
    expectFlipWasSeen(one, other);
  });

  it("are those of data without any gold, where labels come from a file of their own", async () => {
    const labeled = rows.slice(0, seedCount);
    const rest = rows.slice(seedCount);
    const one = await outcome({ data: rest, labeled }, {});
    const flipped = await outcome({ data: rest.map(swappedRow), labeled }, {});
    const bare = rest.map(({ prompt, chosen, rejected }, i) => {
      const [a, b] = i % 3 === 0 ? [chosen, rejected] : [rejected, chosen];
      return { prompt, response_a: a, response_b: b };
    });
    const without = await outcome({ data: bare, labeled }, {});
    expect(differences(one.made, flipped.made)).toEqual([]);
    expect(differences(one.made, without.made)).toEqual([]);
    expectFlipWasSeen(one, flipped);
    expect(without.records.map((record) => record.pseudoLabelAccuracy)).toEqual(
      without.records.map(() => null),
    );
  });
});

describe("a run that takes the data's own winner, as the published script does", () => {
  it("is caught by the same check", async () => {
    vi.resetModules();
    vi.doMock("../../src/engine/iterations.ts", async (importActual) => {
      const actual = await importActual<typeof Iterations>();
      const iterations: typeof actual.iterations = (inputs, used, options) =>
        actual.iterations(inputs, used, {
          ...options,
          select: publishedSelection(inputs.answers.gold, used.threshold),
        });
      return { ...actual, iterations };
    });
    const labeled = rows.slice(0, seedCount);
    const rest = rows.slice(seedCount);
    const one = await outcome({ data: rest, labeled }, {});
    const other = await outcome({ data: rest.map(swappedRow), labeled }, {});
    expect(one.records[1]!.pseudoLabelAccuracy).toBe(1);
    const found = differences(one.made, other.made);
    expect(found).toContain("checkpoint/weights.bin");
    expect(found).toContain("pseudo-labels/iteration-1.jsonl");
    expect(found).toContain("test figures 1");
    expect(found).toContain("scores.jsonl");
    expect(found).toContain("held-out 1");
    expect(found).not.toContain("held-out 0");
    expect(found).not.toContain("test figures 0");
  });
});
