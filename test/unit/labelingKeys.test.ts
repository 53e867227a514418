import fc from "fast-check";
import { expect, test } from "vitest";
import { labelActions } from "../../src/protocol/page/judging.ts";
import { keyPresets, normalizedKey, resolveKeys } from "../../src/protocol/page/keyMap.ts";

test("the presets have no clash and leave no action without a key", () => {
  for (const preset of keyPresets) {
    const { keys, problems } = resolveKeys(preset, undefined);
    expect(problems).toEqual([]);
    for (const action of labelActions) expect(keys[action].length).toBeGreaterThan(0);
  }
  expect(resolveKeys("numbers", {}).keys).toMatchObject({ "a-much": ["1"], skip: [" "] });
  expect(resolveKeys("letters", {}).keys).toMatchObject({ "a-better": ["a"], tie: ["="] });
});

test("a key of the user's takes the place of an action's, and of whoever had it", () => {
  const { keys, problems } = resolveKeys("numbers", { tie: "F", undo: ["Backspace", "ctrl+Z"] });
  expect(keys.tie).toEqual(["f"]);
  expect(keys.flag).toEqual([]);
  expect(keys.undo).toEqual(["Backspace", "Ctrl+z"]);
  expect(problems).toEqual([
    "The key f is set for both tie and flag: tie has it. Give flag another key in the setting ssrm.label.keys.",
  ]);
  expect(resolveKeys("numbers", { flag: [] })).toMatchObject({ keys: { flag: [] }, problems: [] });
});

test("nonsense is said and changes nothing", () => {
  const usual = resolveKeys("numbers", undefined).keys;
  for (const nonsense of [7, "x", [], { tie: "no key" }, { tei: "t" }, { tie: 4 }, { tie: "" }]) {
    const { keys, problems } = resolveKeys("numbers", nonsense);
    expect(keys).toEqual(usual);
    expect(problems).toHaveLength(1);
  }
});

test("keys are spelled as KeyboardEvent.key names them", () => {
  const spelled = {
    A: "a",
    space: " ",
    " ": " ",
    "+": "+",
    "Ctrl++": "Ctrl++",
    "shift+CTRL+z": "Ctrl+Shift+z",
    arrowleft: "ArrowLeft",
    "?": "?",
    é: "é",
  };
  for (const [text, key] of Object.entries(spelled)) expect(normalizedKey(text)).toBe(key);
  for (const text of ["", "Alt+a", "ab", "Ctrl+", "\n", "Tab"])
    expect(normalizedKey(text)).toBe(null);
});

test("whatever the settings are, each key has one action at most", () => {
  const key = fc.oneof(fc.constantFrom("1", "a", "Space", "Ctrl+z", "F", "?"), fc.string());
  const overrides = fc.dictionary(
    fc.oneof(fc.constantFrom(...labelActions), fc.string()),
    fc.oneof(key, fc.array(key), fc.anything()),
  );
  fc.assert(
    fc.property(fc.constantFrom(...keyPresets), overrides, (preset, given) => {
      const { keys } = resolveKeys(preset, given);
      const all = labelActions.flatMap((action) => keys[action]);
      expect(new Set(all).size).toBe(all.length);
      for (const one of all) expect(normalizedKey(one)).toBe(one);
    }),
  );
});
