// Runs whose figures look like those of a real run, for the dashboard in tests and pictures.
import type {
  IterationRecord,
  Metrics,
  ReliabilityBin,
  ThresholdFigures,
} from "../../../src/core/records.ts";
import { wilson } from "../../../src/core/metrics/accuracy.ts";
import { metrics, record, runInfo } from "../../support/reportInput.ts";
import type { HostRun } from "./dashboardHost.ts";

/** Ten bins, wider intervals where few pairs are; right as often as it says times `honesty`. */
function bins(n: number, honesty: number): ReliabilityBin[] {
  return Array.from({ length: 10 }, (_, i) => {
    const from = Number((0.5 + i * 0.05).toFixed(2));
    const count = Math.round((n * (10 - i) ** 1.5) / 112);
    if (count === 0) {
      const none = { meanConfidence: null, accuracy: null, low: null, high: null };
      return { from, to: Number((from + 0.05).toFixed(2)), n: 0, ...none };
    }
    const middle = from + 0.024;
    const right = Math.round(count * Math.min(1, 0.5 + (middle - 0.5) * honesty));
    return {
      ...{ from, to: Number((from + 0.05).toFixed(2)), n: count, meanConfidence: middle },
      accuracy: right / count,
      ...wilson(right, count),
    };
  });
}

/** Metrics of `n` pairs with that accuracy. */
function judged(accuracy: number, n: number, honesty: number): Metrics {
  const interval = wilson(accuracy * n, n);
  return metrics(accuracy, {
    n,
    accuracyLow: interval.low,
    accuracyHigh: interval.high,
    accuracyClusteredLow: interval.low - 0.01,
    accuracyClusteredHigh: interval.high + 0.01,
    ece: 0.11 - honesty * 0.08,
    smece: 0.1 - honesty * 0.075,
    brier: 0.26 - accuracy * 0.05,
    brierLow: 0.26 - accuracy * 0.05 - 0.4 / Math.sqrt(n),
    brierHigh: 0.26 - accuracy * 0.05 + 0.4 / Math.sqrt(n),
    eceLow: Math.max(0, 0.11 - honesty * 0.08 - 1 / Math.sqrt(n)),
    eceHigh: 0.11 - honesty * 0.08 + 0.6 / Math.sqrt(n),
    smeceLow: Math.max(0, 0.1 - honesty * 0.075 - 1 / Math.sqrt(n)),
    smeceHigh: 0.1 - honesty * 0.075 + 0.6 / Math.sqrt(n),
    reliability: bins(n, honesty),
  });
}

function thresholds(unlabeled: number, labeled: number): ThresholdFigures[] {
  return Array.from({ length: 50 }, (_, i) => {
    const threshold = Number((0.5 + i / 100).toFixed(2));
    const n = Math.round(labeled * (1 - i / 50) ** 1.3);
    const right = Math.round(n * (0.6 + i / 150));
    const interval = n === 0 ? null : wilson(right, n);
    return {
      ...{ threshold, n, right, passing: Math.round(unlabeled * (1 - i / 50) ** 1.6) },
      precision: n === 0 ? null : right / n,
      low: interval?.low ?? null,
      high: interval?.high ?? null,
    };
  });
}

/** Model k of a run on 212 labels and 11,575 unlabeled pairs. */
export function model(k: number, more: Partial<IterationRecord> = {}): IterationRecord {
  const honesty = 0.5 + k * 0.12;
  const accuracy = 0.61 + k * 0.012 - (k > 2 ? 0.01 : 0);
  return record(k, {
    labeled: 212,
    unlabeled: 11_575,
    selected: k === 0 ? 0 : 1800 + k * 900,
    pseudoLabelAccuracy: k === 0 ? null : 0.74 - k * 0.01,
    pseudoLabelGold:
      k === 0
        ? null
        : {
            value: 0.74 - k * 0.01,
            low: 0.72 - k * 0.01,
            high: 0.76 - k * 0.01,
            n: 1800 + k * 900,
          },
    test: judged(accuracy, 2304, honesty),
    testCalibrated: judged(accuracy, 2304, 0.97),
    validation: judged(accuracy + 0.02, 212, honesty),
    validationCalibrated: judged(accuracy + 0.02, 212, 0.97),
    length: {
      data: 0.55,
      labeled: 0.56,
      selected: k === 0 ? null : 0.6 + k * 0.02,
      model: 0.58 + k * 0.01,
      rewardCorrelation: 0.2 + k * 0.03,
    },
    unlabeledHistogram: Array.from({ length: 20 }, (_, i) =>
      Math.round(1300 * Math.exp(-i / (6 + k)) * (1 + (i % 3) / 20)),
    ),
    thresholds: thresholds(11_575, 212),
    ...more,
  });
}

/** A finished run of three iterations, audited and reviewed in part. */
export function wholeRun(more: Partial<HostRun> = {}): HostRun {
  return {
    dir: "/project/.ssrm/runs/one",
    title: "24 Nov, 10:00, lexical",
    info: runInfo({ id: "one" }),
    records: [0, 1, 2, 3].map((k) => model(k)),
    audit: {
      rate: { value: 0.8, low: 0.61, high: 0.91, n: 25 },
      overrides: 5,
      moreChecks: 37,
      narrowTo: 0.1,
    },
    review: {
      rate: { value: 0.4, low: 0.25, high: 0.58, n: 30 },
      overrides: 12,
      moreChecks: null,
      narrowTo: null,
    },
    queueLength: 4812,
    ...more,
  };
}
