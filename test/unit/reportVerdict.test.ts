// The verdict in plain words: each case from figures that call for it, and none from figures that do not.
import { describe, expect, it } from "vitest";
import type { IterationRecord, RunRecord } from "../../src/core/records.ts";
import { whatWasRun } from "../../src/core/report/headSection.ts";
import { summarize } from "../../src/core/report/summary.ts";
import { compare, help, trust } from "../../src/core/report/verdict.ts";
import { type Sign, warnings } from "../../src/core/report/warnings.ts";
import { bin, honestBins, metrics, record, runInfo } from "../support/reportInput.ts";

const none = { test: null, validation: null, testCalibrated: null, validationCalibrated: null };
const ended = {
  kind: "ended-early",
  iteration: 1,
  reason: "None passes 0.8; 12 pass 0.7.",
} as const;

function summaryOf(records: readonly RunRecord[], run = runInfo()) {
  return summarize(run, records);
}

function signsOf(records: readonly RunRecord[], run = runInfo()): Sign[] {
  return warnings(summaryOf(records, run)).map((warning) => warning.sign);
}

/** Model 0 and a last model with these test accuracies. */
function twoModels(before: number, after: number): IterationRecord[] {
  return [record(0, { test: metrics(before) }), record(1, { test: metrics(after) })];
}

describe("trust", () => {
  it("says how often it is right, with the interval, and where it is sure", () => {
    const test = metrics(0.593, {
      n: 2303,
      accuracyClusteredLow: 0.573,
      accuracyClusteredHigh: 0.613,
    });
    const { tone, headline, text } = trust(summaryOf([record(0, { test })]));
    expect([tone, headline]).toEqual(["good", "Right 59\u00A0% of the time"]);
    expect(text).toContain(
      "On 2,303 held-out test pairs it prefers the right response 59\u00A0% of the time (57–61\u00A0%).",
    );
    // Four bins of 100 pairs above 0.8, right 82.5 to 97.5 %.
    expect(text).toContain(
      "more than 80\u00A0% sure (400 of them) it is right 90\u00A0% of the time",
    );
    expect(text).toContain("less than 60 % sure (200) it is right 55\u00A0%");
  });

  it("tells a model from a coin only where the interval does", () => {
    const of = (accuracy: number) => trust(summaryOf([record(0, { test: metrics(accuracy) })]));
    expect(of(0.51)).toMatchObject({
      tone: "bad",
      headline: "Right 51\u00A0% of the time: can't be told from a coin",
    });
    expect(of(0.45).text).toContain("the wrong way round");
  });

  it("judges by held-out labels without a test set, and says so; by nothing without both", () => {
    const labels = trust(summaryOf([record(0, { test: null })]));
    expect(labels.text).toContain("On 40 held-out labels");
    expect(labels.text).toContain("No test set was given");
    expect(trust(summaryOf([record(0, none)])).headline).toBe("Nothing to judge it by");
    expect(trust(summaryOf([])).headline).toBe("There is no model yet");
  });
});

describe("did SSRM help", () => {
  const headline = (records: readonly RunRecord[], run = runInfo()) =>
    help(summaryOf(records, run)).headline;

  it("helped, hurt or no evidence, by the interval of the difference", () => {
    // Half-widths of 2 points each: the difference has 2.83.
    expect(headline(twoModels(0.6, 0.629))).toBe("SSRM helped");
    expect(headline(twoModels(0.6, 0.628))).toBe("No evidence of a difference");
    expect(headline(twoModels(0.6, 0.572))).toBe("No evidence of a difference");
    expect(headline(twoModels(0.6, 0.571))).toBe("SSRM hurt");
    expect(help(summaryOf(twoModels(0.6, 0.64))).text).toContain(
      "from 60.0\u00A0% (model 0, labels alone) to 64.0\u00A0% (model 1), a difference of +4.0 points (95 % interval +1.2 to +6.8)",
    );
    expect(help(summaryOf(twoModels(0.6, 0.6))).text).toContain("less than about 2.8 points");
  });

  it("says why there is nothing to compare", () => {
    expect(headline([record(0), ended])).toBe("SSRM changed nothing");
    expect(headline([record(0)], runInfo({ state: "running" }))).toBe("Too early to say");
    expect(headline([])).toBe("Too early to say");
    expect(headline([record(0, none), record(1, none)])).toBe(
      "It can't be said whether SSRM helped",
    );
    expect(help(summaryOf([record(0, { unlabeled: 0 })])).text).toContain("no unlabeled pair left");
    const { settings } = runInfo();
    const zero = runInfo({ settings: { ...settings, iterations: 0 } });
    expect(help(summaryOf([record(0)], zero)).text).toContain("No iteration was asked for");
  });

  it("names an early end and an unfinished run beside the comparison", () => {
    expect(help(summaryOf([...twoModels(0.6, 0.7), { ...ended, iteration: 2 }])).text).toContain(
      "ended early, after model 1 of 3",
    );
    expect(help(summaryOf(twoModels(0.6, 0.7), runInfo({ state: "paused" }))).text).toContain(
      "not finished",
    );
  });

  it("judges the model that was kept", () => {
    const { settings } = runInfo();
    const best = runInfo({ settings: { ...settings, keep: "best" } });
    const nll = (k: number, value: number, accuracy: number) =>
      record(k, { test: metrics(accuracy), validation: metrics(0.6, { nll: value }) });
    const middle = [nll(0, 0.7, 0.6), nll(1, 0.6, 0.7), nll(2, 0.65, 0.5)];
    expect(compare(summaryOf(middle, best)).effect).toBe("helped");
    expect(compare(summaryOf(middle)).effect).toBe("hurt");
    const zero = [nll(0, 0.5, 0.6), nll(1, 0.6, 0.7)];
    expect(headline(zero, best)).toBe("Model 0 was kept");
  });
});

