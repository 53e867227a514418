// What verdicts of people say of a model's guesses: overrides in review, precision in an audit.
import { proportion, wilson } from "../metrics/accuracy.ts";
import type { Winner } from "../pair.ts";
import type { Proportion } from "../records.ts";

/** A verdict on a pair that a model had an opinion of: p is its P(first preferred). */
export interface Checked {
  readonly winner: Winner;
  readonly p: number;
}

/** What the model would have said. */
export function guessOf(p: number): Winner {
  if (p === 0.5) return "tie";
  return p > 0.5 ? "first" : "second";
}

/** Whether the verdict is what the model would have said; of a tie it seldom is, both bad is no guess at all. */
export function agrees({ winner, p }: Checked): boolean {
  return winner === guessOf(p);
}

/** How often people said something else than the model; null where nothing was checked. */
export function overrideRate(checked: readonly Checked[]): Proportion | null {
  if (checked.length === 0) return null;
  return proportion(checked.filter((one) => !agrees(one)).length, checked.length);
}

/**
 * How right pseudo-labels are by people's verdicts on a random sample of them, with Wilson's interval; ties
 * and both-bad count 1/2. Null where nothing was checked.
 */
export function auditPrecision(checked: readonly Checked[]): Proportion | null {
  if (checked.length === 0) return null;
  let right = 0;
  for (const one of checked) {
    const hasNoSide = one.winner === "tie" || one.winner === "both-bad";
    right += hasNoSide ? 0.5 : agrees(one) ? 1 : 0;
  }
  return proportion(right, checked.length);
}

/** Half of the width of Wilson's 95 % interval. */
function halfWidth(share: number, n: number): number {
  const { low, high } = wilson(Math.min(share * n, n), n);
  return (high - low) / 2;
}

/**
 * How many more checks until half of Wilson's interval is at most `narrowTo`, if the share stays as it is;
 * before the first check, a share of 1/2, which needs the most. The width falls as n grows, so halving finds it.
 * @throws RangeError unless narrowTo is above 0
 */
export function checksUntil(narrowTo: number, rate: Proportion | null): number {
  if (!(narrowTo > 0))
    throw new RangeError(`checksUntil: expected a width above 0, got ${narrowTo}`);
  const done = rate?.n ?? 0;
  const share = rate?.value ?? 0.5;
  const isEnough = (n: number): boolean => n > 0 && halfWidth(share, n) <= narrowTo;
  if (isEnough(done)) return 0;
  let low = done;
  let high = Math.max(1, 2 * done);
  while (!isEnough(high)) high *= 2;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (isEnough(middle)) high = middle;
    else low = middle;
  }
  return high - done;
}
