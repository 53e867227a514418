// `ssrm score`, `eval`, `compare` and `baselines` on one small run; figures against slow obvious ones.
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { canonicalPair, plainPrompt, plainResponse } from "../../src/core/pair.ts";
import { expectClose } from "../support/close.ts";
import { plainRows, ssrm, ssrmJson, writeRows } from "../support/command.ts";

type Json = Readonly<Record<string, unknown>>;
type Numbers = Readonly<Record<string, number>>;

let folder: string;
const rows = plainRows(200, "d");
const tests = plainRows(120, "t");
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "ssrm-score-"));
  writeRows(join(folder, "d.jsonl"), rows);
  writeRows(join(folder, "t.jsonl"), tests);
  const run = ["run", "d.jsonl", "--seed-count", "40", "--test", "t.jsonl"];
  ssrmJson(folder, ...run, "--iterations", "1", "--out", "a");
  ssrmJson(folder, ...run, "--iterations", "0", "--threshold", "0.7", "--out", "b");
});
afterAll(() => rmSync(folder, { recursive: true }));

function score(...args: readonly string[]): { lines: Json[]; stderr: string } {
  const { status, stdout, stderr } = ssrm(folder, "score", ...args, "--model", "a");
  expect(status, stderr).toBe(0);
  return {
    lines: stdout
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line) as Json),
    stderr,
  };
}
const sigmoid = (x: number): number => 1 / (1 + Math.exp(-x));
const exact = { atol: 1e-12, rtol: 1e-12 };

describe("score", () => {
  test("rows with a preference: rewards and p of the chosen, in file order", () => {
    const { lines } = score("t.jsonl", "d.jsonl");
    expect(lines.map((line) => line["id"])).toEqual([...tests, ...rows].map(({ id }) => id));
    for (const line of lines) {
      expect(Object.keys(line)).toEqual([
        "id",
        "rewardChosen",
        "rewardRejected",
        "p",
        "pCalibrated",
      ]);
      const { rewardChosen, rewardRejected, p } = line as Numbers;
      expectClose(p!, sigmoid(rewardChosen! - rewardRejected!), exact);
    }
  });

  test("rows without one, ties, single responses and bad rows, all in one file", () => {
    const [row] = rows;
    const { prompt, chosen, rejected } = row!;
    const open = { prompt, response_a: rejected, response_b: chosen };
    writeRows(join(folder, "open.jsonl"), [
      open,
      { ...open, response_a: chosen, response_b: rejected },
      { ...open, winner: "tie", id: "tied" },
      { ...open, winner: "b" },
      { prompt },
      { ...open, winner: null, id: 7 },
    ]);
    writeRows(join(folder, "single.jsonl"), [
      { prompt, response: chosen },
      { prompt, response: rejected, id: "mine" },
    ]);
    const { lines, stderr } = score("open.jsonl", "single.jsonl");
    const id = canonicalPair({
      prompt: plainPrompt(prompt),
      a: plainResponse(chosen),
      b: plainResponse(rejected),
    }).pair.id;
    expect(lines).toHaveLength(7);
    const [first, swapped, tied, judged, numbered, good, bad] = lines as Numbers[];
    expect(lines.slice(0, 5).map((line) => line["id"])).toEqual([id, id, "tied", id, 7]);
    for (const line of [first, tied, numbered]) {
      expect(Object.keys(line!)).toEqual(["id", "rewardA", "rewardB", "p", "pCalibrated"]);
      expect([line!["rewardA"], line!["rewardB"]]).toEqual([bad!["reward"], good!["reward"]]);
    }
    expectClose(swapped!["p"]!, 1 - first!["p"]!, exact);
    expect(judged!["rewardChosen"]).toBe(good!["reward"]);
    expect(judged!["rewardRejected"]).toBe(bad!["reward"]);
    expect(Object.keys(good!)).toEqual(["id", "reward"]);
    expect(lines[6]!["id"]).toBe("mine");
    expect(lines[5]!["id"]).toMatch(/^[0-9a-f]{32}$/);
    expect(stderr).toMatch(/open\.jsonl: line 5 is skipped: /);
    expect(stderr).toMatch(/open\.jsonl: 1 row was skipped\./);
  });

  test("--out holds the same lines, appears whole, and never takes an input's place", () => {
    const { lines } = score("t.jsonl");
    expect(
      ssrm(folder, "score", "t.jsonl", "--model", "a/checkpoint", "--out", "deep/s.jsonl"),
    ).toMatchObject({
      status: 0,
      stdout: "",
    });
    const written = readFileSync(join(folder, "deep/s.jsonl"), "utf8");
    expect(written).toBe(lines.map((line) => `${JSON.stringify(line)}\n`).join(""));
    expect(readdirSync(join(folder, "deep"))).toEqual(["s.jsonl"]);
    const before = readFileSync(join(folder, "t.jsonl"), "utf8");
    const refused = ssrm(folder, "score", "t.jsonl", "--model", "a", "--out", "./t.jsonl");
    expect(refused.status).toBe(2);
    expect(refused.stderr).toMatch(/--out: .*t\.jsonl is an input file/);
    expect(readFileSync(join(folder, "t.jsonl"), "utf8")).toBe(before);
    expect(ssrm(folder, "score", "none.jsonl", "--model", "a", "--out", "n.jsonl").status).toBe(1);
    expect(existsSync(join(folder, "n.jsonl"))).toBe(false);
  });
});

