// The data editor's thread as the host uses it: a real thread, a real file, a run directory.
import { appendFile, mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import type { FieldMapping } from "../../src/core/fieldMapping.ts";
import type { RunInfo } from "../../src/core/records.ts";
import { foldLog } from "../../src/core/labels/labelFold.ts";
import { readLabelFile } from "../../src/data/labels/labelFiles.ts";
import { defaultRunSettings } from "../../src/data/projectFile.ts";
import { heldOutFile, pseudoLabelFile, runFiles } from "../../src/data/runs/runFiles.ts";
import { packLabels } from "../../src/host/pairs/packLabels.ts";
import { queryOfMark } from "../../src/host/pairs/rowQueries.ts";
import { TableClient } from "../../src/host/pairs/tableClient.ts";
import type { RowFilter, RowQuery, View } from "../../src/protocol/page/pairsPage.ts";
import { dataFolder, jsonLines, type DataFolder } from "../support/dataFiles.ts";
import { logLines, makeRows, open, pairOf } from "../support/pairFiles.ts";
import { wholeFile } from "../../src/protocol/page/wholeFile.ts";

let folder: DataFolder;
let runDir: string;
beforeAll(async () => {
  folder = await dataFolder();
  runDir = await writeRun();
});
afterAll(() => folder.remove());

const made = makeRows(200, "thread");
/** What the model says of the first 100 pairs, canonical order; the last of these are held out. */
const pOf = (i: number): number => (i % 100) / 100;
/** What the model before it said of them, which chose the pseudo-labels. */
const pBefore = (i: number): number => ((37 * i) % 100) / 100;
const page = "page 1";

let table: TableClient | null = null;
const views: View[] = [];
let waiting: (() => void)[] = [];
afterEach(async () => {
  await table?.close();
  views.length = 0;
});

function start(path: string, mapping: FieldMapping | null = null): TableClient {
  const wake = (): void => {
    for (const resolve of waiting.splice(0)) resolve();
  };
  table = new TableClient(
    { path, cacheDir: folder.cacheDir, mapping },
    {
      changed: wake,
      viewChanged: (_, view) => {
        views.push(view);
        wake();
      },
      log: () => undefined,
    },
  );
  return table;
}

/** Waits for news until the check holds. */
async function until<T>(look: () => Promise<T>, holds: (value: T) => boolean): Promise<T> {
  for (;;) {
    const news = new Promise<void>((resolve) => (waiting = [...waiting, resolve]));
    const value = await look();
    if (holds(value)) return value;
    await news;
  }
}

const snapshot = (query: RowQuery | null = null) => table!.ask("snapshot", { page, query });

async function rowsOf(query: RowQuery) {
  const view = await table!.ask("query", { page, query });
  return table!.ask("rows", { viewId: view.viewId, from: 0, count: 500 });
}

function filter(given: Partial<RowFilter>): RowQuery {
  return { ...wholeFile, filter: { ...wholeFile.filter, ...given } };
}

async function writeRun(): Promise<string> {
  const dir = folder.file("run");
  await mkdir(join(dir, "pseudo-labels"), { recursive: true });
  await mkdir(join(dir, "held-out"));
  const info: Partial<RunInfo> = { version: 1, settings: defaultRunSettings };
  await writeFile(join(dir, runFiles.info), JSON.stringify(info));
  const records = [0, 1].map((iteration) => ({ kind: "iteration", iteration }));
  await writeFile(join(dir, runFiles.records), jsonLines(records));
  const ids = made.map((row) => pairOf(row).id);
  const scores = ids.slice(0, 100).map((id, i) => ({ id, p: pOf(i), file: 0, line: i + 1 }));
  await writeFile(join(dir, runFiles.scores), jsonLines(scores));
  const selected = (i: number) => Math.max(pBefore(i), 1 - pBefore(i)) > 0.9;
  const pseudo = ids.slice(0, 100).map((id, i) => ({ id, p: pBefore(i), selected: selected(i) }));
  await writeFile(join(dir, pseudoLabelFile(1)), jsonLines(pseudo));
  const heldOut = ids.slice(100, 120).map((id, i) => ({ id, p: i / 20, set: "validation" }));
  await writeFile(join(dir, heldOutFile(1)), jsonLines(heldOut));
  return dir;
}

test("rows carry what people and the newest model said, in the file's own order", async () => {
  const path = await folder.write("pairs.jsonl", `${jsonLines(open(made))}[]\n`);
  const log = await folder.write("labels.jsonl", logLines(made.slice(110, 115)));
  const client = start(path);
  client.setModel(runDir);
  client.setLabels(packLabels(foldLog((await readLabelFile(log)).events), null));
  const { table: known } = await until(snapshot, (answer) => answer.table.iteration === 1);
  expect(known).toMatchObject({ rowCount: 201, indexed: 1, problem: null, format: "jsonl" });
  expect(known.stateCounts.bad).toBe(1);
  expect(known.stateCounts.labeled).toBe(5);
  const { rows, p, selected } = await rowsOf(wholeFile);
  expect(rows).toHaveLength(201);
  made.forEach((row, i) => {
    const pair = pairOf(row);
    const isOwnOrder = pair.first[0]!.content === row.a;
    const canonical = i < 100 ? pOf(i) : i < 120 ? (i - 100) / 20 : NaN;
    expect(rows[i]).toMatchObject({ ordinal: i, pairId: pair.id, a: row.a, b: row.b });
    expect(p[i]).toBe(isOwnOrder ? canonical : 1 - canonical);
    const before = i < 100 ? pBefore(i) : NaN;
    expect(selected[i]).toBe(Math.max(before, 1 - before) > 0.9 ? 1 : 0);
    const isLabeled = i >= 110 && i < 115;
    expect(rows[i]!.label).toBe(isLabeled ? row.winner.toUpperCase() : null);
  });
});

test("a mark of a chart shows its pairs, bins open below and closed above", async () => {
  const client = start(await folder.write("pairs.jsonl", jsonLines(open(made))));
  client.setModel(runDir);
  await until(snapshot, (answer) => answer.table.iteration === 1);
  const cases = [
    { set: "unlabeled", from: 0.5, to: 0.6, iteration: 1, of: [0, 100] },
    { set: "unlabeled", from: 0.9, to: 1, iteration: 0, of: [0, 100] },
    { set: "selected", from: 0.95, to: 1, iteration: 1, of: [0, 100] },
    { set: "validation", from: 0.7, to: 0.8, iteration: 1, of: [100, 120] },
  ] as const;
  for (const { of, ...mark } of cases) {
    const { rows, p } = await rowsOf(queryOfMark({ runDir, ...mark }));
    const isBefore = mark.set === "selected" || mark.iteration === 0;
    const said = (i: number) => (i >= 100 ? (i - 100) / 20 : isBefore ? pBefore(i) : pOf(i));
    const confidence = (i: number) => Math.max(said(i), 1 - said(i));
    const expected = made
      .map((_, i) => i)
      .filter((i) => i >= of[0] && i < of[1])
      .filter((i) => confidence(i) > mark.from || (mark.from === 0.5 && confidence(i) === 0.5))
      .filter((i) => confidence(i) <= mark.to && (mark.set !== "selected" || confidence(i) > 0.9))
      .sort((a, b) => confidence(a) - confidence(b) || a - b);
    expect(rows.map(({ ordinal }) => ordinal)).toEqual(expected);
    // Each row shows what the mark's own model says of it.
    expect([...p]).toEqual(
      rows.map(({ ordinal, a }) => {
        const isOwnOrder = pairOf(made[ordinal]!).first[0]!.content === a;
        return isOwnOrder ? said(ordinal) : 1 - said(ordinal);
      }),
    );
  }
});

test("news that come while a mark's pairs are read do not undo its filter", async () => {
  const client = start(await folder.write("pairs.jsonl", jsonLines(open(made))));
  client.setModel(runDir);
  const query = queryOfMark({ runDir, iteration: 1, set: "validation", from: 0.5, to: 1 });
  // The file is just being opened: the page's own question, and at once what a change makes the host ask.
  const answers = await Promise.all([snapshot(query), snapshot(), snapshot()]);
  expect(answers.map((answer) => answer.query)).toEqual([query, query, query]);
  const last = await until(snapshot, (answer) => answer.table.indexed === 1);
  expect(last).toMatchObject({ query, view: { count: 20, covered: 1 } });
});

test("a search grows its view; another query of the page ends it", async () => {
  const client = start(await folder.write("pairs.jsonl", jsonLines(open(made))));
  await until(snapshot, (answer) => answer.table.indexed === 1);
  const expected = made.flatMap(({ prompt, a, b }, i) =>
    `${prompt} ${a} ${b}`.includes("garden") ? [i] : [],
  );
  let view = await client.ask("query", { page, query: filter({ text: "GARDEN" }) });
  while (view.covered < 1) {
    await new Promise<void>((resolve) => (waiting = [...waiting, resolve]));
    view = views.findLast(({ viewId }) => viewId === view.viewId) ?? view;
  }
  const found = await client.ask("rows", { viewId: view.viewId, from: 0, count: 500 });
  expect(found.rows.map(({ ordinal }) => ordinal)).toEqual(expected);
  const next = await client.ask("query", { page, query: wholeFile });
  expect(next).toMatchObject({ count: made.length, covered: 1 });
  const gone = await client.ask("rows", { viewId: view.viewId, from: 0, count: 5 });
  expect(gone.rows).toEqual([]);
});

test("lines of the text editor are told what is said of their rows", async () => {
  const text = jsonLines(open(made)).replace("\n", "\n\n\n");
  const client = start(await folder.write("gaps.jsonl", text));
  client.setModel(runDir);
  await until(snapshot, (answer) => answer.table.iteration === 1);
  const marks = await client.ask("lines", { from: 1, to: 5 });
  expect([...marks.line]).toEqual([1, 4, 5]);
  expect(Math.max(marks.p[2]!, 1 - marks.p[2]!)).toBe(1 - pOf(2));
});

test("a file that is no list of pairs says why, and can be previewed", async () => {
  const client = start(await folder.write("other.jsonl", '{"x": 1}\n'));
  const { table: known, view } = await snapshot();
  expect(known.problem).toMatch(/expected columns of a known form/);
  expect([known.rowCount, view.count]).toEqual([0, 0]);
  expect((await client.ask("preview", { mapping: null })).columns).toEqual(["x"]);
  expect(await client.ask("row", { ordinal: 0 })).toBeNull();
});

test("the preview of a file that the project maps shows how the project reads it", async () => {
  const mapping = { prompt: "q", responseA: "one", responseB: "two" };
  const rows = [{ q: "Why?", one: "Because.", two: "So." }];
  const client = start(await folder.write("mapped.jsonl", jsonLines(rows)), mapping);
  const preview = await client.ask("preview", { mapping: null });
  expect([preview.problem, preview.mapping, preview.samples.length]).toEqual([null, mapping, 1]);
  const other = { ...mapping, responseB: "q" };
  expect((await client.ask("preview", { mapping: other })).mapping).toEqual(other);
});

test("a file that grew is read again", async () => {
  const path = await folder.write("grown.jsonl", jsonLines(open(made)));
  const client = start(path);
  await until(snapshot, (answer) => answer.table.indexed === 1);
  await appendFile(path, jsonLines(open(makeRows(3, "more"))));
  client.restart();
  const { table: known } = await until(snapshot, (answer) => answer.table.indexed === 1);
  expect(known.rowCount).toBe(made.length + 3);
});
