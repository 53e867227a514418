// Texts as the list shows them: one line, cut.
import { textOf, type Message } from "../../core/pair.ts";

/** Characters of a text in the list: a third of a window 3840 pixels wide, less what the other columns take. */
export const cutLength = 200;

/** The start of the messages in one line; blanks that follow each other are one. */
export function cutText(messages: readonly Message[]): string {
  return cutLine(textOf(messages));
}

/** The end of a conversation is what its pair is about: the last message, "…" before it where others stand. */
export function cutPrompt(prompt: readonly Message[]): string {
  const last = prompt.at(-1);
  if (last === undefined) return "";
  return prompt.length === 1 ? cutLine(last.content) : `… ${cutLine(last.content)}`;
}

function cutLine(text: string): string {
  // Twice the length, since blanks are put together; a text of nothing but blanks is cut short, which is fine.
  const line = text
    .slice(0, 2 * cutLength)
    .replace(/\s+/g, " ")
    .trim();
  const isCut = line.length > cutLength || text.length > 2 * cutLength;
  return isCut ? `${wholeCharacters(line.slice(0, cutLength))}…` : line;
}

/** Without the first half of a character that was cut through. */
function wholeCharacters(text: string): string {
  const last = text.charCodeAt(text.length - 1);
  return last >= 0xd800 && last <= 0xdbff ? text.slice(0, -1) : text;
}
