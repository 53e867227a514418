// Plain pairs: prompt with response_a and response_b, or with a list of two responses; a verdict column
// (winner, preference, verdict, label) where there is one. Without a verdict they are the usual unlabeled data.
import type { Form } from "./form.ts";
import { hasNamedResponses, readNamedResponses, readResponseList } from "./responseNames.ts";
import { hasColumn, listOf, optionalOf, valueOf, type RawRow } from "./rowValues.ts";
import { verdictOf } from "./verdictWords.ts";

/** In the order in which they are looked for. */
const verdictColumns = ["winner", "preference", "verdict", "label"];

export const pairs: Form = {
  name: "pairs (response_a, response_b)",
  needs: ["prompt", "response_a", "response_b"],
  matches: (row) => hasNamedResponses(row),
  read: (row) => ({ ...readNamedResponses(row, ""), verdict: verdictIn(row) }),
};

export const pairLists: Form = {
  name: "pairs (list of responses)",
  needs: ["prompt", "responses"],
  matches: (row) => hasColumn(row, "prompt") && listOf(valueOf(row, "responses")) !== null,
  read: (row) => ({ ...readResponseList(row), verdict: verdictIn(row) }),
};

function verdictIn(row: RawRow) {
  for (const column of verdictColumns) {
    const value = optionalOf(row, column);
    if (value !== null) return verdictOf(value, column);
  }
  return null;
}
