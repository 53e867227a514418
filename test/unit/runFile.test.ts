// A run's files in a project that was moved: found by path and content, inside of the folder only.
import { createHash } from "node:crypto";
import {
  appendFileSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  realpathSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { FileIdentity } from "../../src/core/records.ts";
import { guardRunFile, withFoundFiles } from "../../src/host/runFile.ts";
import { runInfo } from "../support/reportInput.ts";

const text = '{"prompt":"p"}\n';
const none = new Set<string>();
let root: string;
let old: string;
let now: string;
let file: FileIdentity;
beforeEach(() => {
  root = realpathSync(mkdtempSync(join(tmpdir(), "ssrm-moved-")));
  old = join(root, "old");
  now = join(root, "now");
  mkdirSync(join(old, "data"), { recursive: true });
  mkdirSync(join(old, ".ssrm"));
  file = { path: join(old, "data/pairs.jsonl"), ...identityOf(text) };
  writeFileSync(file.path, text);
  writeFileSync(join(old, ".ssrm/labels.jsonl"), "1\n");
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

const identityOf = (content: string) => ({
  sha256: createHash("sha256").update(content).digest("hex"),
  bytes: Buffer.byteLength(content),
});
const guard = () => ({ folder: now, approved: none });
const find = async () => {
  const found = await guardRunFile(file, guard());
  return found.kind === "ok" ? found.path : found.kind;
};

test("a folder that was moved, and a copy beside the first, have the file at the same place in them", async () => {
  cpSync(old, now, { recursive: true });
  expect(await find()).toBe(join(now, "data/pairs.jsonl"));
  rmSync(old, { recursive: true });
  expect(await find()).toBe(join(now, "data/pairs.jsonl"));
  // The longest end of the path counts.
  writeFileSync(join(now, "pairs.jsonl"), text);
  expect(await find()).toBe(join(now, "data/pairs.jsonl"));
  rmSync(join(now, "data"), { recursive: true });
  expect(await find()).toBe(join(now, "pairs.jsonl"));
});

test("another content is another file, of another size or of the same", async () => {
  renameSync(old, now);
  const moved = join(now, "data/pairs.jsonl");
  writeFileSync(moved, text.toUpperCase());
  expect(await find()).toBe("missing");
  writeFileSync(moved, text + text);
  expect(await find()).toBe("missing");
  rmSync(moved);
  expect(await find()).toBe("missing");
});

test("nothing is found outside of the folder, by a link or by dots", async () => {
  renameSync(old, now);
  writeFileSync(join(root, "secret"), text);
  rmSync(join(now, "data/pairs.jsonl"));
  symlinkSync(join(root, "secret"), join(now, "data/pairs.jsonl"));
  expect(await find()).toBe("missing");
  file = { ...file, path: "../secret" };
  expect(await find()).toBe("outside");
  const windows = "C:\\old\\data\\pairs.jsonl";
  rmSync(join(now, "data/pairs.jsonl"));
  writeFileSync(join(now, "data/pairs.jsonl"), text);
  file = { ...file, path: windows };
  expect(await find()).toBe(join(now, "data/pairs.jsonl"));
});

test("a run to go on with gets the paths of now, of its growing log too, and is left alone where nothing moved", async () => {
  const log = { path: join(old, ".ssrm/labels.jsonl"), ...identityOf("1\n") };
  const lists = { labeledData: [], gold: [], test: [] };
  const run = { ...runInfo(), ...lists, data: [file], labels: [log] };
  expect(await withFoundFiles(run, { folder: old, approved: none })).toBeNull();
  renameSync(old, now);
  appendFileSync(join(now, ".ssrm/labels.jsonl"), "2\n");
  expect(await withFoundFiles(run, guard())).toEqual({
    ...run,
    data: [{ ...file, path: join(now, "data/pairs.jsonl") }],
    labels: [{ ...log, path: join(now, ".ssrm/labels.jsonl") }],
  });
  const outside = { ...run, data: [{ ...file, path: "/etc/hostname" }] };
  await expect(withFoundFiles(outside, guard())).rejects.toThrow("outside of the folder");
});
