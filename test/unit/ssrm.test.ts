// The loop against its naive version: same selected pairs, same verdicts, same models, same temperatures.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Pair, Winner } from "../../src/core/pair.ts";
import { lexicalModel } from "../../src/learn/lexical/lexicalModel.ts";
import type { LexicalCheckpoint } from "../../src/learn/lexical/lexicalFiles.ts";
import type { RewardModel } from "../../src/learn/rewardModel.ts";
import { expectClose } from "../support/close.ts";
import type { MainEvent } from "../support/generators.ts";
import { ofKind, runLoop, seedVerdicts } from "../support/loopRuns.ts";
import { naiveLexical, type NaiveWeights } from "../support/naiveLexical.ts";
import { type NaiveIteration, type NaiveModel, naiveSsrm } from "../support/naiveSsrm.ts";
import { fitTolerance } from "../support/trainTolerance.ts";
import { memoryPool, syntheticPairs } from "../support/syntheticPairs.ts";
import { naiveVector, vectorModel, vectorPairs } from "../support/vectorModel.ts";

interface Setting {
  readonly iterations: number;
  readonly threshold: number;
  readonly confidence: "raw" | "calibrated";
  readonly start: "restart" | "continue";
  readonly seed: number;
}

interface Case<Checkpoint, Weights> {
  readonly model: RewardModel<Checkpoint>;
  readonly naive: NaiveModel<Weights>;
  readonly pairs: readonly Pair[];
  readonly verdictsAt: (iteration: number) => ReadonlyMap<number, Winner>;
  readonly setting: Setting;
  readonly expectSameModel: (checkpoint: Checkpoint, weights: Weights) => void;
  readonly atol: number;
}

async function compare<Checkpoint, Weights>(
  c: Case<Checkpoint, Weights>,
): Promise<{ events: MainEvent<Checkpoint>[]; made: NaiveIteration<Weights>[] }> {
  const { pairs, setting, atol } = c;
  const pool = memoryPool(pairs);
  const events = await runLoop({ ...c, pool, options: setting });
  const made = naiveSsrm(c.naive, pairs, {
    ...setting,
    verdictsAt: (k) => new Map([...c.verdictsAt(k)].map(([i, winner]) => [pairs[i]!.id, winner])),
  });

  const models = ofKind(events, "model");
  expect(models.map((event) => event.iteration)).toEqual([...made.keys()]);
  for (const [k, event] of models.entries()) {
    const naive = made[k]!;
    expect(event.chains.map(({ name }) => name)).toEqual([...naive.models.keys()]);
    for (const { name, checkpoint } of event.chains) {
      c.expectSameModel(checkpoint, naive.models.get(name)!);
    }
    const byId = (index: Int32Array, values: Float64Array): [string, number][] =>
      Array.from(index, (i, n): [string, number] => [pool.ids[i]!, values[n]!]).sort();
    expectSameNumbers(byId(event.validation.index, event.validation.margin), naive.validation);
    expectSameNumbers(byId(event.unlabeled.index, event.unlabeled.p), naive.p);
    const rtol = 1e-5 + 10 * atol;
    expectClose(event.temperature.temperature, naive.temperature, { atol: 0, rtol });
  }
  for (const event of ofKind(events, "pseudo-labels")) {
    const verdicts = Array.from(event.index, (i, n): [string, Winner] => [
      pool.ids[i]!,
      event.p[n]! > 0.5 ? "first" : "second",
    ]).filter((_, n) => event.selection.selected[n] === 1);
    const wanted = made[event.iteration]?.pseudo ?? new Map<string, Winner>();
    expect(verdicts.sort()).toEqual([...wanted].sort());
    expect(event.selection.count).toBe(verdicts.length);
  }
  const isShort = made.length <= setting.iterations && made.at(-1)!.p.size > 0;
  expect(events.at(-1)!.kind).toBe(isShort ? "ended-early" : "model");
  return { events, made };

  function expectSameNumbers(got: [string, number][], wanted: ReadonlyMap<string, number>): void {
    const sorted = [...wanted].sort();
    expect(got.map(([id]) => id)).toEqual(sorted.map(([id]) => id));
    const numbers = (list: [string, number][]): number[] => list.map(([, value]) => value);
    expectClose(numbers(got), numbers(sorted), { atol, rtol: atol });
  }
}

