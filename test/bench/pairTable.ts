// A file of a million pairs (1.2 GB) in the data editor's thread: how long until the first rows, until filters
// and sorts, until a search has ended, and what the whole process then weighs. Usage: node
// test/bench/pairTable.ts [pairs]
import { fork } from "node:child_process";
import { once } from "node:events";
import { createWriteStream } from "node:fs";
import { mkdtemp, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { TableClient } from "../../src/host/pairs/tableClient.ts";
import type { RowQuery } from "../../src/protocol/page/pairsPage.ts";
import { printFigure } from "../support/figures.ts";
import { wholeFile } from "../../src/protocol/page/wholeFile.ts";

interface TableFigures {
  readonly startRssMb: number;
  readonly firstRowsMs: number;
  readonly indexMs: number;
  readonly rowsP95Ms: number;
  readonly sortMs: number;
  readonly searchMs: number;
  readonly againMs: number;
  readonly rssMb: number;
}

async function writePairs(path: string, pairs: number): Promise<void> {
  const out = createWriteStream(path, { highWaterMark: 1 << 22 });
  const filler = "the answer depends on what you mean by it and on how much time you have ".repeat(
    7,
  );
  let batch: string[] = [];
  for (let i = 0; i < pairs; i++) {
    const [a, b] = [`First ${i}. ${filler}`, `Second ${i}. ${filler.slice(i % 400)}`];
    batch.push(JSON.stringify({ id: i, prompt: `Question ${i}?`, response_a: a, response_b: b }));
    if (batch.length < 1000 && i < pairs - 1) continue;
    if (!out.write(`${batch.join("\n")}\n`)) await once(out, "drain");
    batch = [];
  }
  out.end();
  await once(out, "finish");
}

/** A client whose next event of a kind can be waited for. */
function openTable(path: string, cacheDir: string) {
  const waiting: (() => void)[] = [];
  const wake = (): void => {
    for (const resolve of waiting.splice(0)) resolve();
  };
  const client = new TableClient(
    { path, cacheDir, mapping: null },
    { changed: wake, viewChanged: wake, log: (text) => console.error(text) },
  );
  return { client, changed: () => new Promise<void>((resolve) => waiting.push(resolve)) };
}

async function measure(path: string, cacheDir: string): Promise<TableFigures> {
  const startRssMb = process.memoryUsage.rss() / 2 ** 20;
  let peak = startRssMb;
  const watch = setInterval(() => (peak = Math.max(peak, process.memoryUsage.rss() / 2 ** 20)), 20);
  const started = performance.now();
  const { client, changed } = openTable(path, cacheDir);
  const page = "bench";
  const { view } = await client.ask("snapshot", { page, query: null });
  const { rows } = await client.ask("rows", { viewId: view.viewId, from: 0, count: 60 });
  if (rows.length !== 60) throw new Error(`expected 60 rows, got ${rows.length}`);
  const firstRowsMs = performance.now() - started;
  for (;;) {
    const heard = changed();
    const { table } = await client.ask("snapshot", { page, query: null });
    if (table.indexed === 1) break;
    await heard;
  }
  const indexMs = performance.now() - started;
  const { view: all } = await client.ask("snapshot", { page, query: null });
  const times: number[] = [];
  for (let i = 0; i < 200; i++) {
    const at = performance.now();
    const from = (i * 7919 * 613) % (all.count - 60);
    await client.ask("rows", { viewId: all.viewId, from, count: 60 });
    times.push(performance.now() - at);
  }
  const rowsP95Ms = times.sort((a, b) => a - b)[190]!;
  const sorting = performance.now();
  const sorted: RowQuery = { ...wholeFile, sort: "length difference", isDescending: true };
  const longest = await client.ask("query", { page, query: sorted });
  await client.ask("rows", { viewId: longest.viewId, from: 0, count: 60 });
  const sortMs = performance.now() - sorting;
  const searching = performance.now();
  const text = `second ${all.count - 1}.`;
  let found = await client.ask("query", {
    page,
    query: { ...wholeFile, filter: { ...wholeFile.filter, text } },
  });
  while (found.covered < 1) {
    await changed();
    found = (await client.ask("snapshot", { page, query: null })).view;
  }
  const searchMs = performance.now() - searching;
  await client.close();
  const again = performance.now();
  const second = openTable(path, cacheDir);
  for (;;) {
    const heard = second.changed();
    if ((await second.client.ask("snapshot", { page, query: null })).table.indexed === 1) break;
    await heard;
  }
  const againMs = performance.now() - again;
  await second.client.close();
  clearInterval(watch);
  const rssMb = Math.max(peak, process.resourceUsage().maxRSS / 1024);
  return { startRssMb, firstRowsMs, indexMs, rowsP95Ms, sortMs, searchMs, againMs, rssMb };
}

async function measureInChild(pairs: number): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), "ssrm-table-"));
  try {
    const path = join(folder, "pairs.jsonl");
    await writePairs(path, pairs);
    const gigabytes = ((await stat(path)).size / 1e9).toFixed(2);
    const args = ["--measure", path, join(folder, "cache")];
    const child = fork(fileURLToPath(import.meta.url), args);
    const [f] = (await once(child, "message")) as [TableFigures];
    const of = `data editor, ${gigabytes} GB, ${pairs} pairs`;
    const start = { name: "before opening", value: f.startRssMb };
    const index = { name: "its index", value: f.indexMs / 1000 };
    const first = { name: "its first rows", value: f.firstRowsMs };
    const seconds = { unit: "s", baseline: index };
    printFigure({ name: `${of}: first rows`, value: f.firstRowsMs / 1000, ...seconds, limit: 2 });
    printFigure({ name: `${of}: index`, value: f.indexMs / 1000, ...seconds });
    printFigure({ name: `${of}: opened again`, value: f.againMs / 1000, ...seconds });
    printFigure({ name: `${of}: search`, value: f.searchMs / 1000, ...seconds });
    printFigure({ name: `${of}: sort`, value: f.sortMs / 1000, ...seconds });
    printFigure({ name: `${of}: 60 rows, p95`, value: f.rowsP95Ms, unit: "ms", baseline: first });
    printFigure({ name: `${of}: RSS`, value: f.rssMb, unit: "MB", baseline: start, limit: 300 });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

if (process.argv[2] === "--measure") {
  process.send?.(await measure(process.argv[3]!, process.argv[4]!));
  process.disconnect();
} else {
  await measureInChild(Number(process.argv[2] ?? 1_000_000));
}
