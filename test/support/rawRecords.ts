// Raw arrays of one iteration for property tests, and the record that is made of them.
import fc from "fast-check";
import { probabilities } from "../../src/core/calibration.ts";
import type { IterationRecord, RunSettings } from "../../src/core/records.ts";
import type { Answers } from "../../src/learn/answers.ts";
import { iterationRecord } from "../../src/learn/iterationRecord.ts";
import type { Judged } from "../../src/learn/judged.ts";
import type { PseudoLabels } from "../../src/learn/labelSet.ts";
import type { ModelEvent } from "../../src/learn/ssrm.ts";
import { memoryPool, syntheticPairs } from "./syntheticPairs.ts";

const size = 40;
const pool = memoryPool(syntheticPairs(size, 71).pairs);
const testPool = memoryPool(syntheticPairs(12, 72).pairs);

const margin = fc.oneof(
  fc.constant(0),
  fc.integer({ min: -384, max: 384 }).map((k) => k / 64),
);
const target = fc.constantFrom(0, 1, 0.5);
const length = fc.integer({ min: 1, max: 6 });
const list = <T>(item: fc.Arbitrary<T>, n: number): fc.Arbitrary<T[]> =>
  fc.array(item, { minLength: n, maxLength: n });

/** Gold for every pair. */
export const goldList = list(target, size);

/** What a record is made of, pair by pair. */
export interface Raw {
  readonly roles: readonly ("labeled" | "left-out" | "unlabeled" | "set-aside")[];
  readonly margins: readonly number[];
  readonly gold: readonly number[];
  readonly lengthFirst: readonly number[];
  readonly lengthSecond: readonly number[];
  readonly testMargins: readonly number[];
  readonly testTargets: readonly number[];
  readonly hasTest: boolean;
  readonly hasRewards: boolean;
  /** Per pair: was it a pseudo-label, selected or not? P of the model before. */
  readonly pseudo: readonly { readonly p: number; readonly selected: boolean }[] | null;
  readonly temperature: number;
  readonly confidence: RunSettings["confidence"];
}

/** Raw arrays with every kind of hole: no test, no rewards, no pseudo-labels, gold in part. */
export const raw: fc.Arbitrary<Raw> = fc.record({
  roles: list(
    fc.constantFrom(
      "labeled" as const,
      "left-out" as const,
      "unlabeled" as const,
      "set-aside" as const,
    ),
    size,
  ),
  margins: list(margin, size),
  gold: list(fc.oneof(target, fc.constant(NaN)), size),
  lengthFirst: list(length, size),
  lengthSecond: list(length, size),
  testMargins: list(margin, 12),
  testTargets: list(target, 12),
  hasTest: fc.boolean(),
  hasRewards: fc.boolean(),
  pseudo: fc.option(
    list(
      fc.record({
        p: fc.oneof(fc.constant(0.5), fc.double({ min: 0, max: 1, noNaN: true })),
        selected: fc.boolean(),
      }),
      size,
    ),
  ),
  temperature: fc.double({ min: 0.3, max: 3, noNaN: true }),
  confidence: fc.constantFrom("raw" as const, "calibrated" as const),
});

/** The pairs in one of these roles. */
export const where = (r: Raw, ...roles: Raw["roles"]): number[] =>
  [...r.roles.keys()].filter((i) => roles.includes(r.roles[i]!));
/** The label of a pair, whatever its role. */
export const labelOf = (i: number): number => [0, 1, 0.5][i % 3]!;

/** The record that iterationRecord makes of it. */
export function recordOf(r: Raw): IterationRecord {
  const [labeled, unlabeled] = [where(r, "labeled", "left-out"), where(r, "unlabeled")];
  const left = where(r, "left-out");
  const floats = (indices: readonly number[], f: (i: number) => number): Float64Array =>
    Float64Array.from(indices, f);
  const margins = floats(unlabeled, (i) => r.margins[i]!);
  const judged: Judged = {
    index: Int32Array.from(left),
    margin: floats(left, (i) => r.margins[i]!),
    target: floats(left, labelOf),
  };
  const event: ModelEvent<null> = {
    kind: "model",
    iteration: 2,
    chains: [{ name: "whole", checkpoint: null }],
    labels: {
      index: Int32Array.from(labeled),
      target: floats(labeled, labelOf),
      measures: new Uint8Array(labeled.length).fill(1),
      setAside: Int32Array.from(where(r, "set-aside")),
    },
    temperature: { temperature: r.temperature, low: 0.1, high: 9 },
    heldOut: judged,
    validation: judged,
    validationOf: "random",
    unlabeled: {
      index: Int32Array.from(unlabeled),
      scores: {
        margin: margins,
        rewards: r.hasRewards
          ? { first: margins.map((z) => z / 2 + 1), second: margins.map((z) => 1 - z / 2) }
          : null,
      },
      p: probabilities(margins, r.confidence === "raw" ? 1 : r.temperature),
    },
    test: r.hasTest ? { margin: Float64Array.from(r.testMargins), rewards: null } : null,
  };
  const answers: Answers = {
    pool,
    gold: Float64Array.from(r.gold),
    lengthFirst: Float64Array.from(r.lengthFirst),
    lengthSecond: Float64Array.from(r.lengthSecond),
    test: r.hasTest
      ? {
          pool: testPool,
          target: Float64Array.from(r.testTargets),
          subsets: r.testTargets.map((_, i) => [null, "b", "a"][i % 3]!),
        }
      : null,
  };
  return iterationRecord(event, answers, {
    pseudo: pseudoOf(r),
    confidence: r.confidence,
    fit: { l2: 1 },
    seconds: 3,
  });
}

function pseudoOf(r: Raw): PseudoLabels | null {
  if (!r.pseudo) return null;
  const selected = Uint8Array.from(r.pseudo, (one) => (one.selected && one.p !== 0.5 ? 1 : 0));
  return {
    index: Int32Array.from(r.pseudo.keys()),
    p: Float64Array.from(r.pseudo, ({ p }) => p),
    selection: { selected, count: selected.filter((s) => s === 1).length, reason: () => "" },
  };
}
