// `ssrm run` with 184 labels and three iterations on 11,787 pairs, beside SSRM written for reading. Skipped,
// saying so, on a machine without the shared data.
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Pair, targetOf } from "../../src/core/pair.ts";
import { drawPrompts } from "../../src/core/split.ts";
import { openDataset } from "../../src/data/dataset.ts";
import { medianMs, printFigure } from "../support/figures.ts";
import { plainSsrm } from "../support/plainSsrm.ts";
import { sharedData } from "../support/sharedData.ts";

const command = join(import.meta.dirname, "../../dist/ssrm.mjs");
const data = sharedData("hh_harmless_single_turn.jsonl");
const test = sharedData("hh_harmless_base_test.jsonl");
const folder = mkdtempSync(join(tmpdir(), "ssrm-bench-"));
try {
  if (data === null || test === null) console.error("run184: skipped, ../shared/data is not here");
  else await measure(data, test);
} finally {
  rmSync(folder, { recursive: true, force: true });
}

async function measure(dataPath: string, testPath: string): Promise<void> {
  let accuracies: number[] = [];
  const seconds = medianMs(3, () => (accuracies = ourAccuracies(dataPath, testPath))) / 1000;
  const startedAt = performance.now();
  const pairs = await pairsOf(dataPath);
  const held = await pairsOf(testPath);
  const plain = secondsOf(() => plainAccuracies(pairs, held));
  const readSeconds = (performance.now() - startedAt) / 1000 - plain.seconds;
  console.error(
    `test accuracy, model 0 to 3: ssrm ${shown(accuracies)}; plain ${shown(plain.result)}`,
  );
  printFigure({
    name: "run, 184 labels, 3 iterations",
    value: seconds,
    unit: "s",
    baseline: { name: "plain SSRM, no calibration", value: plain.seconds + readSeconds },
    limit: 5,
  });
}

function ourAccuracies(dataPath: string, testPath: string): number[] {
  const out = join(folder, "run");
  rmSync(out, { recursive: true, force: true });
  const options = ["--test", testPath, "--seed-count", "184", "--out", out, "--json"];
  const printed = execFileSync(process.execPath, [command, "run", dataPath, ...options], {
    encoding: "utf8",
    stdio: ["ignore", "pipe", "ignore"],
  });
  const { iterations } = JSON.parse(printed) as { iterations: { test: { accuracy: number } }[] };
  return iterations.map((record) => record.test.accuracy);
}

interface Judged {
  readonly pair: Pair;
  readonly target: number;
}

async function pairsOf(path: string): Promise<Judged[]> {
  const dataset = await openDataset([path], { cacheDir: folder });
  const pairs: Judged[] = [];
  for await (const row of dataset.rows()) {
    if (row.kind === "pair" && row.gold) pairs.push({ pair: row.pair, target: targetOf(row.gold) });
  }
  await dataset.close();
  return pairs;
}

function plainAccuracies(pairs: readonly Judged[], held: readonly Judged[]): number[] {
  const drawn = new Set(
    drawPrompts(
      pairs.map(({ pair }) => pair.promptId),
      184,
      0,
    ),
  );
  const margins = plainSsrm(
    pairs.filter((_, i) => drawn.has(i)),
    {
      unlabeled: pairs.filter((_, i) => !drawn.has(i)).map(({ pair }) => pair),
      test: held.map(({ pair }) => pair),
    },
    { iterations: 3, threshold: 0.8, l2: 1e-2, steps: 60 },
  );
  return margins.map((of) => {
    const right = of.filter((margin, i) => margin > 0 === held[i]!.target > 0.5);
    return right.length / held.length;
  });
}

function secondsOf<T>(work: () => T): { readonly seconds: number; readonly result: T } {
  const startedAt = performance.now();
  const result = work();
  return { seconds: (performance.now() - startedAt) / 1000, result };
}

function shown(accuracies: readonly number[]): string {
  return accuracies.map((accuracy) => accuracy.toFixed(3)).join(" ");
}
