import { Ajv } from "ajv";
import { format } from "prettier";
import { expect, test } from "vitest";
import {
  defaultRunSettings,
  parseProjectFile,
  projectJsonSchema,
  runSettingsOf,
} from "../../src/data/projectFile.ts";

const message = (text: string): string => {
  try {
    parseProjectFile(text);
  } catch (error) {
    return (error as Error).message;
  }
  throw new Error("expected it to be refused");
};

test("the smallest project has every default", () => {
  const project = parseProjectFile('\uFEFF{"data":["pairs.jsonl"]}');
  expect(project.data).toEqual(["pairs.jsonl"]);
  expect(runSettingsOf(project)).toEqual(defaultRunSettings);
});

test("given settings stand, the rest is filled in", () => {
  const project = parseProjectFile(
    '{"data":["a"],"settings":{"threshold":0.9,"lexical":{"l2":0.01}}}',
  );
  expect(runSettingsOf(project)).toEqual({
    ...defaultRunSettings,
    threshold: 0.9,
    lexical: { l2: 0.01, length: true },
  });
});

test("an error names field, expected and got", () => {
  expect(message('{"data":["a"],"settings":{"threshold":"high"}}')).toBe(
    '.ssrm/project.json: settings.threshold: expected number, got "high"',
  );
  expect(message('{"data":["a"],"settings":{"confidence":"sure"}}')).toBe(
    '.ssrm/project.json: settings.confidence: expected "raw" or "calibrated", got "sure"',
  );
  expect(message('{"data":["a"],"settings":{"threshold":1.5}}')).toBe(
    ".ssrm/project.json: settings.threshold: expected at most 1, got 1.5",
  );
  expect(message("{}")).toBe(".ssrm/project.json: data: expected array, got nothing");
  expect(message('{"data":["a"],"dta":[]}')).toContain('unknown field "dta"');
  expect(message("{")).toContain(".ssrm/project.json is not JSON: ");
});

test("__proto__ is an unknown field, not a prototype", () => {
  expect(message('{"data":["a"],"__proto__":{"polluted":1}}')).toContain("__proto__");
  expect(({} as Record<string, unknown>)["polluted"]).toBeUndefined();
});

test("the schema in media is the one of the code, and judges as the code does", async () => {
  // After a change: vitest run -u test/unit/projectFile.test.ts
  const schema = projectJsonSchema();
  const text = await format(JSON.stringify(schema, null, 2), { parser: "json", printWidth: 100 });
  await expect(text).toMatchFileSnapshot("../../media/project.schema.json");
  const validate = new Ajv({ strict: false }).compile(schema as object);
  for (const good of [{ data: ["a"] }, { data: ["a"], settings: { seedCount: null } }]) {
    expect(validate(good)).toBe(true);
    expect(() => parseProjectFile(JSON.stringify(good))).not.toThrow();
  }
  for (const bad of [{}, { data: [] }, { data: ["a"], x: 1 }, { data: ["a"], settings: 3 }]) {
    expect(validate(bad)).toBe(false);
    expect(() => parseProjectFile(JSON.stringify(bad))).toThrow();
  }
});
