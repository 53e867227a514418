// The choice of the L2 penalty against a brute-force cross-validation: every fold fitted anew, dense rows.
import { describe, expect, it } from "vitest";
import { textOf } from "../../src/core/pair.ts";
import { foldOf } from "../../src/core/split.ts";
import { designOf } from "../../src/learn/lexical/design.ts";
import { textFeatures } from "../../src/learn/lexical/features.ts";
import { l2Candidates, tuneL2, type TunedL2 } from "../../src/learn/lexical/tuneL2.ts";
import { expectClose } from "../support/close.ts";
import { returned } from "../support/generators.ts";
import { naiveLexical } from "../support/naiveLexical.ts";
import { scanTemperature } from "../support/naiveSsrm.ts";
import { syntheticPairs, type SyntheticPairs } from "../support/syntheticPairs.ts";

interface Labels extends SyntheticPairs {
  readonly seed: number;
}

function tuned({ pairs, gold, seed }: Labels): Generator<{ done: number; total: number }, TunedL2> {
  const design = designOf(
    pairs.map((pair) => ({
      first: textFeatures(textOf(pair.first)),
      second: textFeatures(textOf(pair.second)),
    })),
    { hasLength: true },
  );
  const promptIds = pairs.map((pair) => pair.promptId);
  const weight = new Float64Array(pairs.length).fill(1);
  return tuneL2(design, { target: gold, weight }, { promptIds, seed });
}

function bruteForce({ pairs, gold, seed }: Labels): TunedL2[] {
  return l2Candidates.map((l2) => {
    const model = naiveLexical({ l2, length: true });
    const judged: { margin: number; target: number }[] = [];
    for (let fold = 0; fold < 5; fold++) {
      const isLeft = (i: number): boolean => foldOf(pairs[i]!.promptId, 5, seed) === fold;
      const kept = pairs
        .map((pair, i) => ({ pair, target: gold[i]! }))
        .filter((_, i) => !isLeft(i));
      const weights = model.train(kept, null);
      for (const [i, pair] of pairs.entries()) {
        if (isLeft(i)) judged.push({ margin: model.margin(weights, pair), target: gold[i]! });
      }
    }
    const temperature = scanTemperature(judged);
    const losses = judged.map(({ margin, target }) => {
      const z = margin / temperature;
      return Math.log(1 + Math.exp(z)) - z * target;
    });
    return { l2, nll: losses.reduce((a, b) => a + b, 0) / losses.length };
  });
}

describe("tuneL2", () => {
  it("chooses what brute force chooses, at the loss that it has", () => {
    const chosen = new Set<number>();
    for (const seed of [1, 2, 3]) {
      const labels = { ...syntheticPairs(30, seed, { ties: 0.1 }), seed };
      const all = bruteForce(labels);
      const best = all.reduce((a, b) => (b.nll < a.nll ? b : a));
      const { l2, nll } = returned(tuned(labels));
      // Where two candidates are within the solver's tolerance, either is right.
      const own = all.find((candidate) => candidate.l2 === l2)!;
      expectClose(nll, own.nll, { atol: 3e-3, rtol: 0 });
      expectClose(nll, best.nll, { atol: 3e-3, rtol: 0 });
      chosen.add(l2);
    }
    expect(chosen.size).toBeGreaterThan(1); // Otherwise any constant would pass.
  });

  it("tells each fit, folds by candidates", () => {
    const labels = { ...syntheticPairs(30, 5), seed: 0 };
    const told = [...tuned(labels)];
    expect(told).toEqual(Array.from({ length: 15 }, (_, i) => ({ done: i + 1, total: 15 })));
  });

  it("takes the strongest where there is one fold only", () => {
    const { pairs, gold } = syntheticPairs(30, 6);
    const prompt = pairs[0]!.promptId;
    const same = pairs.map((pair) => ({ ...pair, promptId: prompt }));
    expect(returned(tuned({ pairs: same, gold, seed: 0 }))).toEqual({ l2: 1e-2, nll: Math.LN2 });
  });

  it("judges by one fold above 2,000 labels", () => {
    const labels = { ...syntheticPairs(2001, 7), seed: 0 };
    expect(tuned(labels).next().value).toEqual({ done: 1, total: 3 });
  });
});
