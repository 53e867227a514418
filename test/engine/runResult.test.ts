// What a finished run leaves: the same bytes for the same inputs, nothing that names this machine or this day,
// a complete run.json, and a model that scores as the run's own did.
import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { sigmoid } from "../../src/core/calibration.ts";
import { seededRandom, shuffled } from "../../src/core/random.ts";
import type { RunSettings } from "../../src/core/records.ts";
import { readPseudoLabels, readRun, readRunQueue } from "../../src/data/runs/runFiles.ts";
import { UsageError } from "../../src/data/usageError.ts";
import { makeRun, resumeRun } from "../../src/engine/runJob.ts";
import {
  judged,
  type MadeRow,
  makeRows,
  open,
  writeLog,
  writeRowsTo,
} from "../support/pairFiles.ts";
import {
  filesBelow,
  hooks,
  leftovers,
  makeRunPlace,
  modelsOf,
  recordsOf,
  resultOf,
  type RunPlace,
} from "../support/runs.ts";

const rows = makeRows(90, "result");
const base = { seedCount: 24, threshold: 0.6 };

let place: RunPlace;
let data: string;
let testFile: string;
beforeAll(() => {
  place = makeRunPlace();
  data = writeRowsTo(place.at("data.jsonl"), judged(rows));
  testFile = writeRowsTo(place.at("test.jsonl"), judged(makeRows(30, "test")));
});
afterAll(() => place.remove());

const dirOf = (out: string): string => place.at("runs", out);

async function run(out: string, settings: Partial<RunSettings> = {}, path = data): Promise<void> {
  const request = place.request(out, { data: [path], test: [testFile] }, { ...base, ...settings });
  expect(await makeRun(request, hooks())).toEqual({ state: "done", error: null });
}

describe("equal inputs", () => {
  beforeAll(() => run("once"));

  test("give the same bytes, records and queue, and leave no temporary file", async () => {
    await run("again");
    expect(resultOf(dirOf("again"))).toEqual(resultOf(dirOf("once")));
    expect(await recordsOf(dirOf("again"))).toEqual(await recordsOf(dirOf("once")));
    expect(await readRunQueue(dirOf("again"))).toEqual(await readRunQueue(dirOf("once")));
    expect(leftovers(dirOf("once"))).toEqual([]);
    expect(Object.keys(resultOf(dirOf("once"))).sort()).toEqual(
      expect.arrayContaining(["checkpoint/ssrm.json", "pseudo-labels/iteration-3.jsonl"]),
    );
  });

  test("shuffled and turned rows give the same checkpoint and the same pseudo-labels", async () => {
    const random = seededRandom("shuffle");
    const mixed = shuffled(rows, random).map((row): MadeRow => {
      if (random() < 0.5) return row;
      const { prompt, a, b, winner } = row;
      return { ...{ prompt, a: b, b: a }, winner: winner === "a" ? "b" : "a" };
    });
    await run("mixed", {}, writeRowsTo(place.at("mixed.jsonl"), judged(mixed)));
    const inOrder = (out: string): Record<string, unknown> =>
      Object.fromEntries(
        Object.entries(resultOf(dirOf(out))).map(([name, bytes]) => [
          name,
          name.startsWith("checkpoint/") ? bytes : bytes.split("\n").sort(),
        ]),
      );
    expect(inOrder("mixed")).toEqual(inOrder("once"));
  });

  test("the order of the rows moves no bit of the temperature and the held-out figures", async () => {
    const many = makeRows(200, "temperature");
    const figures = new Set<string>();
    for (const n of [0, 1, 2]) {
      const order = n === 0 ? many : shuffled(many, seededRandom(n));
      const path = writeRowsTo(place.at("order.jsonl"), judged(order));
      await run(`order-${n}`, { seedCount: 80, iterations: 1 }, path);
      const models = await modelsOf(dirOf(`order-${n}`));
      figures.add(
        JSON.stringify(
          models.map(({ temperature, temperatureLow, validation, validationCalibrated }) => ({
            ...{ temperature, temperatureLow, validation, validationCalibrated },
          })),
        ),
      );
    }
    expect([...figures]).toHaveLength(1);
  });

  test("another seed, threshold or kind of confidence gives other bytes", async () => {
    await run("seed", { seed: 1 });
    await run("threshold", { threshold: 0.7 });
    await run("calibrated", { confidence: "calibrated", threshold: 0.55 });
    for (const out of ["seed", "threshold", "calibrated"]) {
      expect(resultOf(dirOf(out)), out).not.toEqual(resultOf(dirOf("once")));
    }
  });

  test("nothing in them names a path, a time or a run", async () => {
    const { info } = await readRun(dirOf("once"));
    const year = info.createdAt.slice(0, 5);
    for (const [name, bytes] of Object.entries(resultOf(dirOf("once")))) {
      // The weights are numbers to the last byte: two runs at two times prove them, above.
      if (!/\.jsonl?$/.test(name)) continue;
      for (const word of [place.path, "data.jsonl", "/tmp", year, "once", info.data[0]!.sha256]) {
        expect({ name, word, isIn: bytes.includes(word) }).toEqual({ name, word, isIn: false });
      }
    }
  });

  test("run.json is complete", async () => {
    const link = place.at("link.jsonl");
    symlinkSync(data, link);
    const log = writeLog(place.at("log.jsonl"), rows.slice(0, 20));
    const inputs = { data: [link], labels: [log], gold: [data], test: [testFile] };
    await makeRun(place.request("info", inputs, { iterations: 1 }), hooks());
    const { info } = await readRun(dirOf("info"));
    const identity = (path: string): object => {
      const bytes = readFileSync(path);
      const sha256 = createHash("sha256").update(bytes).digest("hex");
      return { path, sha256, bytes: bytes.length };
    };
    expect(info).toMatchObject({
      ...{ version: 1, id: "info", state: "done", error: null, mapping: null, provider: "cpu" },
      settings: { model: "lexical", iterations: 1, threshold: 0.8, seedCount: null },
      data: [identity(data)],
      labels: [identity(log)],
      ...{ labeledData: [], gold: [identity(data)], test: [identity(testFile)] },
      versions: { ssrm: "0.1.0", node: process.versions.node },
    });
    expect(Date.parse(info.finishedAt!)).toBeGreaterThanOrEqual(Date.parse(info.createdAt));
  });

  test("the folder is refused from then on, and so is one with any other file", async () => {
    const before = filesBelow(dirOf("once"));
    await expect(run("once")).rejects.toThrow(UsageError);
    await expect(run("once")).rejects.toThrow(
      `--out ${dirOf("once")}: expected a folder that does not exist`,
    );
    expect(filesBelow(dirOf("once"))).toEqual(before);
    mkdirSync(dirOf("full"));
    writeFileSync(place.at("runs/full/notes.txt"), "mine");
    await expect(run("full")).rejects.toThrow(UsageError);
    expect(filesBelow(dirOf("full"))).toEqual({ "notes.txt": "mine" });
    writeFileSync(place.at("runs/file"), "a file");
    await expect(run("file")).rejects.toThrow(UsageError);
    mkdirSync(dirOf("empty"));
    await run("empty", { iterations: 0 });
  });

  test("going on with a finished run changes nothing", async () => {
    const before = filesBelow(dirOf("once"));
    const cacheDir = place.cacheDir;
    expect(await resumeRun(dirOf("once"), { ...hooks(), cacheDir })).toEqual({
      ...{ state: "done", error: null },
    });
    expect(filesBelow(dirOf("once"))).toEqual(before);
  });
});

