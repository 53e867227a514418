// Potato, in and out: responses, and per question {selection} (A, B, tie) or {scale_value} (negative for A).
import type { Form, OwnVerdict } from "./form.ts";
import { readResponseList } from "./responseNames.ts";
import { hasColumn, listOf, objectOf, own, valueOf, type RawRow } from "./rowValues.ts";
import { verdictOf, verdictOfScale } from "./verdictWords.ts";

export const potato: Form = {
  name: "Potato",
  needs: ["responses"],
  matches: (row) =>
    listOf(valueOf(row, "responses")) !== null &&
    (answerOf(row) !== null || !hasColumn(row, "prompt")),
  read: (row) => ({ ...readResponseList(row), verdict: verdictOfAnswer(row) }),
};

/** The first column that holds an answer, whatever the question is called. */
function answerOf(row: RawRow): { readonly column: string; readonly value: object } | null {
  for (const column of Object.keys(row.values)) {
    const value = objectOf(valueOf(row, column));
    if (
      value !== null &&
      (Object.hasOwn(value, "selection") || Object.hasOwn(value, "scale_value"))
    ) {
      return { column, value };
    }
  }
  return null;
}

function verdictOfAnswer(row: RawRow): OwnVerdict | null {
  const answer = answerOf(row);
  if (answer === null) return null;
  const selection = own(answer.value, "selection");
  if (selection !== null) return verdictOf(selection, `${answer.column}.selection`);
  return verdictOfScale(own(answer.value, "scale_value"), `${answer.column}.scale_value`);
}
