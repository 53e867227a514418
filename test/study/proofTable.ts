// The table of results in README: every data set beside the checkout, five seeds, seed labels alone, SSRM and
// all labels. Run: node .scripts/pinned.mjs test/study/proofTable.ts (about ten minutes on two cores).
// hh_harmless has a test file of its own; of the others a fifth of the prompts, the same for every seed.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { canonicalPair, type Message, plainPrompt, plainResponse } from "../../src/core/pair.ts";
import type { IterationRecord, Metrics } from "../../src/core/records.ts";
import { isHeldOut } from "../../src/core/split.ts";
import { defaultRunSettings } from "../../src/data/projectFile.ts";
import { computeRun } from "../../src/engine/computeRun.ts";
import { readInputs } from "../../src/engine/inputs.ts";
import { sharedData } from "../support/sharedData.ts";

const seeds = [0, 1, 2, 3, 4];

interface Study {
  readonly name: string;
  readonly data: string;
  readonly test: string;
  readonly counts: readonly number[];
}

const folder = mkdtempSync(join(tmpdir(), "ssrm-study-"));
try {
  console.log(
    "| data, test pairs | labels | model 0: labels alone | model 3: SSRM | pseudo-labels, right |",
  );
  console.log("| --- | --- | --- | --- | --- |");
  for (const study of studies()) {
    for (const count of study.counts) await row(study, count);
    await row(study, null);
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}

function studies(): Study[] {
  return [
    {
      name: "HH-harmless",
      data: path("hh_harmless_single_turn.jsonl"),
      test: path("hh_harmless_base_test.jsonl"),
      counts: [184, 736, 2946],
    },
    { name: "TL;DR", ...split("tldr_comparisons_val10k.jsonl"), counts: [200, 800, 3200] },
    { name: "LLMBar", ...split("llmbar.jsonl"), counts: [80, 160] },
  ];
}

/** One line of the table: `count` labels drawn from the data, or all of it (null). */
async function row(study: Study, count: number | null): Promise<void> {
  const runs: IterationRecord[][] = [];
  for (const seed of count === null ? seeds.slice(0, 1) : seeds) {
    const settings = {
      ...defaultRunSettings,
      seed,
      seedCount: count,
      seedFraction: count === null ? 1 : null,
    };
    const paths = { data: [study.data], test: [study.test], labels: [], labeled: [], gold: [] };
    const inputs = await readInputs(
      { ...paths, mapping: null, cacheDir: folder },
      settings,
      () => undefined,
    );
    runs.push(await computeRun(inputs, settings));
    await inputs.close();
  }
  const first = runs.map((records) => records[0]!);
  const last = runs.map((records) => records.at(-1)!);
  const isSsrm = runs.some((records) => records.length > 1);
  const cells = [
    `${study.name}, ${first[0]!.test!.n}`,
    count === null ? `all ${first[0]!.labeled}` : String(count),
    accuracy(first),
    isSsrm ? accuracy(last) : "",
    isSsrm ? pseudo(last) : "",
  ];
  console.log(`| ${cells.join(" | ")} |`);
}

/** Mean over seeds, the mean of the runs' own 95 % intervals, and the standard deviation between seeds. */
function accuracy(records: readonly IterationRecord[]): string {
  const of = (pick: (metrics: Metrics) => number): number =>
    mean(records.map((r) => pick(r.test!)));
  const value = of((m) => m.accuracy);
  const deviation = Math.sqrt(mean(records.map((r) => (r.test!.accuracy - value) ** 2)));
  const interval = `${percent(of((m) => m.accuracyLow))}–${percent(of((m) => m.accuracyHigh))}`;
  const spread = records.length > 1 ? `, sd ${percent(deviation)}` : "";
  return `${percent(value)} % (${interval}${spread})`;
}

function pseudo(records: readonly IterationRecord[]): string {
  const right = records.map((r) => r.pseudoLabelAccuracy).filter((value) => value !== null);
  const count = Math.round(mean(records.map((r) => r.selected)));
  return right.length === 0 ? `${count}` : `${count}, ${percent(mean(right))} %`;
}

function percent(share: number): string {
  return (100 * share).toFixed(1);
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function path(name: string): string {
  const found = sharedData(name);
  if (found === null) throw new Error(`expected ../shared/data/${name} beside this checkout`);
  return found;
}

/** Splits a file by prompt into what is trained on and what is tested on. */
function split(name: string): { readonly data: string; readonly test: string } {
  const rows = readFileSync(path(name), "utf8").trimEnd().split("\n");
  const isTest = rows.map((line) => isHeldOut(promptIdOf(line), 0.2, 0));
  const write = (part: string, lines: readonly string[]): string => {
    const file = join(folder, `${part}-${name}`);
    writeFileSync(file, `${lines.join("\n")}\n`);
    return file;
  };
  return {
    data: write(
      "data",
      rows.filter((_, i) => !isTest[i]),
    ),
    test: write(
      "test",
      rows.filter((_, i) => isTest[i]),
    ),
  };
}

function promptIdOf(line: string): string {
  const { prompt } = JSON.parse(line) as { prompt: string | Message[] };
  const messages = typeof prompt === "string" ? plainPrompt(prompt) : prompt;
  const nothing = plainResponse("");
  return canonicalPair({ prompt: messages, a: nothing, b: nothing }).pair.promptId;
}
