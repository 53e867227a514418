// Where the labels of a run come from, and what is said where they are missing or wrong.
import { appendFileSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { readRun } from "../../src/data/runs/runFiles.ts";
import { UsageError } from "../../src/data/usageError.ts";
import { makeRun } from "../../src/engine/runJob.ts";
import {
  judged,
  type MadeRow,
  makeRows,
  open,
  writeLog,
  writeRowsTo,
} from "../support/pairFiles.ts";
import { hooks, makeRunPlace, modelsOf, type RunPlace, runsIn } from "../support/runs.ts";

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
    const turned = seed.map((row): MadeRow => ({
      ...row,
      winner: row.winner === "a" ? "b" : "a",
    }));
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

  test("verdicts that a log has lost are told of by their numbers", async () => {
    const log = writeLog(place.at("gaps.jsonl"), seed);
    const lines = readFileSync(log, "utf8").split("\n");
    writeFileSync(log, [...lines.slice(0, 4), ...lines.slice(6)].join("\n"));
    const { notes } = await run("gaps", { data: [unjudged], labels: [log] });
    expect(await sizes("gaps")).toEqual({ labeled: 22, unlabeled: 68 });
    expect(notes.filter((note) => note.startsWith(log))).toEqual([
      expect.stringMatching(
        /gaps\.jsonl: events 5 to 6 of \S+ are missing; another copy of the log/,
      ),
    ]);
  });
});
