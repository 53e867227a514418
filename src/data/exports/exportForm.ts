// What a form of export is: how a labeled pair is written in it and what it cannot carry. The forms are
// beside this file and registered in exportTable.ts.
import type { Strength } from "../../core/labels/labelEvent.ts";
import type { Message, Pair, Winner } from "../../core/pair.ts";
import type { Form } from "../forms/form.ts";

/** A pair with its label, by a person or by the model. */
export interface LabeledRow {
  readonly pair: Pair;
  /** In canonical order. */
  readonly winner: Winner;
  readonly strength?: Strength;
  /** P(first preferred), where a model said one. */
  readonly p?: number;
  readonly source: "human" | "pseudo";
  /** The iteration that a pseudo-label was made for. */
  readonly iteration?: number;
}

export interface ExportForm {
  /** As typed after --form. */
  readonly name: string;
  /** The form that reads such rows. */
  readonly readBy: Form;
  /** What no row of this form holds, as shown to the user. */
  readonly leavesOut: string;
  /** Why this row can't be written, worded without the row's texts so that reasons can be counted, or null. */
  refuse(row: LabeledRow): string | null;
  /** What this row loses though it is written, worded like a refusal, or null. */
  loses(row: LabeledRow): string | null;
  /** The row as one JSON object; only for rows that are not refused. */
  write(row: LabeledRow): Readonly<Record<string, unknown>>;
}

/** A labeled row as preference forms want it. */
export interface Preference {
  readonly chosen: readonly Message[];
  readonly rejected: readonly Message[];
  /** p, source and iteration as every form writes them; here p is P(chosen preferred). */
  readonly origin: Origin;
}

/** Always all three keys: table readers want the same columns in every row. */
export interface Origin {
  readonly p: number | null;
  readonly source: "human" | "pseudo";
  readonly iteration: number | null;
}

export const preferenceLeavesOut =
  "strength, skips, flags, rationales, rater, time, shown order, guideline version, whether a suggestion was in view, how the pair was drawn";

/** Why a row has no chosen and no rejected response, or null where it has. */
export function refuseUndecided({ winner }: LabeledRow): string | null {
  if (winner === "tie") return "a tie has no chosen and no rejected response";
  return winner === "both-bad" ? "a pair of which both are bad has no chosen response" : null;
}

/** Chosen and rejected of a row that refuseUndecided lets through. */
export function preferenceOf(row: LabeledRow): Preference {
  const { pair, winner } = row;
  const origin = originOf(row);
  if (winner === "first") return { chosen: pair.first, rejected: pair.second, origin };
  const p = origin.p === null ? null : 1 - origin.p;
  return { chosen: pair.second, rejected: pair.first, origin: { ...origin, p } };
}

/** Where a label comes from; p is P(first preferred). */
export function originOf({ p, source, iteration }: LabeledRow): Origin {
  return { p: p ?? null, source, iteration: iteration ?? null };
}

/** Why a pair does not fit into three plain texts, or null where it does. */
export function refusePlain({ pair }: LabeledRow): string | null {
  if (pair.prompt.length !== 1 || pair.prompt[0]!.role !== "user") {
    return "its prompt is not one user message (use trl-conversational or openai-dpo)";
  }
  const isPlain = [pair.first, pair.second].every(
    (response) => response.length === 1 && response[0]!.role === "assistant",
  );
  return isPlain
    ? null
    : "a response is not one assistant message (use trl-conversational or openai-dpo)";
}

/** The text of a prompt or response that refusePlain lets through. */
export function plainText(messages: readonly Message[]): string {
  return messages[0]!.content;
}

/** For forms that write all that they do not refuse. */
export function losesNothing(): null {
  return null;
}
