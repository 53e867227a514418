// Labels that judge a chain never reach it: not in its examples, and not by way of any other chain.
import { describe, expect, it } from "vitest";
import type { Winner } from "../../src/core/pair.ts";
import { crossFitBelow, holdOutFor, leavesOut, namesOf } from "../../src/learn/holdOut.ts";
import { lexicalModel } from "../../src/learn/lexical/lexicalModel.ts";
import { ofKind, recorded, runLoop, seedVerdicts } from "../support/loopRuns.ts";
import { memoryPool, syntheticPairs } from "../support/syntheticPairs.ts";
import { vectorModel, vectorPairs } from "../support/vectorModel.ts";

describe.each([
  { labels: 40, size: 120, kind: "cross-fit" },
  { labels: 520, size: 700, kind: "held-out" },
])("with $labels labels ($kind)", ({ labels, size, kind }) => {
  const { pairs, gold } = vectorPairs(size, 8);
  const pool = memoryPool(pairs);
  const holdOut = holdOutFor(labels, 4);
  // Verdicts come in while it runs, on pairs that are pseudo-labels until then.
  const verdictsAt = (k: number): Map<number, Winner> => seedVerdicts(gold, labels + 10 * k);
  const options = { seed: 4, threshold: 0.6 };

  it("no chain is trained on a pair that it judges", async () => {
    expect(holdOut.kind).toBe(kind);
    const { model, fits } = recorded(vectorModel());
    const models = ofKind(await runLoop({ model, pool, verdictsAt, options }), "model");
    expect(models).toHaveLength(4);
    const fitOf = new Map(fits.map((fit) => [fit.result, fit]));
    for (const { chains, iteration, labels: own, validation } of models) {
      const left = new Map<number, string[]>();
      for (const { name, checkpoint } of chains) {
        const { examples } = fitOf.get(checkpoint)!;
        for (const i of own.index) {
          const isLeftOut = leavesOut(holdOut, name, pool.promptIds[i]!);
          expect(examples.has(pool.ids[i]!)).toBe(!isLeftOut);
          if (isLeftOut) left.set(i, [...(left.get(i) ?? []), name]);
        }
        const pseudo = [...examples].filter(([id]) => !own.index.includes(pool.ids.indexOf(id)));
        expect(pseudo.length > 0).toBe(iteration > 0);
      }
      // Each judged label by exactly one chain; with five folds, every label.
      expect([...left.values()].every((names) => names.length === 1)).toBe(true);
      expect([...validation.index].sort((a, b) => a - b)).toEqual(
        [...left.keys()].sort((a, b) => a - b),
      );
      if (kind === "cross-fit") expect(left.size).toBe(own.index.length);
      else expect(left.size / own.index.length).toBeLessThan(0.3);
    }
  });

  it("the labels that a chain leaves out have no influence on it, in any iteration", async () => {
    const run = async (flipFor: string | null) => {
      const turned = gold.map((t, i) =>
        flipFor !== null && leavesOut(holdOut, flipFor, pool.promptIds[i]!) ? 1 - t : t,
      );
      const events = await runLoop({
        model: vectorModel(),
        pool,
        verdictsAt: (k) => seedVerdicts(turned, labels + 10 * k),
        options,
      });
      return ofKind(events, "model");
    };
    const before = await run(null);
    for (const { name } of before[0]!.chains.slice(1)) {
      const after = await run(name);
      for (const [k, event] of after.entries()) {
        const of = (chains: typeof event.chains) => chains.find((chain) => chain.name === name);
        expect(of(event.chains)).toEqual(of(before[k]!.chains));
        expect(event.chains[0]).not.toEqual(before[k]!.chains[0]);
      }
    }
  });
});

it("the left-out labels have no influence on a lexical chain either, its penalty included", async () => {
  const { pairs, gold } = syntheticPairs(90, 41);
  const pool = memoryPool(pairs);
  const holdOut = holdOutFor(40, 0);
  const model = lexicalModel({ l2: "auto", length: true, seed: 0 });
  const run = async (flipFor: string | null) => {
    const turned = gold.map((t, i) =>
      flipFor !== null && leavesOut(holdOut, flipFor, pool.promptIds[i]!) ? 1 - t : t,
    );
    const verdictsAt = () => seedVerdicts(turned, 40);
    const events = await runLoop({ model, pool, verdictsAt, options: { threshold: 0.7 } });
    return ofKind(events, "model");
  };
  const name = "without-fold-2";
  const [before, after] = [await run(null), await run(name)];
  expect(after).toHaveLength(before.length);
  for (const [k, event] of after.entries()) {
    const of = (chains: typeof event.chains) => chains.find((chain) => chain.name === name);
    expect(of(event.chains)).toEqual(of(before[k]!.chains));
  }
});

describe("holdOutFor and namesOf", () => {
  it("cross-fit below 500, hold out at most a fifth and at most about 500 from there on", () => {
    expect(crossFitBelow).toBe(500);
    expect(holdOutFor(499, 7)).toEqual({ kind: "cross-fit", share: 1, seed: 7 });
    expect(holdOutFor(500, 7)).toEqual({ kind: "held-out", share: 0.2, seed: 7 });
    expect(holdOutFor(50_000, 7)).toEqual({ kind: "held-out", share: 0.01, seed: 7 });
  });

  it("give each prompt to one part, whatever its pairs", () => {
    const prompts = Array.from({ length: 600 }, (_, i) => `prompt ${i}`);
    for (const count of [100, 600]) {
      const holdOut = holdOutFor(count, 0);
      const names = namesOf(holdOut, prompts);
      const parts = prompts.map((id) => names.filter((name) => leavesOut(holdOut, name, id)));
      expect(parts.every((list) => list.length <= 1)).toBe(true);
      const sizes = names.map((name) => parts.filter((list) => list[0] === name).length);
      expect(sizes[0]).toBe(0);
      for (const size of sizes.slice(1)) expect(Math.abs(size - 120)).toBeLessThan(40);
    }
  });

  it("make no chain for a part that holds no labels, or all of them", () => {
    const holdOut = holdOutFor(10, 0);
    expect(namesOf(holdOut, [])).toEqual(["whole"]);
    expect(namesOf(holdOut, ["one prompt", "one prompt"])).toEqual(["whole"]);
    const two = namesOf(holdOut, ["a", "b", "c", "d", "e", "f", "g", "h"]);
    expect(two.length).toBeGreaterThan(2);
    expect(new Set(two).size).toBe(two.length);
  });
});
