// Rows of prompt, chosen and rejected, in all the ways in which the three are written. One reading for all
// of TRL's forms and HH's, row by row, because files mix them; the forms differ in what a file is called.
import { trimBlanks, type Message } from "../../core/pair.ts";
import { RowError } from "../dataError.ts";
import type { FormPair } from "./form.ts";
import { isMessageList, messagesOf, valueOf, type RawRow } from "./rowValues.ts";
import { isTranscript, promptTranscript, transcriptTurns } from "./transcript.ts";

export type Kind = "text" | "messages" | "transcript" | "absent" | "other";

/** How one of the three columns is written in this row. */
export function kindOf(row: RawRow, column: string): Kind {
  const value = valueOf(row, column);
  if (value === null) return "absent";
  if (isMessageList(row, value)) return "messages";
  if (typeof value !== "string") return "other";
  return isTranscript(value) ? "transcript" : "text";
}

/**
 * Whether chosen and rejected hold the prompt too: there is none, or an empty cell of a table beside
 * transcripts or messages. Beside plain text an empty cell is an empty prompt, as "" is in JSON.
 */
export function lacksPrompt(row: RawRow): boolean {
  const prompt = valueOf(row, "prompt");
  if (prompt === null) return true;
  if (prompt !== "" || !row.cells) return false;
  return ["chosen", "rejected"].every((column) => whole.has(kindOf(row, column)));
}

const whole: ReadonlySet<Kind> = new Set<Kind>(["transcript", "messages"]);

/**
 * A row of prompt, chosen and rejected; chosen is A.
 * @throws RowError where one of them is missing or of another type
 */
export function readPreference(row: RawRow): FormPair {
  const prompt = valueOf(row, "prompt");
  const chosen = valueOf(row, "chosen");
  const rejected = valueOf(row, "rejected");
  for (const [name, value] of [
    ["chosen", chosen],
    ["rejected", rejected],
  ] as const) {
    if (value === null) throw new RowError(`"${name}": expected a response, got nothing`);
  }
  const asIs = {
    kind: "pair",
    a: messagesOf(row, chosen, { role: "assistant", name: "chosen" }),
    b: messagesOf(row, rejected, { role: "assistant", name: "rejected" }),
    verdict: "a",
  } as const;
  if (!lacksPrompt(row)) return { ...asIs, prompt: promptOf(row, prompt) };
  const kinds = [kindOf(row, "chosen"), kindOf(row, "rejected")];
  if (kinds.every((kind) => kind === "messages")) return { ...asIs, prompt: [] };
  if (typeof chosen !== "string" || typeof rejected !== "string" || kinds.includes("messages")) {
    throw new RowError(
      `"chosen" and "rejected": expected both as text or both as messages where there is no prompt, got ${kinds.join(" and ")}`,
    );
  }
  if (kinds.every((kind) => kind === "transcript")) {
    return { ...asIs, prompt: [], a: transcriptTurns(chosen), b: transcriptTurns(rejected) };
  }
  const split = splitCommonPrefix(chosen, rejected);
  return {
    ...asIs,
    prompt: split.prompt === "" ? [] : [{ role: "user", content: split.prompt }],
    a: [{ role: "assistant", content: split.a }],
    b: [{ role: "assistant", content: split.b }],
  };
}

/** A prompt column: text, messages, or an HH transcript that ends where the response begins. */
export function promptOf(row: RawRow, value: unknown): readonly Message[] {
  if (typeof value === "string") {
    const turns = promptTranscript(value);
    if (turns !== null) return turns;
  }
  return messagesOf(row, value, { role: "user", name: "prompt" });
}

/**
 * The prompt that two texts share: their common prefix, cut back to a word boundary that leaves both
 * responses a word, without the blanks at the cut.
 * @throws RowError where the texts are equal, since then nothing says where the prompt ends
 */
function splitCommonPrefix(a: string, b: string): { prompt: string; a: string; b: string } {
  if (trimBlanks(a) === trimBlanks(b)) {
    throw new RowError(
      '"chosen" and "rejected": expected two texts that differ after a common prompt, got the same text twice and no "prompt"',
    );
  }
  const limit = Math.min(trimmedLength(a), trimmedLength(b));
  let cut = 0;
  while (cut < limit && a.charCodeAt(cut) === b.charCodeAt(cut)) cut++;
  while (cut > 0 && !isBoundary(a, b, cut)) cut--;
  return {
    prompt: trimBlanks(a.slice(0, cut)),
    a: trimBlanks(a.slice(cut)),
    b: trimBlanks(b.slice(cut)),
  };
}

function isBoundary(a: string, b: string, at: number): boolean {
  if (trimBlanks(a.slice(at)) === "" || trimBlanks(b.slice(at)) === "") return false;
  return isBlank(a, at - 1) || (isBlank(a, at) && isBlank(b, at));
}

function isBlank(text: string, at: number): boolean {
  return at < text.length && trimBlanks(text.charAt(at)) === "";
}

function trimmedLength(text: string): number {
  let length = text.length;
  while (length > 0 && isBlank(text, length - 1)) length--;
  return length;
}
