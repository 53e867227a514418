// No threshold: every pair that has a winner. The paper's control, which it says gains nothing.
import { countOf, noWinner, type Selection } from "./rule.ts";

/** Selects every pair whose p is not exactly 1/2. */
export function everyPair(p: Float64Array): Selection {
  const selected = Uint8Array.from(p, (x) => (x === 0.5 ? 0 : 1));
  return {
    selected,
    count: countOf(selected),
    reason: (i) => (selected[i] === 1 ? "no threshold" : noWinner),
  };
}
