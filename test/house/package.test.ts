// Opens the packed extension and lists its files: what it must hold, and what must never get in.
import { spawnSync } from "node:child_process";
import { mkdirSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import { beforeAll, expect, test } from "vitest";
import { listZip } from "../support/zip.ts";

const root = join(import.meta.dirname, "../..");
const vsix = join(root, ".cache/test/house.vsix");
let names: string[] = [];

beforeAll(() => {
  mkdirSync(dirname(vsix), { recursive: true });
  const args = [".scripts/package.ts", "--built", vsix];
  const { status, stderr } = spawnSync(process.execPath, args, { cwd: root, encoding: "utf8" });
  expect(status, stderr).toBe(0);
  names = listZip(vsix).map(({ name }) => name);
});

test("the extension is under 20 MB", () => {
  expect(statSync(vsix).size).toBeLessThan(20e6);
});

test("everything that runs is in it", () => {
  expect(names).toEqual(
    expect.arrayContaining([
      "extension/package.json",
      "extension/LICENSE.txt",
      "extension/dist/extension.mjs",
      "extension/dist/engine.mjs",
      "extension/dist/heartbeatWorker.mjs",
      "extension/dist/ssrm.mjs",
      "extension/dist/ssrm-main.mjs",
      "extension/dist/THIRD-PARTY-NOTICES.txt",
      "extension/dist/node_modules/onnxruntime-common/dist/cjs/index.js",
      "extension/media/icon.png",
      "extension/media/activity.svg",
      "extension/media/sample/pairs.jsonl",
    ]),
  );
});

test("no source, test, type, map, picture of the README or run gets in", () => {
  const unwanted = names.filter(
    (name) =>
      /\.(?:ts|mts|cts|map|tsbuildinfo|vsix)$/.test(name) ||
      /^extension\/(?:src|test|webview|docs|\.[^/]*|node_modules)\//.test(name) ||
      /\/runs\/|\/make[A-Z]\w*|tsconfig|\/script\/|install/.test(name) ||
      (/\.(?:png|jpe?g|gif|webp)$/.test(name) && !isOwnPicture(name)),
  );
  expect(unwanted).toEqual([]);
});

test("only this platform's native files are in it", () => {
  const here = `extension/dist/node_modules/onnxruntime-node/bin/napi-v6/${process.platform}/${process.arch}/`;
  const natives = names.filter((name) => /\.(?:node|so|dll|dylib)(?:\.[\d.]+)?$/.test(name));
  expect(natives.filter((name) => !name.startsWith(here))).toEqual([]);
  expect(natives).toContain(`${here}onnxruntime_binding.node`);
  // The binding without its library would fail only on the user's machine.
  expect(natives.some((name) => /(?:lib)?onnxruntime\.(?:so|dll|\d|dylib)/.test(name))).toBe(true);
});

function isOwnPicture(name: string): boolean {
  return name === "extension/media/icon.png" || name.startsWith("extension/media/walkthrough/");
}
