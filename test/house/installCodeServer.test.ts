// The test suite's own installer: two at once install once, a dead installer's lock is taken over, and one
// that failed is tried again. npm is a stand-in that writes down that it was called.
import { spawn } from "node:child_process";
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";

const script = join(import.meta.dirname, "../../.scripts/installCodeServer.ts");
let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "ssrm-install-"));
  const npm = join(folder, "npm");
  const to = "node_modules/code-server/out/node";
  writeFileSync(
    npm,
    `#!/bin/sh\necho call >> "${folder}/calls"\nsleep 0.5\ntest -e "${folder}/broken" && exit 1\nmkdir -p ${to} && touch ${to}/entry.js\n`,
  );
  chmodSync(npm, 0o755);
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

test("two at once install once, and both name the entry", async () => {
  const [one, two] = await Promise.all([install(), install()]);
  expect(one).toEqual(two);
  expect(one.status).toBe(0);
  expect(existsSync(one.stdout.trim())).toBe(true);
  expect(calls()).toBe(1);
  await install();
  expect(calls()).toBe(1);
});

test("a dead installer's lock is taken over", async () => {
  const lock = join(folder, "ssrm-tests/code-server-4.139.1.lock");
  mkdirSync(lock, { recursive: true });
  // Above the largest pid that Linux gives out.
  writeFileSync(join(lock, "pid"), "4194305");
  expect((await install()).status).toBe(0);
  expect(existsSync(lock)).toBe(false);
});

test("an installation that failed is made again", async () => {
  writeFileSync(join(folder, "broken"), "");
  expect((await install()).status).not.toBe(0);
  rmSync(join(folder, "broken"));
  expect((await install()).status).toBe(0);
  expect(calls()).toBe(2);
});

function install(): Promise<{ status: number | null; stdout: string }> {
  const path = [folder, process.env["PATH"]].join(delimiter);
  const child = spawn(process.execPath, [script], {
    env: { ...process.env, PATH: path, XDG_CACHE_HOME: folder },
    stdio: ["ignore", "pipe", "ignore"],
  });
  let stdout = "";
  child.stdout.on("data", (chunk: Buffer) => (stdout += chunk.toString()));
  return new Promise((resolve) => {
    child.on("close", (status) => resolve({ status, stdout }));
  });
}

function calls(): number {
  return readFileSync(join(folder, "calls"), "utf8").trimEnd().split("\n").length;
}
