// `npm run bench`: builds, runs the scripts of test/bench one after the other, and prints their figures in
// one table, each as a ratio to a baseline of the same run. `npm run bench -- NAME...` runs only these.
// A script hands over figures with printFigure (test/support/figures.ts); a missed limit fails the command.
import { spawnSync } from "node:child_process";
import { globSync } from "node:fs";
import { cpus } from "node:os";
import { basename, dirname } from "node:path";
import type { Figure } from "../test/support/figures.ts";

const root = dirname(import.meta.dirname);
const wanted = process.argv.slice(2);
const scripts = globSync("test/bench/*.ts", { cwd: root }).sort();
const names = scripts.map((script) => basename(script, ".ts"));
const unknown = wanted.filter((name) => !names.includes(name));
if (unknown.length > 0) {
  console.error(`unknown benchmark ${unknown.join(", ")}; expected ${names.join(", ")}`);
  process.exit(2);
}

const figures: Figure[] = [];
const failures: string[] = [];
if (run(".scripts/build.ts") === null) failures.push("the build failed");
for (const script of scripts) {
  if (wanted.length > 0 && !wanted.includes(basename(script, ".ts"))) continue;
  console.error(`running ${script}`);
  const output = run(script);
  if (output === null) failures.push(`${script} failed`);
  figures.push(...figuresIn(output ?? ""));
}
printTable();
process.exitCode = failures.length > 0 ? 1 : 0;

/** What the script printed, or null where it failed. Its messages go to this terminal. */
function run(script: string): string | null {
  const { status, stdout } = spawnSync(process.execPath, [script], {
    cwd: root,
    encoding: "utf8",
    stdio: ["ignore", "pipe", "inherit"],
    maxBuffer: 1 << 26,
  });
  return status === 0 ? stdout : null;
}

function figuresIn(output: string): Figure[] {
  return output
    .split("\n")
    .filter((line) => line.startsWith('{"figure":'))
    .map((line) => (JSON.parse(line) as { figure: Figure }).figure);
}

function printTable(): void {
  const rows = figures.map(({ name, value, unit, baseline, limit }) => {
    const isMissed = limit !== undefined && value > limit;
    if (isMissed) failures.push(`${name}: ${show(value)} ${unit}, the limit is ${limit}`);
    return [
      name,
      `${show(value)} ${unit}`,
      limit === undefined ? "" : `${limit} ${unit}${isMissed ? " MISSED" : ""}`,
      `${baseline.name}: ${show(baseline.value)} ${unit}`,
      (value / baseline.value).toFixed(2),
    ];
  });
  const table = [["figure", "value", "limit", "baseline", "ratio"], ...rows];
  const widths = table[0]!.map((_, i) => Math.max(...table.map((row) => row[i]!.length)));
  const lines = table.map((row) => row.map((cell, i) => cell.padEnd(widths[i]!)).join(" | "));
  lines.splice(1, 0, widths.map((width) => "-".repeat(width)).join("-|-"));
  console.log(
    lines.map((line) => `| ${line} |`.replace("| -", "|--").replace("- |", "--|")).join("\n"),
  );
  console.log(`Node ${process.versions.node}, ${cpus()[0]?.model ?? "?"}, ${cpus().length} cores`);
  for (const failure of failures) console.error(failure);
}

function show(value: number): string {
  return value >= 100 ? value.toFixed(0) : value.toPrecision(3);
}