describe("eval", () => {
  test("is what the scores say, overall, per subset and after temperature scaling", () => {
    const { lines } = score("t.jsonl");
    const result = ssrmJson(folder, "eval", "t.jsonl", "--model", "a");
    const check = (figures: Json, of: readonly Json[]): void => {
      const p = of.map((line) => line["p"] as number);
      const mean = (values: readonly number[]): number =>
        values.reduce((a, b) => a + b, 0) / values.length;
      const own = figures as Numbers;
      expect(own["n"]).toBe(of.length);
      expectClose(own["accuracy"]!, mean(p.map((x) => (x > 0.5 ? 1 : x === 0.5 ? 0.5 : 0))), exact);
      expectClose(own["nll"]!, mean(p.map((x) => -Math.log(x))), { atol: 1e-9, rtol: 0 });
      expectClose(own["brier"]!, mean(p.map((x) => (1 - x) ** 2)), { atol: 1e-9, rtol: 0 });
      const calibrated = of.map((line) => -Math.log(line["pCalibrated"] as number));
      const scaled = figures["calibrated"] as Numbers;
      expectClose(scaled["nll"]!, mean(calibrated), { atol: 1e-9, rtol: 0 });
      for (const name of ["accuracyLow", "accuracyHigh", "ece", "smece", "lengthCorrelation"]) {
        expect(typeof own[name], name).toBe("number");
      }
    };
    check(result, lines);
    const subsets = result["subsets"] as Readonly<Record<string, Json>>;
    expect(Object.keys(subsets).sort()).toEqual(["easy", "hard"]);
    for (const [name, figures] of Object.entries(subsets)) {
      check(
        figures,
        lines.filter((_, i) => tests[i]!.subset === name),
      );
    }
  });

  test("agrees with the run's own record of the test set", () => {
    const result = ssrmJson(folder, "eval", "t.jsonl", "--model", "a") as Numbers;
    const run = ssrmJson(folder, "run", "--resume", "a");
    const record = (run["iterations"] as Json[]).at(-1)!["test"] as Numbers;
    for (const name of ["accuracy", "accuracyLow", "nll", "brier", "ece", "smece"]) {
      expectClose(result[name]!, record[name]!, { atol: 1e-6, rtol: 1e-6 });
    }
  });

  test("ties count half; rows without a verdict, both bad and single responses are left out", () => {
    const { prompt, chosen, rejected } = tests[0]!;
    const open = { prompt, response_a: rejected, response_b: chosen };
    writeRows(join(folder, "mixed.jsonl"), [
      { ...open, winner: "tie" },
      { ...open, winner: "both bad" },
      open,
    ]);
    const result = ssrmJson(folder, "eval", "mixed.jsonl", "--model", "a");
    expect(result).toMatchObject({
      n: 1,
      accuracy: 0.5,
      withoutVerdict: 1,
      bothBad: 1,
      subsets: {},
    });
    const { stdout, stderr } = ssrm(folder, "eval", "mixed.jsonl", "--model", "a");
    expect(stdout).toMatch(/^ +pairs +accuracy.*\nall +1 +50\.0/);
    expect(stderr).toMatch(/Left out: rows 1 without a verdict, 1 of which both are bad\./);
  });
});

test("compare shows settings that differ and whether the difference is evidence", () => {
  const result = ssrmJson(folder, "compare", "a", "b");
  expect(result["settings"]).toEqual({ threshold: [0.8, 0.7], iterations: [1, 0] });
  const [difference, ...others] = result["differences"] as Json[];
  expect(others).toEqual([]);
  const { value, low, high } = difference!["accuracy"] as Numbers;
  const [a, b] = (result["runs"] as Json[]).map((run) => (run["test"] as Numbers)["accuracy"]!);
  expectClose(value!, b! - a!, exact);
  expect(difference!["isEvidence"]).toBe(low! > 0 || high! < 0);
  const { status, stdout } = ssrm(folder, "compare", "a", "b");
  expect(status).toBe(0);
  expect(stdout).toMatch(/threshold +0\.8 +0\.7/);
  expect(stdout).toMatch(/b against a: .* points \(95 % interval .*evidence/);
});

test("baselines: one table on the same test pairs", () => {
  const options = ["d.jsonl", "--seed-count", "40", "--test", "t.jsonl", "--iterations", "1"];
  const result = ssrmJson(folder, "baselines", ...options);
  const table = result["baselines"] as Json[];
  const named = new Map(table.map((row) => [row["name"], row as Numbers]));
  expect([...named.keys()]).toEqual([
    ...["seed only", "SSRM", "no threshold", "random subset", "all labels", "longer", "shorter"],
  ]);
  expect(table.every((row) => row["n"] === 120)).toBe(true);
  const run = ssrmJson(folder, "run", "--resume", "a")["iterations"] as Json[];
  for (const [name, record] of [
    ["seed only", run[0]!],
    ["SSRM", run[1]!],
  ] as const) {
    expect(named.get(name)!["accuracy"]).toBe((record["test"] as Numbers)["accuracy"]);
    expect(named.get(name)!["selected"]).toBe(record["selected"]);
  }
  expect(named.get("random subset")!["selected"]).toBe(named.get("SSRM")!["selected"]);
  expect(named.get("no threshold")!["selected"]).toBe(160);
  expect(named.get("all labels")!["labeled"]).toBe(200);
  const longer = tests.map(({ chosen, rejected }) => Math.sign(chosen.length - rejected.length));
  const rate = longer.reduce((sum, sign) => sum + (sign + 1) / 2, 0) / tests.length;
  expectClose(named.get("longer")!["accuracy"]!, rate, exact);
  expectClose(named.get("shorter")!["accuracy"]!, 1 - rate, exact);
  const held = ssrm(folder, "baselines", "d.jsonl", "--seed-count", "40", "--iterations", "0");
  expect(held.status).toBe(0);
  expect(held.stdout).toMatch(/held-out accuracy/);
});
