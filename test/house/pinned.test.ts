// The pinned Node runs scripts and the command whatever Node npm itself was started by: version, folder,
// arguments, exit status and signals. And the command on a Node that is too old says so in one line.
import { spawn, spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";

const root = join(import.meta.dirname, "../..");
const pinned = join(root, ".scripts/pinned.mjs");
const folder = realpathSync(mkdtempSync(join(tmpdir(), "ssrm-pinned-")));
const script = join(folder, "script.mjs");

beforeAll(() => {
  writeFileSync(
    script,
    `import { writeFileSync } from "node:fs";
     if (process.argv[2] === "exit") process.exit(Number(process.argv[3]));
     if (process.argv[2] === "wait") {
       process.on("SIGTERM", () => process.exit(43));
       process.on("SIGINT", () => { writeFileSync(process.argv[3], "interrupted"); process.exit(44); });
       setInterval(() => undefined, 1000);
     }
     console.log(JSON.stringify({ node: process.versions.node, cwd: process.cwd(), args: process.argv.slice(2) }));`,
  );
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test("scripts run on Node 24 in the project's folder, with their arguments", () => {
  const { stdout } = spawnSync(process.execPath, [pinned, script, "a b", "--c"], {
    encoding: "utf8",
    cwd: folder,
  });
  const seen = JSON.parse(stdout) as { node: string; cwd: string; args: string[] };
  expect(seen).toMatchObject({ cwd: root, args: ["a b", "--c"] });
  expect(seen.node).toMatch(/^24\./);
});

test("the command runs in the folder in which npm was typed", () => {
  const env = { ...process.env, INIT_CWD: folder };
  const args = [pinned, "--in-callers-folder", script];
  const { stdout } = spawnSync(process.execPath, args, { encoding: "utf8", cwd: root, env });
  expect(JSON.parse(stdout)).toMatchObject({ cwd: folder });
});

test.each([0, 1, 2, 130])("exit status %i passes through", (status) => {
  const result = spawnSync(process.execPath, [pinned, script, "exit", String(status)]);
  expect(result.status).toBe(status);
});

test("a signal reaches the script, and its exit status comes back", async () => {
  const child = spawn(process.execPath, [pinned, script, "wait"], {
    stdio: ["ignore", "pipe", "ignore"],
  });
  await new Promise((resolve) => child.stdout.once("data", resolve));
  const ended = new Promise((resolve) => child.once("exit", resolve));
  child.kill("SIGTERM");
  expect(await ended).toBe(43);
});

test("a script is interrupted when the shell above it is killed", async () => {
  const note = join(folder, "note");
  const line = `"${process.execPath}" "${pinned}" "${script}" wait "${note}"; true`;
  const shell = spawn("sh", ["-c", line], { stdio: ["ignore", "pipe", "ignore"] });
  await new Promise((resolve) => shell.stdout.once("data", resolve));
  shell.kill("SIGKILL");
  // The pipe closes when the last that holds it, the script, has ended.
  await new Promise((resolve) => shell.stdout.once("close", resolve));
  expect(readFileSync(note, "utf8")).toBe("interrupted");
});

test("a script that is not built is named, with what to do", () => {
  const result = spawnSync(process.execPath, [pinned, "dist/absent.mjs"], { encoding: "utf8" });
  expect(result.status).toBe(1);
  expect(result.stderr).toContain("npm run build");
});

test("the command on an old Node says what it needs in one line and exits with 1", () => {
  const old = `data:text/javascript,Object.defineProperty(process.versions,"node",{value:"20.19.0"})`;
  const command = join(root, "dist/ssrm.mjs");
  const result = spawnSync(process.execPath, ["--import", old, command, "--help"], {
    encoding: "utf8",
  });
  expect(result.status).toBe(1);
  expect(result.stderr).toMatch(/^ssrm needs Node 22 or later, got 20\.19\.0.*\n$/);
  expect(result.stdout).toBe("");
  expect(readFileSync(command, "utf8")).toMatch(/^#!\/usr\/bin\/env node\n/);
});
