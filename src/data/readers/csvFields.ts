// The fields of one record of CSV or TSV (RFC 4180).
import { RowError, shorten } from "../dataError.ts";

/**
 * Splits a record, whose line end may be there or not, into its fields.
 * @throws RowError for a quote inside an unquoted field, text after a closing quote, or a quote left open
 */
export function csvFields(record: string, delimiter: string): string[] {
  const end = record.endsWith("\r\n") ? -2 : record.endsWith("\n") ? -1 : record.length;
  const text = record.slice(0, end);
  const fields: string[] = [];
  let at = 0;
  for (;;) {
    const field = text[at] === '"' ? quotedField(text, at) : plainField(text, at, delimiter);
    fields.push(field.value);
    if (field.end >= text.length) return fields;
    if (text[field.end] !== delimiter) {
      throw new RowError(
        `expected a delimiter after the closing quote of field ${fields.length}, got ${shorten(text.slice(field.end, field.end + 10))}`,
      );
    }
    at = field.end + 1;
  }
}

interface Field {
  readonly value: string;
  /** Position just after it. */
  readonly end: number;
}

function plainField(text: string, at: number, delimiter: string): Field {
  const found = text.indexOf(delimiter, at);
  const end = found < 0 ? text.length : found;
  const value = text.slice(at, end);
  if (value.includes('"')) {
    throw new RowError(
      `expected quotes around a whole field and doubled inside it, got a quote within ${shorten(value)}`,
    );
  }
  return { value, end };
}

function quotedField(text: string, at: number): Field {
  let value = "";
  let from = at + 1;
  for (;;) {
    const close = text.indexOf('"', from);
    if (close < 0) throw new RowError("expected a closing quote, got none to the end of the file");
    value += text.slice(from, close);
    if (text[close + 1] !== '"') return { value, end: close + 1 };
    value += '"';
    from = close + 2;
  }
}
