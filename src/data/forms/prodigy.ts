// Prodigy choice tasks: text, two options, accept and answer. Both accepted is a tie, a rejected task with
// nothing accepted is both bad; an ignored one has no verdict.
import { describeValue, RowError } from "../dataError.ts";
import type { Form, OwnVerdict } from "./form.ts";
import {
  hasColumn,
  listOf,
  messagesOf,
  optionalOf,
  own,
  valueOf,
  type RawRow,
} from "./rowValues.ts";
import { promptOf } from "./preference.ts";

export const prodigy: Form = {
  name: "Prodigy choice",
  needs: ["text", "options"],
  matches: (row) => hasColumn(row, "options") && listOf(valueOf(row, "options")) !== null,
  read: (row) => {
    const options = listOf(valueOf(row, "options")) ?? [];
    if (options.length !== 2) {
      throw new RowError(`"options": expected two, got ${options.length}`);
    }
    const response = (index: number) =>
      messagesOf(row, own(options[index], "text"), {
        role: "assistant",
        name: `options, ${index + 1}, text`,
      });
    const prompt = valueOf(row, "text") ?? valueOf(row, "prompt");
    return {
      kind: "pair",
      prompt: prompt === null ? [] : promptOf(row, prompt),
      a: response(0),
      b: response(1),
      verdict: verdictOfAnswer(row, options),
    };
  },
};

function verdictOfAnswer(row: RawRow, options: readonly unknown[]): OwnVerdict | null {
  const answer = optionalOf(row, "answer");
  const accept = optionalOf(row, "accept");
  if (answer === "ignore" || (answer === null && accept === null)) return null;
  if (answer !== null && answer !== "accept" && answer !== "reject") {
    throw new RowError(`"answer": expected accept, reject or ignore, got ${describeValue(answer)}`);
  }
  const accepted = accept === null ? [] : listOf(accept);
  if (accepted === null) {
    throw new RowError(`"accept": expected a list of option ids, got ${describeValue(accept)}`);
  }
  const ids = options.map((option) => String(own(option, "id")));
  const sides = new Set(accepted.map((id) => ids.indexOf(String(id))));
  if (sides.has(-1)) {
    throw new RowError(`"accept": expected ids of options (${ids.join(", ")}), got another`);
  }
  if (answer === "reject") return sides.size === 0 ? "both-bad" : null;
  if (sides.size === 2) return "tie";
  return sides.size === 0 ? null : sides.has(0) ? "a" : "b";
}
