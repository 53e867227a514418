// The two ways in which data can be wrong: a whole file, and one row of it.

/**
 * A file that can't be used: missing, unreadable, empty, in no known form, over a budget. The message names
 * the file, what was expected, what was got and what to do; it is shown to the user as it is.
 */
export class DataError extends Error {
  override readonly name = "DataError";
}

/** A file whose columns no form has; naming them by a mapping helps. */
export class UnknownColumnsError extends DataError {}

/** One row that can't be read. Its message becomes BadRow.reason; it never leaves this zone. */
export class RowError extends Error {
  override readonly name = "RowError";
}

/** What a value is, for messages: `a list of 3`, `text "abc…"`, `nothing`. */
export function describeValue(value: unknown): string {
  if (value === null || value === undefined) return "nothing";
  if (typeof value === "string") return `text ${shorten(value)}`;
  if (Array.isArray(value)) return `a list of ${value.length}`;
  if (typeof value === "object") return "an object";
  if (typeof value === "number" || typeof value === "boolean" || typeof value === "bigint") {
    return `${typeof value} ${String(value)}`;
  }
  return typeof value;
}

/** The text in quotes, at most 40 characters of it. */
export function shorten(text: string): string {
  return JSON.stringify(text.length > 40 ? `${text.slice(0, 40)}…` : text);
}
