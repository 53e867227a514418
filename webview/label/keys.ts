// Bare keys of the page. They are handled at the document, below the window where the editor listens: a key
// bound there would act too, and preventDefault does not stop it.
import type { KeyMap, LabelAction } from "../../src/protocol/page/judging.ts";
import { labelActions } from "../../src/protocol/page/judging.ts";

export interface KeyTargets {
  readonly keys: () => KeyMap | null;
  readonly act: (action: LabelAction) => void;
  /** Escape or Ctrl+Enter in a text field. */
  readonly leaveField: () => void;
  /** A key that scrolls, pressed where nothing scrolls by itself. */
  readonly scroll: (key: string) => void;
}

const scrollKeys = ["ArrowUp", "ArrowDown", "PageUp", "PageDown", "Home", "End"];

/** Listens as long as the page lives. */
export function listenForKeys({ keys, act, leaveField, scroll }: KeyTargets): void {
  document.addEventListener("keydown", (event) => {
    if (event.isComposing || event.key === "Process") return;
    const target = event.target instanceof Element ? event.target : document.body;
    if (isField(target)) {
      // What is typed is nobody's command.
      if (isBare(event)) event.stopPropagation();
      if (event.key !== "Escape" && !(event.key === "Enter" && event.ctrlKey)) return;
      event.preventDefault();
      event.stopPropagation();
      leaveField();
      return;
    }
    if (isBare(event)) event.stopPropagation();
    const map = keys();
    if (map === null || event.altKey || event.metaKey) return;
    if (target.closest("dialog[open]") !== null) {
      // The key that opened the dialog closes it, as Escape does; by the browser's own way the next key would
      // still go to the dialog.
      if (event.repeat || (event.key !== "Escape" && actionOf(map, event) !== "keys")) return;
      event.preventDefault();
      event.stopPropagation();
      act("keys");
      return;
    }
    if (isPressed(target, event)) {
      // A held key presses a button again and again; here that would be verdicts.
      if (event.repeat) event.preventDefault();
      return;
    }
    const action = actionOf(map, event);
    if (action !== null) {
      event.preventDefault();
      event.stopPropagation();
      if (!event.repeat) act(action);
    } else if (
      scrollKeys.includes(event.key) &&
      target.closest("[data-pane], [role=tab]") === null
    ) {
      event.preventDefault();
      scroll(event.key);
    }
  });
}

/** The action of a key; null where it has none. */
function actionOf(map: KeyMap, event: KeyboardEvent): LabelAction | null {
  const name = nameOf(event);
  return labelActions.find((action) => map[action].includes(name)) ?? null;
}

/** "u", "Ctrl+z", "Ctrl+Shift+z", "?": as the key map names them. */
function nameOf({ key, ctrlKey, shiftKey }: KeyboardEvent): string {
  const isLetter = key.length === 1 && key.toLowerCase() !== key.toUpperCase();
  const base = isLetter ? key.toLowerCase() : key;
  // A sign such as "?" is what it is, by whichever keys it is typed.
  const isShifted = shiftKey && (isLetter || key.length > 1);
  return `${ctrlKey ? "Ctrl+" : ""}${isShifted ? "Shift+" : ""}${base}`;
}

/** A key that writes, without a modifier: the editor must not see it. */
function isBare({ key, ctrlKey, altKey, metaKey }: KeyboardEvent): boolean {
  return key.length === 1 && !ctrlKey && !altKey && !metaKey;
}

function isField(target: Element): boolean {
  return (
    target.closest("textarea, input, select, [contenteditable]") !== null ||
    target.tagName === "VSCODE-TEXTFIELD" ||
    target.tagName === "VSCODE-TEXTAREA"
  );
}

/** Space and Enter belong to the button or link that has the focus. */
function isPressed(target: Element, { key, ctrlKey }: KeyboardEvent): boolean {
  return (
    (key === " " || key === "Enter") &&
    !ctrlKey &&
    target.closest("button, a, summary, [role=link], vscode-button") !== null
  );
}
