// One row as a list shows it: texts cut, what it is known by, and why it can't be read.
import { canonicalPair, textOf } from "../../core/pair.ts";
import type { FormPair, FormResponse } from "../forms/form.ts";
import { readTexts, responseOf, type RowReader } from "../forms/rowReader.ts";
import type { SourceRow } from "../readers/source.ts";
import { cutPrompt, cutText } from "./cutText.ts";
import type { RowKind } from "./rowIndex.ts";

export interface TableRow {
  /** Position in the file from 0. */
  readonly ordinal: number;
  /** Line or row number from 1. */
  readonly line: number;
  readonly kind: RowKind;
  /** Id of the pair or response; null for a bad row. */
  readonly pairId: string | null;
  readonly prompt: string;
  readonly a: string;
  readonly b: string;
  /** Characters of all texts as they stand in the file. */
  readonly textLength: number;
  /** Why a bad row can't be read. */
  readonly reason: string | null;
}

/** Reads a row for the list. */
export function tableRow({
  ordinal,
  row,
  reader,
}: {
  readonly ordinal: number;
  readonly row: SourceRow;
  readonly reader: RowReader;
}): TableRow {
  const place = { ordinal, line: row.line };
  const read = readTexts(reader, row);
  if (read.kind === "bad") {
    const texts = { prompt: "", a: "", b: "", textLength: 0 };
    return { ...place, kind: "bad", pairId: null, ...texts, reason: read.reason };
  }
  const pairId = read.kind === "pair" ? canonicalPair(read).pair.id : responseOf(read).id;
  return { ...place, kind: read.kind, pairId, ...textsOf(read), reason: null };
}

function textsOf(
  read: FormPair | FormResponse,
): Pick<TableRow, "prompt" | "a" | "b" | "textLength"> {
  const [a, b] = read.kind === "pair" ? [read.a, read.b] : [read.response, []];
  const textLength = [read.prompt, a, b].reduce((sum, part) => sum + textOf(part).length, 0);
  return { prompt: cutPrompt(read.prompt), a: cutText(a), b: cutText(b), textLength };
}
