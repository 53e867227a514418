// The lint walls stand: each forbidden import or form, planted as the text of a file that exists or could,
// is an error of the rule that must catch it.
import { join } from "node:path";
import { ESLint } from "eslint";
import { beforeAll, expect, test } from "vitest";

const root = join(import.meta.dirname, "../..");
let eslint: ESLint;

beforeAll(() => {
  eslint = new ESLint({
    cwd: root,
    overrideConfigFile: join(root, ".eslint.config.mjs"),
    // A planted file belongs to no TypeScript project, so the rules that need types stay out.
    overrideConfig: [{ languageOptions: { parserOptions: { projectService: false } } }],
    ruleFilter: ({ ruleId }) =>
      !ruleId.startsWith("@typescript-eslint/") || ruleId.endsWith("params"),
  });
});

const walls: readonly (readonly [file: string, source: string, rule: string])[] = [
  ["src/core/x.ts", `import "node:fs";`, "no-restricted-imports"],
  ["src/learn/x.ts", `import "vscode";`, "no-restricted-imports"],
  ["src/protocol/x.ts", `import "zod";`, "no-restricted-imports"],
  ["src/core/x.ts", `export const now = Date.now();`, "no-restricted-globals"],
  ["src/data/x.ts", `export const x = Math.random();`, "no-restricted-properties"],
  ["src/data/x.ts", `import "vscode";`, "no-restricted-imports"],
  ["src/cli/x.ts", `import "onnxruntime-node";`, "no-restricted-imports"],
  ["src/host/x.ts", `import "onnxruntime-node";`, "no-restricted-imports"],
  ["src/engine/x.ts", `import "vscode";`, "no-restricted-imports"],
  ["src/core/x.ts", `import "../learn/rewardModel.ts";`, "import-x/no-restricted-paths"],
  ["src/learn/x.ts", `import "../data/rows.ts";`, "import-x/no-restricted-paths"],
  ["src/host/x.ts", `import "../engine/main.ts";`, "import-x/no-restricted-paths"],
  ["src/data/x.ts", `import "../engine/main.ts";`, "import-x/no-restricted-paths"],
  ["webview/x.ts", `import "../src/data/rows.ts";`, "import-x/no-restricted-paths"],
  ["src/core/hash.ts", `import { textOf } from "./pair.ts"; textOf([]);`, "import-x/no-cycle"],
  ["src/core/x.ts", `export default 1;`, "no-restricted-syntax"],
  ["src/core/x.ts", `export * from "./pair.ts";`, "no-restricted-syntax"],
  ["src/core/x.ts", `export { textOf } from "./pair.ts";`, "no-restricted-syntax"],
  ["src/core/x.ts", `const f = (on: boolean) => on; f(true);`, "no-restricted-syntax"],
  ["src/core/x.ts", `export function f(): void {}`, "jsdoc/require-jsdoc"],
  [
    "src/core/x.ts",
    `const f = (a: 1, b: 2, c: 3, d: 4) => [a, b, c, d]; f(1, 2, 3, 4);`,
    "@typescript-eslint/max-params",
  ],
  ["src/core/x.ts", "//\n".repeat(260), "max-lines"],
];

test.each(walls.map(([file, source, rule]) => ({ file, source, rule })))(
  "$rule in $file",
  async ({ file, source, rule }) => {
    const [result] = await eslint.lintText(source, { filePath: join(root, file) });
    expect(result?.messages.map(({ ruleId }) => ruleId)).toContain(rule);
  },
);

test("what the walls let through is let through", async () => {
  const source = `import { textOf } from "../core/pair.ts";\nconst text = textOf([]);\ntext.trim();\n`;
  const [result] = await eslint.lintText(source, { filePath: join(root, "src/learn/x.ts") });
  expect(result?.messages).toEqual([]);
});
