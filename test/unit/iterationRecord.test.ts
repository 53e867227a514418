// Every figure of a record, recomputed from the raw arrays the plain way.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { sigmoid } from "../../src/core/calibration.ts";
import type { IterationRecord, Metrics } from "../../src/core/records.ts";
import { reportedThresholds } from "../../src/learn/iterationRecord.ts";
import { expectClose } from "../support/close.ts";
import { goldList, labelOf, type Raw, raw, recordOf, where } from "../support/rawRecords.ts";

const tight = { atol: 1e-12, rtol: 1e-12 };
/** Metrics of four sets take 0.1 s a record. */
const few = { numRuns: 50 };
/** Without test and validation, which these figures don't look at. */
const bare = raw.map((r): Raw => ({
  ...r,
  hasTest: false,
  roles: r.roles.map((role) => (role === "left-out" ? "labeled" : role)),
}));

const mean = (values: readonly number[]): number | null =>
  values.length === 0 ? null : values.reduce((a, b) => a + b, 0) / values.length;

/** P(first preferred), through the surer side: near 0 and near 1 the same digits are lost. */
function pOf(z: number, scale: number): number {
  const surer = 1 / (1 + Math.exp(-Math.abs(z) / scale));
  return z >= 0 ? surer : 1 - surer;
}

function expectMetrics(
  metrics: Metrics | null,
  judged: readonly { z: number; t: number }[],
  scale: number,
): void {
  if (judged.length === 0) {
    expect(metrics).toBeNull();
    return;
  }
  const p = judged.map(({ z }) => pOf(z, scale));
  const right = judged.map(({ t }, i) => (p[i]! === 0.5 ? 0.5 : p[i]! > 0.5 ? t : 1 - t));
  const nll = judged.map(({ t }, i) => -t * Math.log(p[i]!) - (1 - t) * Math.log(1 - p[i]!));
  expect(metrics!.n).toBe(judged.length);
  expectClose(metrics!.accuracy, mean(right)!, tight);
  expectClose(metrics!.nll, mean(nll)!, { atol: 1e-9, rtol: 1e-9 });
  expectClose(metrics!.brier, mean(judged.map(({ t }, i) => (p[i]! - t) ** 2))!, tight);
}

/** Share of pairs in which the longer is preferred, over pairs that differ in length. */
function longerWins(r: Raw, indices: readonly number[], preferred: (i: number) => number) {
  const unequal = indices.filter((i) => r.lengthFirst[i] !== r.lengthSecond[i]);
  return mean(
    unequal.map((i) => (r.lengthFirst[i]! > r.lengthSecond[i]! ? preferred(i) : 1 - preferred(i))),
  );
}

function expectMaybe(actual: number | null, expected: number | null): void {
  if (expected === null) expect(actual).toBeNull();
  else expectClose(actual ?? NaN, expected, { atol: 1e-9, rtol: 1e-9 });
}

function correlation(x: readonly number[], y: readonly number[]): number | null {
  const [mx, my] = [mean(x) ?? 0, mean(y) ?? 0];
  const sum = (f: (i: number) => number): number => x.reduce((s, _, i) => s + f(i), 0);
  const [xx, yy] = [sum((i) => (x[i]! - mx) ** 2), sum((i) => (y[i]! - my) ** 2)];
  if (xx < 1e-20 || yy < 1e-20) return null;
  return sum((i) => (x[i]! - mx) * (y[i]! - my)) / Math.sqrt(xx * yy);
}

