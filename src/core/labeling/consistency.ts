// Whether a person says the same of the same pair, and prefers no side of the page.
import type { VerdictEvent } from "../labels/labelEvent.ts";
import { proportion } from "../metrics/accuracy.ts";
import type { Proportion } from "../records.ts";

/**
 * How often a hidden repeat got the winner that the pair's verdict before it had; strength does not count.
 * `verdicts` are those of one person in force, in order; null where none is a repeat.
 */
export function repeatConsistency(verdicts: readonly VerdictEvent[]): Proportion | null {
  const repeated = new Set(verdicts.flatMap(({ pair, drawn }) => (drawn === "repeat" ? pair : [])));
  const before = new Map<string, VerdictEvent>();
  let repeats = 0;
  let same = 0;
  for (const verdict of verdicts) {
    // Few are: a map of all 10,000 verdicts would be the costliest thing of a key.
    if (!repeated.has(verdict.pair)) continue;
    const earlier = before.get(verdict.pair);
    if (verdict.drawn === "repeat" && earlier !== undefined) {
      repeats++;
      if (earlier.winner === verdict.winner) same++;
    }
    before.set(verdict.pair, verdict);
  }
  return repeats === 0 ? null : proportion(same, repeats);
}

/** How often the response shown as A was preferred, of the verdicts that prefer one; null where none does. */
export function leftRate(verdicts: readonly VerdictEvent[]): Proportion | null {
  let n = 0;
  let left = 0;
  for (const { winner, shown } of verdicts) {
    if (shown === undefined || winner === "tie" || winner === "both-bad") continue;
    n++;
    if ((winner === "first") === (shown === "first-second")) left++;
  }
  return n === 0 ? null : proportion(left, n);
}
