// Which verdicts may measure calibration, and what they then measure.
import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import { fitTemperature } from "../../src/core/calibration.ts";
import { measuresCalibration } from "../../src/core/labels/drawn.ts";
import type { Drawn, LabelEvent } from "../../src/core/labels/labelEvent.ts";
import { foldLabels } from "../../src/core/labels/labelFold.ts";
import type { Winner } from "../../src/core/pair.ts";
import { measuringOf } from "../../src/learn/judged.ts";
import { labelSetOf } from "../../src/learn/labelSet.ts";
import { ofKind, runLoop, winnerOf } from "../support/loopRuns.ts";
import { memoryPool } from "../support/syntheticPairs.ts";
import { vectorModel, vectorPairs } from "../support/vectorModel.ts";

const pair = "a".repeat(32);

/** Whether the last of verdicts on one pair, drawn in these ways one after the other, measures. */
function measures(...drawn: readonly (Drawn | null)[]): boolean {
  const events = drawn.map((way, n): LabelEvent => ({
    ...({ v: 1, kind: "verdict", writer: "w", seq: n + 1, pair, winner: "first" } as const),
    id: String(n).padStart(32, "0"),
    time: new Date(n).toISOString(),
    ...(way === null ? {} : { drawn: way }),
  }));
  return measuresCalibration(foldLabels(events).get(pair)!);
}

describe("a verdict", () => {
  test.each([
    [[null], true],
    [["random"], true],
    [["repeat"], true],
    [["unsure"], false],
    [["audit"], false],
    [["chosen"], false],
    [["random", "repeat", "repeat"], true],
    [["unsure", "repeat"], false],
    [["audit", "random", "repeat"], true],
    [["random", "chosen"], false],
  ] as const)("drawn %j measures calibration: %s", (drawn, expected) => {
    expect(measures(...drawn)).toBe(expected);
  });
});

const size = 60;
const { pairs, gold } = vectorPairs(size, 81);
const pool = memoryPool(pairs);

describe("the loop", () => {
  it("trains on all labels and measures on those alone that may", async () => {
    const count = 40;
    const verdicts = new Map<number, Winner>(
      Array.from(gold.subarray(0, count), (t, i) => [i, winnerOf(t)]),
    );
    const mask = fc.array(fc.boolean(), { minLength: count, maxLength: count });
    const plain = ofKind(await runLoop(loop(verdicts, new Set())), "model");
    await fc.assert(
      fc.asyncProperty(mask, async (measuring) => {
        const onlyTrains = new Set([...measuring.keys()].filter((i) => !measuring[i]));
        const models = ofKind(await runLoop(loop(verdicts, onlyTrains)), "model");
        expect(models).toHaveLength(plain.length);
        for (const [k, event] of models.entries()) {
          expect(event.chains).toEqual(plain[k]!.chains);
          expect(event.heldOut).toEqual(plain[k]!.heldOut);
          expect(event.unlabeled).toEqual(plain[k]!.unlabeled);
          const { index, margin, target } = event.heldOut;
          const isNone = !measuring.includes(true);
          const rows = [...index.keys()].filter((row) => isNone || measuring[index[row]!]);
          expect(event.validationOf).toBe(isNone ? "all" : "random");
          expect([...event.validation.index]).toEqual(rows.map((row) => index[row]!));
          const [margins, targets] = [margin, target].map((list) =>
            Float64Array.from(rows, (row) => list[row]!),
          );
          expect(event.validation).toMatchObject({ margin: margins, target: targets });
          expect(event.temperature).toEqual(fitTemperature(margins!, targets!));
        }
      }),
      { numRuns: 20, examples: [[new Array<boolean>(count).fill(false)]] },
    );
  });

  const loop = (verdicts: ReadonlyMap<number, Winner>, onlyTrains: ReadonlySet<number>) => ({
    model: vectorModel(),
    pool,
    verdictsAt: () => verdicts,
    onlyTrains,
    options: { threshold: 0.6, iterations: 2 },
  });
});

test("labels that are not held out decide nothing of what is measured", () => {
  const labels = labelSetOf(
    new Map<number, Winner>([
      [3, "first"],
      [5, "tie"],
    ]),
    new Set([5]),
  );
  const heldOut = {
    index: Int32Array.of(5),
    margin: Float64Array.of(1),
    target: Float64Array.of(0.5),
  };
  expect(measuringOf(heldOut, labels)).toEqual({ validation: heldOut, validationOf: "all" });
});
