// From a row of named values to a pair in canonical form.
import type { FieldMapping } from "../../core/fieldMapping.ts";
import { canonicalPair, promptIdOf, responseIdOf } from "../../core/pair.ts";
import { sha256Hex } from "../../core/hash.ts";
import { RowError } from "../dataError.ts";
import type { Form, FormPair, FormResponse } from "./form.ts";
import { mapRow } from "./mapping.ts";
import type { BadRow, DataRow, PairRow, ResponseRow } from "../rows.ts";
import { idOf, valueOf, type RawRow } from "./rowValues.ts";
import type { SourceRow } from "../readers/source.ts";
import { foldCommonTurns } from "./turns.ts";

export interface RowReader {
  readonly form: Form;
  readonly mapping: FieldMapping | null;
  /** Index of the file among those opened. */
  readonly file: number;
}

/** Reads a row of a file; what can't be read becomes a BadRow, whatever went wrong with it. */
export function readRow(reader: RowReader, source: SourceRow): DataRow {
  return guarded(reader, source, (row): DataRow => {
    const read = ownTexts(reader.form.read(row));
    const place = { file: reader.file, line: source.line };
    const names = { rowId: rowIdOf(row, reader.form), subset: subsetOf(row) };
    return { ...place, ...names, ...(read.kind === "pair" ? pairOf(read) : responseOf(read)) };
  });
}

/** Reads a row's texts in the file's own order of A and B, without the costly ids. */
export function readTexts(reader: RowReader, source: SourceRow): FormPair | FormResponse | BadRow {
  return guarded(reader, source, (row) => ownTexts(reader.form.read(row)));
}

function guarded<T>(
  reader: RowReader,
  source: SourceRow,
  read: (row: RawRow) => T | BadRow,
): T | BadRow {
  const bad = (reason: string): BadRow => {
    return { kind: "bad", file: reader.file, line: source.line, reason };
  };
  if ("reason" in source) return bad(source.reason);
  try {
    return read(reader.mapping === null ? source.row : mapRow(source.row, reader.mapping));
  } catch (error) {
    if (error instanceof RowError) return bad(error.message);
    // JSON.stringify of a value nested some thousand deep.
    if (error instanceof RangeError) {
      return bad(`expected plain values, got too deep a nesting (${error.message})`);
    }
    throw error;
  }
}

/** @throws RowError for a response without a message */
function ownTexts(read: FormPair | FormResponse): FormPair | FormResponse {
  if (read.kind === "response") {
    if (read.response.length === 0) throw new RowError("expected a response, got an empty list");
    return read;
  }
  const folded = foldCommonTurns(read);
  for (const [name, messages] of [
    ["first", folded.a],
    ["second", folded.b],
  ] as const) {
    if (messages.length === 0) throw new RowError(`expected a ${name} response, got an empty list`);
  }
  return folded;
}

function pairOf(form: FormPair): Pick<PairRow, "kind" | "pair" | "swapped" | "gold"> {
  const { prompt, a, b, verdict } = form;
  // A is the chosen one where there is one.
  const shown = verdict === "b" ? { prompt, a: b, b: a } : { prompt, a, b };
  const { pair, swapped } = canonicalPair(shown);
  const chosen = swapped ? "second" : "first";
  const gold = verdict === "a" || verdict === "b" ? chosen : verdict;
  return { kind: "pair", pair, swapped, gold };
}

/** What a row with one response is known by. */
export function responseOf(
  form: FormResponse,
): Pick<ResponseRow, "kind" | "id" | "prompt" | "response"> {
  const parts = ["ssrm-row-1", promptIdOf(form.prompt), responseIdOf(form.response)];
  return {
    kind: "response",
    id: sha256Hex(JSON.stringify(parts)).slice(0, 32),
    prompt: form.prompt,
    response: form.response,
  };
}

function rowIdOf(row: RawRow, form: Form): string | number | null {
  return (
    idOf(valueOf(row, "id")) ??
    (form.idColumn === undefined ? null : idOf(valueOf(row, form.idColumn)))
  );
}

function subsetOf(row: RawRow): string | null {
  const subset = valueOf(row, "subset");
  return typeof subset === "string" && subset !== "" ? subset : null;
}
