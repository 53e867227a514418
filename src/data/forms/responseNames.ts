// The names that tools give to a prompt and to two responses, for forms that leave the names to the user.
import { describeValue, RowError } from "../dataError.ts";
import type { FormPair } from "./form.ts";
import { promptOf } from "./preference.ts";
import { hasColumn, listOf, messagesOf, valueOf, type RawRow } from "./rowValues.ts";

const promptNames = ["prompt", "instruction", "question", "input", "text", "context", "query"];
const responseNames: readonly (readonly [string, string])[] = [
  ["response_a", "response_b"],
  ["response1", "response2"],
  ["response_1", "response_2"],
  ["answer1", "answer2"],
  ["answer_a", "answer_b"],
  ["output_1", "output_2"],
  ["left", "right"],
];

type Shown = Omit<FormPair, "verdict">;

/** Whether a row has two columns that are known as names of responses. */
export function hasNamedResponses(row: RawRow): boolean {
  return namesIn(row) !== null;
}

/**
 * A pair by the names of its columns; `named` gives those of the responses where the row itself says them.
 * @throws RowError where no two responses are found
 */
export function readNamedResponses(
  row: RawRow,
  path: string,
  named: readonly [string, string] | null = null,
): Shown {
  const names = named ?? namesIn(row);
  if (names === null) {
    throw new RowError(
      `expected two responses such as "${path}response_a" and "${path}response_b", got ${describeColumns(row)}`,
    );
  }
  const response = (column: string) =>
    messagesOf(row, valueOf(row, column), { role: "assistant", name: path + column });
  return { kind: "pair", prompt: promptIn(row), a: response(names[0]), b: response(names[1]) };
}

/** A pair whose responses stand in one list, `responses`. */
export function readResponseList(row: RawRow): Shown {
  const list = listOf(valueOf(row, "responses"));
  if (list?.length !== 2) {
    throw new RowError(
      `"responses": expected a list of two, got ${describeValue(list ?? valueOf(row, "responses"))}`,
    );
  }
  const response = (index: number) =>
    messagesOf(row, list[index], { role: "assistant", name: `responses, ${index + 1}` });
  return { kind: "pair", prompt: promptIn(row), a: response(0), b: response(1) };
}

function promptIn(row: RawRow) {
  for (const name of promptNames) {
    const value = valueOf(row, name);
    if (value !== null) return promptOf(row, value);
  }
  return [];
}

function namesIn(row: RawRow): readonly [string, string] | null {
  return responseNames.find((names) => names.every((name) => hasColumn(row, name))) ?? null;
}

function describeColumns(row: RawRow): string {
  const columns = Object.keys(row.values);
  const shown = columns.slice(0, 12).map((column) => JSON.stringify(column));
  return columns.length === 0 ? "no columns" : shown.join(", ");
}
