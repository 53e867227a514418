// The keys of the label page: two layouts, what the user changes in them, and what is wrong with that.
import { labelActions, type KeyMap, type LabelAction } from "./judging.ts";

export const keyPresets = ["numbers", "letters"] as const;
export type KeyPreset = (typeof keyPresets)[number];

/** Strength by distance from the middle, with one hand on the digits. */
const numbers: KeyMap = {
  "a-much": ["1"],
  "a-better": ["2"],
  "a-slightly": ["3"],
  tie: ["4"],
  "b-slightly": ["5"],
  "b-better": ["6"],
  "b-much": ["7"],
  "both-bad": ["0"],
  skip: [" "],
  flag: ["f"],
  rationale: ["r"],
  undo: ["u", "Ctrl+z"],
  redo: ["Ctrl+Shift+z"],
  diff: ["d"],
  raw: ["m"],
  arrange: ["s"],
  guidelines: ["g"],
  keys: ["?"],
};

/** By the names of the responses; much better with Shift, slightly better beside it. */
const letters: KeyMap = {
  ...numbers,
  "a-much": ["Shift+a"],
  "a-better": ["a"],
  "a-slightly": ["s"],
  tie: ["="],
  "b-slightly": ["n"],
  "b-better": ["b"],
  "b-much": ["Shift+b"],
  "both-bad": ["x"],
  arrange: ["v"],
};

const presets: Readonly<Record<KeyPreset, KeyMap>> = { numbers, letters };

export interface ResolvedKeys {
  readonly keys: KeyMap;
  /** One sentence for each thing that the user's settings have wrong. */
  readonly problems: readonly string[];
}

/**
 * The keys of a preset with the user's own in place of an action's. `overrides` is what a settings file
 * holds, so it may be anything; what is no key or no action is left out and said. Where two actions want one
 * key, the one that the user named has it, then the one that stands first in labelActions.
 */
export function resolveKeys(preset: KeyPreset, overrides: unknown): ResolvedKeys {
  const problems: string[] = [];
  const own = ownKeys(overrides, problems);
  const wanted = { ...presets[preset], ...own };
  const holder = new Map<string, LabelAction>();
  const order = [...labelActions].sort(
    (a, b) => Number(Object.hasOwn(own, b)) - Number(Object.hasOwn(own, a)),
  );
  const keys = Object.fromEntries(
    order.map((action) => [action, wanted[action].filter((key) => isFree(key, action))]),
  );
  return { keys: keys as unknown as KeyMap, problems };

  function isFree(key: string, action: LabelAction): boolean {
    const taken = holder.get(key);
    if (taken === undefined || taken === action) {
      holder.set(key, action);
      return true;
    }
    problems.push(
      `The key ${key === " " ? "Space" : key} is set for both ${taken} and ${action}: ${taken} has it. Give ${action} another ` +
        "key in the setting ssrm.label.keys.",
    );
    return false;
  }
}

/**
 * A key as a key map spells it, null where the text is none: small letters, " " for Space, and Ctrl before
 * Shift. A capital alone is the key without Shift.
 */
export function normalizedKey(text: string): string | null {
  const parts = text === " " || text === "+" ? [text] : text.split(/\+(?=.)/);
  const key = parts.pop();
  const modifiers = parts.map((part) => modifierNames.get(part.toLowerCase()));
  if (key === undefined || key === "" || modifiers.includes(undefined)) return null;
  const named = namedKeys.get(key.toLowerCase());
  const isOne = [...key].length === 1 && !/[\s\p{C}]/u.test(key);
  if (named === undefined && !isOne) return null;
  const held = ["Ctrl", "Shift"].filter((name) => modifiers.includes(name));
  return [...held, named ?? key.toLowerCase()].join("+");
}

const modifierNames = new Map([
  ["ctrl", "Ctrl"],
  ["control", "Ctrl"],
  ["shift", "Shift"],
]);

/** Keys that are more than one character, as KeyboardEvent.key names them; Tab and Escape belong to the page. */
const namedKeys = new Map(
  [
    ...["Enter", "Backspace", "Delete", "Insert", "Home", "End", "PageUp", "PageDown"],
    ...["ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown"],
    ...Array.from({ length: 12 }, (_, i) => `F${i + 1}`),
  ].map((name) => [name.toLowerCase(), name]),
)
  .set("space", " ")
  .set(" ", " ");

function ownKeys(
  overrides: unknown,
  problems: string[],
): Partial<Record<LabelAction, readonly string[]>> {
  if (overrides === undefined || overrides === null) return {};
  if (typeof overrides !== "object" || Array.isArray(overrides)) {
    problems.push("ssrm.label.keys: expected an object of actions and keys.");
    return {};
  }
  const own: Partial<Record<LabelAction, readonly string[]>> = {};
  for (const [name, given] of Object.entries(overrides)) {
    const action = labelActions.find((one) => one === name);
    if (action === undefined) {
      problems.push(
        `ssrm.label.keys: ${JSON.stringify(name)} is no action; expected one of ${labelActions.join(", ")}.`,
      );
      continue;
    }
    const texts: readonly unknown[] = Array.isArray(given) ? given : [given];
    const keys = texts.map((text) => (typeof text === "string" ? normalizedKey(text) : null));
    const wrong = keys.indexOf(null);
    if (wrong !== -1) {
      problems.push(
        `ssrm.label.keys: ${JSON.stringify(texts[wrong])} for ${name} is no key; expected one such as ` +
          '"1", "A", "Space" or "Ctrl+Z".',
      );
    }
    const usable = [...new Set(keys.filter((key) => key !== null))];
    if (usable.length > 0 || texts.length === 0) own[action] = usable;
  }
  return own;
}
