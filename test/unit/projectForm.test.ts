// The run form in project.json: what it does not know stays, what is wrong is named, and writing it once more
// changes nothing.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { defaultRunSettings, parseProjectFile } from "../../src/data/projectFile.ts";
import { formOf, withForm } from "../../src/host/dashboard/projectForm.ts";
import type { FormSettings } from "../../src/protocol/page/dashboardPage.ts";

const standard = formOf(null);
const withSettings = (settings: unknown): string =>
  JSON.stringify({ data: ["pairs.jsonl"], settings }, null, 2);

const anyForm: fc.Arbitrary<FormSettings> = fc.record({
  model: fc.string({ minLength: 1 }),
  threshold: fc.double({ min: 0.5, max: 1, noNaN: true }),
  confidence: fc.constantFrom("raw", "calibrated"),
  iterations: fc.integer({ min: 0, max: 100 }),
  start: fc.constantFrom("restart", "continue"),
  keep: fc.constantFrom("last", "best"),
  seed: fc.nat(),
  seedCount: fc.option(fc.integer({ min: 1, max: 1000 })),
  seedFraction: fc.option(fc.double({ min: 0.001, max: 1, noNaN: true })),
});

/** Objects as JSON can have them, with names that this version does not know. */
const anyFields = fc.dictionary(
  fc.string().filter((name) => !(name in standard) && name !== "settings"),
  fc.jsonValue().map((value) => JSON.parse(JSON.stringify(value)) as unknown),
);

function parsed(text: string): Record<string, unknown> {
  return JSON.parse(text.replace(/^\uFEFF/, "")) as Record<string, unknown>;
}

function without(fields: object, names: object): [string, unknown][] {
  return Object.entries(fields).filter(([name]) => !Object.hasOwn(names, name));
}

describe("the form", () => {
  it("comes back from the file as it went in, and all other fields stay as and where they are", () => {
    const indent = fc.constantFrom(0, 2, 4);
    fc.assert(
      fc.property(
        fc.record({ form: anyForm, others: anyFields, unknown: anyFields, indent }),
        ({ form, others, unknown, indent }) => {
          const before = { ...others, settings: unknown };
          const text = `${JSON.stringify(before, null, indent)}\n`;
          const after = withForm(text, form);
          const project = parsed(after);
          expect(without(project, { settings: 0 })).toEqual(without(before, { settings: 0 }));
          const settings = project["settings"] as Record<string, unknown>;
          expect(without(settings, standard)).toEqual(Object.entries(unknown));
          const file = parseProjectFile(
            withSettings(Object.fromEntries(without(settings, unknown))),
          );
          expect(formOf(file)).toEqual(form);
          expect(withForm(after, form)).toBe(after);
          if (after !== text) expect(after).toBe(`${JSON.stringify(project, null, 2)}\n`);
        },
      ),
    );
  });

  it("leaves the text as it is where nothing changes, whatever its layout", () => {
    const text = '\uFEFF{ "data":["a.jsonl"] ,\n\t"settings" : {"threshold":0.80} }';
    expect(withForm(text, standard)).toBe(text);
    expect(withForm(text, { ...standard, seed: 4 })).toBe(
      `\uFEFF${JSON.stringify({ data: ["a.jsonl"], settings: { threshold: 0.8, seed: 4 } }, null, 2)}`,
    );
  });

  it("writes a default only over something else", () => {
    const text = withForm(withSettings({ threshold: 0.9 }), { ...standard, keep: "best" });
    expect(parsed(text)["settings"]).toEqual({ threshold: 0.8, keep: "best" });
    expect(standard.threshold).toBe(defaultRunSettings.threshold);
  });

  it("takes a drawn fraction in place of a drawn count", () => {
    const simulated = withSettings({ seedCount: 30 });
    expect(parsed(withForm(simulated, { ...standard, seedFraction: 0.2 }))["settings"]).toEqual({
      seedFraction: 0.2,
    });
    const form = formOf(parseProjectFile(simulated));
    expect(form.seedCount).toBe(30);
    expect(withForm(simulated, form)).toBe(simulated);
    expect(parsed(withForm(simulated, { ...form, seed: 4 }))["settings"]).toEqual({
      seedCount: 30,
      seed: 4,
    });
  });
});

describe("what is wrong", () => {
  it.each([
    [{ threshold: 0.3 }, "threshold: expected at least 0.5, got 0.3"],
    [{ iterations: 2.5 }, "iterations: expected int, got 2.5"],
    [{ iterations: 101 }, "iterations: expected at most 100, got 101"],
    [{ seed: -1 }, "seed: expected at least 0, got -1"],
    [{ seedFraction: 0 }, "seedFraction: expected more than 0, got 0"],
    [{ model: "" }, 'model: expected at least 1, got ""'],
  ] as const)("%j is named with its field", (change, message) => {
    const text = withSettings({});
    expect(() => withForm(text, { ...standard, ...change })).toThrow(new Error(message));
  });

  it("is each field, where several are", () => {
    const form = { ...standard, threshold: 2, seed: -1 };
    expect(() => withForm(withSettings({}), form)).toThrow(/^threshold: .*; seed: /);
  });

  it("is the file itself, which then stays as it is", () => {
    expect(() => withForm("{", standard)).toThrow("not JSON any more");
    expect(() => withForm("[]", standard)).toThrow("expected an object");
    expect(() => withForm(withSettings("none"), standard)).toThrow("settings: expected an object");
  });
});
