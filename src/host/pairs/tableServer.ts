// The thread's side of the seam: one file, its views, and what people and models say of its rows.
import { stat } from "node:fs/promises";
import type { DataError } from "../../data/dataError.ts";
import { PairTable } from "../../data/pairTable/pairTable.ts";
import { previewFile } from "../../data/pairTable/preview.ts";
import { readRunModel } from "../../data/pairTable/runModel.ts";
import { rowStateNames } from "../../data/pairTable/rowStates.ts";
import type { TableRow } from "../../data/pairTable/tableRow.ts";
import type { RowPage, RowState, RowView, View } from "../../protocol/page/pairsPage.ts";
import type { Handlers } from "../../protocol/peer.ts";
import { lineMarks } from "./lineMarks.ts";
import { TableViews } from "./tableViews.ts";
import type {
  HostToPairsWorker,
  PairsWorkerToHost,
  TableSnapshot,
  WorkerTask,
} from "./workerMethods.ts";
import { wholeFile } from "../../protocol/page/wholeFile.ts";

/** How the thread tells the host of something. */
export type Tell = <K extends keyof PairsWorkerToHost>(
  event: K,
  parameter: Parameters<PairsWorkerToHost[K]>[0],
) => void;

/** A first snapshot waits this long for the index, so that small files come complete at once. */
const patienceMs = 300;
const toldEveryMs = 500;

/** Opens the file and answers for it; `close` ends all of it. */
export class TableServer {
  readonly #task: WorkerTask;
  readonly #tell: Tell;
  /** Null for a file that is no list of pairs. */
  readonly #opened: Promise<PairTable | null>;
  #problem: string | null = null;
  #bytes = 0;
  #views: TableViews | null = null;
  #prepared: Promise<void> = Promise.resolve();
  #runDir: string | null = null;
  #iteration: number | null = null;
  #told = 0;
  #isClosed = false;

  constructor(task: WorkerTask, tell: Tell) {
    this.#task = task;
    this.#tell = tell;
    this.#opened = this.#open();
  }

