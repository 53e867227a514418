// The alarms of the loop: each fires on the records that call for it, right up to its limit, and on no other.
import { describe, expect, it } from "vitest";
import { type AlarmInput, alarms } from "../../src/core/dashboard/alarms.ts";
import type { IterationRecord, RunRecord } from "../../src/core/records.ts";
import { summarize } from "../../src/core/report/summary.ts";
import { bin, honestBins, metrics, record, runInfo } from "../support/reportInput.ts";

const calm = { randomLabels: 500, review: null, audit: null };

function alarmsOf(
  records: readonly RunRecord[],
  more: Partial<Omit<AlarmInput, "summary">> & { run?: ReturnType<typeof runInfo> } = {},
) {
  return alarms({ ...calm, ...more, summary: summarize(more.run ?? runInfo(), records) });
}
const signs = (...input: Parameters<typeof alarmsOf>): string[] =>
  alarmsOf(...input).map(({ sign }) => sign);

const steps = (
  ...figures: readonly (readonly [accuracy: number, selected: number])[]
): IterationRecord[] =>
  figures.map(([accuracy, selected], k) => record(k, { selected, test: metrics(accuracy) }));

it("a plain run has none, nor has one without a model", () => {
  expect(signs([record(0), record(1)])).toEqual([]);
  expect(signs([])).toEqual([]);
});

it("every alarm says what to do next", () => {
  const all = [
    ...alarmsOf(steps([0.7, 0], [0.6, 300])),
    ...alarmsOf([record(0), record(1, { selected: 0 })]),
    ...alarmsOf([record(0, { test: null })], { randomLabels: 3 }),
  ];
  expect(all.length).toBeGreaterThanOrEqual(3);
  for (const { headline, text, next } of all) {
    for (const sentence of [text, next]) expect(sentence).toMatch(/^\S.*\.$/s);
    expect(headline).not.toMatch(/\.$/);
  }
});

describe("nothing selected", () => {
  const ended = { kind: "ended-early", iteration: 1, reason: "None of 960 pairs passes." } as const;

  it("where a run ended early, with the reason that it gave, or a model got no pseudo-label", () => {
    expect(alarmsOf([record(0), ended])[0]).toMatchObject({
      sign: "nothing-selected",
      text: "None of 960 pairs passes.",
      act: "label",
    });
    expect(signs([record(0), record(1, { selected: 0 })])).toContain("nothing-selected");
  });

  it("names a lower threshold that something passes, and none where nothing does", () => {
    const low = record(0, {
      wouldPass: [
        { threshold: 0.6, count: 90 },
        { threshold: 0.7, count: 12 },
        { threshold: 0.8, count: 0 },
      ],
    });
    expect(alarmsOf([low, ended])[0]!.next.replaceAll("\u00A0", " ")).toContain(
      "lower the threshold to 70 %, which 12 pairs would pass",
    );
    expect(alarmsOf([record(0, { wouldPass: [] }), ended])[0]!.next).toContain(
      "Label more pairs first",
    );
    const all = record(0, { wouldPass: [{ threshold: 0.5, count: 960 }] });
    expect(alarmsOf([all, ended])[0]!.next).not.toContain("lower");
    const reason =
      "no pair has a confidence above 0.8 (the highest is 0.54): lower the threshold to 0.5, or label more pairs";
    expect(alarmsOf([all, { ...ended, reason }])[0]!.text).toBe(
      "No pair has a confidence above 0.8 (the highest is 0.54).",
    );
  });

  it("not where nothing is left, and not of model 0", () => {
    expect(signs([record(0, { unlabeled: 0 }), ended])).toEqual([]);
    expect(signs([record(0)])).toEqual([]);
  });
});

describe("held-out accuracy falls while pseudo-labels rise", () => {
  const sign = "falls-while-selecting-more";
  const tone = (records: readonly IterationRecord[]) =>
    alarmsOf(records).find((alarm) => alarm.sign === sign)?.tone;

  it("is an alarm where the interval of the difference lies below zero", () => {
    // Half-widths of 2 points each: the difference has 2.83.
    expect(tone(steps([0.65, 0], [0.621, 300]))).toBe("alarm");
    expect(tone(steps([0.65, 0], [0.622, 300]))).toBeUndefined();
    expect(tone(steps([0.65, 0], [0.66, 300], [0.621, 400]))).toBe("alarm");
  });

  it("is none where no more are selected, or accuracy rises", () => {
    expect(tone(steps([0.5, 300], [0.65, 300], [0.6, 300]))).toBeUndefined();
    expect(tone(steps([0.6, 0], [0.65, 300]))).toBeUndefined();
  });

  it("is a hint after two falls in a row that may be chance", () => {
    expect(tone(steps([0.62, 0], [0.615, 300], [0.61, 400]))).toBe("hint");
    expect(tone(steps([0.62, 0], [0.615, 300], [0.61, 300]))).toBeUndefined();
    expect(tone(steps([0.62, 0], [0.615, 300], [0.616, 400]))).toBeUndefined();
  });
});

