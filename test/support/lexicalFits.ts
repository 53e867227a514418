// The lexical model in one call, for tests that ask for its result and not for its steps.
import type { Pair } from "../../src/core/pair.ts";
import type { LexicalCheckpoint } from "../../src/learn/lexical/lexicalFiles.ts";
import { lexicalModel, type LexicalOptions } from "../../src/learn/lexical/lexicalModel.ts";
import type { FitOptions, RewardModel, Scores } from "../../src/learn/rewardModel.ts";
import { resultOf } from "./generators.ts";
import { memoryPool } from "./syntheticPairs.ts";

export interface Example {
  readonly pair: Pair;
  readonly target: number;
  readonly weight?: number;
}

export const defaults: LexicalOptions = { l2: 0.01, length: true, seed: 0 };
const fromScratch: FitOptions<LexicalCheckpoint> = { previous: null, start: "restart" };

/** Fits a fresh model, or the one that is given. */
export async function fitLexical(
  examples: readonly Example[],
  options: Partial<LexicalOptions> = {},
  more: Partial<FitOptions<LexicalCheckpoint>> & {
    readonly model?: RewardModel<LexicalCheckpoint>;
  } = {},
): Promise<LexicalCheckpoint> {
  const { model = lexicalModel({ ...defaults, ...options }), ...fitOptions } = more;
  const made = {
    pool: memoryPool(examples.map(({ pair }) => pair)),
    index: Int32Array.from(examples.keys()),
    target: Float64Array.from(examples, ({ target }) => target),
    weight: Float64Array.from(examples, ({ weight }) => weight ?? 1),
  };
  return resultOf(model.fit(made, { ...fromScratch, ...fitOptions }));
}

/** Scores the pairs by a fresh model, or by the one that is given. */
export async function scoreLexical(
  checkpoint: LexicalCheckpoint,
  pairs: readonly Pair[],
  model: RewardModel<LexicalCheckpoint> = lexicalModel(defaults),
): Promise<Scores> {
  return resultOf(model.score(checkpoint, memoryPool(pairs), Int32Array.from(pairs.keys())));
}

/** Bytes of a saved checkpoint, as text that can be compared. */
export function savedText(checkpoint: LexicalCheckpoint): string {
  return [...lexicalModel(defaults).save(checkpoint)]
    .map(([name, bytes]) => `${name} ${Buffer.from(bytes).toString("hex")}`)
    .join("\n");
}
