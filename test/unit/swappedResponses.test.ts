// Swapping the responses of pairs flips verdicts and turns p into 1-p, and changes nothing else, from the
// first fit to the last record.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { swapWinner, type Winner } from "../../src/core/pair.ts";
import type { IterationRecord } from "../../src/core/records.ts";
import { iterationRecord } from "../../src/learn/iterationRecord.ts";
import { lengthOf } from "../../src/core/length.ts";
import { lexicalModel } from "../../src/learn/lexical/lexicalModel.ts";
import type { RewardModel } from "../../src/learn/rewardModel.ts";
import { expectClose } from "../support/close.ts";
import { ofKind, runLoop, winnerOf } from "../support/loopRuns.ts";
import { expectSameFigures } from "../support/sameFigures.ts";
import {
  flipped,
  memoryPool,
  syntheticPairs,
  type SyntheticPairs,
} from "../support/syntheticPairs.ts";
import { vectorModel, vectorPairs } from "../support/vectorModel.ts";

interface Scene extends SyntheticPairs {
  readonly labeled: number;
  /** Verdicts that come in at iteration 1 on the pairs after the labeled ones. */
  readonly arriving: readonly Winner[];
  readonly test: SyntheticPairs;
  readonly options: {
    readonly confidence: "raw" | "calibrated";
    readonly start: "restart" | "continue";
    readonly threshold: number;
  };
}

/** The same scene with the pairs turned where the mask says so. */
function turned(scene: Scene, mask: (i: number) => boolean): Scene {
  const turn = ({ pairs, gold }: SyntheticPairs): SyntheticPairs => ({
    pairs: pairs.map((pair, i) => (mask(i) ? flipped(pair) : pair)),
    gold: gold.map((t, i) => (mask(i) ? 1 - t : t)),
  });
  const arriving = scene.arriving.map((winner, k) =>
    mask(scene.labeled + k) ? swapWinner(winner) : winner,
  );
  return { ...scene, ...turn(scene), arriving, test: turn(scene.test) };
}

async function play<Checkpoint>(model: RewardModel<Checkpoint>, scene: Scene) {
  const { pairs, gold, labeled, arriving, test, options } = scene;
  const pool = memoryPool(pairs);
  const verdictsAt = (k: number): Map<number, Winner> =>
    new Map([
      ...Array.from(gold.subarray(0, labeled), (t, i) => [i, winnerOf(t)] as const),
      ...(k === 0 ? [] : arriving.map((winner, n) => [labeled + n, winner] as const)),
    ]);
  const answers = {
    pool,
    gold: gold.map((t, i) => (i % 4 === 3 ? NaN : t)), // Gold is known in part.
    lengthFirst: Float64Array.from(pairs, (pair) => lengthOf(pair.first)),
    lengthSecond: Float64Array.from(pairs, (pair) => lengthOf(pair.second)),
    test: {
      pool: memoryPool(test.pairs),
      target: test.gold,
      subsets: test.pairs.map((_, i) => `subset ${i % 3}`),
    },
  };
  const events = await runLoop({ model, pool, verdictsAt, test: answers.test.pool, options });
  const records: IterationRecord[] = [];
  let pseudo = null;
  for (const event of events) {
    if (event.kind === "pseudo-labels") pseudo = event;
    if (event.kind !== "model") continue;
    const fit = model.describe(event.chains[0]!.checkpoint);
    records.push(iterationRecord(event, answers, { pseudo, confidence: "raw", fit, seconds: 0 }));
  }
  return { events, records };
}

async function expectFlipped<Checkpoint>(
  makeModel: () => RewardModel<Checkpoint>,
  scene: Scene,
  mask: (i: number) => boolean,
): Promise<number> {
  const one = await play(makeModel(), scene);
  const other = await play(makeModel(), turned(scene, mask));
  expect(other.records).toHaveLength(one.records.length);
  for (const [k, record] of one.records.entries()) expectSameFigures(other.records[k], record);
  const bytesOf = (run: typeof one): unknown =>
    ofKind(run.events, "model").map((event) =>
      event.chains.map(({ name, checkpoint }) => [name, makeModel().save(checkpoint)]),
    );
  expect(bytesOf(other)).toEqual(bytesOf(one));
  for (const [n, event] of ofKind(one.events, "pseudo-labels").entries()) {
    const same = ofKind(other.events, "pseudo-labels")[n]!;
    expect(same.index).toEqual(event.index);
    expect(same.selection.selected).toEqual(event.selection.selected);
    const wanted = event.p.map((p, i) => (mask(event.index[i]!) ? 1 - p : p));
    expectClose(same.p, wanted, { atol: 1e-12, rtol: 1e-12 });
    for (const [i, p] of event.p.entries()) {
      const isTurned = mask(event.index[i]!);
      expect(Math.sign(same.p[i]! - 0.5)).toBe(Math.sign(p - 0.5) * (isTurned ? -1 : 1));
    }
  }
  for (const [n, event] of ofKind(one.events, "model").entries()) {
    const same = ofKind(other.events, "model")[n]!;
    const margins = event.unlabeled.scores.margin.map((z, i) =>
      mask(event.unlabeled.index[i]!) ? -z : z,
    );
    expect(Array.from(same.unlabeled.scores.margin, (z) => z + 0)).toEqual(
      Array.from(margins, (z) => z + 0),
    );
  }
  return one.records.length;
}

const options = fc.record({
  confidence: fc.constantFrom("raw" as const, "calibrated" as const),
  start: fc.constantFrom("restart" as const, "continue" as const),
  threshold: fc.constantFrom(0.6, 0.7, 0.8),
});
/** Which pairs are turned: all, or any. */
const masks = fc
  .oneof(fc.constant(null), fc.array(fc.boolean(), { minLength: 80, maxLength: 80 }))
  .map((list) => (i: number) => list?.[i] ?? true);
const arriving = fc.array(fc.constantFrom<Winner>("first", "second", "tie", "both-bad"), {
  maxLength: 4,
});

describe("swapping the responses of pairs", () => {
  it("flips what an exactly solvable model says, and leaves every record as it is", async () => {
    await fc.assert(
      fc.asyncProperty(
        options,
        masks,
        fc.tuple(arriving, fc.nat(500)),
        async (o, mask, [a, seed]) => {
          const scene: Scene = {
            ...vectorPairs(80, seed),
            labeled: 15,
            arriving: a,
            test: vectorPairs(30, seed + 1),
            options: o,
          };
          await expectFlipped(vectorModel, scene, mask);
        },
      ),
      { numRuns: 15 },
    );
  });

  it("does the same with the lexical model, whose checkpoints keep their bytes", async () => {
    let most = 0;
    await fc.assert(
      fc.asyncProperty(
        options,
        masks,
        fc.tuple(arriving, fc.nat(500)),
        async (o, mask, [a, seed]) => {
          const scene: Scene = {
            ...syntheticPairs(80, seed, { ties: 0.1 }),
            labeled: 25,
            arriving: a,
            test: syntheticPairs(30, seed + 1, { ties: 0.1 }),
            options: o,
          };
          const makeModel = () => lexicalModel({ l2: "auto", length: true, seed: 0 });
          most = Math.max(most, await expectFlipped(makeModel, scene, mask));
        },
      ),
      { numRuns: 6 },
    );
    expect(most).toBe(4);
  });
});
