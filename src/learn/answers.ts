// What is known of a run's pairs and never given to the loop: only figures need it.
import type { PairPool } from "./rewardModel.ts";

export interface TestAnswers {
  readonly pool: PairPool;
  /** P(first preferred) per pair. */
  readonly target: Float64Array;
  /** The subset that each row names, null where it names none. */
  readonly subsets: readonly (string | null)[];
}

/** What the loop was not given, because only figures need it. */
export interface Answers {
  readonly pool: PairPool;
  /** P(first preferred) by gold per pool index, NaN where there is none. For reporting alone. */
  readonly gold: Float64Array;
  /** Lengths of the responses per pool index. */
  readonly lengthFirst: Float64Array;
  readonly lengthSecond: Float64Array;
  readonly test: TestAnswers | null;
}
