// HH transcripts: one text whose turns are opened by "\n\nHuman:" and "\n\nAssistant:". Neither the markers nor
// the blanks around a turn are content.
import { trimBlanks, type Message } from "../../core/pair.ts";

/** A marker stands at the very start (blanks aside) or after an empty line; tables saved on Windows have CRLF. */
const marker = /(?:^[ \t\r\n]*|\r?\n\r?\n)(Human|Assistant):/g;

/** Whether a text is a transcript: it opens with a turn, or a preamble and a human turn, and holds an assistant turn. */
export function isTranscript(text: string): boolean {
  const roles = [...text.matchAll(marker)].map((match) => match[1]);
  if (!roles.includes("Assistant")) return false;
  return /^[ \t\r\n]*(?:Human|Assistant):/.test(text) || roles[0] === "Human";
}

/** The turns of a transcript; what stands before the first marker is the system message. */
export function transcriptTurns(text: string): readonly Message[] {
  const turns: Message[] = [];
  let role = "system";
  let start = 0;
  for (const match of text.matchAll(marker)) {
    push(turns, role, text.slice(start, match.index));
    role = match[1] === "Human" ? "user" : "assistant";
    start = match.index + match[0].length;
  }
  push(turns, role, text.slice(start));
  return turns;
}

/** The turns of a prompt that is cut off after "\n\nAssistant:", or null for any other text. */
export function promptTranscript(text: string): readonly Message[] | null {
  if (!/\n\r?\nAssistant:[ \t\r\n]*$/.test(text) || !isTranscript(text)) return null;
  return transcriptTurns(text).slice(0, -1);
}

function push(turns: Message[], role: string, text: string): void {
  const content = trimBlanks(text);
  if (role !== "system" || content !== "") turns.push({ role, content });
}