describe("how a run ends", () => {
  test("no iterations: record 0 alone", async () => {
    await run("none", { iterations: 0 });
    const models = await modelsOf(dirOf("none"));
    expect(models.map(({ iteration, selected }) => [iteration, selected])).toEqual([[0, 0]]);
    expect(models[0]!.pseudoLabelAccuracy).toBeNull();
    expect(Object.keys(resultOf(dirOf("none"))).some((name) => name.startsWith("pseudo"))).toBe(
      false,
    );
  });

  test("nothing passes: the reason and what would pass, the model before is the result", async () => {
    await run("early", { threshold: 0.999 });
    const { info, records } = await readRun(dirOf("early"));
    expect(info).toMatchObject({ state: "done", error: null });
    expect((await modelsOf(dirOf("early"))).map(({ iteration }) => iteration)).toEqual([0]);
    const ended = records.filter((record) => record.kind === "ended-early");
    expect(ended).toMatchObject([{ iteration: 1 }]);
    expect(ended[0]!.reason).toMatch(/0\.999/);
    const rowsOf1 = await readPseudoLabels(dirOf("early"), 1);
    expect(rowsOf1.filter((row) => row.selected)).toEqual([]);
    await run("zero", { iterations: 0, threshold: 0.999 });
    expect(filesBelow(place.at("runs/early/checkpoint"))).toEqual(
      filesBelow(place.at("runs/zero/checkpoint")),
    );
  });

  test("keep best is the model with the lowest validation NLL, keep last the last one", async () => {
    await run("best", { keep: "best", seedCount: 50 });
    await run("last", { keep: "last", seedCount: 50 });
    const nll = (await modelsOf(dirOf("best"))).map((record) => record.validation!.nll);
    const best = nll.indexOf(Math.min(...nll));
    const card = (out: string): { iteration: number } =>
      JSON.parse(readFileSync(place.at("runs", out, "checkpoint/ssrm.json"), "utf8")) as {
        iteration: number;
      };
    expect(card("best").iteration).toBe(best);
    expect(card("last").iteration).toBe(3);
    // Neither end, or the test would show little.
    expect(best).toBe(1);
    await run("up to it", { keep: "last", iterations: best, seedCount: 50 });
    expect(filesBelow(place.at("runs/best/checkpoint"))).toEqual(
      filesBelow(place.at("runs/up to it/checkpoint")),
    );
  });

  test("calibrated confidence is the raw margin over the temperature", async () => {
    await run("tempered", { confidence: "calibrated", threshold: 0.5, iterations: 1 });
    const { temperature } = (await modelsOf(dirOf("tempered")))[0]!;
    await run("raw", { confidence: "raw", threshold: 0.5, iterations: 1 });
    const raw = await readPseudoLabels(dirOf("raw"), 1);
    const tempered = await readPseudoLabels(dirOf("tempered"), 1);
    expect(tempered.map(({ id }) => id)).toEqual(raw.map(({ id }) => id));
    for (const [i, { p }] of tempered.entries()) {
      const margin = Math.log(raw[i]!.p / (1 - raw[i]!.p));
      expect(p).toBeCloseTo(sigmoid(margin / temperature), 9);
    }
  });
});

test("pairs without a verdict run as well", async () => {
  const path = writeRowsTo(place.at("open.jsonl"), open(rows));
  const log = writeLog(place.at("seed.jsonl"), rows.slice(0, 24));
  const request = place.request("open", { data: [path], labels: [log] }, { threshold: 0.6 });
  expect(await makeRun(request, hooks())).toEqual({ state: "done", error: null });
  const models = await modelsOf(dirOf("open"));
  expect(models).toHaveLength(4);
  expect(models.every((record) => record.pseudoLabelAccuracy === null)).toBe(true);
});