  readonly handlers: Handlers<HostToPairsWorker> = {
    snapshot: async ({ page, query }) => {
      const table = await this.#opened;
      await Promise.race([this.#prepared, pause(patienceMs)]);
      const views = this.#views;
      if (table === null || views === null) {
        const view = { viewId: 0, count: 0, covered: 1 };
        return { table: this.#brokenSnapshot(), view, query: query ?? wholeFile };
      }
      const made = await views.make(page, query);
      return { table: this.#snapshot(table), ...made };
    },
    query: async ({ page, query }) => {
      await this.#opened;
      return (await this.#views?.make(page, query))?.view ?? { viewId: 0, count: 0, covered: 1 };
    },
    rows: async ({ viewId, from, count }) => {
      const table = await this.#opened;
      const ordinals = this.#views?.part(viewId, { from, count }) ?? null;
      const rows = table === null || ordinals === null ? [] : await table.rows(ordinals);
      return this.#page({ viewId, from, rows }, table);
    },
    row: async ({ ordinal }) => (await this.#opened)?.pair(ordinal) ?? null,
    place: async ({ ordinal }) => {
      const [row] = (await (await this.#opened)?.rows([ordinal])) ?? [];
      if (row === undefined) return null;
      return { line: row.line, pairId: row.kind === "pair" ? row.pairId : null };
    },
    lines: async (range) => {
      const table = await this.#opened;
      await this.#prepared;
      return lineMarks(table?.ready ?? null, range);
    },
    preview: async ({ mapping }) => {
      const { path, cacheDir } = this.#task;
      // Where the page has none chosen, as the project reads the file.
      return previewFile(path, { cacheDir, mapping: mapping ?? this.#task.mapping });
    },
    setLabels: async (labels) => {
      (await this.#opened)?.setLabels(labels);
      this.#tell("changed", {});
    },
    setModel: async ({ runDir }) => {
      this.#runDir = runDir;
      await this.#readModel();
      this.#tell("changed", {});
    },
    closePage: async ({ page }) => {
      await this.#opened;
      this.#views?.close(page);
    },
  };

  async close(): Promise<void> {
    this.#isClosed = true;
    await (await this.#opened)?.close();
    await this.#prepared;
  }

  async #open(): Promise<PairTable | null> {
    const { path, cacheDir, mapping } = this.#task;
    try {
      const table = await PairTable.open(path, { cacheDir, mapping });
      this.#views = new TableViews(table, (page, view: View) =>
        this.#tell("viewChanged", { page, view }),
      );
      this.#prepared = this.#prepare(table);
      return table;
    } catch (error) {
      this.#bytes = await stat(path).then(
        ({ size }) => size,
        () => 0,
      );
      this.#problem = (error as DataError).message;
      return null;
    }
  }

  async #prepare(table: PairTable): Promise<void> {
    // Rows are counted in one go, without a word; the pages that look at them are told meanwhile.
    const counting = setInterval(() => this.#views?.grew(), toldEveryMs / 2);
    try {
      await table.prepare(() => {
        clearInterval(counting);
        const now = performance.now();
        if (now - this.#told < toldEveryMs) return;
        this.#told = now;
        this.#tell("changed", {});
      });
      await this.#readModel();
    } catch (error) {
      if (!this.#isClosed) this.#problem = (error as Error).message;
    } finally {
      clearInterval(counting);
      if (!this.#isClosed) this.#tell("changed", {});
    }
  }

  /** The model is sought by id, so it waits for the index. */
  async #readModel(): Promise<void> {
    const table = await this.#opened;
    const runDir = this.#runDir;
    if (table === null || table.ready === null) return;
    const read = runDir === null ? null : await readRunModel(runDir);
    if (runDir !== this.#runDir) return;
    table.setModel(read?.model ?? null);
    this.#iteration = read?.iteration ?? null;
  }

  #snapshot(table: PairTable): TableSnapshot {
    const { bytes, format, form } = table.info;
    const { rows, part } = table.known();
    return {
      ...{ bytes, format, form, problem: this.#problem },
      rowCount: part < 1 ? null : rows,
      indexed: table.indexedPart(),
      stateCounts: table.ready?.states.counts() ?? noCounts,
      iteration: this.#iteration,
    };
  }

  #brokenSnapshot(): TableSnapshot {
    const about = {
      bytes: this.#bytes,
      format: "",
      form: "not recognised",
      problem: this.#problem,
    };
    return { ...about, rowCount: 0, indexed: 1, stateCounts: noCounts, iteration: null };
  }

  #page(
    { viewId, from, rows }: { viewId: number; from: number; rows: readonly TableRow[] },
    table: PairTable | null,
  ): RowPage {
    const states = this.#views?.statesOf(viewId) ?? table?.ready?.states ?? null;
    return {
      ...{ viewId, from },
      rows: rows.map((row): RowView => {
        const i = row.ordinal;
        const unknown: RowState = row.kind === "bad" ? "bad" : "unlabeled";
        if (states === null) {
          return { ...row, state: unknown, label: null, isFlagged: false, source: null };
        }
        const said = { label: states.label(i), isFlagged: states.isFlagged(i) };
        return {
          ...row,
          ...said,
          state: rowStateNames[states.state(i)]!,
          source: states.source(i),
        };
      }),
      p: Float64Array.from(rows, ({ ordinal }) => states?.p[ordinal] ?? NaN),
      selected: Uint8Array.from(rows, ({ ordinal }) => (states?.isSelected(ordinal) ? 1 : 0)),
    };
  }
}

const noCounts: TableSnapshot["stateCounts"] = {
  labeled: 0,
  "pseudo-labeled": 0,
  unsure: 0,
  unlabeled: 0,
  bad: 0,
};

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => void setTimeout(resolve, ms));
}
