// In which order a pair is shown to a person, what its page of plain text says, and what a choice means.
import { swapWinner, textOf, type Message, type Pair, type Winner } from "./pair.ts";
import { keyedUniform } from "./random.ts";

/** What a person says of A and B as shown. */
export type Choice = "a" | "b" | "tie";

/** Which canonical response is A, then which is B; as the label log has it. */
export type ShownOrder = "first-second" | "second-first";

/**
 * The order in which a pair is shown: a fair coin that depends on the seed and the pair alone, so a pair
 * that is opened again looks the same, and its position says nothing.
 */
export function shownOrder(pairId: string, seed: number | string): ShownOrder {
  return keyedUniform(`shown ${seed}`, pairId) < 0.5 ? "second-first" : "first-second";
}

/** The verdict, in canonical order, that a choice between A and B as shown stands for. */
export function winnerOf(choice: Choice, order: ShownOrder): Winner {
  const winner: Winner = choice === "tie" ? "tie" : choice === "a" ? "first" : "second";
  return order === "second-first" ? swapWinner(winner) : winner;
}

/** The pair as a page of plain text, without any guess of a model. */
export function pairText(pair: Pair, seed: number | string): string {
  const swapped = shownOrder(pair.id, seed) === "second-first";
  const [a, b] = swapped ? [pair.second, pair.first] : [pair.first, pair.second];
  return [
    section("Prompt", conversation(pair.prompt)),
    section("Response A", textOf(a)),
    section("Response B", textOf(b)),
    `Pair ${pair.id}`,
    "",
  ].join("\n");
}

function section(title: string, text: string): string {
  return `${title}\n${"─".repeat(72)}\n${text}\n\n`;
}

function conversation(messages: readonly Message[]): string {
  const [only] = messages;
  if (messages.length === 1 && only?.role === "user") return only.content;
  return messages.map(({ role, content }) => `${role}:\n${content}`).join("\n\n");
}
