// `ssrm run`: the JSON contract, the ends a run can have, and resuming.
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { plainRows, ssrm, ssrmJson, startSsrm, writeRows } from "../support/command.ts";

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "ssrm-run-"));
  const rows = plainRows(300, "d");
  writeRows(join(folder, "d.jsonl"), rows);
  writeRows(join(folder, "t.jsonl"), plainRows(100, "t"));
  writeRows(join(folder, "seed.jsonl"), rows.slice(0, 40));
  writeRows(
    join(folder, "open.jsonl"),
    rows.map(({ id, prompt, chosen, rejected }) => ({
      id,
      prompt,
      response_a: rejected,
      response_b: chosen,
    })),
  );
});
afterAll(() => rmSync(folder, { recursive: true }));

type Json = Readonly<Record<string, unknown>>;
const iterationsOf = (result: Json): Json[] => result["iterations"] as Json[];

describe("the JSON object", () => {
  test("has a record per model, with test and validation figures", () => {
    const result = ssrmJson(
      folder,
      "run",
      "d.jsonl",
      "--seed-count",
      "40",
      "--test",
      "t.jsonl",
      "--out",
      "r1",
    );
    expect(result).toMatchObject({ state: "done", endedEarly: null, error: null });
    expect(result["dir"]).toBe(join(folder, "r1"));
    const iterations = iterationsOf(result);
    expect(iterations.map((record) => record["iteration"])).toEqual([0, 1, 2, 3]);
    for (const record of iterations) {
      expect(record).toMatchObject({ labeled: 40, unlabeled: 260 });
      expect(record["seconds"]).toBeGreaterThan(0);
      expect(record["temperature"]).toBeGreaterThan(0);
      for (const judge of ["test", "validation"]) {
        const figures = record[judge] as Readonly<Record<string, number>>;
        expect(figures["n"]).toBe(judge === "test" ? 100 : 40);
        expect(figures["accuracyLow"]).toBeLessThan(figures["accuracy"]!);
        expect(figures["accuracyHigh"]).toBeGreaterThan(figures["accuracy"]!);
        for (const name of ["nll", "brier", "ece", "smece"]) {
          expect(figures[name], name).toBeGreaterThanOrEqual(0);
        }
      }
    }
    expect(iterations[0]).toMatchObject({ selected: 0, pseudoLabelAccuracy: null });
    expect(iterations[1]!["selected"]).toBeGreaterThan(0);
    expect(iterations[1]!["pseudoLabelAccuracy"]).toBeGreaterThan(0.5);
    expect((iterations[3]!["test"] as Json)["accuracy"]).toBeGreaterThan(0.7);
  });

  test("pairs without a verdict have no gold; without a test set test is null", () => {
    const result = ssrmJson(
      folder,
      "run",
      "open.jsonl",
      "--labeled",
      "seed.jsonl",
      "--iterations",
      "1",
      "--out",
      "r2",
    );
    const iterations = iterationsOf(result);
    expect(iterations).toHaveLength(2);
    expect(iterations[1]).toMatchObject({
      labeled: 40,
      unlabeled: 260,
      test: null,
      pseudoLabelAccuracy: null,
    });
    expect(iterations[1]!["validation"]).not.toBeNull();
  });

  test("the same settings give the same bytes; gold files only add figures", () => {
    const once = ["run", "open.jsonl", "--labeled", "seed.jsonl", "--iterations", "1"];
    const result = ssrmJson(folder, ...once, "--gold", "d.jsonl", "--out", "r3");
    expect(iterationsOf(result)[1]!["pseudoLabelAccuracy"]).toBeGreaterThan(0.5);
    expect(bytesOf("r3")).toEqual(bytesOf("r2"));
  });

  test("--iterations 0 and a seed of everything give record 0 only", () => {
    const none = ssrmJson(
      folder,
      "run",
      "d.jsonl",
      "--seed-count",
      "40",
      "--iterations",
      "0",
      "--out",
      "r4",
    );
    expect(iterationsOf(none)).toHaveLength(1);
    const all = ssrmJson(folder, "run", "d.jsonl", "--seed-fraction", "1", "--out", "r5");
    expect(iterationsOf(all)).toHaveLength(1);
    expect(iterationsOf(all)[0]).toMatchObject({ labeled: 300, unlabeled: 0, selected: 0 });
  });

  test("a run that selects nothing says so beside its records", () => {
    const result = ssrmJson(
      folder,
      "run",
      "d.jsonl",
      "--seed-count",
      "40",
      "--threshold",
      "1",
      "--out",
      "r6",
    );
    expect(iterationsOf(result)).toHaveLength(1);
    expect(result["endedEarly"]).toMatchObject({ iteration: 1 });
    expect((result["endedEarly"] as Json)["reason"]).toMatch(
      /no pair has a confidence above 1 .*would pass/,
    );
  });

  test("settings reach the run", () => {
    const options = ["--l2", "0.5", "--no-length", "--seed", "7", "--confidence", "calibrated"];
    const more = ["--start", "continue", "--keep", "best", "--threshold=0.7", "--provider", "cpu"];
    const result = ssrmJson(
      folder,
      "run",
      "d.jsonl",
      "--seed-count=40",
      ...options,
      ...more,
      "--out",
      "r7",
    );
    expect(result["settings"]).toEqual({
      model: "lexical",
      threshold: 0.7,
      confidence: "calibrated",
      iterations: 3,
      start: "continue",
      keep: "best",
      seed: 7,
      seedCount: 40,
      seedFraction: null,
      lexical: { l2: 0.5, length: false },
    });
  });
});

