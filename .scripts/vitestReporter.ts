// Tells `npm test` what a vitest run did: tests by outcome, and the reasons for skips, which tests print as
// lines that begin with "Skipped:". Written to the file that SSRM_TEST_REPORT names.
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import type { Reporter } from "vitest/node";

export interface SuiteReport {
  readonly passed: number;
  readonly failures: readonly string[];
  readonly skipped: readonly string[];
  /** Why tests were skipped, as they said it. */
  readonly reasons: readonly string[];
}

type Modules = Parameters<NonNullable<Reporter["onTestRunEnd"]>>[0];
type Errors = Parameters<NonNullable<Reporter["onTestRunEnd"]>>[1];

class SuiteReporter implements Reporter {
  readonly #reasons = new Set<string>();

  onUserConsoleLog({ content }: { content: string }): void {
    for (const line of content.split("\n")) {
      if (line.startsWith("Skipped:")) this.#reasons.add(line.slice("Skipped:".length).trim());
    }
  }

  onTestRunEnd(modules: Modules, errors: Errors): void {
    const failures = errors.map(({ message }) => `outside any test: ${message}`);
    const skipped: string[] = [];
    let passed = 0;
    for (const module of modules) {
      let failedTests = 0;
      for (const test of module.children.allTests()) {
        const result = test.result();
        const name = `${module.relativeModuleId}: ${test.fullName}`;
        if (result.state === "passed") passed++;
        else if (result.state === "failed") failedTests = failures.push(name);
        else
          skipped.push(
            result.state === "skipped" && result.note ? `${name}: ${result.note}` : name,
          );
      }
      // A file that fails outside its tests (an import, a hook) has no failed test to count.
      if (module.state() === "failed" && failedTests === 0) {
        const [error] = module.errors();
        failures.push(
          `${module.relativeModuleId}: ${error?.message ?? "failed outside its tests"}`,
        );
      }
    }
    const report: SuiteReport = { passed, failures, skipped, reasons: [...this.#reasons] };
    const file = process.env["SSRM_TEST_REPORT"];
    if (file === undefined) throw new Error("expected a file name in SSRM_TEST_REPORT");
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, JSON.stringify(report));
  }
}

// eslint-disable-next-line no-restricted-syntax -- vitest takes a reporter from a file as its default export.
export default SuiteReporter;
