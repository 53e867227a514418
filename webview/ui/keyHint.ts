// Which key does it, beside what it does.
import { html, nothing, type TemplateResult } from "lit";

const names: Readonly<Record<string, string>> = {
  " ": "Space",
  ArrowLeft: "←",
  ArrowRight: "→",
  ArrowUp: "↑",
  ArrowDown: "↓",
  Escape: "Esc",
};

/** The first of an action's keys as people write it, Shift as its sign; nothing where it has none. Screen readers skip it. */
export function keyHint(keys: readonly string[]): TemplateResult | typeof nothing {
  const [first] = keys;
  return first === undefined
    ? nothing
    : html`<kbd class="key-hint" aria-hidden="true">${keyName(first).replace("Shift+", "⇧")}</kbd>`;
}

/** A key as people write it: " " is Space, "u" is U, "Ctrl+z" is Ctrl+Z. */
export function keyName(key: string): string {
  return key
    .split(/\+(?=.)/)
    .map((part) => names[part] ?? (part.length === 1 ? part.toUpperCase() : part))
    .join("+");
}
