import { execFileSync } from "node:child_process";
import { existsSync, statSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";

const dist = join(import.meta.dirname, "../../dist");
const extension = join(dist, "extension.mjs");
const isBuilt = existsSync(extension);
if (!isBuilt) console.log("skipped: no dist/extension.mjs; run `npm run build`");

interface Cost {
  readonly cpuMs: number;
  readonly loaded: readonly string[];
}

const activateOnce = (): Cost =>
  JSON.parse(
    execFileSync(
      process.execPath,
      [join(import.meta.dirname, "children/activateOnce.ts"), extension],
      { encoding: "utf8" },
    ),
  ) as Cost;

test.skipIf(!isBuilt)("activation takes less than 50 ms and loads little", () => {
  const costs = [activateOnce(), activateOnce(), activateOnce()];
  const best = Math.min(...costs.map(({ cpuMs }) => cpuMs));
  console.log(`activation: ${best.toFixed(1)} ms of processor time, best of 3`);
  expect(best).toBeLessThan(50);
  const bytes = costs[0]!.loaded
    .filter((name) => existsSync(join(dist, name)))
    .reduce((sum, name) => sum + statSync(join(dist, name)).size, 0);
  // Readers of data, zod and the engine's supervisor together have more than a megabyte.
  expect(bytes).toBeLessThan(150_000);
});
