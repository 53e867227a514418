// What the command says of itself, and how fast.
import { readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { commands } from "../../src/cli/commandTable.ts";
import { defaultRunSettings as defaults } from "../../src/data/projectFile.ts";
import { ssrm } from "../support/command.ts";
import { medianMs } from "../support/figures.ts";

const here = tmpdir();

test("--help names every command with an example; without a command the same goes to stderr", () => {
  const help = ssrm(here, "--help");
  expect(help).toMatchObject({ status: 0, stderr: "" });
  for (const { name, summary } of commands)
    expect(help.stdout).toContain(`${name.padEnd(13)}  ${summary}`);
  expect(help.stdout).toContain("Examples:\n");
  expect(ssrm(here)).toMatchObject({ status: 2, stdout: "" });
  expect(ssrm(here).stderr).toContain("Commands:");
});

test.each(commands.map((command) => [command.name, command] as const))(
  "%s --help has usage, every option and an example",
  (name, command) => {
    const { status, stdout, stderr } = ssrm(here, ...name.split(" "), "--help");
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    for (const line of command.usage) expect(stdout).toContain(line);
    for (const option of Object.keys(command.options)) expect(stdout).toContain(`  --${option}`);
    expect(command.examples.length).toBeGreaterThan(0);
    for (const [line] of command.examples) expect(stdout).toContain(`  ${line}`);
    expect(stdout.split("\n").filter((line) => line.length > 110)).toEqual([]);
  },
);

test("help and a group's help stand before, after and in place of a command", () => {
  const run = ssrm(here, "run", "--help").stdout;
  expect(ssrm(here, "help", "run").stdout).toBe(run);
  expect(ssrm(here, "run", "x.jsonl", "--threshold", "9", "-h").stdout).toBe(run);
  expect(ssrm(here, "labels", "--help").stdout).toContain("ssrm labels import FILE...");
});

test("--version is that of package.json", () => {
  const file = readFileSync(join(import.meta.dirname, "../../package.json"), "utf8");
  expect(ssrm(here, "--version").stdout).toBe(
    `${(JSON.parse(file) as { version: string }).version}\n`,
  );
});

test("the defaults in help are those of a run", () => {
  const help = ssrm(here, "run", "--help").stdout.replaceAll(/\s+/g, " ");
  for (const name of [
    "model",
    "threshold",
    "confidence",
    "iterations",
    "start",
    "keep",
    "seed",
  ] as const) {
    const own = help.slice(help.indexOf(` --${name} `));
    expect(/Default: ([^ ,]+?)[.,]? /.exec(own)?.[1], name).toBe(String(defaults[name]));
  }
  expect(help).toMatch(/--l2 .{0,120}Default: auto/);
  expect(defaults.lexical).toEqual({ l2: "auto", length: true });
});

test("--help answers in 0.3 s", () => {
  const ms = medianMs(5, () => void ssrm(here, "--help"));
  expect(ms).toBeLessThan(300);
});
