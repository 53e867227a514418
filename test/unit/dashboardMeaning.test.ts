// What the charts mean: each sentence from figures that call for it, honest where they say little.
import { describe, expect, it } from "vitest";
import { thresholdView } from "../../src/core/dashboard/thresholdView.ts";
import {
  confidenceMeaning,
  lengthMeaning,
  reliabilityMeaning,
  selectionMeaning,
  trendMeaning,
} from "../../src/core/dashboard/meaning.ts";
import { comparisonMeaning, isComparable } from "../../src/core/dashboard/comparison.ts";
import type { IterationRecord, LabelsRecord, RunInfo } from "../../src/core/records.ts";
import { summarize } from "../../src/core/report/summary.ts";
import { bin, honestBins, metrics, record, runInfo } from "../support/reportInput.ts";

const nothing = { test: null, validation: null, testCalibrated: null, validationCalibrated: null };
const plain = (text: string): string => text.replaceAll("\u00A0", " ");
const of = (records: readonly IterationRecord[], run: RunInfo = runInfo()) =>
  summarize(run, records);

/** The reliability sentence of one model that has 230 pairs above 0.8, right in this many cases. */
function sure(accuracy: number, more: Partial<IterationRecord> = {}): string {
  const bins = honestBins().map((one) => (one.from < 0.795 ? one : bin(one.from, 0, null)));
  bins[6] = bin(0.8, 230, { confidence: 0.84, accuracy });
  const one = record(0, { test: null, validation: metrics(0.7, { reliability: bins }), ...more });
  return plain(reliabilityMeaning(of([one]), one));
}

