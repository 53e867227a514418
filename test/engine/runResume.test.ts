// Going on with a run that was stopped, that failed, or whose inputs are no longer what they were.
import {
  appendFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { readRun } from "../../src/data/runs/runFiles.ts";
import { makeRun, resumeRun, type RunHooks } from "../../src/engine/runJob.ts";
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
  everythingOf,
  hooks,
  leftovers,
  makeRunPlace,
  modelsOf,
  recordsOf,
  resultOf,
  type RunPlace,
} from "../support/runs.ts";

// A third of the labels only trains: a resumed run must know which.
const rows = makeRows(90, "resume").map((row, i): MadeRow =>
  i % 3 === 0 ? { ...row, drawn: "audit" } : row,
);
const settings = { threshold: 0.6 };

let place: RunPlace;
let data: string;
let log: string;
let testFile: string;
beforeEach(async () => {
  place = makeRunPlace();
  data = writeRowsTo(place.at("data.jsonl"), open(rows));
  log = writeLog(place.at("log.jsonl"), rows.slice(0, 24));
  testFile = writeRowsTo(place.at("test.jsonl"), judged(makeRows(20, "test")));
  await make("whole");
});
afterEach(() => place.remove());

const dirOf = (out: string): string => place.at("runs", out);
const make = (out: string, by: RunHooks = hooks()) =>
  makeRun(place.request(out, { data: [data], labels: [log], test: [testFile] }, settings), by);
const goOn = (out: string, by: RunHooks = hooks()) =>
  resumeRun(dirOf(out), { ...by, cacheDir: place.cacheDir });

/** Hooks that ask the run to stop after the n-th question, counted from 1. */
function stopAfter(n: number): RunHooks {
  let asked = 0;
  const stopRequested = () => (++asked >= n ? "after-step" : "no");
  const waitWhilePaused = () => Promise.resolve();
  return { ...hooks(), signal: { stopRequested, waitWhilePaused } };
}

async function expectWhole(out: string): Promise<void> {
  expect(everythingOf(dirOf(out))).toEqual(everythingOf(dirOf("whole")));
  expect(await recordsOf(dirOf(out))).toEqual(await recordsOf(dirOf("whole")));
  expect(leftovers(dirOf(out))).toEqual([]);
  const { info } = await readRun(dirOf(out));
  expect(info).toMatchObject({ state: "done", error: null });
}

describe("a run that is stopped", () => {
  test("again and again, and goes on each time, ends as one that was not", async () => {
    let outcome = await make("stopped", stopAfter(1));
    let stops = 0;
    // What an iteration had done when it was stopped is done again, so each time the run gets a little longer.
    for (; outcome.state === "paused"; stops++) {
      const { info, records } = await readRun(dirOf("stopped"));
      expect(info.state).toBe("paused");
      expect(records.some((record) => record.kind === "iteration")).toBe(true);
      expect(existsSync(place.at("runs/stopped/lock.json"))).toBe(false);
      expect(existsSync(place.at("runs/stopped/checkpoint/ssrm.json"))).toBe(true);
      outcome = await goOn("stopped", stopAfter(30 * (stops + 1)));
    }
    expect(outcome).toEqual({ state: "done", error: null });
    expect(stops).toBeGreaterThan(2);
    await expectWhole("stopped");
  });

  test("is asked for its stop only once there is a model", async () => {
    await make("early", {
      ...hooks(),
      signal: { ...hooks().signal, stopRequested: () => "after-step" },
    });
    expect((await modelsOf(dirOf("early"))).map(({ iteration }) => iteration)).toEqual([0]);
  });

  test("repeats the labels that it wrote down, and takes new ones at the next iteration", async () => {
    let seen = 0;
    const untilFit1: RunHooks = {
      ...hooks(),
      step: (iteration) => void (seen = Math.max(seen, iteration)),
      signal: {
        stopRequested: () => (seen === 1 ? "after-step" : "no"),
        waitWhilePaused: () => Promise.resolve(),
      },
    };
    expect((await make("growing", untilFit1)).state).toBe("paused");
    appendFileSync(log, logLines(rows.slice(24, 30), "w2"));
    expect((await goOn("growing")).state).toBe("done");
    const models = await modelsOf(dirOf("growing"));
    expect(models.map(({ labeled }) => labeled)).toEqual([24, 24, 30, 30]);
    const whole = resultOf(dirOf("whole"));
    const first = "pseudo-labels/iteration-1.jsonl";
    expect(resultOf(dirOf("growing"))[first]).toBe(whole[first]);
  });
});

