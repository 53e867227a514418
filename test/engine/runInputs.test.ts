// Where a run's labels, gold and test figures come from, and what is said where they are missing or wrong.
import { appendFileSync, mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { LabelsRecord, RunSettings } from "../../src/core/records.ts";
import { readRun } from "../../src/data/runFiles.ts";
import { UsageError } from "../../src/data/usageError.ts";
import { makeRun } from "../../src/engine/runJob.ts";
import type { RunRequest } from "../../src/protocol/engine.ts";
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
  resultOf,
  type RunPlace,
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

type Inputs = Partial<Omit<RunRequest, "settings">>;

const short = { iterations: 1, threshold: 0.6 };

async function run(
  out: string,
  inputs: Inputs,
  settings: Partial<RunSettings> = {},
): Promise<Heard> {
  const heard: Heard = { records: [], notes: [] };
  const request = place.request(out, inputs, { ...short, ...settings });
  expect(await makeRun(request, hooks(heard))).toEqual({ state: "done", error: null });
  return heard;
}

const sizes = async (out: string): Promise<{ labeled: number; unlabeled: number }> => {
  const { labeled, unlabeled } = (await modelsOf(place.at("runs", out)))[0]!;
  return { labeled, unlabeled };
};
const result = (out: string): Record<string, string> => resultOf(place.at("runs", out));

describe("labels", () => {
  test("the same verdicts as a log, as a file of preferences and as a folder give the same bytes", async () => {
    const log = writeLog(place.at("verdicts.jsonl"), seed);
    const file = writeRowsTo(place.at("seed.jsonl"), judged(seed));
    const folder = place.at("own/.ssrm");
    mkdirSync(folder, { recursive: true });
    writeLog(place.at("own/.ssrm/labels.jsonl"), seed.slice(0, 10), "w1");
    writeLog(place.at("own/.ssrm/labels.w2.jsonl"), seed.slice(10), "w2");
    writeLog(place.at("own/.ssrm/other.jsonl"), others, "w3");
    await run("log", { data: [unjudged], labels: [log] });
    await run("file", { data: [unjudged], labeled: [file] });
    await run("folder", { data: [unjudged], labels: [folder] });
    expect(await sizes("log")).toEqual({ labeled: 24, unlabeled: 66 });
    expect(result("file")).toEqual(result("log"));
    expect(result("folder")).toEqual(result("log"));
    const { info } = await readRun(place.at("runs/folder"));
    expect(info.labels.map(({ path }) => path)).toEqual([folder]);
  });

  test("several sources add up; a later verdict of a log overrules a file's", async () => {
    const file = writeRowsTo(place.at("seed.jsonl"), judged(seed));
    const turned = seed.map(
      (row) => ({ ...row, winner: row.winner === "a" ? "b" : "a" }) as MadeRow,
    );
    const both = [...turned, ...others.slice(0, 6)];
    const log = writeLog(place.at("log.jsonl"), both);
    await run("both", { data: [unjudged], labeled: [file], labels: [log] });
    expect(await sizes("both")).toEqual({ labeled: 30, unlabeled: 60 });
    await run("log", { data: [unjudged], labels: [log] });
    expect(result("both")).toEqual(result("log"));
  });

  test("pairs of --labeled that the data lacks join the pool; the data's own order does not matter", async () => {
    const file = writeRowsTo(place.at("seed.jsonl"), judged(seed));
    const rest = writeRowsTo(place.at("rest.jsonl"), open(others));
    await run("apart", { data: [rest], labeled: [file] });
    await run("together", { data: [unjudged], labeled: [file] });
    expect(await sizes("apart")).toEqual({ labeled: 24, unlabeled: 66 });
    const checkpoint = (out: string) =>
      Object.entries(result(out)).filter(([name]) => name.startsWith("checkpoint/"));
    expect(checkpoint("apart")).toEqual(checkpoint("together"));
  });

  test("a seed by count takes whole prompts, one by fraction rounds; a log goes with it", async () => {
    await run("count", { data: [data] }, { seedCount: 20 });
    expect((await sizes("count")).labeled).toBeGreaterThanOrEqual(20);
    expect((await sizes("count")).labeled).toBeLessThan(23);
    await run("fraction", { data: [data] }, { seedFraction: 0.25 });
    expect((await sizes("fraction")).labeled).toBeGreaterThanOrEqual(22);
    const log = writeLog(place.at("log.jsonl"), rows.slice(-40));
    await run("with log", { data: [data], labels: [log] }, { seedCount: 20 });
    expect((await sizes("with log")).labeled).toBeGreaterThan(40);
  });

  test("a seed of everything leaves no U and gives record 0 alone", async () => {
    await run("all", { data: [data] }, { seedFraction: 1, iterations: 3 });
    const models = await modelsOf(place.at("runs/all"));
    expect(models).toHaveLength(1);
    expect(models[0]).toMatchObject({ iteration: 0, labeled: 90, unlabeled: 0, selected: 0 });
    expect(models[0]!.pseudoLabelAccuracy).toBeNull();
  });

  test("ties are learned as ties, both-bad pairs are in neither L nor U", async () => {
    const marked = rows.map((row, i) => {
      if (i < 4) return { ...row, winner: "tie" } as const;
      return i < 9 ? ({ ...row, winner: "bothbad" } as const) : row;
    });
    const log = writeLog(place.at("log.jsonl"), marked.slice(0, 24));
    await run("log", { data: [unjudged], labels: [log] });
    expect(await sizes("log")).toEqual({ labeled: 19, unlabeled: 66 });
    const file = writeRowsTo(place.at("seed.jsonl"), judged(marked.slice(0, 24)));
    await run("file", { data: [unjudged], labeled: [file] });
    expect(result("file")).toEqual(result("log"));
    writeRowsTo(data, judged(marked));
    await run("all", { data: [data] }, { seedFraction: 1 });
    expect(await sizes("all")).toEqual({ labeled: 85, unlabeled: 0 });
  });

  test("no source of labels: the three ways are named and nothing is made", async () => {
    const refused = makeRun(place.request("none", { data: [data] }), hooks());
    await expect(refused).rejects.toThrow(UsageError);
    await expect(refused).rejects.toThrow(
      /--labels FILE.*--labeled FILE.*--seed-count N or --seed-fraction F/,
    );
    expect(readdirSync(place.at("runs"))).toEqual([]);
  });

  test("labels of other data are refused with the file's name", async () => {
    const log = writeLog(place.at("foreign.jsonl"), makeRows(5, "foreign"));
    const refused = makeRun(place.request("foreign", { data: [unjudged], labels: [log] }), hooks());
    await expect(refused).rejects.toThrow(
      `${log}: expected verdicts on pairs of the data, got none`,
    );
    expect(readdirSync(place.at("runs"))).toEqual([]);
  });

  test("a seed from data without verdicts is refused with the file's name", async () => {
    const request = place.request("none", { data: [unjudged] }, { seedCount: 5 });
    await expect(makeRun(request, hooks())).rejects.toThrow(
      `${unjudged}: expected verdicts in the data`,
    );
  });

  test("a missing log is named", async () => {
    const request = place.request("none", { data: [data], labels: [place.at("gone.jsonl")] });
    await expect(makeRun(request, hooks())).rejects.toThrow(
      /gone\.jsonl cannot be read: there is no such file/,
    );
  });

  test("damaged lines of a log are skipped and told of", async () => {
    const log = writeLog(place.at("log.jsonl"), seed);
    appendFileSync(log, '<<<<<<< mine\n{"v":1,"id":"torn');
    const { notes } = await run("damaged", { data: [unjudged], labels: [log] });
    expect(await sizes("damaged")).toEqual({ labeled: 24, unlabeled: 66 });
    expect(notes.filter((note) => note.startsWith(log))).toEqual([
      expect.stringMatching(
        /log\.jsonl: 2 parts are no verdict and left out, the first at byte \d+/,
      ),
    ]);
  });
});

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

  test("bad rows are skipped, counted in the report and change nothing", async () => {
    await run("clean", { data: [data] }, { seedCount: 20 });
    const lines = judged(rows).map((row) => JSON.stringify(row));
    lines.splice(3, 0, "{torn", '{"prompt":"p","response_a":"only one"}');
    writeFileSync(place.at("dirty.jsonl"), `${lines.join("\n")}\n`);
    await run("dirty", { data: [place.at("dirty.jsonl")] }, { seedCount: 20 });
    expect(result("dirty")).toEqual(result("clean"));
    const { readFileSync } = await import("node:fs");
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