describe("iterationRecord", () => {
  it("holds what the raw arrays hold", () => {
    fc.assert(
      fc.property(raw, (r) => {
        const record = recordOf(r);
        const unlabeled = where(r, "unlabeled");
        expect(record).toMatchObject({
          kind: "iteration",
          iteration: 2,
          fit: { l2: 1 },
          seconds: 3,
        });
        expect(record.labeled).toBe(where(r, "labeled", "left-out").length);
        expect(record.unlabeled).toBe(unlabeled.length);
        expect([record.temperature, record.temperatureLow, record.temperatureHigh]).toEqual([
          r.temperature,
          0.1,
          9,
        ]);

        const left = where(r, "left-out").map((i) => ({ z: r.margins[i]!, t: labelOf(i) }));
        expectMetrics(record.validation, left, 1);
        expectMetrics(record.validationCalibrated, left, r.temperature);
        const test = r.testMargins.map((z, i) => ({ z, t: r.testTargets[i]! }));
        expectMetrics(record.test, r.hasTest ? test : [], 1);
        expectMetrics(record.testCalibrated, r.hasTest ? test : [], r.temperature);

        const scale = r.confidence === "raw" ? 1 : r.temperature;
        const confidenceAt = (z: number): number => Math.max(pOf(z, scale), 1 - pOf(z, scale));
        const confidences = unlabeled.map((i) => confidenceAt(r.margins[i]!));
        expect(record.wouldPass).toEqual(
          reportedThresholds.map((threshold) => ({
            threshold,
            count: confidences.filter((c) => c > threshold).length,
          })),
        );
        expect(record.thresholds.map(({ threshold }) => threshold)).toEqual(
          Array.from({ length: 50 }, (_, k) => Number((0.5 + k / 100).toFixed(2))),
        );
        for (const { threshold, passing, n, right } of record.thresholds) {
          const above = left.filter(({ z }) => confidenceAt(z) > threshold);
          const rights = above.map(({ z, t }) => (z > 0 ? t : 1 - t));
          expect(passing).toBe(confidences.filter((c) => c > threshold).length);
          expect(n).toBe(above.length);
          expect(right).toBe(rights.reduce((a, b) => a + b, 0));
        }
        expect(record.unlabeledHistogram).toEqual(
          Array.from({ length: 20 }, (_, b) => {
            const [from, to] = [(20 + b) / 40, (21 + b) / 40];
            return confidences.filter((c) => (c > from || b === 0) && c <= to).length;
          }),
        );
      }),
      few,
    );
  });

  it("judges the selected pseudo-labels by the gold that there is, ties 1/2", () => {
    fc.assert(
      fc.property(bare, (r) => {
        const record = recordOf(r);
        const selected = (r.pseudo ?? []).flatMap(({ p, selected: is }, i) =>
          is && p !== 0.5 ? [{ p, gold: r.gold[i]! }] : [],
        );
        const known = selected.filter(({ gold }) => !Number.isNaN(gold));
        const right = known.map(({ p, gold }) => {
          if (gold === 0.5) return 0.5;
          return p > 0.5 === (gold === 1) ? 1 : 0;
        });
        expect(record.selected).toBe(selected.length);
        expectMaybe(record.pseudoLabelAccuracy, mean(right));
        if (known.length === 0) expect(record.pseudoLabelGold).toBeNull();
        else expect(record.pseudoLabelGold!.n).toBe(known.length);
      }),
    );
  });

  it("says who prefers the longer response: data, L, selected, model", () => {
    fc.assert(
      fc.property(bare, (r) => {
        const { length: figures } = recordOf(r);
        const verdict = (p: number): number => (p === 0.5 ? 0.5 : p > 0.5 ? 1 : 0);
        const known = [...r.gold.keys()].filter((i) => !Number.isNaN(r.gold[i]!));
        const unlabeled = where(r, "unlabeled");
        const selected = (r.pseudo ?? []).flatMap(({ p, selected: is }, i) =>
          is && p !== 0.5 ? [i] : [],
        );
        expectMaybe(
          figures.data,
          longerWins(r, known, (i) => r.gold[i]!),
        );
        expectMaybe(figures.labeled, longerWins(r, where(r, "labeled", "left-out"), labelOf));
        expectMaybe(
          figures.selected,
          longerWins(r, selected, (i) => verdict(r.pseudo![i]!.p)),
        );
        expectMaybe(
          figures.model,
          longerWins(r, unlabeled, (i) => verdict(sigmoid(r.margins[i]!))),
        );
        const rewards = [
          ...unlabeled.map((i) => r.margins[i]! / 2 + 1),
          ...unlabeled.map((i) => 1 - r.margins[i]! / 2),
        ];
        const lengths = [
          ...unlabeled.map((i) => r.lengthFirst[i]!),
          ...unlabeled.map((i) => r.lengthSecond[i]!),
        ];
        expectMaybe(figures.rewardCorrelation, r.hasRewards ? correlation(rewards, lengths) : null);
      }),
    );
  });

  it("takes no part of gold into any other figure", () => {
    fc.assert(
      fc.property(raw, goldList, (r, gold) => {
        const without = (record: IterationRecord): unknown => ({
          ...record,
          pseudoLabelAccuracy: null,
          pseudoLabelGold: null,
          length: { ...record.length, data: null },
        });
        expect(without(recordOf({ ...r, gold }))).toEqual(without(recordOf(r)));
      }),
      few,
    );
  });

  it("tells the test figures by subset", () => {
    fc.assert(
      fc.property(raw, (r) => {
        const { testSubsets } = recordOf(r);
        if (!r.hasTest) {
          expect(testSubsets).toEqual([]);
          return;
        }
        expect(testSubsets.map(({ subset }) => subset)).toEqual(["a", "b"]);
        for (const [n, { accuracy, meanConfidence }] of testSubsets.entries()) {
          const rows = [...r.testMargins.keys()].filter((i) => i % 3 === 2 - n);
          const p = rows.map((i) => sigmoid(r.testMargins[i]!));
          const right = rows.map((i, k) => {
            const t = r.testTargets[i]!;
            return p[k] === 0.5 ? 0.5 : p[k]! > 0.5 ? t : 1 - t;
          });
          expect(accuracy.n).toBe(4);
          expectClose(accuracy.value, mean(right)!, tight);
          expectClose(meanConfidence, mean(p.map((q) => Math.max(q, 1 - q)))!, tight);
        }
      }),
      few,
    );
  });
});
