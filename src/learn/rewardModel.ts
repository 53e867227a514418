// The one interface that the SSRM loop knows. Implementations: lexicalModel.ts here; heads and LoRA on
// Hugging Face checkpoints come with the training engine.
import type { Message, Pair } from "../core/pair.ts";

/**
 * Distinct pairs, addressed by index. Texts may stay on disk: `read` is asked only for what a model has not
 * seen yet, so a model that caches features reads each pair once.
 */
export interface PairPool {
  readonly size: number;
  /** Pair id per index. */
  readonly ids: readonly string[];
  /** Prompt id per index. */
  readonly promptIds: readonly string[];
  /** Yields the pairs at these indices, in this order. */
  read(indices: Iterable<number>): AsyncIterable<Pair>;
}

/** Pairs with a target: what a model is trained on. All arrays have the same length. */
export interface Examples {
  readonly pool: PairPool;
  /** Index into the pool. */
  readonly index: Int32Array;
  /** P(first preferred), from [0, 1]. */
  readonly target: Float64Array;
  /** Weight of the example, positive. */
  readonly weight: Float64Array;
}

/** Progress inside one fit or one scoring; a run may be stopped or paused after each. */
export interface Step {
  readonly phase: "read" | "tune" | "fit" | "score";
  readonly done: number;
  /** Estimated where the number of steps is not known beforehand. */
  readonly total: number;
}

export interface Scores {
  /** Per pair: the logit of P(first preferred), before temperature scaling. */
  readonly margin: Float64Array;
  /** Per pair: rewards of first and second; null for pairwise models, which have none. */
  readonly rewards: { readonly first: Float64Array; readonly second: Float64Array } | null;
}

export interface FitOptions<Checkpoint> {
  /** The model of the iteration before, null at the first: hyperparameters tuned on L are kept. */
  readonly previous: Checkpoint | null;
  /** Whether training starts from the beginning or from the previous model's weights. */
  readonly start: "restart" | "continue";
}

export interface ResponseText {
  readonly prompt: readonly Message[];
  readonly response: readonly Message[];
}

/** Checkpoints are immutable, so one may be kept while the next is trained. */
export interface RewardModel<Checkpoint> {
  /** Trains on the examples. The result does not depend on their order. */
  fit(examples: Examples, options: FitOptions<Checkpoint>): AsyncGenerator<Step, Checkpoint>;
  /** Scores the pairs at these indices of the pool, in this order. */
  score(checkpoint: Checkpoint, pool: PairPool, index: Int32Array): AsyncGenerator<Step, Scores>;
  /** The reward of each single response; null for pairwise models. */
  scoreResponses(
    checkpoint: Checkpoint,
    responses: readonly ResponseText[],
  ): AsyncGenerator<Step, Float64Array | null>;
  /** The files of a checkpoint by relative name; equal checkpoints give equal bytes. */
  save(checkpoint: Checkpoint): ReadonlyMap<string, Uint8Array>;
  /** The reverse of save. Throws an error that names what is missing or damaged. */
  load(files: ReadonlyMap<string, Uint8Array>): Checkpoint;
  /** What a record says of the fit, such as the chosen l2 and the number of steps. */
  describe(checkpoint: Checkpoint): Readonly<Record<string, number>>;
}
