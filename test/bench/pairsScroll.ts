// The data editor in a real VS Code server on a file of a million pairs (1.1 GB): the gaps between frames while
// its rows are scrolled by wheel, thumb and key, beside the same over an empty element of the same height in the
// same page. Usage: node test/bench/pairsScroll.ts [pairs]
import { mkdirSync, mkdtempSync, realpathSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import type { Frame } from "playwright-core";
import { writeBenchPairs } from "../support/benchPairs.ts";
import { hostPeakMb, quantile } from "../support/benchWindow.ts";
import { printFigure } from "../support/figures.ts";
import { coverWithEmpty, gapsDuring, gestures } from "../support/frameGaps.ts";
import { Editor } from "../vscode/support/editor.ts";
import { removeWorkspace } from "../vscode/support/sampleWorkspace.ts";
import { whyNot } from "../vscode/support/server.ts";

type Gesture = keyof typeof gestures;

const pairs = Number(process.argv[2] ?? 1_000_000);
const names = Object.keys(gestures) as Gesture[];
const reason = whyNot();
if (reason !== null) console.error(`skipped: ${reason}`);
else await measure();

async function measure(): Promise<void> {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), "ssrm-scroll-bench-")));
  const path = join(folder, "pairs.jsonl");
  let editor: Editor | null = null;
  try {
    const bytes = await writeBenchPairs(path, { pairs, long: new Set() });
    editor = await Editor.open({ folder });
    await delay(5000);
    const before = { name: "before the extension did anything", value: hostPeakMb(editor) };
    mkdirSync(join(folder, ".ssrm"));
    writeFileSync(join(folder, ".ssrm/project.json"), '{ "data": ["pairs.jsonl"] }\n');
    await editor.reloadWindow();
    const frame = await openRows(editor);
    const rows = await gapsOf(editor, frame, { grid: ".frame", scroller: ".scroller" });
    await comeToRest(frame);
    const height = await frame.evaluate(() => document.querySelector(".scroller")!.scrollHeight);
    const uncover = await coverWithEmpty(frame, height);
    const cover = "#ssrm-empty";
    const empty = await gapsOf(editor, frame, { grid: cover, scroller: cover });
    await uncover();
    const of = `data editor, ${(bytes / 1e9).toFixed(2)} GB, ${pairs} rows`;
    for (const name of names) {
      const values = { name: `${of}: ${name}, longest frame`, value: Math.max(...rows[name]) };
      const longest = { name: "over an empty element", value: Math.max(...empty[name]) };
      printFigure({ ...values, unit: "ms", baseline: longest, limit: 50 });
      const p99 = { name: "over an empty element", value: quantile(empty[name], 0.99) };
      const value = quantile(rows[name], 0.99);
      printFigure({ name: `${of}: ${name}, p99 of frames`, value, unit: "ms", baseline: p99 });
    }
    const hostMb = hostPeakMb(editor);
    printFigure({
      ...{ name: `${of}: peak RSS of the host`, value: hostMb, unit: "MB" },
      ...{ baseline: before, limit: 300 },
    });
  } finally {
    await editor?.close();
    removeWorkspace(folder);
  }
}

/** Opens the file in the data editor and waits until all of it is known and shown. */
async function openRows(editor: Editor): Promise<Frame> {
  await editor.showViews();
  const row = editor.pane("Data").locator(".monaco-list-row", { hasText: "pairs.jsonl" });
  await row.click({ timeout: 60_000 });
  const frame = await editor.webview("pairs.jsonl");
  await frame.waitForSelector(`[role=grid][aria-rowcount="${pairs + 1}"]`, { timeout: 120_000 });
  await comeToRest(frame);
  return frame;
}

async function comeToRest(frame: Frame): Promise<void> {
  await frame.waitForFunction(() => document.querySelector(".rows .row.waiting") === null, null, {
    timeout: 60_000,
  });
  await delay(500);
}

async function gapsOf(
  editor: Editor,
  frame: Frame,
  { grid, scroller }: { readonly grid: string; readonly scroller: string },
): Promise<Record<Gesture, number[]>> {
  const gaps: Partial<Record<Gesture, number[]>> = {};
  for (const name of names) {
    const selector = name === "thumb" ? scroller : grid;
    const moved = () => frame.evaluate((of) => document.querySelector(of)!.scrollTop, scroller);
    const from = await moved();
    let to = from;
    gaps[name] = await gapsDuring(frame, async () => {
      await gestures[name]({ editor, frame, selector });
      to = Math.max(to, await moved());
    });
    // The thumb ends where it began.
    if (name !== "thumb" && to <= from) throw new Error(`${name} moved nothing in ${scroller}`);
  }
  return gaps as Record<Gesture, number[]>;
}
