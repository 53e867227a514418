// Records, runs and whole report inputs with figures that a test names, and plain ones for the rest.
import type { IterationRecord, Metrics, ReliabilityBin, RunInfo } from "../../src/core/records.ts";
import type { ReportInput } from "../../src/core/report/summary.ts";

/** A bin of the reliability diagram; the interval is 5 points on both sides where none is given. */
export function bin(
  from: number,
  n: number,
  figures: { confidence: number; accuracy: number; low?: number; high?: number } | null,
): ReliabilityBin {
  return {
    from,
    to: Math.round((from + 0.05) * 100) / 100,
    n,
    meanConfidence: figures?.confidence ?? null,
    accuracy: figures?.accuracy ?? null,
    low: figures ? (figures.low ?? figures.accuracy - 0.05) : null,
    high: figures ? (figures.high ?? figures.accuracy + 0.05) : null,
  };
}

/** Ten bins of 100 pairs each, right as often as they say. */
export function honestBins(): ReliabilityBin[] {
  return Array.from({ length: 10 }, (_, i) => {
    const middle = 0.525 + i * 0.05;
    return bin(Math.round((0.5 + i * 0.05) * 100) / 100, 100, {
      confidence: middle,
      accuracy: middle,
    });
  });
}

/** Metrics of 1,000 pairs; the interval is 2 points on both sides. */
export function metrics(accuracy: number, more: Partial<Metrics> = {}): Metrics {
  return {
    n: 1000,
    accuracy,
    accuracyLow: accuracy - 0.02,
    accuracyHigh: accuracy + 0.02,
    accuracyClusteredLow: accuracy - 0.02,
    accuracyClusteredHigh: accuracy + 0.02,
    nll: 0.65,
    brier: 0.23,
    ...{
      brierLow: 0.22,
      brierHigh: 0.24,
      eceLow: 0.01,
      eceHigh: 0.06,
      smeceLow: 0,
      smeceHigh: 0.055,
    },
    brierParts: { reliability: 0.01, resolution: 0.02, uncertainty: 0.24 },
    ece: 0.04,
    eceEqualMass: 0.041,
    eceDebiased: 0.03,
    smece: 0.035,
    reliability: honestBins(),
    confidenceHistogram: new Array<number>(20).fill(50),
    ...more,
  };
}

/** Model k on 40 labels and 960 unlabeled pairs. */
export function record(iteration: number, more: Partial<IterationRecord> = {}): IterationRecord {
  return {
    kind: "iteration",
    iteration,
    labeled: 40,
    unlabeled: 960,
    selected: iteration === 0 ? 0 : 300,
    pseudoLabelAccuracy: null,
    pseudoLabelGold: null,
    temperature: 1.05,
    temperatureLow: 0.9,
    temperatureHigh: 1.2,
    test: metrics(0.6),
    validation: metrics(0.6, { n: 40 }),
    testCalibrated: metrics(0.6),
    validationCalibrated: metrics(0.6, { n: 40 }),
    validationOf: "random",
    testSubsets: [],
    length: { data: null, labeled: 0.5, selected: null, model: 0.52, rewardCorrelation: 0.1 },
    unlabeledHistogram: new Array<number>(20).fill(48),
    wouldPass: [
      { threshold: 0.8, count: 384 },
      { threshold: 0.9, count: 192 },
    ],
    thresholds: [],
    fit: { l2: 0.01, steps: 40 },
    seconds: 1.25,
    ...more,
  };
}

/** A finished run of three iterations on one file. */
export function runInfo(more: Partial<RunInfo> = {}): RunInfo {
  const file = { path: "/data/pairs.jsonl", sha256: "ab".repeat(32), bytes: 1234567 };
  return {
    version: 1,
    id: "run-1",
    state: "done",
    error: null,
    settings: {
      model: "lexical",
      threshold: 0.8,
      confidence: "raw",
      iterations: 3,
      start: "restart",
      keep: "last",
      seed: 7,
      seedCount: null,
      seedFraction: null,
      lexical: { l2: "auto", length: true },
    },
    data: [file],
    labels: [{ ...file, path: "/data/.ssrm/labels.jsonl" }],
    labeledData: [],
    gold: [],
    test: [{ ...file, path: "/data/test.jsonl" }],
    mapping: null,
    createdAt: "2026-11-24T10:00:00.000Z",
    finishedAt: "2026-11-24T10:00:05.000Z",
    versions: { ssrm: "0.1.0" },
    provider: "cpu",
    ...more,
  };
}

/** Four models of equal figures, one pair to review. */
export function reportInput(more: Partial<ReportInput> = {}): ReportInput {
  return {
    run: runInfo(),
    records: [0, 1, 2, 3].map((k) => record(k)),
    forms: ["prompt, response_a, response_b"],
    skipped: [],
    queueHead: [
      {
        item: { id: "0123456789abcdef".repeat(2), p: 0.52, confidence: 0.52, file: 0, line: 12 },
        prompt: "Which is better?",
        first: "This one.",
        second: "That one.",
      },
    ],
    queueSize: 50,
    ...more,
  };
}
