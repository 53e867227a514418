// What a preference pair is, in which order its two responses stand, and how its id is made.
// Reading pairs from files is in src/data.
import { sha256Hex } from "./hash.ts";

export interface Message {
  readonly role: string;
  readonly content: string;
}

/** SHA-256 of a text's UTF-8, 64 hex digits. */
export type TextHash = (text: string) => string;

/** The two responses in canonical order; a verdict, a probability and a reward refer to this order. */
export type Side = "first" | "second";

/** A verdict on a pair: which response is preferred, or that neither is. */
export type Winner = Side | "tie" | "both-bad";

/** Two responses in the order in which a file, a page or a person has them: A, then B. */
export interface ShownPair {
  readonly prompt: readonly Message[];
  readonly a: readonly Message[];
  readonly b: readonly Message[];
}

/**
 * A pair in canonical form. `first` and `second` are ordered by the hash of their content, so the order
 * says nothing about which one a file called chosen, and survives swapping, sorting and re-export.
 */
export interface Pair {
  /** 32 hex digits; the same content has the same id in every file format and in either order. */
  readonly id: string;
  /** 32 hex digits over the prompt alone; splits keep pairs with the same promptId together. */
  readonly promptId: string;
  readonly prompt: readonly Message[];
  readonly first: readonly Message[];
  readonly second: readonly Message[];
}

export interface CanonicalPair {
  readonly pair: Pair;
  /** True where the shown A is the canonical second. */
  readonly swapped: boolean;
}

/**
 * Brings a pair into canonical form.
 *
 * The id is the first 128 bits of SHA-256 over the UTF-8 of `["ssrm-pair-1", PROMPT, LOW, HIGH]` as
 * JSON.stringify writes it: PROMPT is the promptId, LOW and HIGH are the sorted response ids, and each of
 * these is the same kind of hash over `["ssrm-prompt-1" | "ssrm-response-1", [[role, content], ...]]`.
 * JSON.stringify escapes lone surrogates, so they stay distinct, and nothing is normalized, so NFC and NFD
 * stay distinct. Blanks (space, tab, CR, LF) around a message's content are left out of the hash, because
 * transcript formats cannot carry them; the texts themselves are kept as they are.
 *
 * `hash` is SHA-256 in hex; who reads a million pairs gives the platform's own, which takes a quarter of the time.
 */
export function canonicalPair(shown: ShownPair, hash: TextHash = sha256Hex): CanonicalPair {
  const promptId = contentId("ssrm-prompt-1", shown.prompt, hash);
  const a = contentId("ssrm-response-1", shown.a, hash);
  const b = contentId("ssrm-response-1", shown.b, hash);
  const swapped = a > b || (a === b && exactForm(shown.a) > exactForm(shown.b));
  const [low, high] = a <= b ? [a, b] : [b, a];
  return {
    pair: {
      id: hash(JSON.stringify(["ssrm-pair-1", promptId, low, high])).slice(0, 32),
      promptId,
      prompt: shown.prompt,
      first: swapped ? shown.b : shown.a,
      second: swapped ? shown.a : shown.b,
    },
    swapped,
  };
}

/** The id of a prompt alone (see canonicalPair), 32 hex digits. */
export function promptIdOf(prompt: readonly Message[]): string {
  return contentId("ssrm-prompt-1", prompt);
}

/** The id of a response alone (see canonicalPair), 32 hex digits. */
export function responseIdOf(response: readonly Message[]): string {
  return contentId("ssrm-response-1", response);
}

/** A text as the one message that it stands for: a plain prompt is one user message. */
export function plainPrompt(text: string): readonly Message[] {
  return [{ role: "user", content: text }];
}

/** A text as the one message that it stands for: a plain response is one assistant message. */
export function plainResponse(text: string): readonly Message[] {
  return [{ role: "assistant", content: text }];
}

/** The text of a response: its contents, one message per paragraph. */
export function textOf(messages: readonly Message[]): string {
  return messages.length === 1 ? messages[0]!.content : messages.map((m) => m.content).join("\n\n");
}

/** The verdict on the same pair with its responses swapped. */
export function swapWinner(winner: Winner): Winner {
  if (winner === "first") return "second";
  if (winner === "second") return "first";
  return winner;
}

/** P(first is preferred) that a verdict stands for: 1, 0, or 1/2 for ties and both-bad. */
export function targetOf(winner: Winner): number {
  if (winner === "first") return 1;
  return winner === "second" ? 0 : 0.5;
}

function contentId(kind: string, messages: readonly Message[], hash: TextHash = sha256Hex): string {
  const trimmed = messages.map((m) => [m.role, trimBlanks(m.content)]);
  return hash(JSON.stringify([kind, trimmed])).slice(0, 32);
}

function exactForm(messages: readonly Message[]): string {
  return JSON.stringify(messages.map((m) => [m.role, m.content]));
}

/** Without the blanks (space, tab, CR, LF) around it; String.trim would also take other white space. */
export function trimBlanks(text: string): string {
  let start = 0;
  let end = text.length;
  while (start < end && isBlank(text.charCodeAt(start))) start++;
  while (end > start && isBlank(text.charCodeAt(end - 1))) end--;
  return text.slice(start, end);
}

function isBlank(code: number): boolean {
  return code === 0x20 || code === 0x09 || code === 0x0a || code === 0x0d;
}
