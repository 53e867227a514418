// Colours code by highlight.js. Loaded only when a text has code in a language that it knows.
import highlighter from "highlight.js/lib/common";
import { sanitized } from "./sanitize.ts";

/** Characters of a block that are coloured at most; the rules are regular expressions of strangers. */
const maxLength = 10_000;

/** Colours a `code` element; what is in an unknown language or too long stays plain. */
export function colorCode(element: HTMLElement): void {
  const { language = "" } = element.dataset;
  const text = element.textContent ?? "";
  if (text.length > maxLength || highlighter.getLanguage(language) === undefined) return;
  try {
    const { value } = highlighter.highlight(text, { language, ignoreIllegals: true });
    element.replaceChildren(sanitized(value));
  } catch {
    // The plain code is there.
  }
}
