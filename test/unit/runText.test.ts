import { expect, test } from "vitest";
import type { IterationRecord, Metrics, RunInfo } from "../../src/core/records.ts";
import { defaultRunSettings } from "../../src/data/projectFile.ts";
import {
  iterationDescription,
  iterationTable,
  labelsText,
  progressText,
  runDescription,
  runLabel,
} from "../../src/host/runText.ts";

const metrics = (accuracy: number): Metrics =>
  ({
    n: 400,
    accuracy,
    accuracyLow: accuracy - 0.04,
    accuracyHigh: accuracy + 0.03,
    ece: 0.049,
  }) as Metrics;
const record = {
  kind: "iteration",
  iteration: 2,
  labeled: 40,
  unlabeled: 1460,
  selected: 1106,
  pseudoLabelAccuracy: 0.861,
  temperature: 3.584,
  temperatureLow: 2.1,
  temperatureHigh: 5,
  test: metrics(0.82),
  validation: metrics(0.65),
  seconds: 0.31,
} as IterationRecord;
const info: RunInfo = {
  version: 1,
  id: "a",
  state: "done",
  error: null,
  settings: defaultRunSettings,
  data: [],
  labels: [],
  labeledData: [],
  gold: [],
  test: [],
  mapping: null,
  createdAt: "not a time",
  finishedAt: null,
  versions: {},
  provider: "cpu",
};
const view = {
  dir: "/r",
  info,
  records: [record],
  owner: "nobody",
  progress: null,
  hasReport: true,
} as const;

test("an iteration's line holds test, selected, temperature, validation", () => {
  expect(iterationDescription(record)).toBe(
    "test 82.0 % · 1,106 selected · T 3.58 · validation 65.0 %",
  );
  const first = { ...record, iteration: 0, test: null };
  expect(iterationDescription(first)).toBe("T 3.58 · validation 65.0 %");
});

test("a run says where it is", () => {
  expect(runDescription(view)).toBe("test 82.0 % · validation 65.0 % · lexical");
  const running = { ...info, state: "running" } as const;
  const step = { phase: "fit", done: 3, total: 8 } as const;
  const progress = { iteration: 3, step };
  expect(runDescription({ ...view, info: running, owner: "here", progress })).toBe(
    "iteration 3, training 37 %",
  );
  expect(runDescription({ ...view, info: running, owner: "here", progress: "paused" })).toBe(
    "paused at iteration 2 of 3",
  );
  expect(runDescription({ ...view, info: running, owner: "elsewhere" })).toBe(
    "iteration 2 of 3, elsewhere",
  );
  expect(runDescription({ ...view, info: running })).toBe("stopped at iteration 2 of 3");
  expect(runDescription({ ...view, info: { ...info, state: "paused" }, records: [] })).toBe(
    "paused at the start",
  );
  expect(progressText({ iteration: 0, step: { phase: "read", done: 9, total: 0 } })).toBe(
    "iteration 0, reading 0 %",
  );
});

test("a run without a readable time is named by its id", () => {
  expect(runLabel(info)).toBe("a");
  expect(runLabel({ ...info, createdAt: "2026-01-31T12:00:00.000Z" })).toMatch(/26/);
});

test("a record that came with a hostile folder puts no text into the Markdown of a tooltip", () => {
  const image = "![x](https://example.com/leak.png)" as unknown as number;
  const hostile = {
    ...record,
    labeled: image,
    selected: image,
    temperature: image,
    seconds: image,
    pseudoLabelAccuracy: image,
    test: { ...metrics(1), accuracy: image, n: image, ece: image },
  } as IterationRecord;
  expect(iterationTable(hostile)).not.toContain("example.com");
});

test("labels that a run starts from, with what a simulation draws", () => {
  expect(labelsText(1, {})).toBe("1 label");
  expect(labelsText(0, { seedCount: null, seedFraction: null })).toBe("0 labels");
  expect(labelsText(0, { seedCount: 40 })).toBe("simulation draws 40 labels");
  expect(labelsText(0, { seedFraction: 0.015 })).toBe(
    "simulation draws 1.5 % of the pairs as labels",
  );
  expect(labelsText(12, { seedCount: 40 })).toBe("12 labels, simulation draws 40 labels");
});