describe("inputs that changed", () => {
  beforeEach(async () => {
    expect((await make("stopped", stopAfter(1))).state).toBe("paused");
  });

  test.each(["data.jsonl", "test.jsonl"])(
    "%s: refused by name, and nothing is touched",
    async (name) => {
      const before = readFileSync(place.at("runs/stopped/run.json"), "utf8");
      appendFileSync(place.at(name), "\n");
      await expect(goOn("stopped")).rejects.toThrow(
        `${place.at(name)}: expected the file that the run began`,
      );
      rmSync(place.at(name));
      await expect(goOn("stopped")).rejects.toThrow(/got no readable file/);
      expect(readFileSync(place.at("runs/stopped/run.json"), "utf8")).toBe(before);
      expect(existsSync(place.at("runs/stopped/lock.json"))).toBe(false);
    },
  );

  test("put back, the run goes on", async () => {
    const bytes = readFileSync(data);
    writeFileSync(data, "");
    await expect(goOn("stopped")).rejects.toThrow(data);
    writeFileSync(data, bytes);
    expect((await goOn("stopped")).state).toBe("done");
    await expectWhole("stopped");
  });
});

describe("a run that fails", () => {
  test("says so in run.json and in its outcome, and goes on once the cause is gone", async () => {
    const fails: RunHooks = {
      ...hooks(),
      record: (record) => {
        if (record.kind === "iteration" && record.iteration === 1) throw new Error("no room here");
      },
    };
    expect(await make("failed", fails)).toEqual({ state: "failed", error: "no room here" });
    const { info } = await readRun(dirOf("failed"));
    expect(info).toMatchObject({ state: "failed", error: "no room here", finishedAt: null });
    expect(existsSync(place.at("runs/failed/lock.json"))).toBe(false);
    expect((await goOn("failed")).state).toBe("done");
    await expectWhole("failed");
  });

  test("a folder without a run is named", async () => {
    await expect(goOn("nowhere")).rejects.toThrow(`${dirOf("nowhere")}: expected a run directory`);
    writeFileSync(place.at("runs/whole/run.json"), '{"version":2}');
    await expect(goOn("whole")).rejects.toThrow(/run\.json: expected version 1/);
  });
});

test("what a killed process left of a finished run is tidied up by the next resume", async () => {
  const state = place.at("runs/whole/state");
  mkdirSync(`${state}/iteration-3`, { recursive: true });
  writeFileSync(place.at("runs/whole/report.html.tmp-999999999"), "half");
  writeFileSync(place.at("runs/whole/lock.json"), '{"pid":999999999,"startedAt":"1"}\n');
  expect(await goOn("whole")).toEqual({ state: "done", error: null });
  expect(leftovers(dirOf("whole"))).toEqual([]);
  expect(readdirSync(dirOf("whole"))).not.toContain("state");
});

test("a run directory that never appeared is removed by the next run beside it, others' folders are not", async () => {
  const names = [".old.tmp-999999999", `.busy.tmp-${process.ppid}`, ".mine.tmp-999999999"];
  for (const name of names) mkdirSync(place.at("runs", name));
  writeFileSync(place.at("runs", names[0]!, "run.json"), "{");
  writeFileSync(place.at("runs", names[2]!, "thesis.txt"), "mine");
  await make("next");
  expect(readdirSync(place.at("runs")).filter((name) => name.startsWith("."))).toEqual(
    [names[1], names[2]].sort(),
  );
});
