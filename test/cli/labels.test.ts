// `ssrm labels export | import`: the labeled data set of a run, and verdicts back into a log.
import { cpSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { plainRows, ssrm, ssrmJson, writeRows } from "../support/command.ts";

type Json = Readonly<Record<string, unknown>>;

let folder: string;
const rows = plainRows(150, "d");
const open = rows.map(({ id, prompt, chosen, rejected }) => ({
  id,
  prompt,
  response_a: rejected,
  response_b: chosen,
}));
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "ssrm-labels-"));
  writeRows(join(folder, "open.jsonl"), open);
  writeRows(
    join(folder, "judged.jsonl"),
    open
      .slice(0, 30)
      .map((row, i) => ({ ...row, winner: i === 0 ? "tie" : i === 1 ? "both bad" : "b" })),
  );
});
afterAll(() => rmSync(folder, { recursive: true }));

function exported(...args: readonly string[]): { rows: Json[]; stderr: string } {
  const { status, stdout, stderr } = ssrm(folder, "labels", "export", ...args);
  expect(status, stderr).toBe(0);
  const lines = stdout === "" ? [] : stdout.trimEnd().split("\n");
  return { rows: lines.map((line) => JSON.parse(line) as Json), stderr };
}

test("import makes a log, once; export of it gives the same verdicts", () => {
  const first = ssrmJson(folder, "labels", "import", "judged.jsonl", "--into", ".ssrm");
  expect(first).toEqual({
    into: join(folder, ".ssrm"),
    added: 30,
    known: 0,
    withoutVerdict: 0,
    skipped: 0,
  });
  expect(ssrmJson(folder, "labels", "import", "judged.jsonl")).toMatchObject({
    added: 0,
    known: 30,
  });

  const { rows: trl, stderr } = exported("open.jsonl", "--labels", ".ssrm/labels.jsonl");
  expect(trl).toHaveLength(28);
  for (const [i, row] of trl.entries()) {
    const { prompt, chosen, rejected } = rows[i + 2]!;
    expect(row).toEqual({ prompt, chosen, rejected, p: null, source: "human", iteration: null });
  }
  expect(stderr).toMatch(/28 rows as trl-standard: 28 human, 0 pseudo-labels\./);
  expect(stderr).toMatch(/does not carry: strength/);
  expect(stderr).toMatch(/1 left out: a tie has no chosen/);
  expect(stderr).toMatch(/1 left out: .*both are bad/);

  const prodigy = exported(
    "open.jsonl",
    "--labels",
    ".ssrm/labels.jsonl",
    "--form",
    "prodigy",
  ).rows;
  expect(prodigy).toHaveLength(30);
});

test("verdicts on pairs that are not in the data are counted", () => {
  writeRows(join(folder, "few.jsonl"), open.slice(0, 10));
  const { rows: few, stderr } = exported("few.jsonl", "--labels", ".ssrm/labels.jsonl");
  expect(few).toHaveLength(8);
  expect(stderr).toMatch(/20 of 30 verdicts are on pairs that are not in the data/);
});

test("of a run: L and the kept pseudo-labels, with p, source and iteration", () => {
  const run = [
    "run",
    "open.jsonl",
    "--labels",
    ".ssrm/labels.jsonl",
    "--iterations",
    "2",
    "--out",
    "r",
  ];
  const result = ssrmJson(folder, ...run);
  const last = (result["iterations"] as Json[]).at(-1)!;
  expect(last["labeled"]).toBe(29);
  const selected = last["selected"] as number;
  expect(selected).toBeGreaterThan(0);

  const { rows: kept } = exported("--run", "r", "--selected", "--format", "trl");
  const human = kept.filter((row) => row["source"] === "human");
  const pseudo = kept.filter((row) => row["source"] === "pseudo");
  expect([human.length, pseudo.length]).toEqual([28, selected]);
  expect(pseudo.every((row) => row["iteration"] === 2 && (row["p"] as number) > 0.8)).toBe(true);
  expect(exported("--run", "r").rows).toEqual(kept);

  const all = exported("--run", "r", "--all").rows;
  expect(all).toHaveLength(28 + 120);
  expect(all.some((row) => (row["p"] as number) <= 0.8 && row["source"] === "pseudo")).toBe(true);

  // What came later overrules what the model said.
  const { prompt } = pseudo[0] as { prompt: string };
  const later = rows.find((row) => row.prompt === prompt)!;
  writeRows(join(folder, "later.jsonl"), [later]);
  ssrmJson(folder, "labels", "import", "later.jsonl");
  const after = exported("--run", "r").rows;
  expect(after.filter((row) => row["source"] === "human")).toHaveLength(29);
  expect(after).toHaveLength(kept.length);
});

test.each(["trl-conversational", "openai-dpo", "hh", "prodigy"])(
  "a run's labels as %s are read back as so many labels",
  (form) => {
    const out = `${form}.jsonl`;
    const said = ssrmJson(folder, "labels", "export", "--run", "r", "--form", form, "--out", out);
    expect(said).toMatchObject({ form, out: join(folder, out) });
    const lines = readFileSync(join(folder, out), "utf8").trimEnd().split("\n");
    expect(lines).toHaveLength(said["written"] as number);
    const read = ssrmJson(folder, "labels", "import", out, "--into", `.${form}`);
    expect(read).toMatchObject({ added: lines.length, skipped: 0, withoutVerdict: 0 });
  },
);

test("what has no verdict, and a place that is none, end with 1", () => {
  const none = ssrm(folder, "labels", "import", "open.jsonl");
  expect(none.status).toBe(1);
  expect(none.stderr).toMatch(/open\.jsonl: expected rows with a verdict, got 150 without one/);
  const nowhere = ssrm(folder, "labels", "import", "judged.jsonl", "--into", "no/such/.ssrm");
  expect(nowhere.status).toBe(1);
  expect(nowhere.stderr).toMatch(/expected a place in a folder that exists/);
  const inputs = ssrm(folder, "labels", "export", "--run", "r", "--out", "open.jsonl");
  expect(inputs.status).toBe(2);
});

test("a project's mapping is used for its files and no others", () => {
  const own = join(folder, "own");
  cpSync(
    join(import.meta.dirname, "../../media/sample/.ssrm/project.json"),
    join(own, ".ssrm/project.json"),
  );
  writeRows(join(own, ".ssrm/project.json"), [
    { data: ["m.jsonl"], mapping: { prompt: "q", chosen: "good", rejected: "poor" } },
  ]);
  const mapped = rows.map(({ prompt, chosen, rejected }) => ({
    q: prompt,
    good: chosen,
    poor: rejected,
  }));
  writeRows(join(own, "m.jsonl"), mapped);
  writeRows(join(own, "n.jsonl"), rows);
  expect(ssrm(own, "run", "m.jsonl", "--seed-count", "30", "--iterations", "0")).toMatchObject({
    status: 0,
  });
  expect(ssrm(own, "run", "n.jsonl", "--seed-count", "30", "--iterations", "0")).toMatchObject({
    status: 0,
  });
});
