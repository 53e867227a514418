import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { guardOwnFolder, guardPath } from "../../src/host/pathGuard.ts";

let root: string;
let folder: string;
const none = new Set<string>();

beforeAll(() => {
  root = realpathSync(mkdtempSync(join(tmpdir(), "ssrm-guard-")));
  folder = join(root, "work");
  mkdirSync(join(folder, "sub"), { recursive: true });
  mkdirSync(join(root, "work-beside"));
  writeFileSync(join(folder, "sub/pairs.jsonl"), "{}");
  writeFileSync(join(folder, "..pairs.jsonl"), "{}");
  writeFileSync(join(root, "secret"), "x");
  writeFileSync(join(root, "work-beside/secret"), "x");
  symlinkSync(join(root, "secret"), join(folder, "link"));
  symlinkSync(root, join(folder, "linked"));
  symlinkSync(join(folder, "sub"), join(folder, "inner"));
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

const kind = async (given: string, approved = none) =>
  (await guardPath(given, { folder, approved })).kind;

test("what lies in the folder is read, links inside it too", async () => {
  for (const given of ["sub/pairs.jsonl", "./sub/../sub/pairs.jsonl", "inner/pairs.jsonl"]) {
    expect(await kind(given)).toBe("ok");
  }
  expect(await kind(join(folder, "sub/pairs.jsonl"))).toBe("ok");
  // Two dots at the start of a name lead nowhere.
  expect(await kind("..pairs.jsonl")).toBe("ok");
});

test("nothing leads out: dots, absolute paths, links to files and folders, a folder beside", async () => {
  const ways = [
    "../secret",
    join(root, "secret"),
    "link",
    "linked/secret",
    "../work-beside/secret",
  ];
  for (const given of [...ways, "sub/../../secret", "/etc/hostname"]) {
    expect(await kind(given), given).toBe("outside");
  }
});

test("an approved file is read by its real path only", async () => {
  expect(await kind("link", new Set([join(root, "secret")]))).toBe("ok");
  expect(await kind("link", new Set([join(folder, "link")]))).toBe("outside");
});

test("a missing file is missing, not outside", async () => {
  expect(await guardPath("nothing.jsonl", { folder, approved: none })).toEqual({
    kind: "missing",
    given: "nothing.jsonl",
    reason: "there is no such file",
  });
});

test("the project's own folder may not be a link out", async () => {
  expect(await guardOwnFolder(folder, ".ssrm")).toBe(join(folder, ".ssrm"));
  expect(await guardOwnFolder(folder, "sub")).toBe(join(folder, "sub"));
  expect(await guardOwnFolder(folder, "linked")).toBeNull();
});
