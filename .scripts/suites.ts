// How `npm test` runs its suites: a check is one command that passes or fails and counts as one; a vitest
// suite counts its tests, as vitestReporter.ts reports them.
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import type { SuiteReport } from "./vitestReporter.ts";

export interface Totals {
  readonly passed: number;
  readonly failed: number;
  /** What failed, one line each. */
  readonly failures: readonly string[];
  /** What was skipped, one line each, and the reasons that were given. */
  readonly skipped: readonly string[];
  readonly reasons: readonly string[];
  readonly seconds: number;
}

export interface Check {
  readonly name: string;
  /** Arguments for the pinned Node. */
  readonly args: readonly string[];
}

export const checks: readonly Check[] = [
  { name: "build", args: [".scripts/build.ts"] },
  { name: "types", args: ["node_modules/typescript/bin/tsc", "-b"] },
  { name: "lint", args: ["node_modules/eslint/bin/eslint.js", "-c", ".eslint.config.mjs", "."] },
  { name: "format", args: ["node_modules/prettier/bin/prettier.cjs", "--check", "."] },
  { name: "unused", args: ["node_modules/knip/bin/knip.js", "--no-progress"] },
];

/** Runs one command; its output goes to this terminal. */
export function runCheck(root: string, { name, args }: Check): Totals {
  console.log(`\n== ${name}`);
  const { code, seconds } = run(root, args);
  const failures = code === 0 ? [] : [`${name} ended with ${code}: ${args.join(" ")}`];
  return {
    passed: code === 0 ? 1 : 0,
    failed: failures.length,
    failures,
    skipped: [],
    reasons: [],
    seconds,
  };
}

/** Runs the tests below test/NAME. */
export function runVitest(root: string, name: string): Totals {
  console.log(`\n== ${name}`);
  const report = join(root, ".cache", "test", `${name}.json`);
  rmSync(report, { force: true });
  const args = ["run", "--config=.vitest.config.mts", "--reporter=default"];
  // A server, a browser and an engine keep two cores busy; two of each at once miss each other's focus and clicks.
  if (name === "vscode") args.push("--maxWorkers=1");
  const { code, seconds } = run(
    root,
    [
      "node_modules/vitest/vitest.mjs",
      ...args,
      "--reporter=./.scripts/vitestReporter.ts",
      `test/${name}/`,
    ],
    { SSRM_TEST_REPORT: report },
  );
  if (!existsSync(report)) {
    const failures = [`vitest ended with ${code} and wrote no report`];
    return { passed: 0, failed: 1, failures, skipped: [], reasons: [], seconds };
  }
  const { passed, failures, skipped, reasons } = JSON.parse(
    readFileSync(report, "utf8"),
  ) as SuiteReport;
  const all = code !== 0 && failures.length === 0 ? [`vitest ended with ${code}`] : failures;
  return { passed, failed: all.length, failures: all, skipped, reasons, seconds };
}

interface Ended {
  readonly code: number;
  readonly seconds: number;
}

function run(root: string, args: readonly string[], env: Record<string, string> = {}): Ended {
  const started = performance.now();
  // vitest would watch, and tools would ask, if stdin were a terminal's.
  const { status } = spawnSync(process.execPath, args, {
    cwd: root,
    env: { ...process.env, ...env },
    stdio: ["ignore", "inherit", "inherit"],
  });
  return { code: status ?? 1, seconds: (performance.now() - started) / 1000 };
}
