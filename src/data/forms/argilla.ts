// Argilla 2, flattened: fields, and per question its responses with their users and states. Only submitted
// responses count; suggestions are the model's and never a label.
import { describeValue, RowError } from "../dataError.ts";
import type { Form, OwnVerdict } from "./form.ts";
import { readNamedResponses } from "./responseNames.ts";
import { listOf, own, valueOf, type RawRow } from "./rowValues.ts";
import { majorityOf, verdictOf } from "./verdictWords.ts";

export const argilla: Form = {
  name: "Argilla",
  needs: ["response_a", "response_b", "<question>.responses"],
  matches: (row) => questionsOf(row).length > 0 && !Object.hasOwn(row.values, "chosen"),
  read: (row) => {
    const named = rankedNames(row);
    return { ...readNamedResponses(row, "", named), verdict: majorityOf(verdictsOf(row, named)) };
  },
};

/** The questions of a record; a record that nobody answered still carries the columns of its suggestion. */
function questionsOf(row: RawRow): readonly string[] {
  const names = Object.keys(row.values).flatMap(
    (column) => /^(.+)\.(?:responses|response|suggestion)$/.exec(column)?.[1] ?? [],
  );
  return [...new Set(names)];
}

/**
 * The two fields that a ranking ranks, in the order of their names; null where nothing is ranked. Drafts and
 * suggestions name the fields as well as submitted rankings do.
 */
function rankedNames(row: RawRow): readonly [string, string] | null {
  for (const question of questionsOf(row)) {
    const rankings = ["responses", "response", "suggestion"].map((kind) =>
      valueOf(row, `${question}.${kind}`),
    );
    for (const answer of [...(listOf(rankings[0]) ?? []), ...rankings.slice(1)]) {
      const names = (listOf(answer) ?? []).map((entry) => own(entry, "value"));
      const [a, b] = names.filter((name) => typeof name === "string").toSorted();
      if (names.length === 2 && a !== undefined && b !== undefined) return [a, b];
    }
  }
  return null;
}

function verdictsOf(row: RawRow, names: readonly [string, string] | null): readonly OwnVerdict[] {
  for (const question of questionsOf(row)) {
    const verdicts = answersOf(row, question).flatMap((answer) => {
      const verdict = verdictOfAnswer(answer, question, names);
      return verdict === null ? [] : [verdict];
    });
    if (verdicts.length > 0) return verdicts;
  }
  return [];
}

/** The submitted answers to one question. */
function answersOf(row: RawRow, question: string): readonly unknown[] {
  const single = valueOf(row, `${question}.response`);
  if (single !== null) return [single];
  const states = listOf(valueOf(row, `${question}.responses.status`));
  return (listOf(valueOf(row, `${question}.responses`)) ?? []).filter(
    (_, i) => states === null || (states[i] ?? "submitted") === "submitted",
  );
}

function verdictOfAnswer(
  answer: unknown,
  question: string,
  names: readonly [string, string] | null,
): OwnVerdict | null {
  const ranking = listOf(answer);
  if (ranking === null || names === null) return verdictOf(answer, `${question}.responses`);
  const rankOf = (name: string) =>
    Number(
      own(
        ranking.find((entry) => own(entry, "value") === name),
        "rank",
      ),
    );
  const [a, b] = [rankOf(names[0]), rankOf(names[1])];
  if (!(a >= 1 && b >= 1)) {
    throw new RowError(
      `"${question}.responses": expected a rank for ${names.join(" and ")}, got ${describeValue(answer)}`,
    );
  }
  if (a === b) return "tie";
  return a < b ? "a" : "b";
}