const settings = fc.record({
  iterations: fc.integer({ min: 0, max: 4 }),
  threshold: fc.constantFrom(0.55, 0.7, 0.8, 0.8, 0.9, 0.99),
  confidence: fc.constantFrom("raw" as const, "calibrated" as const),
  start: fc.constantFrom("restart" as const, "continue" as const),
  seed: fc.integer({ min: 0, max: 9 }),
});
const poolSettings = fc.record({ seedCount: fc.integer({ min: 1, max: 15 }), seed: fc.nat(1000) });
const winner = fc.constantFrom<Winner>("first", "second", "first", "second", "tie", "both-bad");
/** Verdicts that arrive: at which iteration (0 to 4), on which pair, what. */
const arrivals = fc.array(
  fc.record({ at: fc.integer({ min: 0, max: 4 }), pair: fc.nat(59), winner }),
  { maxLength: 25 },
);

describe("ssrm with an exactly solvable model", () => {
  it("makes what the naive loop makes, whatever the options and the verdicts", async () => {
    await fc.assert(
      fc.asyncProperty(
        settings,
        arrivals,
        poolSettings,
        async (setting, verdicts, { seedCount, seed }) => {
          const { pairs, gold } = vectorPairs(60, seed);
          await compare({
            model: vectorModel(),
            naive: naiveVector(setting.start),
            pairs,
            verdictsAt: (k) =>
              new Map([
                // The seed stands last: it is never withdrawn or changed.
                ...verdicts.filter(({ at }) => at <= k).map((v) => [v.pair, v.winner] as const),
                ...seedVerdicts(gold, seedCount),
              ]),
            setting,
            expectSameModel: ({ w }, weights) =>
              expectClose(w, weights, { atol: 1e-9, rtol: 1e-9 }),
            atol: setting.confidence === "raw" ? 1e-9 : 1e-6,
          });
        },
      ),
      {
        numRuns: 100,
        examples: [
          // A label becomes both-bad where nothing is selected: L has changed, so there is one more model.
          [
            { iterations: 3, threshold: 0.55, confidence: "calibrated", start: "restart", seed: 0 },
            [
              { at: 0, pair: 16, winner: "first" },
              { at: 1, pair: 5, winner: "second" },
              { at: 3, pair: 16, winner: "both-bad" },
            ],
            { seedCount: 1, seed: 7 },
          ],
        ],
      },
    );
  });

  it.each([499, 500, 640])("makes the same from %d labels", async (seedCount) => {
    const { pairs, gold } = vectorPairs(900, 3);
    const { events } = await compare({
      model: vectorModel(),
      naive: naiveVector("restart"),
      pairs,
      verdictsAt: () => seedVerdicts(gold, seedCount),
      setting: { iterations: 2, threshold: 0.8, confidence: "raw", start: "restart", seed: 1 },
      expectSameModel: ({ w }, weights) => expectClose(w, weights, { atol: 1e-9, rtol: 1e-9 }),
      atol: 1e-9,
    });
    const names = ofKind(events, "model")[0]!.chains.map(({ name }) => name);
    const folds = [0, 1, 2, 3, 4].map((fold) => `without-fold-${fold}`);
    expect(names).toEqual(["whole", ...(seedCount < 500 ? folds : ["without-held-out"])]);
  });
});

describe("ssrm with the lexical model", () => {
  const same = ({ weights }: LexicalCheckpoint, naive: NaiveWeights): void => {
    const got = new Map([...weights.buckets].map((b, j) => [String(b), weights.values[j]!]));
    got.set("length", weights.length);
    const keys = [...new Set([...got.keys(), ...naive.keys()])];
    expectClose(
      keys.map((key) => got.get(key) ?? 0),
      keys.map((key) => naive.get(key) ?? 0),
      { atol: fitTolerance, rtol: 0 },
    );
  };

  it.each(["restart", "continue"] as const)(
    "makes what the naive loop makes (%s)",
    async (start) => {
      const { pairs, gold } = syntheticPairs(60, 21, { ties: 0.1 });
      const { made } = await compare({
        model: lexicalModel({ l2: 0.01, length: true, seed: 0 }),
        naive: naiveLexical({ l2: 0.01, length: true }),
        pairs,
        verdictsAt: (k) => seedVerdicts(gold, k < 2 ? 25 : 30),
        setting: { iterations: 3, threshold: 0.7, confidence: "raw", start, seed: 2 },
        expectSameModel: same,
        atol: fitTolerance,
      });
      expect(made).toHaveLength(4);
      expect(made[1]!.pseudo.size).toBeGreaterThan(3);
    },
  );
});
