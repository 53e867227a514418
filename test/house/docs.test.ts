// The documents name only what exists: links, files, npm scripts, uses of `ssrm`, commands of the editor; their
// examples of data are read as they say; and each of these checks catches a planted mistake.
import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { commands } from "../../src/cli/commandTable.ts";
import { parseLogBytes } from "../../src/core/labels/labelLog.ts";
import { exportForms } from "../../src/data/exports/exportTable.ts";
import { formTable } from "../../src/data/forms/formTable.ts";
import { recogniseForm } from "../../src/data/forms/recognise.ts";
import { readRow } from "../../src/data/forms/rowReader.ts";
import { faultsIn, partsOf, root } from "../support/documents.ts";

const documents = globSync(
  ["README.md", "CHANGELOG.md", "docs/**/*.md", "media/sample/README.md"],
  {
    cwd: root,
  },
);
const textOf = (path: string): string => readFileSync(join(root, path), "utf8");
const readme = textOf("README.md");

test.each(documents)("%s names only what exists", (path) => {
  expect(faultsIn(path, textOf(path))).toEqual([]);
});

test("the README has every command of ssrm and every form in; data-formats.md every form out", () => {
  const { spans } = partsOf(readme);
  for (const { name } of commands) expect(spans).toContain(`ssrm ${name}`);
  for (const { name } of formTable) expect(readme).toContain(`| ${name} `);
  const outs = partsOf(textOf("docs/data-formats.md")).spans;
  for (const { name } of exportForms) expect(outs).toContain(name.replace("trl-standard", "trl"));
});

test("every example row of the README is read as its form, and all pairs are the same one", () => {
  const examples = partsOf(readme).blockLines.flatMap((line) => {
    const match = /^(\S.*?) {2,}(\{.*\})$/.exec(line);
    return match === null ? [] : [{ name: match[1]!, values: JSON.parse(match[2]!) as object }];
  });
  expect(examples.map(({ name }) => name).sort()).toEqual(formTable.map(({ name }) => name).sort());
  const pairs = examples.flatMap(({ name, values }) => {
    const row = { values, cells: false };
    const form = recogniseForm(name, [row]);
    expect(form.name).toBe(name);
    const read = readRow({ form, mapping: null, file: 0 }, { line: 1, row });
    if (read.kind === "bad") throw new Error(`${name}: ${read.reason}`);
    return read.kind === "pair" ? [`${read.pair.id} ${read.gold}`] : [];
  });
  expect(pairs).toHaveLength(formTable.length - 1);
  expect(new Set(pairs).size).toBe(1);
});

test("the label lines of data-formats.md are lines of a label log", () => {
  const lines = partsOf(textOf("docs/data-formats.md")).blockLines;
  const log = lines.filter((line) => line.startsWith('{"v":1'));
  const { events, problems } = parseLogBytes(Buffer.from(`${log.join("\n")}\n`));
  expect(problems).toEqual([]);
  expect(events.map(({ kind }) => kind)).toEqual(["verdict", "undo"]);
});

test("contributing.md names every suite of npm test", () => {
  const suites = globSync("test/*/", { cwd: root })
    .map((path) => path.split("/")[1]!)
    .filter((name) => globSync(`test/${name}/**/*.test.ts`, { cwd: root }).length > 0);
  const text = textOf("docs/contributing.md");
  const checks = [...textOf(".scripts/suites.ts").matchAll(/\{ name: "(\w+)", args/g)];
  expect(checks.length).toBeGreaterThan(3);
  for (const name of [...checks.map(([, check]) => check!), ...suites]) {
    expect(text).toMatch(new RegExp(`^\\| ${name} `, "m"));
  }
});

test("each check catches a planted mistake, and nothing else", () => {
  const planted: readonly (readonly [text: string, fault: string])[] = [
    ["[a](docs/none.md)", "link to docs/none.md: there is no such file"],
    ["[a](docs/glossary.md#none)", "link to docs/glossary.md#none: there is no such heading"],
    ["`src/core/none.ts`", "src/core/none.ts: there is no such file"],
    ["`noneSuch.ts`", "noneSuch.ts: there is no file of this name"],
    ["`npm run nothing`", "npm run nothing: there is no such script"],
    ["```sh\nnpm starts\n```", "npm starts: there is no such script"],
    ["`ssrm runn a.jsonl`", "ssrm runn a.jsonl: there is no such command"],
    ["`ssrm run a.jsonl --treshold 0.9`", "unknown option --treshold"],
    ["```sh\nssrm eval a.jsonl \\\n  --model m --out x\n```", "unknown option --out"],
    ["`ssrm run a.jsonl --start never`", "--start: expected restart or continue"],
    ["`--none`", "--none: no command has this option"],
    ["`--threshold 2`", "--threshold 2: the option does not take this"],
    ["**SSRM: Fly**", "no command SSRM: Fly in the editor"],
  ];
  for (const [text, fault] of planted) {
    const faults = faultsIn("README.md", `Before.\n\n${text}\n\nAfter.\n`);
    expect(faults, text).toHaveLength(1);
    expect(faults[0]).toContain(fault);
  }
  const right =
    "[a](docs/glossary.md#data) [b](https://example.org) `src/core/pair.ts` `src/core` `package.json` " +
    "`run.json` `npm test` `npm run build` `ssrm run a.jsonl --threshold 0.9` `--out DIR` **SSRM: Run**\n";
  expect(faultsIn("README.md", right)).toEqual([]);
});