describe("length, overconfidence and promises", () => {
  const length = { data: null, labeled: 0.5, selected: null, model: 0.52, rewardCorrelation: 0.1 };

  it("length: from 5 points on, as the report has it", () => {
    const at = (selected: number, model: number) =>
      signs([record(0), record(1, { length: { ...length, selected, model } })]);
    expect(at(0.54, 0.54)).toEqual([]);
    expect(at(0.56, 0.54)).toEqual(["longer-selected"]);
    expect(at(0.54, 0.56)).toEqual(["longer-model"]);
  });

  it("length: asks for what the model likes too little", () => {
    const next = (selected: number, model: number) =>
      alarmsOf([record(0), record(1, { length: { ...length, selected, model } })])[0]?.next;
    expect(next(0.54, 0.56)).toContain("the shorter response is the better one");
    expect(next(0.44, 0.44)).toContain("the longer response is the better one");
    expect(next(0.56, 0.44)).toContain("the shorter response is the better one");
  });

  it("overconfidence: by bins, or by a temperature whose interval lies above 1", () => {
    const bins = honestBins();
    bins[8] = bin(0.9, 100, { confidence: 0.93, accuracy: 0.7, low: 0.6, high: 0.78 });
    const sure = record(0, { test: metrics(0.6, { reliability: bins }) });
    expect(signs([sure])).toEqual(["overconfident"]);
    const hot = (low: number) => signs([record(0, { temperatureLow: low, temperatureHigh: 2 })]);
    expect(hot(1.01)).toEqual(["overconfident"]);
    expect(hot(1)).toEqual([]);
  });

  it("the threshold's promise: by held-out pairs, by gold, by checks", () => {
    const at = (high: number) =>
      record(0, {
        thresholds: [
          { threshold: 0.8, passing: 9, n: 50, right: 35, precision: 0.7, low: 0.6, high },
        ],
      });
    expect(signs([at(0.79)])).toEqual(["threshold-promises-too-much"]);
    expect(signs([at(0.8)])).toEqual([]);
    const gold = { value: 0.7, low: 0.6, high: 0.79, n: 100 };
    expect(signs([record(0), record(1, { pseudoLabelGold: gold })])).toContain(
      "wrong-pseudo-labels",
    );
    const audit = (high: number) => ({ rate: { value: 0.6, low: 0.4, high, n: 20 } });
    expect(signs([record(0)], { audit: audit(0.79) })).toEqual(["audit-below-threshold"]);
    expect(signs([record(0)], { audit: audit(0.8) })).toEqual([]);
  });
});

describe("people", () => {
  it("few random labels: only without a test set, below 100", () => {
    const few = (randomLabels: number | null, test = null as IterationRecord["test"]) =>
      signs([record(0, { test })], { randomLabels });
    expect(few(99)).toEqual(["few-random-labels"]);
    expect(few(100)).toEqual([]);
    expect(few(null)).toEqual([]);
    expect(few(0)).toEqual(["few-random-labels"]);
    expect(few(99, metrics(0.6))).toEqual([]);
  });

  it("says how wide the interval is: 30 labels at 50 % give 16.8 points to each side", () => {
    const [alarm] = alarmsOf([record(0, { test: null })], { randomLabels: 30 });
    expect(alarm).toMatchObject({ tone: "hint", act: "label" });
    expect(alarm!.text).toContain("no better than ±16.8 points");
    expect(alarm!.next).toContain("Label 70 more pairs");
  });

  it("never overridden: from 20 reviews without one", () => {
    const review = (overrides: number, n: number) =>
      signs([record(0)], {
        review: { overrides, rate: { value: overrides / n, low: 0, high: 1, n } },
      });
    expect(review(0, 20)).toEqual(["never-overrides"]);
    expect(review(0, 19)).toEqual([]);
    expect(review(1, 20)).toEqual([]);
  });
});
