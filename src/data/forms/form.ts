// What a form is: a set of columns that some tool writes, and how a pair stands in them. The forms are in
// forms/, one file each, and are registered in formTable.ts.
import type { Message } from "../../core/pair.ts";
import type { RawRow } from "./rowValues.ts";

/** The row's own verdict: on its A and B, in its own order. */
export type OwnVerdict = "a" | "b" | "tie" | "both-bad";

/** Two responses in the row's own order: chosen and rejected, or A and B. */
export interface FormPair {
  readonly kind: "pair";
  readonly prompt: readonly Message[];
  readonly a: readonly Message[];
  readonly b: readonly Message[];
  /** null for a pair without a verdict. */
  readonly verdict: OwnVerdict | null;
}

export interface FormResponse {
  readonly kind: "response";
  readonly prompt: readonly Message[];
  readonly response: readonly Message[];
}

export interface Form {
  /** As shown to the user: "read as: HH transcripts". */
  readonly name: string;
  /** The columns without which a file is not of this form. */
  readonly needs: readonly string[];
  /** Whether a row looks like this form; of a file's first rows the form that most of them match is taken. */
  matches(row: RawRow): boolean;
  /**
   * What the row holds.
   * @throws RowError with one clause: the column, what was expected, what was got
   */
  read(row: RawRow): FormPair | FormResponse;
  /** The column of the row's own id, where it is not `id`. */
  readonly idColumn?: string;
}