describe("reliability", () => {
  it("says what it says, how often it is right, on how many, and how these compare", () => {
    // Wilson's interval of 171.35 of 230 is 0.6848 to 0.7973: below the 84 % that it says.
    expect(sure(0.745)).toBe(
      "When it says more than 80 % (84 % on average), it is right 68–80 % of the time on 230 held-out labels: it is surer than it is right.",
    );
    expect(sure(0.84)).toContain("what it says fits how often it is right");
    expect(sure(0.95)).toContain("it is right more often than it says");
  });

  it("says so where the labels were not drawn at random, and not of a test set", () => {
    expect(sure(0.84, { validationOf: "all" })).toContain(
      "on 230 held-out labels, none of them known to be drawn at random:",
    );
    const one = record(0, { validationOf: "all" });
    expect(reliabilityMeaning(of([one]), one)).not.toContain("at random");
  });

  it("speaks of the last bin where the threshold lies inside of it, and not of none", () => {
    const run = runInfo();
    const high = { ...run, settings: { ...run.settings, threshold: 0.99 } };
    const one = record(0, { test: metrics(0.7) });
    expect(plain(reliabilityMeaning(of([one], high), one))).toMatch(
      /^When it says more than 95 % \(98 % on average\), .* on 100 held-out test pairs/,
    );
  });

  it("says that it is about the scaled confidence where the run selects by that", () => {
    const run = runInfo();
    const scaled = { ...run, settings: { ...run.settings, confidence: "calibrated" as const } };
    const one = record(0, { testCalibrated: metrics(0.7) });
    expect(plain(reliabilityMeaning(of([one], scaled), one))).toMatch(
      /^When it says more than 80 % after temperature scaling \(/,
    );
  });

  it("claims nothing from few pairs, from none above the threshold, or without held-out pairs", () => {
    const with9 = [...honestBins().slice(0, 6), bin(0.8, 9, { confidence: 0.84, accuracy: 0.5 })];
    const few = record(0, { test: metrics(0.7, { reliability: with9 }) });
    expect(plain(reliabilityMeaning(of([few]), few))).toBe(
      "It is more than 80 % sure of only 9 held-out test pairs: too few to say how often it is right there.",
    );
    const toEighty = honestBins().map((one, i) => (i < 6 ? one : bin(one.from, 0, null)));
    const none = record(0, { test: metrics(0.7, { reliability: toEighty }) });
    expect(plain(reliabilityMeaning(of([none]), none))).toContain("sure of none of 1,000");
    const blind = record(0, nothing);
    expect(reliabilityMeaning(of([blind]), blind)).toContain("Nothing was held out");
  });
});

describe("confidence and selection", () => {
  it("counts what passes the run's threshold", () => {
    expect(plain(confidenceMeaning(of([record(1)]), record(1)))).toBe(
      "Model 1 is more than 80 % sure of 384 of 960 unlabeled pairs (40 %); those are what it would label by itself.",
    );
    const none = record(1, { wouldPass: [{ threshold: 0.8, count: 0 }] });
    expect(plain(confidenceMeaning(of([none]), none))).toBe(
      "Model 1 is more than 80 % sure of none of 960 unlabeled pairs.",
    );
    const all = record(1, { unlabeled: 0 });
    expect(confidenceMeaning(of([all]), all)).toContain("nothing left to select from");
  });

  it("tells how right the selected are: by gold, by checks, as expected, or not known", () => {
    const gold = { value: 0.75, low: 0.7, high: 0.79, n: 300 };
    const judged = record(1, { pseudoLabelGold: gold, pseudoLabelAccuracy: 0.75 });
    expect(plain(selectionMeaning(of([record(0), judged]), null))).toBe(
      "Model 1 was trained on 40 labels and 300 pseudo-labels, of which 70–79 % are right by gold, below the 80 % that the threshold promises.",
    );
    const audit = { rate: { value: 0.9, low: 0.7, high: 0.97, n: 20 } };
    expect(plain(selectionMeaning(of([record(0), record(1)]), audit))).toContain(
      "of which 70–97 % are right by 20 checks.",
    );
    const row = { threshold: 0.8, passing: 300, n: 50, right: 42, precision: 0.84 };
    const before = record(0, { thresholds: [{ ...row, low: 0.71, high: 0.92 }] });
    expect(plain(selectionMeaning(of([before, record(1)]), null))).toContain(
      "of which 71–92 % are expected to be right, by 50 held-out labels.",
    );
    expect(selectionMeaning(of([record(0), record(1)]), null)).toContain("is not known");
    expect(selectionMeaning(of([record(0)]), null)).toContain("labels alone");
    const reason = "no pair has a confidence above 0.8 (the highest is 0.54): label more pairs";
    const ended = { kind: "ended-early", iteration: 1, reason } as const;
    expect(selectionMeaning(summarize(runInfo(), [record(0), ended]), null)).toBe(
      "No pair has a confidence above 0.8 (the highest is 0.54): label more pairs.",
    );
  });
});

describe("trends", () => {
  it("says whether a change of accuracy is one, by the interval of the report", () => {
    const two = (after: number) =>
      plain(trendMeaning(of([record(0), record(1, { test: metrics(after) })]), "accuracy"));
    expect(two(0.64)).toBe(
      "Accuracy went from 60.0 % (model 0) to 64.0 % (model 1), +4.0 points (+1.2 to +6.8) on 1,000 held-out test pairs: self-training helped.",
    );
    expect(two(0.61)).toContain("no evidence of a difference");
    expect(two(0.56)).toContain("self-training hurt");
  });

  it("says in which direction other figures went, and that few pairs may be chance", () => {
    const two = (n: number) =>
      trendMeaning(
        of([
          record(0, { test: metrics(0.6, { n, smece: 0.08 }) }),
          record(1, { test: metrics(0.6, { n, smece: 0.035 }) }),
        ]),
        "smece",
      );
    expect(two(1000)).toBe(
      "The calibration error (smECE) fell from 0.080 (model 0) to 0.035 (model 1) on 1,000 held-out test pairs: what it says is closer to how often it is right.",
    );
    expect(two(120)).toMatch(/may be chance\.$/);
    expect(trendMeaning(of([record(0), record(1)]), "brier")).toContain("stayed at 0.230");
    expect(trendMeaning(of([record(0, nothing)]), "ece")).toContain("Nothing was held out");
    expect(trendMeaning(of([]), "ece")).toBe("No model has been made yet.");
  });
});

describe("a threshold", () => {
  const row = (threshold: number, [passing, n, right]: [number, number, number]) => {
    const precision = n === 0 ? null : right / n;
    const interval = precision !== null && { low: precision - 0.06, high: precision + 0.04 };
    return { threshold, passing, n, right, precision, ...(interval || { low: null, high: null }) };
  };
  const one = record(2, {
    thresholds: [
      row(0.7, [500, 100, 64]),
      row(0.8, [500, 230, 184]),
      row(0.9, [500, 5, 5]),
      row(0.95, [0, 0, 0]),
    ],
  });
  const said = (threshold: number): string => plain(thresholdView(one, threshold).sentence);

  it("is the record's row, and its sentence says count and interval", () => {
    const { selected, precision } = thresholdView(one, 0.8000000001);
    expect(selected).toBe(500);
    expect(precision).toMatchObject({ value: 0.8, n: 230 });
    expect(said(0.8)).toBe(
      "Selects 500 of 960 unlabeled pairs (52 %). Expect 74–84 % of them to be right, by 230 held-out labels.",
    );
    expect(said(0.7)).toContain("fewer than the 70 % that it promises");
  });

  it("says where nothing is known", () => {
    expect(said(0.9)).toContain("Only 5 held-out labels lie above it");
    expect(said(0.95)).toBe(
      "Model 2 is that sure of none of 960 unlabeled pairs. No held-out label lies above it, so it is not known how many of them would be right.",
    );
    expect(thresholdView(record(0), 0.8)).toMatchObject({ selected: null, precision: null });
  });
});

describe("length and two runs", () => {
  it("takes the first sentence of the report", () => {
    expect(plain(lengthMeaning(record(0)))).toBe(
      "The model prefers the longer response 52 % of the time, about as often as those who labeled (50 %).",
    );
  });

  it("compares only what was judged on the same test files", () => {
    const better = of([record(0, { test: metrics(0.66) })]);
    expect(plain(comparisonMeaning(of([record(0)]), better))).toBe(
      "The first run is right 60.0 % of the time, the second 66.0 %, +6.0 points (+3.2 to +8.8) on 1,000 test pairs: the second is better.",
    );
    const other = runInfo({ test: [{ path: "/t", sha256: "cd".repeat(32), bytes: 1 }] });
    expect(comparisonMeaning(of([record(0)]), of([record(0)], other))).toContain(
      "can't be compared",
    );
    expect(comparisonMeaning(of([record(0)]), of([record(0, nothing)]))).toContain("same test set");
  });

  it("compares runs without a test set where they were judged on the same labels, as equal simulations are", () => {
    const run = ({ seed = 1, sha256 = "ab", labeled = 40, accuracy = 0.6 }) => {
      const labels: LabelsRecord = { kind: "labels", iteration: 0, labeled, added: 40, sha256 };
      const validation = metrics(accuracy, { n: 40 });
      const info = runInfo();
      return summarize({ ...info, settings: { ...info.settings, seed } }, [
        labels,
        record(0, { ...nothing, validation }),
      ]);
    };
    expect(plain(comparisonMeaning(run({}), run({ accuracy: 0.66 })))).toBe(
      "The first run is right 60.0 % of the time, the second 66.0 %, +6.0 points (+3.2 to +8.8) on 40 held-out labels: the second is better.",
    );
    for (const different of [run({ seed: 2 }), run({ sha256: "cd" }), run({ labeled: 600 })]) {
      expect(comparisonMeaning(run({}), different)).toContain("same test set");
      expect(isComparable(run({}), different, "validation")).toBe(false);
    }
    const unknown = of([record(0, { ...nothing, validation: metrics(0.6) })]);
    expect(isComparable(unknown, unknown, "validation")).toBe(false);
  });
});
