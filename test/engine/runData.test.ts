// Verdicts that arrive while a run goes on; gold and test files; rows that repeat or are bad.
import { appendFileSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { LabelsRecord } from "../../src/core/records.ts";
import { readRun } from "../../src/data/runs/runFiles.ts";
import { makeRun } from "../../src/engine/runJob.ts";
import {
  judged,
  logLines,
  type MadeRow,
  makeRows,
  open,
  writeLog,
  writeRowsTo,
} from "../support/pairFiles.ts";
import {
  type Heard,
  hooks,
  makeRunPlace,
  modelsOf,
  type RunPlace,
  runsIn,
  shortRun as short,
} from "../support/runs.ts";

const rows = makeRows(90, "inputs");
const seed = rows.slice(0, 24);
const others = rows.slice(24);

let place: RunPlace;
let data: string;
let unjudged: string;
beforeEach(() => {
  place = makeRunPlace();
  data = writeRowsTo(place.at("judged.jsonl"), judged(rows));
  unjudged = writeRowsTo(place.at("open.jsonl"), open(rows));
});
afterEach(() => place.remove());

const { run, sizes, result } = runsIn(() => place);

describe("verdicts that arrive in mid-run", () => {
  test("enter at the next iteration, and a record says so", async () => {
    const log = writeLog(place.at("log.jsonl"), seed);
    const heard: Heard = { records: [], notes: [] };
    const more = others.slice(0, 7);
    const request = place.request(
      "growing",
      { data: [unjudged], labels: [log] },
      { ...short, iterations: 2 },
    );
    await makeRun(
      request,
      hooks(heard, (record) => {
        if (record.kind === "iteration" && record.iteration === 0) {
          appendFileSync(log, logLines(more, "w2"));
        }
      }),
    );
    const labels = heard.records.filter(
      (record): record is LabelsRecord => record.kind === "labels",
    );
    expect(labels.map(({ iteration, labeled, added }) => [iteration, labeled, added])).toEqual([
      [0, 24, 24],
      [1, 31, 7],
      [2, 31, 0],
    ]);
    expect(labels[1]!.sha256).not.toBe(labels[0]!.sha256);
    expect(labels[2]!.sha256).toBe(labels[1]!.sha256);
    const models = await modelsOf(place.at("runs/growing"));
    expect(models.map(({ labeled, unlabeled }) => [labeled, unlabeled])).toEqual([
      [24, 66],
      [31, 59],
      [31, 59],
    ]);
    // Of each record, what was written before it was told.
    expect((await readRun(place.at("runs/growing"))).records).toEqual(heard.records);
  });

  test("a log that another writer begins in the folder is read as well", async () => {
    const folder = place.at(".ssrm");
    mkdirSync(folder);
    writeLog(place.at(".ssrm/labels.jsonl"), seed);
    await makeRun(
      place.request("folder", { data: [unjudged], labels: [folder] }, short),
      hooks(undefined, (record) => {
        if (record.kind === "iteration" && record.iteration === 0)
          writeLog(place.at(".ssrm/labels.w2.jsonl"), others.slice(0, 3), "w2");
      }),
    );
    const models = await modelsOf(place.at("runs/folder"));
    expect(models.map(({ labeled }) => labeled)).toEqual([24, 27]);
  });
});

describe("gold, test and rows", () => {
  test("gold as a log and as rows give the same figures, and never other bytes", async () => {
    const labels = [writeLog(place.at("log.jsonl"), seed)];
    await run("none", { data: [unjudged], labels });
    await run("rows", { data: [unjudged], labels, gold: [data] });
    const goldLog = writeLog(place.at("gold.jsonl"), rows);
    await run("log", { data: [unjudged], labels, gold: [goldLog] });
    const accuracy = async (out: string): Promise<number | null> =>
      (await modelsOf(place.at("runs", out)))[1]!.pseudoLabelAccuracy;
    expect(await accuracy("none")).toBeNull();
    expect(await accuracy("rows")).toBeGreaterThan(0.6);
    expect(await accuracy("log")).toBe(await accuracy("rows"));
    expect(result("rows")).toEqual(result("none"));
    expect(result("log")).toEqual(result("none"));
  });

  test("rows that repeat a pair count once, with the responses turned as well", async () => {
    const turned = rows.slice(0, 10).map(({ prompt, a, b, winner }): MadeRow => ({
      ...{ prompt, a: b, b: a },
      winner: winner === "a" ? "b" : "a",
    }));
    writeRowsTo(data, judged([...rows, ...rows.slice(0, 5), ...turned]));
    const { notes } = await run("repeats", { data: [data] }, { seedCount: 20 });
    expect(notes).toContain("15 rows repeat a pair and count once.");
    const { labeled, unlabeled } = await sizes("repeats");
    expect(labeled + unlabeled).toBe(90);
  });

  test("rows that disagree about a pair give the same result in every order: the majority's", async () => {
    const against = (row: MadeRow): MadeRow => ({ ...row, winner: row.winner === "a" ? "b" : "a" });
    const split = rows.slice(0, 30).map(against);
    const outvoted = rows.slice(30, 60).flatMap((row) => [row, against(row)]);
    const all = judged([...rows, ...split, ...outvoted]);
    for (const [out, order] of Object.entries({ there: all, back: all.toReversed() })) {
      writeRowsTo(place.at(`${out}.jsonl`), order);
      const labeled = [place.at(`${out}.jsonl`)];
      const { notes } = await run(out, { data: [unjudged], labeled });
      expect(notes.filter((note) => note.includes("60 pairs repeat with different"))).toHaveLength(
        1,
      );
      expect(await sizes(out)).toEqual({ labeled: 60, unlabeled: 30 });
    }
    expect(result("back")).toEqual(result("there"));
  });

  test("a row that repeats in the test file counts as often as it stands there", async () => {
    const test = [writeRowsTo(place.at("twice.jsonl"), judged([...rows, ...rows.slice(0, 7)]))];
    await run("twice", { data: [data], test }, { seedCount: 20 });
    expect((await modelsOf(place.at("runs", "twice")))[0]!.test!.n).toBe(97);
  });

  test("bad rows are skipped, counted in the report and change nothing", async () => {
    await run("clean", { data: [data] }, { seedCount: 20 });
    const lines = judged(rows).map((row) => JSON.stringify(row));
    lines.splice(3, 0, "{torn", '{"prompt":"p","response_a":"only one"}');
    writeFileSync(place.at("dirty.jsonl"), `${lines.join("\n")}\n`);
    await run("dirty", { data: [place.at("dirty.jsonl")] }, { seedCount: 20 });
    expect(result("dirty")).toEqual(result("clean"));
    const html = readFileSync(place.at("runs/dirty/report.html"), "utf8");
    expect(html).toContain("dirty.jsonl");
    expect(html).toMatch(/line 4/);
  });

  test("test pairs that stand in the data are told of; a test file without verdicts is refused", async () => {
    const file = writeRowsTo(
      place.at("test.jsonl"),
      judged([...rows.slice(0, 8), ...makeRows(20, "t")]),
    );
    const { notes } = await run("overlap", { data: [data], test: [file] }, { seedCount: 20 });
    expect(notes).toContain("8 test pairs also stand in the data: test figures flatter.");
    expect((await modelsOf(place.at("runs/overlap")))[0]!.test!.n).toBe(28);
    const none = writeRowsTo(place.at("none.jsonl"), open(makeRows(20, "t")));
    const request = place.request("none", { data: [data], test: [none] }, { seedCount: 20 });
    await expect(makeRun(request, hooks())).rejects.toThrow(
      `${none}: expected pairs with verdicts to test on`,
    );
  });
});
