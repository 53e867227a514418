// The pure zones reach for no node:, vscode, DOM, clock or chance; and the same checker catches a file that
// does, in each of these ways.
import { globSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { findImpurities } from "../support/purity.ts";

const root = join(import.meta.dirname, "../..");
const planted = join(root, ".cache/test/planted/src/core");

const impure = {
  "imports node:fs": `import { readFileSync } from "node:fs";\nexport const x = readFileSync;`,
  "imports vscode": `import type { Uri } from "vscode";\nexport type X = Uri;`,
  "imports onnxruntime-node": `export const x = await import("onnxruntime-node");`,
  "imports zod": `export { z } from "zod";`,
  "uses document": `export const x = document.title;`,
  "uses fetch": `export const x = fetch;`,
  "uses process": `export const x = process.env;`,
  "uses Buffer": `export const x = Buffer.alloc(1);`,
  "uses performance": `export const x = performance.now();`,
  "uses setTimeout": `setTimeout(() => undefined, 1);\nexport {};`,
  "uses Date": `export const x = new Date();`,
  "uses Date ": `const D = Date;\nexport const x = D.now();`,
  "uses Math.random": `export const x = Math.random();`,
  "uses Math.random ": `export const x = Math["random"]();`,
  "uses Math.random  ": `const { random } = Math;\nexport const x = random();`,
};

const pure = `
  export function titleOf(document: { readonly title: string }, random: () => number): string {
    return document.title + String(random()) + String(Math.sqrt(2)) + String(new Float64Array(1)[0]);
  }`;

beforeAll(() => mkdirSync(planted, { recursive: true }));
afterAll(() => rmSync(planted, { recursive: true, force: true }));

test("src/core, src/graph and src/learn are pure", () => {
  const files = globSync("src/{core,graph,learn}/**/*.ts", { cwd: root });
  expect(files.length).toBeGreaterThan(3);
  expect(findImpurities(files.map((file) => join(root, file)))).toEqual([]);
});

test("the checker catches every planted impurity, and no pure code", () => {
  const cases = Object.entries(impure).map(([what, source], i) => {
    const file = join(planted, `impure${i}.ts`);
    writeFileSync(file, source);
    return { what: what.trim(), file };
  });
  const clean = join(planted, "pure.ts");
  writeFileSync(clean, pure);
  const found = findImpurities([...cases.map(({ file }) => file), clean]);
  for (const { what, file } of cases) {
    const lines = found.filter((line) => line.startsWith(`${file}:`));
    expect(
      lines.map((line) => line.slice(line.lastIndexOf(": ") + 2)),
      file,
    ).toContain(what);
  }
  expect(found.filter((line) => line.startsWith(clean))).toEqual([]);
});
