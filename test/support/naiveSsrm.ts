// SSRM written for reading: synchronous, whole lists, one map a question. The oracle of src/learn/ssrm.ts.
import type { Pair, Winner } from "../../src/core/pair.ts";
import { foldOf, isHeldOut } from "../../src/core/split.ts";

export interface NaiveExample {
  readonly pair: Pair;
  /** P(first preferred). */
  readonly target: number;
  /** 1 where it is left out. */
  readonly weight?: number;
}

export interface NaiveModel<Weights> {
  train(examples: readonly NaiveExample[], before: Weights | null): Weights;
  /** Logit of P(first preferred). */
  margin(weights: Weights, pair: Pair): number;
}

export interface NaiveOptions {
  readonly iterations: number;
  readonly threshold: number;
  readonly confidence: "raw" | "calibrated";
  readonly seed: number;
  /** All verdicts by pair id that have arrived by an iteration; they may change, none is withdrawn. */
  verdictsAt(iteration: number): ReadonlyMap<string, Winner>;
}

export interface NaiveIteration<Weights> {
  /** By chain. */
  readonly models: ReadonlyMap<string, Weights>;
  /** Pair id -> the winner that the model before gave it: what the whole chain was trained on beside L. */
  readonly pseudo: ReadonlyMap<string, Winner>;
  readonly temperature: number;
  /** Pair id -> margin under the chain that left it out. */
  readonly validation: ReadonlyMap<string, number>;
  /** Pair id of U -> P(first preferred). */
  readonly p: ReadonlyMap<string, number>;
}

/** One entry per model; fewer than iterations + 1 where nothing was selected or U is empty. */
export function naiveSsrm<Weights>(
  model: NaiveModel<Weights>,
  pairs: readonly Pair[],
  options: NaiveOptions,
): NaiveIteration<Weights>[] {
  const partOf = partsAt(trainable(pairs, options.verdictsAt(0)).length, options.seed);
  const made: NaiveIteration<Weights>[] = [];
  let names: string[] = [];
  let pseudoOf = new Map<string, Map<string, Winner>>();
  for (let k = 0; ; k++) {
    const verdicts = options.verdictsAt(k);
    const labeled = trainable(pairs, verdicts);
    const unlabeled = pairs.filter((pair) => !verdicts.has(pair.id));
    if (k === 0) names = chainNames(labeled.map((pair) => partOf(pair)));

    // Train every chain on its part of L and on its own pseudo-labels.
    const models = new Map<string, Weights>();
    for (const name of names) {
      const human = labeled.filter((pair) => name === "whole" || partOf(pair) !== name);
      const machine = pairs.filter((pair) => pseudoOf.get(name)?.has(pair.id));
      const examples = [
        ...human.map((pair) => example(pair, verdicts.get(pair.id)!)),
        ...machine.map((pair) => example(pair, pseudoOf.get(name)!.get(pair.id)!)),
      ];
      models.set(name, model.train(examples, made.at(-1)?.models.get(name) ?? null));
    }

    // Calibrate on the labels that each chain left out.
    const validation = new Map<string, number>();
    for (const pair of labeled) {
      const judge = models.get(partOf(pair));
      if (partOf(pair) !== "whole" && judge) validation.set(pair.id, model.margin(judge, pair));
    }
    const temperature = scanTemperature(
      [...validation].map(([id, margin]) => ({ margin, target: targets[verdicts.get(id)!] })),
    );

    // Score U.
    const scale = options.confidence === "calibrated" ? temperature : 1;
    const said = (name: string, pair: Pair): number =>
      1 / (1 + Math.exp(-model.margin(models.get(name)!, pair) / scale));
    const p = new Map(unlabeled.map((pair) => [pair.id, said("whole", pair)]));
    const pseudo = pseudoOf.get("whole") ?? new Map<string, Winner>();
    made.push({ models, pseudo, temperature, validation, p });
    if (k === options.iterations || unlabeled.length === 0) return made;

    // Select for the next model; verdicts that have arrived by then go first.
    const next = options.verdictsAt(k + 1);
    pseudoOf = new Map(
      names.map((name) => {
        const sure = unlabeled
          .filter((pair) => !next.has(pair.id))
          .map((pair) => [pair.id, said(name, pair)] as const)
          .filter(([, q]) => Math.max(q, 1 - q) > options.threshold);
        return [name, new Map(sure.map(([id, q]) => [id, q > 0.5 ? "first" : "second"]))];
      }),
    );
    const isSameL = lineOf(pairs, next) === lineOf(pairs, verdicts);
    if (pseudoOf.get("whole")!.size === 0 && isSameL) return made;
  }
}

const targets = { first: 1, second: 0, tie: 0.5, "both-bad": 0.5 } as const;

function example(pair: Pair, winner: Winner): NaiveExample {
  return { pair, target: targets[winner] };
}

function trainable(pairs: readonly Pair[], verdicts: ReadonlyMap<string, Winner>): Pair[] {
  return pairs.filter(({ id }) => verdicts.has(id) && verdicts.get(id) !== "both-bad");
}

/** L as a text, to compare. */
function lineOf(pairs: readonly Pair[], verdicts: ReadonlyMap<string, Winner>): string {
  return trainable(pairs, verdicts)
    .map(({ id }) => `${id} ${verdicts.get(id)!}`)
    .join(" ");
}

/** Which chain leaves a pair out: one of five below 500 labels, from there on at most a fifth. */
function partsAt(labelCount: number, seed: number): (pair: Pair) => string {
  if (labelCount < 500) return ({ promptId }) => `without-fold-${foldOf(promptId, 5, seed)}`;
  const share = Math.min(0.2, 500 / labelCount);
  return ({ promptId }) => (isHeldOut(promptId, share, seed) ? "without-held-out" : "whole");
}

function chainNames(parts: readonly string[]): string[] {
  const left = [...new Set(parts)].filter((part) => part !== "whole").sort();
  return ["whole", ...left.filter((part) => parts.some((other) => other !== part))];
}

/** The temperature from 0.05 to 20 with the least loss: a coarse grid, then finer ones around the best. */
export function scanTemperature(judged: readonly { margin: number; target: number }[]): number {
  if (judged.every(({ margin }) => margin === 0)) return 1;
  const lossAt = (temperature: number): number =>
    judged.reduce((sum, { margin, target }) => {
      const z = margin / temperature;
      return sum + Math.max(z, 0) - z * target + Math.log1p(Math.exp(-Math.abs(z)));
    }, 0);
  let [low, high] = [Math.log(0.05), Math.log(20)];
  for (let round = 0; round < 6; round++) {
    const grid = Array.from({ length: 201 }, (_, i) => low + ((high - low) * i) / 200);
    const losses = grid.map((t) => lossAt(Math.exp(t)));
    const best = losses.indexOf(Math.min(...losses));
    [low, high] = [grid[Math.max(best - 1, 0)]!, grid[Math.min(best + 1, 200)]!];
  }
  return Math.exp((low + high) / 2);
}
