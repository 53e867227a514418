// Figures per subset against a plain loop over the rows.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { subsetFigures } from "../../src/learn/subsetFigures.ts";
import type { PairPool } from "../../src/learn/rewardModel.ts";

const noPool: PairPool = { size: 0, ids: [], promptIds: [], read: () => emptyReading() };

// eslint-disable-next-line @typescript-eslint/require-await -- a pool that is never read
async function* emptyReading(): AsyncGenerator<never> {
  yield* [];
}

describe("subsetFigures", () => {
  test("equals a plain loop, whatever the order of rows", () => {
    const row = fc.record({
      p: fc.double({ min: 0, max: 1, noNaN: true }),
      target: fc.constantFrom(0, 0.5, 1),
      subset: fc.constantFrom("a", "b", "c", null),
    });
    fc.assert(
      fc.property(fc.array(row, { minLength: 1, maxLength: 40 }), (rows) => {
        const got = subsetFigures(
          Float64Array.from(rows, (r) => r.p),
          {
            pool: noPool,
            target: Float64Array.from(rows, (r) => r.target),
            subsets: rows.map((r) => r.subset),
          },
        );
        const names = [...new Set(rows.flatMap((r) => r.subset ?? []))].sort();
        if (names.length < 2) {
          expect(got).toEqual([]);
          return;
        }
        expect(got.map((figures) => figures.subset)).toEqual(names);
        for (const { subset, accuracy, meanConfidence } of got) {
          const own = rows.filter((r) => r.subset === subset);
          const scores = own.map((r) =>
            r.p === 0.5 || r.target === 0.5 ? 0.5 : Number(r.p > 0.5 === r.target > 0.5),
          );
          expect(accuracy.n).toBe(own.length);
          expect(accuracy.value).toBeCloseTo(scores.reduce((a, b) => a + b, 0) / own.length, 12);
          const sure = own.map((r) => Math.max(r.p, 1 - r.p));
          expect(meanConfidence).toBeCloseTo(sure.reduce((a, b) => a + b, 0) / own.length, 12);
        }
      }),
    );
  });
});
