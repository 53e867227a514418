// How long a run may take, against hand-made cases; and the line that the button says.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { aboutSeconds, estimateSeconds, outlookText } from "../../src/core/dashboard/outlook.ts";
import type { PastRun } from "../../src/core/dashboard/outlook.ts";
import { secondsLeft } from "../../src/core/dashboard/secondsLeft.ts";
import { expectClose } from "../support/close.ts";
import { record } from "../support/reportInput.ts";

/** 1,000 pairs; seconds per model. */
const past = (seconds: readonly number[], more: Partial<PastRun> = {}): PastRun => ({
  model: "lexical",
  records: seconds.map((s, k) => record(k, { seconds: s })),
  wholeSeconds: null,
  ...more,
});
const exact = { atol: 1e-12, rtol: 1e-12 };
const planned = { model: "lexical", iterations: 3, pairs: 1000 };

describe("the estimate", () => {
  it("is what the models took, scaled by pairs and iterations", () => {
    expectClose(estimateSeconds([past([2, 3, 3])], planned)!, 2 + 3 * 3, exact);
    expectClose(estimateSeconds([past([2, 3, 3])], { ...planned, pairs: 4000 })!, 4 * 11, exact);
    expectClose(estimateSeconds([past([2, 3, 3])], { ...planned, iterations: 0 })!, 2, exact);
    // Without a later model, model 0 stands for it.
    expectClose(estimateSeconds([past([2])], planned)!, 2 + 3 * 2, exact);
  });

  it("adds what came around the models, but not a pause", () => {
    expectClose(estimateSeconds([past([2, 3, 3], { wholeSeconds: 10 })], planned)!, 11 + 2, exact);
    expectClose(estimateSeconds([past([2, 3, 3], { wholeSeconds: 3600 })], planned)!, 11, exact);
  });

  it("takes medians of the five newest runs with the same model", () => {
    const runs = [1, 9, 2, 3, 2, 100, 100].map((s) => past([s, s]));
    expectClose(estimateSeconds(runs, planned)!, 4 * 2, exact);
    const other = past([50, 50], { model: "hub:x/y" });
    expectClose(estimateSeconds([other, past([2, 2])], planned)!, 8, exact);
  });

  it("is not known without a run, a model in it, or the size of the data", () => {
    expect(estimateSeconds([], planned)).toBeNull();
    expect(estimateSeconds([past([])], planned)).toBeNull();
    expect(estimateSeconds([past([1])], { ...planned, model: "other" })).toBeNull();
    expect(estimateSeconds([past([1])], { ...planned, pairs: null })).toBeNull();
  });
});

it("the button says what is known", () => {
  const text = (labels: number, unlabeled: number | null, seconds: number | null): string =>
    outlookText({ labels, unlabeled, seconds });
  expect(text(212, 11_575, 41)).toBe("212 labels, 11,575 unlabeled, about 40 s");
  expect(text(1, 1, null)).toBe("1 label, 1 unlabeled");
  expect(text(40, null, null)).toBe("40 labels, counting pairs");
  expect(text(0, 100, 3)).toBe("labels drawn from the data, 100 unlabeled, a few seconds");
});

it("a time is said with as much as is known of it, in the right unit", () => {
  const cases = [0, 7.4, 8, 12, 87, 88, 200, 5000, 5401].map(aboutSeconds);
  expect(cases).toEqual([
    ...["a few seconds", "a few seconds", "about 10 s", "about 10 s", "about 85 s"],
    ...["about 1 min", "about 3 min", "about 83 min", "about 2 h"],
  ]);
  fc.assert(
    fc.property(fc.double({ min: 8, max: 1e6, noNaN: true }), (seconds) => {
      const [, number, unit] = /^about (\d+) (s|min|h)$/.exec(aboutSeconds(seconds))!;
      const said = Number(number) * { s: 1, min: 60, h: 3600 }[unit as "s" | "min" | "h"];
      return Math.abs(said - seconds) / seconds < 0.35;
    }),
  );
});

it("what is left: the last model's time for each that is to come, before it what is expected", () => {
  const records = [record(0, { seconds: 4 }), record(1, { seconds: 10 })];
  const left = (elapsed: number, more = {}) =>
    secondsLeft({ iterations: 3, records, elapsed, expected: 60, ...more });
  expect(left(0)).toBe(20);
  expect(left(4)).toBe(16);
  expect(left(99)).toBe(10);
  expect(left(0, { iterations: 1 })).toBe(0);
  expect(left(25, { records: [] })).toBe(35);
  expect(left(80, { records: [] })).toBe(0);
  expect(left(0, { records: [], expected: null })).toBeNull();
});
