// How `npm test` runs its suites: a check is one command that passes or fails and counts as one; a vitest
// suite counts its tests, from vitest's JSON report.
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";

export interface Totals {
  readonly passed: number;
  readonly failed: number;
  /** What failed, one line each. */
  readonly failures: readonly string[];
  /** What was skipped and why, one line each. */
  readonly skipped: readonly string[];
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

interface VitestReport {
  readonly testResults: readonly {
    readonly name: string;
    readonly status: string;
    readonly message: string;
    readonly assertionResults: readonly {
      readonly fullName: string;
      readonly status: "passed" | "failed" | "pending" | "skipped" | "todo" | "disabled";
    }[];
  }[];
}

/** Runs one command; its output goes to this terminal. */
export function runCheck(root: string, { name, args }: Check): Totals {
  console.log(`\n== ${name}`);
  const { code, seconds } = run(root, args);
  const failures = code === 0 ? [] : [`${name} ended with ${code}: ${args.join(" ")}`];
  return { passed: code === 0 ? 1 : 0, failed: failures.length, failures, skipped: [], seconds };
}

/** Runs the tests below test/NAME. */
export function runVitest(root: string, name: string): Totals {
  console.log(`\n== ${name}`);
  const report = join(root, ".cache", "test", `${name}.json`);
  mkdirSync(dirname(report), { recursive: true });
  rmSync(report, { force: true });
  const { code, seconds } = run(root, [
    "node_modules/vitest/vitest.mjs",
    "run",
    "--config=.vitest.config.mts",
    "--reporter=default",
    "--reporter=json",
    `--outputFile.json=${report}`,
    `test/${name}/`,
  ]);
  return totalsOf({ root, report, code, seconds });
}

interface Ended {
  readonly root: string;
  readonly report: string;
  readonly code: number;
  readonly seconds: number;
}

function totalsOf({ root, report, code, seconds }: Ended): Totals {
  if (!existsSync(report)) {
    const failures = [`vitest ended with ${code} and wrote no report`];
    return { passed: 0, failed: 1, failures, skipped: [], seconds };
  }
  const { testResults } = JSON.parse(readFileSync(report, "utf8")) as VitestReport;
  const failures: string[] = [];
  const skipped: string[] = [];
  let passed = 0;
  for (const { name, status, message, assertionResults } of testResults) {
    const file = name.slice(root.length + 1);
    for (const { fullName, status: outcome } of assertionResults) {
      if (outcome === "passed") passed++;
      else (outcome === "failed" ? failures : skipped).push(`${file}: ${fullName}`);
    }
    // A file that fails outside its tests (an import, a hook) has no failed test to count.
    const hasFailedTest = assertionResults.some((result) => result.status === "failed");
    if (status === "failed" && !hasFailedTest) {
      failures.push(`${file}: ${message.split("\n")[0] ?? "failed"}`);
    }
  }
  // Errors outside any file (an unhandled rejection after a test) only show in the exit status.
  if (code !== 0 && failures.length === 0) failures.push(`vitest ended with ${code}`);
  return { passed, failed: failures.length, failures, skipped, seconds };
}

function run(root: string, args: readonly string[]): { code: number; seconds: number } {
  const started = performance.now();
  // vitest would watch, and tools would ask, if stdin were a terminal's.
  const { status } = spawnSync(process.execPath, args, {
    cwd: root,
    stdio: ["ignore", "inherit", "inherit"],
  });
  return { code: status ?? 1, seconds: (performance.now() - started) / 1000 };
}
