// The one interface that the SSRM loop knows. Implementations: lexicalModel.ts here; heads and LoRA on
// Hugging Face checkpoints come with the training engine.
import type { Pair } from "../core/pair.ts";

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

/** A trained model: immutable, so it may be kept while the next one is trained. */
export interface Scores {
  /** Per pair: the logit of P(first preferred), before temperature scaling. */
  readonly margin: Float64Array;
  /** Per pair: rewards of first and second; null for pairwise models, which have none. */
  readonly rewards: { readonly first: Float64Array; readonly second: Float64Array } | null;
}

export interface RewardModel<Checkpoint> {
  /**
   * Trains on the examples, from `start` where given (option `continue`), else from the beginning.
   * The result does not depend on the order of the examples.
   */
  fit(examples: Examples, start: Checkpoint | null): AsyncGenerator<Step, Checkpoint>;
  /** Scores the pairs at these indices of the pool, in this order. */
  score(checkpoint: Checkpoint, pool: PairPool, index: Int32Array): AsyncGenerator<Step, Scores>;
  /** The files of a checkpoint by relative name; equal checkpoints give equal bytes. */
  save(checkpoint: Checkpoint): ReadonlyMap<string, Uint8Array>;
  /** What a record says of the fit, such as the chosen l2 and the number of steps. */
  describe(checkpoint: Checkpoint): Readonly<Record<string, number>>;
}