test("without --json a table goes to stdout and progress, in plain lines, to stderr", () => {
  const { status, stdout, stderr } = ssrm(folder, "run", "d.jsonl", "--seed-count", "40");
  expect(status).toBe(0);
  expect(stdout).toMatch(/^model +labels +pseudo .*held-out accuracy/);
  expect(stdout).toMatch(/Score pairs: +ssrm score DATA --model \.ssrm\/runs\//);
  expect(stderr).toMatch(/model 0: from 40 labels, .* right on held-out labels/);
  expect(`${stdout}${stderr}`).not.toContain("\u001B");
  const runs = readdirSync(join(folder, ".ssrm/runs"));
  expect(runs).toHaveLength(1);
  expect(runs[0]).toMatch(/^\d{8}-\d{6}-[0-9a-f]{6}$/);
});

describe("resuming", () => {
  const line = ["run", "d.jsonl", "--seed-count", "40", "--iterations", "8", "--test", "t.jsonl"];
  const iteration = (record: Json): Json => ({ ...record, seconds: 0 });

  test("a finished run prints its result again", () => {
    const again = ssrmJson(folder, "run", "--resume", "r1");
    expect(again).toMatchObject({ state: "done", dir: join(folder, "r1") });
    expect(iterationsOf(again)).toHaveLength(4);
  });

  test("the first SIGINT pauses with 130, and --resume ends with the bytes of an undisturbed run", async () => {
    const whole = ssrmJson(folder, ...line, "--out", "whole");
    const { child, ended } = startSsrm(folder, ...line, "--out", "cut", "--json");
    child.stderr!.on("data", (chunk: Buffer) => {
      if (chunk.toString().includes("model 1:")) child.kill("SIGINT");
    });
    const { status, stdout, stderr } = await ended;
    expect(stderr).toContain("Stopping after this step");
    expect(status).toBe(130);
    const paused = JSON.parse(stdout) as Json;
    expect(paused["state"]).toBe("paused");
    expect(iterationsOf(paused).length).toBeGreaterThanOrEqual(2);
    expect(iterationsOf(paused).length).toBeLessThan(9);

    const resumed = ssrmJson(folder, "run", "--resume", "cut");
    expect(resumed["state"]).toBe("done");
    expect(iterationsOf(resumed).map(iteration)).toEqual(iterationsOf(whole).map(iteration));
    expect(bytesOf("cut")).toEqual(bytesOf("whole"));
  });
});

/** Every file below checkpoint and pseudo-labels by name. */
function bytesOf(run: string): Record<string, string> {
  const files: Record<string, string> = {};
  for (const part of ["checkpoint", "pseudo-labels"]) {
    for (const name of readdirSync(join(folder, run, part), { recursive: true }) as string[]) {
      const path = join(folder, run, part, name);
      if (statSync(path).isFile()) files[`${part}/${name}`] = readFileSync(path, "latin1");
    }
  }
  return files;
}