describe("where it does not help", () => {
  it("finds nothing in honest figures", () => {
    expect(signsOf([record(0), record(1)])).toEqual([]);
  });

  it("names the subsets that it guesses on, unless it guesses on all", () => {
    const subset = (name: string, value: number, low: number) => ({
      subset: name,
      accuracy: { value, low, high: 2 * value - low, n: 100 },
      meanConfidence: 0.9,
    });
    const testSubsets = [subset("advice", 0.8, 0.7), subset("sums", 0.51, 0.41)];
    const [warning, ...more] = warnings(summaryOf([record(0, { testSubsets })]));
    expect([warning?.sign, more]).toEqual(["weak-subset", []]);
    expect(warning?.text).toBe(
      "Of 2 subsets, on sums it is right 51\u00A0% of the time (41–61\u00A0%, 100 test pairs) and says 90\u00A0%.",
    );
    const allWeak = [subset("a", 0.5, 0.4), subset("b", 0.5, 0.4)];
    expect(signsOf([record(0, { testSubsets: allWeak })])).toEqual([]);
  });

  it("names the bins that are surer than right, neighbours together, small ones left out", () => {
    const reliability = honestBins().map((b) => {
      if (b.from === 0.5) return bin(b.from, 9, { confidence: 0.525, accuracy: 0.2, high: 0.4 });
      return b.from >= 0.9 ? bin(b.from, 100, { confidence: b.meanConfidence!, accuracy: 0.7 }) : b;
    });
    const [warning] = warnings(summaryOf([record(0, { test: metrics(0.6, { reliability }) })]));
    expect(warning?.sign).toBe("overconfident");
    expect(warning?.text).toContain(
      "At confidence 90–100\u00A0% (200 held-out test pairs) it says 95\u00A0% and is right 70\u00A0% of the time",
    );
  });

  it("reads the temperature where no bin shows it, unless it is applied", () => {
    const sharp = record(0, { temperature: 1.5, temperatureLow: 1.2, temperatureHigh: 1.9 });
    const flat = record(0, { temperature: 0.6, temperatureLow: 0.5, temperatureHigh: 0.8 });
    expect([signsOf([sharp]), signsOf([flat])]).toEqual([["overconfident"], ["underconfident"]]);
    const { settings } = runInfo();
    const calibrated = runInfo({ settings: { ...settings, confidence: "calibrated" } });
    expect([signsOf([sharp], calibrated), signsOf([flat], calibrated)]).toEqual([[], []]);
  });

  it("finds pseudo-labels that are wrong, get worse, or are only the easy ones", () => {
    const withGold = (k: number, value: number) => {
      const gold = { value, low: value - 0.03, high: value + 0.03, n: 300 };
      return record(k, { pseudoLabelAccuracy: value, pseudoLabelGold: gold });
    };
    expect(signsOf([record(0), withGold(1, 0.7), withGold(2, 0.69)])).toEqual([
      "wrong-pseudo-labels",
    ]);
    expect(signsOf([record(0), withGold(1, 0.85), withGold(2, 0.7)])).toEqual([
      "wrong-pseudo-labels",
      "falling-pseudo-labels",
    ]);
    expect(signsOf([record(0), withGold(1, 0.85)])).toEqual(["easy-pseudo-labels"]);
  });

  it("finds a peak that is past", () => {
    const records = [0.6, 0.66, 0.6].map((accuracy, k) => record(k, { test: metrics(accuracy) }));
    expect(signsOf(records)).toEqual(["past-the-peak"]);
  });

  it("finds drift towards length", () => {
    const length = { data: 0.5, labeled: 0.5, selected: 0.6, model: 0.6, rewardCorrelation: 0.5 };
    expect(signsOf([record(0), record(1, { length })])).toEqual([
      "longer-selected",
      "longer-model",
      "length-reward",
    ]);
  });
});

describe("what was run", () => {
  it("is one sentence with sizes, model, iterations, threshold and seed", () => {
    expect(whatWasRun(summaryOf([0, 1, 2, 3].map((k) => record(k))))).toBe(
      "SSRM on 40 labeled pairs and 960 unlabeled pairs of pairs.jsonl, with the model lexical, 3 iterations, threshold 80\u00A0% on raw confidence, seed 7.",
    );
    const { settings } = runInfo();
    const simulated = runInfo({ settings: { ...settings, seedCount: 40 } });
    const text = whatWasRun(summaryOf([record(0), record(1)], simulated));
    expect(text).toContain("a simulation");
    expect(text).toContain("1 of 3 iterations");
  });

  it("takes the later of two records of one iteration", () => {
    const summary = summaryOf([record(0, { seconds: 1 }), record(0, { seconds: 2 })]);
    expect(summary.iterations.map((r) => r.seconds)).toEqual([2]);
  });
});
