// The figures of the threshold slider against counting, threshold by threshold.
import fc from "fast-check";
import { expect, it } from "vitest";
import { wilson } from "../../src/core/metrics/accuracy.ts";
import { thresholdFigures } from "../../src/core/thresholds.ts";

/** Confidences, many of them exactly at a threshold or beside one. */
const confidence = fc.oneof(
  fc.integer({ min: 50, max: 100 }).map((n) => n / 100),
  fc.integer({ min: 50, max: 100 }).map((n) => Math.min(n / 100 + 2 ** -53, 1)),
  fc.double({ min: 0.5, max: 1, noNaN: true }),
);

it("counts what lies above each threshold, and how right that is", () => {
  const outcome = fc.record({ confidence, correct: fc.constantFrom(0, 0.5, 1) });
  fc.assert(
    fc.property(fc.array(confidence), fc.array(outcome), (unlabeled, heldOut) => {
      const figures = thresholdFigures(Float64Array.from(unlabeled), {
        confidence: Float64Array.from(heldOut, (o) => o.confidence),
        correct: Float64Array.from(heldOut, (o) => o.correct),
      });
      const expected = Array.from({ length: 50 }, (_, k) => {
        const threshold = Number(`0.${50 + k}`);
        const above = heldOut.filter((o) => o.confidence > threshold);
        const right = above.reduce((sum, o) => sum + o.correct, 0);
        const n = above.length;
        return {
          threshold,
          passing: unlabeled.filter((c) => c > threshold).length,
          n,
          right,
          ...(n === 0
            ? { precision: null, low: null, high: null }
            : { precision: right / n, ...wilson(right, n) }),
        };
      });
      expect(figures).toEqual(expected);
    }),
  );
});

it("has no precision where nothing was held out", () => {
  const figures = thresholdFigures(Float64Array.of(0.505, 0.995), null);
  expect(figures[0]).toEqual({
    ...{ threshold: 0.5, passing: 2, n: 0, right: 0 },
    ...{ precision: null, low: null, high: null },
  });
  expect(figures.at(-1)).toMatchObject({ threshold: 0.99, passing: 1 });
});
