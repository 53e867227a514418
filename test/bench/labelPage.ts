// The label page in a real VS Code server on a data file of a million pairs (1.1 GB), the pairs that are shown
// with two answers of 8 kB each: how long from the command to the first pair, from a key to the next pair
// painted, and what the extension host weighs; again with 10,000 labels in the log.
// Usage: node test/bench/labelPage.ts [pairs]
import { appendFileSync, mkdirSync, mkdtempSync, realpathSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { Permutation } from "../../src/core/labeling/order.ts";
import { serializeEvent } from "../../src/core/labels/labelEvent.ts";
import { seededRandom } from "../../src/core/random.ts";
import { openDataset } from "../../src/data/dataset.ts";
import { readLabelFile } from "../../src/data/labels/labelFiles.ts";
import { writeBenchPairs } from "../support/benchPairs.ts";
import { hostPeakMb, quantile, timeToPaint, watchFirstPaint } from "../support/benchWindow.ts";
import { printFigure } from "../support/figures.ts";
import { emptyPageTimes, labelTimes, type KeyTimes } from "../support/keyTimes.ts";
import { eventId } from "../support/labelDesk.ts";
import { Editor } from "../vscode/support/editor.ts";
import { removeWorkspace } from "../vscode/support/sampleWorkspace.ts";
import { whyNot } from "../vscode/support/server.ts";

const onePixel =
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";
const verdicts = 200;
const oldLabels = 10_000;
const shares = [["p50", 0.5] as const, ["p95", 0.95] as const];

const pairs = Number(process.argv[2] ?? 1_000_000);
const reason = whyNot();
if (reason !== null) console.error(`skipped: ${reason}`);
else await measure();

async function measure(): Promise<void> {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), "ssrm-label-bench-")));
  const path = join(folder, "pairs.jsonl");
  // The rows in the order in which the page shows them; long where the page gets to in this benchmark.
  const order = new Permutation(pairs, seededRandom("label order 0"));
  const upTo = (from: number) =>
    Array.from({ length: verdicts + 60 }, (_, i) => order.at(from + i));
  const long = new Set([...upTo(0), ...upTo(oldLabels)]);
  let editor: Editor | null = null;
  try {
    const bytes = await writeBenchPairs(path, { pairs, long });
    writeFileSync(join(folder, "dot.png"), Buffer.from(onePixel, "base64"));
    editor = await Editor.open({ folder });
    const before = await baselines(editor);
    mkdirSync(join(folder, ".ssrm"));
    writeFileSync(join(folder, ".ssrm/project.json"), '{ "data": ["pairs.jsonl"] }\n');
    await editor.reloadWindow();
    await editor.showViews();
    const fresh = await labelPage(editor);
    const of = `label page, ${(bytes / 1e9).toFixed(2)} GB, ${pairs} pairs`;
    printUse(`${of}, two 8 kB answers shown`, fresh, before);
    await editor.command("View: Close All Editors");
    await addLabels(folder, order);
    await editor.reloadWindow();
    await editor.showViews();
    const later = await labelPage(editor);
    printUse(`${of}, ${oldLabels} labels in the log`, later, before);
    printSaved(later, fresh);
  } finally {
    await editor?.close();
    removeWorkspace(folder);
  }
}

interface Before {
  readonly hostMb: number;
  readonly imageMs: number;
  readonly keysMs: readonly number[];
}

interface Used {
  readonly firstMs: number;
  readonly keys: KeyTimes;
  readonly hostMb: number;
}

/** The same window before the extension has done anything. */
async function baselines(editor: Editor): Promise<Before> {
  await delay(5000);
  const hostMb = hostPeakMb(editor);
  await watchFirstPaint(editor, "article.pair .response-b .text, img");
  const { ms } = await timeToPaint(editor, "dot.png", "dot.png");
  await editor.command("View: Close All Editors");
  return { hostMb, imageMs: ms, keysMs: await emptyPageTimes(editor, verdicts) };
}

async function labelPage(editor: Editor): Promise<Used> {
  const { ms, frame } = await timeToPaint(editor, ">SSRM: Label", "SSRM Label");
  const keys = await labelTimes(editor, frame, verdicts);
  console.error(`${keys.short} of ${verdicts} pairs without two whole long answers after 200 ms`);
  return { firstMs: ms, keys, hostMb: hostPeakMb(editor) };
}

/** Labels of the same person on the next 10,000 pairs of the order, as a folder has them that came by git. */
async function addLabels(folder: string, order: Permutation): Promise<void> {
  const log = join(folder, ".ssrm/labels.jsonl");
  const { events } = await readLabelFile(log);
  const first = events.find((event) => event.kind === "verdict")!;
  const judged = new Set(events.map((event) => (event.kind === "undo" ? "" : event.pair)));
  const dataset = await openDataset([join(folder, "pairs.jsonl")], { cacheDir: tmpdir() });
  const lines: string[] = [];
  for (let i = 0; i < oldLabels; i++) {
    const [row] = await dataset.rowsFrom(0, order.at(i), 1);
    if (row?.kind !== "pair" || judged.has(row.pair.id)) continue;
    const time = new Date(Date.parse(first.time) - (oldLabels - i) * 4000).toISOString();
    const stamp = { id: eventId(`old ${i}`), writer: "old", seq: i + 1, time };
    lines.push(serializeEvent({ ...first, ...stamp, pair: row.pair.id, drawn: "random" }));
  }
  await dataset.close();
  appendFileSync(log, `${lines.join("\n")}\n`);
}

function printUse(of: string, { firstMs, keys, hostMb }: Used, before: Before): void {
  for (const [name, share] of shares) {
    const value = quantile(keys.painted, share);
    const baseline = { name: "key to text, empty page", value: quantile(before.keysMs, share) };
    const limit = name === "p95" ? { limit: 50 } : {};
    const figure = { name: `${of}: key to next pair painted, ${name}`, value, baseline };
    printFigure({ ...figure, unit: "ms", ...limit });
  }
  const lost = { name: `${of}: keys that found no pair`, value: keys.lost, unit: "keys", limit: 0 };
  printFigure({ ...lost, baseline: { name: "keys pressed", value: verdicts } });
  const image = { name: "image of one pixel in its page", value: before.imageMs / 1000 };
  const first = { name: `${of}: command to first pair, extension active`, value: firstMs / 1000 };
  printFigure({ ...first, unit: "s", baseline: image, limit: 2 });
  const host = { name: "before the extension did anything", value: before.hostMb };
  const peak = { name: `${of}: peak RSS of the host`, value: hostMb, unit: "MB", limit: 300 };
  printFigure({ ...peak, baseline: host });
}

function printSaved(later: Used, fresh: Used): void {
  for (const [name, share] of shares) {
    const value = quantile(later.keys.saved, share);
    const baseline = { name: "with an empty log", value: quantile(fresh.keys.saved, share) };
    const figure = { name: `key to “Saved”, ${oldLabels} labels in the log, ${name}`, value };
    printFigure({ ...figure, unit: "ms", baseline });
  }
}
