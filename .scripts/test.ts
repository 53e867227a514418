// `npm test`: installs what it needs, builds, then runs every suite that this machine can run. Says what it
// skipped and why, and ends with the totals over all suites alone on a line. SSRM_REQUIRE_ALL=1 (.ci/run)
// makes a skip a failure. `npm test -- NAME...` runs only the suites of these names.
import { existsSync, globSync } from "node:fs";
import { dirname, join } from "node:path";
import { installDebianPackages } from "./debianPackages.ts";
import { checks, runCheck, runVitest, type Totals } from "./suites.ts";

const root = dirname(import.meta.dirname);
const requireAll = process.env["SSRM_REQUIRE_ALL"] === "1";
const wanted = process.argv.slice(2);
const vitestSuites = ["unit", "data", "engine", "cli", "faults", "house", "page", "vscode"];
const names = [...checks.map(({ name }) => name), ...vitestSuites];

const unknown = wanted.filter((name) => !names.includes(name));
if (unknown.length > 0) {
  console.error(`unknown suite ${unknown.join(", ")}; expected ${names.join(", ")}`);
  process.exit(2);
}

installDebianPackages();
const totals = { passed: 0, failed: 0, skipped: 0 };
const reports: string[] = [];
for (const check of checks) {
  if (isWanted(check.name) || check.name === "build") count(check.name, runCheck(root, check));
}
for (const name of vitestSuites) {
  const files = globSync(`test/${name}/**/*.test.ts`, { cwd: root });
  if (!isWanted(name) || files.length === 0) continue;
  count(name, runVitest(root, name));
}
end();

function isWanted(name: string): boolean {
  return wanted.length === 0 || wanted.includes(name);
}

function count(name: string, result: Totals): void {
  totals.passed += result.passed;
  totals.failed += result.failed;
  totals.skipped += result.skipped.length;
  const seconds = result.seconds.toFixed(1).padStart(6);
  reports.push(
    `${name.padEnd(8)} ${String(result.passed).padStart(5)} passed ${String(result.failed).padStart(3)} failed ` +
      `${String(result.skipped.length).padStart(3)} skipped ${seconds} s`,
    ...result.failures.map((line) => `  failed: ${line}`),
    ...result.skipped.map((line) => `  skipped: ${line}`),
    ...result.reasons.map((line) => `  because: ${line}`),
  );
}

function end(): void {
  if (requireAll && totals.skipped > 0) {
    reports.push(`SSRM_REQUIRE_ALL=1: the ${totals.skipped} skipped count as failures`);
    totals.failed += totals.skipped;
    totals.skipped = 0;
  }
  if (!existsSync(join(root, "../shared"))) {
    reports.push("no ../shared beside this checkout: tests on its data were skipped");
  }
  console.log(`\n${reports.join("\n")}\n`);
  console.log(`${totals.passed} passed, ${totals.failed} failed, ${totals.skipped} skipped`);
  process.exitCode = totals.failed > 0 ? 1 : 0;
}
