// What a run says of single pairs: what each model was judged on and what the newest thinks of U, row by row,
// against the records, the queue, and the rows of the files that they name.
import { readFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { fitTemperature, sigmoid } from "../../src/core/calibration.ts";
import type { Drawn } from "../../src/core/labels/labelEvent.ts";
import type { HeldOutRow, IterationRecord, ScoreRow } from "../../src/core/records.ts";
import {
  pseudoLabelsOf,
  readHeldOut,
  readPseudoLabels,
  readRunQueue,
  scoresOf,
} from "../../src/data/runs/runFiles.ts";
import { makeRun } from "../../src/engine/runJob.ts";
import { expectClose } from "../support/close.ts";
import {
  judged,
  type MadeRow,
  makeRows,
  open,
  pairOf,
  writeLog,
  writeRowsTo,
} from "../support/pairFiles.ts";
import { hooks, makeRunPlace, modelsOf, type RunPlace } from "../support/runs.ts";

const rows = makeRows(120, "rows");
const ways: readonly (Drawn | null)[] = [null, "random", "unsure", "audit", "chosen", "repeat"];
const isMeasuring = (row: MadeRow): boolean =>
  row.drawn === undefined || row.drawn === "random" || row.drawn === "repeat";
const logged = rows.slice(0, 40).map((row, i): MadeRow => {
  const drawn = ways[i % ways.length];
  const winner = i % 9 === 4 ? "tie" : row.winner;
  return drawn ? { ...row, winner, drawn } : { ...row, winner };
});
const inFile = rows.slice(110, 116);
const openInFile = rows.slice(116);
const tight = { atol: 1e-12, rtol: 1e-12 };

let place: RunPlace;
let files: Record<HeldOutRow["source"], string[]>;
beforeAll(async () => {
  place = makeRunPlace();
  const labeled = place.at("labeled.jsonl");
  const withoutVerdict = open(openInFile).map((row) => ({ ...row, winner: "" }));
  writeRowsTo(labeled, [...judged(inFile), ...withoutVerdict]);
  const tested = [...makeRows(30, "test"), ...makeRows(5, "test")];
  files = {
    data: [
      writeRowsTo(place.at("a.jsonl"), open(rows.slice(0, 50))),
      writeRowsTo(place.at("b.jsonl"), open(rows.slice(50, 110))),
    ],
    labeled: [labeled],
    test: [writeRowsTo(place.at("test.jsonl"), judged(tested))],
  };
  await run("random", logged);
  const onlyUnsure = logged.map((row): MadeRow => ({ ...row, drawn: "unsure" }));
  await run("none", onlyUnsure, { labeled: [] });
});
afterAll(() => place.remove());

const dirOf = (out: string): string => place.at("runs", out);

async function run(out: string, log: readonly MadeRow[], more: object = {}): Promise<void> {
  const labels = [writeLog(place.at(`${out}.log`), log)];
  const request = place.request(
    out,
    { ...files, labels, ...more },
    { threshold: 0.7, confidence: "calibrated", iterations: 2 },
  );
  expect(await makeRun(request, hooks())).toEqual({ state: "done", error: null });
}

/** The id of the pair at a line of a file. */
function idAt(list: readonly string[], { file, line }: { file: number; line: number }): string {
  const row = JSON.parse(readFileSync(list[file]!, "utf8").split("\n")[line - 1]!) as Record<
    "prompt" | "response_a" | "response_b",
    string
  >;
  return pairOf({ prompt: row.prompt, a: row.response_a, b: row.response_b, winner: "a" }).id;
}

async function listOf<T>(source: AsyncIterable<T>): Promise<T[]> {
  const list: T[] = [];
  for await (const item of source) list.push(item);
  return list;
}

const targetOf = { first: 1, second: 0, tie: 0.5 } as const;
const marginOf = (p: number): number => Math.log(p / (1 - p));

/** Figures of rows the plain way, beside those of the record. */
function expectFigures(
  record: IterationRecord,
  set: "validation" | "test",
  judgedOn: readonly HeldOutRow[],
): void {
  const mean = (of: (row: HeldOutRow) => number): number =>
    judgedOn.reduce((sum, row) => sum + of(row), 0) / judgedOn.length;
  const [raw, scaled] =
    set === "test"
      ? [record.test!, record.testCalibrated!]
      : [record.validation!, record.validationCalibrated!];
  const scaledP = (p: number): number => sigmoid(marginOf(p) / record.temperature);
  expect(raw.n).toBe(judgedOn.length);
  expectClose(
    raw.accuracy,
    mean(({ p, winner }) => (p > 0.5 ? targetOf[winner] : 1 - targetOf[winner])),
    tight,
  );
  expectClose(
    raw.brier,
    mean(({ p, winner }) => (p - targetOf[winner]) ** 2),
    tight,
  );
  expectClose(
    scaled.brier,
    mean(({ p, winner }) => (scaledP(p) - targetOf[winner]) ** 2),
    { atol: 1e-9, rtol: 1e-9 },
  );
  expect(raw.reliability.reduce((sum, bin) => sum + bin.n, 0)).toBe(judgedOn.length);
}

describe("held-out rows", () => {
  test.each([0, 1, 2])("hold what record %i was measured on", async (k) => {
    const record = (await modelsOf(dirOf("random")))[k]!;
    const held = await readHeldOut(dirOf("random"), k);
    const validation = held.filter(({ set }) => set === "validation");
    const counting = validation.filter(({ counts }) => counts);
    expect(record.validationOf).toBe("random");

    // Of all labels, once each; those count whose pair no model chose.
    const measuring = [...logged.filter(isMeasuring), ...inFile];
    expect(validation.map(({ id }) => id).sort()).toEqual(
      [...logged, ...inFile].map((row) => pairOf(row).id).sort(),
    );
    expect(counting.map(({ id }) => id).sort()).toEqual(
      measuring.map((row) => pairOf(row).id).sort(),
    );
    expectFigures(record, "validation", counting);
    const { temperature, low, high } = fitTemperature(
      Float64Array.from(counting, ({ p }) => marginOf(p)),
      Float64Array.from(counting, ({ winner }) => targetOf[winner]),
    );
    const loose = { atol: 1e-7, rtol: 1e-7 };
    expectClose(record.temperature, temperature, loose);
    expectClose(record.temperatureLow, low, loose);
    expectClose(record.temperatureHigh, high, loose);

    const tested = held.filter(({ set }) => set === "test");
    expect(tested.map(({ line }) => line)).toEqual(Array.from({ length: 35 }, (_, i) => i + 1));
    expectFigures(record, "test", tested);
    for (const row of held) expect(idAt(files[row.source], row)).toBe(row.id);
    expect(new Set(held.map(({ source }) => source))).toEqual(new Set(["data", "labeled", "test"]));
  });

  test("count all where none was drawn at random", async () => {
    const record = (await modelsOf(dirOf("none")))[2]!;
    const validation = (await readHeldOut(dirOf("none"), 2)).filter(
      ({ set }) => set === "validation",
    );
    expect(record.validationOf).toBe("all");
    expect(validation).toHaveLength(logged.length);
    expect(validation.every(({ counts }) => counts)).toBe(true);
    expectFigures(record, "validation", validation);
  });

  test("are none of a model that is not there", async () => {
    expect(await readHeldOut(dirOf("random"), 3)).toEqual([]);
  });
});

describe("scores", () => {
  test("are of all of U under the newest model, in the run's kind of confidence", async () => {
    const record = (await modelsOf(dirOf("random"))).at(-1)!;
    const scores = await listOf(scoresOf(dirOf("random")));
    const unlabeled = [...rows.slice(40, 110), ...openInFile];
    expect(scores.map(({ id }) => id)).toEqual(unlabeled.map((row) => pairOf(row).id));
    for (const row of scores) expect(idAt(files[row.source ?? "data"], row)).toBe(row.id);
    const confidenceOf = ({ p }: ScoreRow): number => Math.max(p, 1 - p);
    for (const { threshold, passing } of record.thresholds) {
      expect(scores.filter((row) => confidenceOf(row) > threshold)).toHaveLength(passing);
    }
    const queue = await readRunQueue(dirOf("random"));
    const unsure = scores
      .map((row) => ({ ...row, confidence: confidenceOf(row) }))
      .filter(({ confidence }) => confidence <= 0.7)
      .sort((a, b) => a.confidence - b.confidence || (a.id < b.id ? -1 : 1));
    expect(queue).toEqual(unsure);
    expect(queue.length).toBeGreaterThan(0);
  });

  test("and pseudo-labels are read row by row as they are read whole", async () => {
    expect(await listOf(pseudoLabelsOf(dirOf("random"), 1))).toEqual(
      await readPseudoLabels(dirOf("random"), 1),
    );
    expect(await listOf(pseudoLabelsOf(dirOf("random"), 9))).toEqual([]);
  });
});
