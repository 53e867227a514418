// What every selection rule takes and gives; one rule a file beside this one.

/** Which of U become pseudo-labels. */
export interface Selection {
  /** Per pair: 1 where it is selected. */
  readonly selected: Uint8Array;
  readonly count: number;
  /** Why pair i was selected or not, one clause. */
  readonly reason: (i: number) => string;
}

/** p: P(first preferred) per pair. No rule selects a pair with p exactly 1/2, which has no winner. */
export type Rule<Options> = (p: Float64Array, options: Options) => Selection;

/** Said of pairs with p exactly 1/2. */
export const noWinner = "no winner: p is exactly 0.5";

/** How many are selected. */
export function countOf(selected: Uint8Array): number {
  let count = 0;
  for (const flag of selected) count += flag;
  return count;
}
