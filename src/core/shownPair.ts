// In which order a pair is shown to a person, and what preferring A or B then means.
import { swapWinner, type Winner } from "./pair.ts";
import { keyedUniform } from "./random.ts";

/** Which canonical response is A, then which is B; as the label log has it. */
export type ShownOrder = "first-second" | "second-first";

/**
 * The order in which a pair is shown: a fair coin that depends on the seed and the pair alone, so a pair
 * that is opened again looks the same, and its position says nothing.
 */
export function shownOrder(pairId: string, seed: number | string): ShownOrder {
  return keyedUniform(`shown ${seed}`, pairId) < 0.5 ? "second-first" : "first-second";
}

/** The verdict, in canonical order, that preferring A or B as shown stands for. */
export function winnerOf(side: "a" | "b", order: ShownOrder): Winner {
  const winner: Winner = side === "a" ? "first" : "second";
  return order === "second-first" ? swapWinner(winner) : winner;
}
