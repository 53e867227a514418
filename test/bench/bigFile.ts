// Writes a file of a million pairs (1.2 GB) into a temporary folder and opens it: how long until its first pair,
// until its whole index stands, and how much memory that took. Each format in a process of its own, so that
// the figures of one are not those of another. Usage: node test/bench/bigFile.ts [pairs]
import { fork } from "node:child_process";
import { once } from "node:events";
import { createReadStream, createWriteStream } from "node:fs";
import { mkdtemp, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { openDataset } from "../../src/data/dataset.ts";
import { printFigure } from "../support/figures.ts";

/** What opening a big file costs. */
export interface BigFileFigures {
  readonly file: string;
  readonly bytes: number;
  readonly pairs: number;
  /** From nothing to the first pair in hand. */
  readonly firstPairMs: number;
  /** From nothing to the whole index, the first pair included. */
  readonly indexMs: number;
  /** Median of 200 seeks to rows all over the file. */
  readonly seekMs: number;
  /** Highest resident memory of the process. */
  readonly rssMb: number;
  /** The baselines: counting the file's line ends, and the process before it opened anything. */
  readonly countLinesMs: number;
  readonly startRssMb: number;
}

type Format = "jsonl" | "csv";

const formats: readonly Format[] = ["jsonl", "csv"];

/** Generates and measures both formats. */
export async function measureBigFiles(pairs: number): Promise<BigFileFigures[]> {
  const folder = await mkdtemp(join(tmpdir(), "ssrm-big-"));
  try {
    const figures: BigFileFigures[] = [];
    for (const format of formats) {
      const path = join(folder, `pairs.${format}`);
      await writePairs(path, { format, pairs });
      figures.push(await measureInChild(path));
      await rm(path);
    }
    return figures;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function writePairs(path: string, { format, pairs }: { format: Format; pairs: number }) {
  const out = createWriteStream(path, { highWaterMark: 1 << 22 });
  if (format === "csv") out.write("id,prompt,response_a,response_b\n");
  // About 1,200 bytes a pair; every tenth text holds line ends and quotes, as answers do.
  const filler = "the answer depends on what you mean by it and on how much time you have ".repeat(
    7,
  );
  let batch: string[] = [];
  for (let i = 0; i < pairs; i++) {
    const odd = i % 10 === 0 ? ' "so",\nthey said,\nand left' : "";
    const prompt = `Question ${i}: what should I do about it?${odd}`;
    const [a, b] = [`First ${i}. ${filler}${odd}`, `Second ${i}. ${filler}`];
    batch.push(
      format === "jsonl"
        ? JSON.stringify({ id: i, prompt, response_a: a, response_b: b })
        : [String(i), prompt, a, b].map((text) => `"${text.replaceAll('"', '""')}"`).join(","),
    );
    if (batch.length === 1000 || i === pairs - 1) {
      if (!out.write(`${batch.join("\n")}\n`)) await once(out, "drain");
      batch = [];
    }
  }
  out.end();
  await once(out, "finish");
}

async function measureInChild(path: string): Promise<BigFileFigures> {
  const child = fork(fileURLToPath(import.meta.url), ["--measure", path]);
  const [figures] = (await once(child, "message")) as [BigFileFigures];
  return figures;
}

async function measure(path: string): Promise<BigFileFigures> {
  const startRssMb = process.resourceUsage().maxRSS / 1024;
  const started = performance.now();
  const dataset = await openDataset([path], { cacheDir: tmpdir() });
  for await (const row of dataset.rows()) {
    if (row.kind === "pair") break;
  }
  const firstPairMs = performance.now() - started;
  const pairs = await dataset.countRows(0);
  const indexMs = performance.now() - started;
  const seekMs = await medianSeek(dataset, pairs);
  await dataset.close();
  const { size: bytes } = await stat(path);
  const rssMb = process.resourceUsage().maxRSS / 1024;
  const countLinesMs = await timeToCountLines(path);
  const baselines = { countLinesMs, startRssMb };
  return { file: path, bytes, pairs, firstPairMs, indexMs, seekMs, rssMb, ...baselines };
}

async function timeToCountLines(path: string): Promise<number> {
  const started = performance.now();
  let lines = 0;
  for await (const chunk of createReadStream(path, { highWaterMark: 1 << 20 })) {
    const bytes = chunk as Buffer;
    for (let at = bytes.indexOf(10); at >= 0; at = bytes.indexOf(10, at + 1)) lines++;
  }
  if (lines === 0) throw new Error(`${path}: expected line ends, got none`);
  return performance.now() - started;
}

function printFigures(f: BigFileFigures, format: string): void {
  const of = `${format}, ${(f.bytes / 1e9).toFixed(2)} GB, ${f.pairs} pairs`;
  const lines = { name: "counting its lines", value: f.countLinesMs / 1000 };
  const start = { name: "before opening", value: f.startRssMb };
  const [first, whole] = [f.firstPairMs / 1000, f.indexMs / 1000];
  printFigure({ name: `${of}: first pair`, value: first, unit: "s", baseline: lines, limit: 2 });
  printFigure({ name: `${of}: index`, value: whole, unit: "s", baseline: lines, limit: 2 });
  printFigure({ name: `${of}: RSS`, value: f.rssMb, unit: "MB", baseline: start, limit: 300 });
}

async function medianSeek(
  dataset: Awaited<ReturnType<typeof openDataset>>,
  pairs: number,
): Promise<number> {
  const times: number[] = [];
  for (let i = 0; i < 200; i++) {
    const started = performance.now();
    // 7919 is prime to the number of pairs: rows all over the file. In CSV a line may be inside a row.
    await dataset.rowAt({ file: 0, line: 2 + ((i * 7919 * 613) % pairs) });
    times.push(performance.now() - started);
  }
  return times.sort((a, b) => a - b)[100]!;
}

if (process.argv[2] === "--measure") {
  process.send?.(await measure(process.argv[3]!));
  process.disconnect();
} else if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const all = await measureBigFiles(Number(process.argv[2] ?? 1_000_000));
  all.forEach((figures, i) => printFigures(figures, formats[i]!));
}
