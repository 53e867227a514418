// Reading values out of a row whose columns a stranger named: own properties only, so that a column called
// `__proto__` or `constructor` is a column like any other.
import { trimBlanks, type Message } from "../../core/pair.ts";
import { describeValue, RowError } from "../dataError.ts";

/** A row before its form is known. */
export interface RawRow {
  readonly values: object;
  /** True where a cell is text in any case (CSV, TSV, Parquet), so lists may stand in it as JSON text. */
  readonly cells: boolean;
}

/** The value of an own column, null where it is absent. */
export function valueOf(row: RawRow, column: string): unknown {
  return own(row.values, column);
}

/** As valueOf, with the empty cell of a table as null, for columns in which "" carries no meaning. */
export function optionalOf(row: RawRow, column: string): unknown {
  const value = own(row.values, column);
  return row.cells && value === "" ? null : value;
}

/** Whether a row has a column, null in it or not. */
export function hasColumn(row: RawRow, column: string): boolean {
  return Object.hasOwn(row.values, column);
}

/** An own property of anything, null where there is none. */
export function own(value: unknown, key: string): unknown {
  if (typeof value !== "object" || value === null || !Object.hasOwn(value, key)) return null;
  return (value as Record<string, unknown>)[key] ?? null;
}

/** A list, also where it stands as JSON text; null for anything else. */
export function listOf(value: unknown): readonly unknown[] | null {
  const parsed = fromJsonText(value, "[");
  return Array.isArray(parsed) ? parsed : null;
}

/** An object, also where it stands as JSON text; null for anything else. */
export function objectOf(value: unknown): object | null {
  const parsed = fromJsonText(value, "{");
  return typeof parsed === "object" && parsed !== null && !Array.isArray(parsed) ? parsed : null;
}

/** Whether a value is, or in a table stands for, a list of messages. */
export function isMessageList(row: RawRow, value: unknown): boolean {
  if (typeof value === "string" && !row.cells) return false;
  const list = listOf(value);
  return list !== null && list.every(isMessageLike);
}

/**
 * The messages of a value: text is one message with the given role, a list is read as role and content
 * (or from and value, as ShareGPT writes it).
 * @throws RowError for anything else
 */
export function messagesOf(
  row: RawRow,
  value: unknown,
  { role, name }: { role: string; name: string },
): readonly Message[] {
  if (typeof value === "string" && !isMessageList(row, value)) {
    if (row.cells && /^\s*\[\s*\{\s*'/.test(value)) {
      throw new RowError(
        `"${name}": expected JSON, got a list as Python prints it: write the column with json.dumps`,
      );
    }
    return [{ role, content: value }];
  }
  const single = typeof value === "string" ? null : objectOf(value);
  const list = single === null ? listOf(value) : [single];
  if (list === null) {
    throw new RowError(
      `"${name}": expected text or a list of messages, got ${describeValue(value)}`,
    );
  }
  return list.map((message, i) => messageOf(message, `"${name}", message ${i + 1}`));
}

/** The row's own name for itself: text or a number. */
export function idOf(value: unknown): string | number | null {
  if (typeof value === "string") return value === "" ? null : value;
  // Parquet's 64-bit integers; those beyond 2^53 stand as text, for a number would be another one.
  if (typeof value === "bigint") {
    return Number.isSafeInteger(Number(value)) ? Number(value) : String(value);
  }
  return typeof value === "number" ? value : null;
}

function messageOf(value: unknown, name: string): Message {
  const role = own(value, "role") ?? own(value, "from");
  if (typeof role !== "string") {
    throw new RowError(`${name}: expected {role, content}, got ${describeValue(value)}`);
  }
  return { role: roleNames.get(role) ?? role, content: contentOf(value, name) };
}

/** ShareGPT's names for the roles. */
const roleNames: ReadonlyMap<string, string> = new Map([
  ["human", "user"],
  ["gpt", "assistant"],
]);

function contentOf(message: unknown, name: string): string {
  const content = own(message, "content") ?? own(message, "value");
  if (typeof content === "string") return content;
  if (Array.isArray(content)) return content.map((part) => textPart(part, name)).join("");
  const calls = own(message, "tool_calls");
  // An assistant turn that only calls tools has null content; the calls are what was preferred.
  if (content === null && calls !== null) return JSON.stringify(calls);
  throw new RowError(`${name}: expected text as content, got ${describeValue(content)}`);
}

function textPart(part: unknown, name: string): string {
  const text = typeof part === "string" ? part : own(part, "text");
  if (typeof text === "string") return text;
  throw new RowError(`${name}: expected text parts only, got ${describeValue(part)}`);
}

function isMessageLike(value: unknown): boolean {
  return typeof own(value, "role") === "string" || typeof own(value, "from") === "string";
}

function fromJsonText(value: unknown, open: string): unknown {
  if (typeof value !== "string" || !trimBlanks(value.slice(0, 64)).startsWith(open)) return value;
  try {
    return JSON.parse(value) as unknown;
  } catch {
    return value;
  }
}
