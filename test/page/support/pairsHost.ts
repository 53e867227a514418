// A host for the data editor's page over rows made by arithmetic: any number of them, none held.
import type { CancelSignal, Handlers } from "../../../src/protocol/peer.ts";
import type { ImportPreview } from "../../../src/core/importPreview.ts";
import type {
  PairsPageToHost,
  PairsSnapshot,
  RowPage,
  RowQuery,
  RowView,
  View,
} from "../../../src/protocol/page/pairsPage.ts";
import { previewOf } from "./pairsHostPreview.ts";
import { ordinalsOf, pOf, rowOf } from "./pairsHostRows.ts";
import { wholeFile } from "../../../src/protocol/page/wholeFile.ts";

export interface PairsHostOptions {
  readonly count: number;
  /** Rows by hand at the file's start, such as hostile ones. */
  readonly rows?: readonly RowView[];
  readonly snapshot?: Partial<PairsSnapshot>;
  readonly preview?: (request: { mapping: ImportPreview["mapping"] }) => ImportPreview;
  /** Milliseconds that rows take. */
  readonly delayMs?: number;
  /** Handlers of the test in place of these. */
  readonly handlers?: Partial<Handlers<PairsPageToHost>>;
}

/** What the page asked, and the answers. */
export interface PairsTestHost {
  readonly handlers: Handlers<PairsPageToHost>;
  readonly asked: { readonly method: string; readonly parameter: unknown }[];
  /** Requests for rows that were cancelled before their answer. */
  readonly cancelled: number[];
  snapshot(query: RowQuery | null): PairsSnapshot;
}

/** The handlers of a host with `count` rows. */
export function pairsHost(options: PairsHostOptions): PairsTestHost {
  const { count } = options;
  const asked: { method: string; parameter: unknown }[] = [];
  const cancelled: number[] = [];
  /** The order of each view's rows; null for the file's. */
  const orders = new Map<number, number[] | null>();

  function viewOf(query: RowQuery): View {
    const isWhole = JSON.stringify(query) === JSON.stringify(wholeFile);
    const order = isWhole ? null : ordinalsOf(count, query);
    const viewId = orders.size + 1;
    orders.set(viewId, order);
    return { viewId, count: order?.length ?? count, covered: 1 };
  }

  const row = (ordinal: number): RowView => options.rows?.[ordinal] ?? rowOf(ordinal);

  function snapshot(query: RowQuery | null): PairsSnapshot {
    return {
      name: "pairs.jsonl",
      path: "data/pairs.jsonl",
      bytes: 1_234_567_890,
      format: "jsonl",
      form: "TRL standard",
      problem: null,
      rowCount: count,
      indexed: 1,
      stateCounts: {
        labeled: Math.round(count * 0.1),
        "pseudo-labeled": Math.round(count * 0.3),
        unsure: Math.round(count * 0.15),
        unlabeled: Math.round(count * 0.44),
        bad: Math.round(count * 0.01),
      },
      model: "run 2026-11-24, iteration 3",
      markModel: null,
      isInProject: true,
      view: viewOf(query ?? wholeFile),
      query: query ?? wholeFile,
      ...options.snapshot,
    };
  }

  async function rows(
    { viewId, from, count: most }: { viewId: number; from: number; count: number },
    signal: CancelSignal,
  ): Promise<RowPage> {
    if (options.delayMs !== undefined) {
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, options.delayMs);
        signal.addEventListener("abort", () => {
          cancelled.push(from);
          clearTimeout(timer);
          resolve();
        });
      });
    }
    if (signal.aborted) throw new Error("cancelled");
    const order = orders.get(viewId);
    if (order === undefined) throw new Error(`no view ${viewId}`);
    const end = Math.min(from + most, order?.length ?? count);
    const ordinals = Array.from({ length: end - from }, (_, i) => order?.[from + i] ?? from + i);
    return {
      viewId,
      from,
      rows: ordinals.map(row),
      p: Float64Array.from(ordinals, pOf),
      selected: Uint8Array.from(ordinals, (i) => (row(i).state === "pseudo-labeled" ? 1 : 0)),
    };
  }

  const handlers: Handlers<PairsPageToHost> = {
    open: ({ query }) => snapshot(query),
    rows,
    query: viewOf,
    row: ({ ordinal }) => {
      const { line, prompt, a, b, kind } = row(ordinal);
      if (kind === "bad") return null;
      const text = (content: string): [{ role: string; content: string }] => [
        { role: "assistant", content },
      ];
      return {
        line,
        prompt: [{ role: "user", content: prompt }],
        a: text(a),
        b: text(b),
        preference: "first",
      };
    },
    openPair: () => undefined,
    openLine: () => undefined,
    preview: (request) => (options.preview ?? previewOf)(request),
    useFile: () => undefined,
    ...options.handlers,
  };
  const noted = Object.entries(handlers).map(([method, handle]) => [
    method,
    (parameter: unknown, signal: CancelSignal) => {
      asked.push({ method, parameter });
      return (handle as (parameter: unknown, signal: CancelSignal) => unknown)(parameter, signal);
    },
  ]);
  return {
    handlers: Object.fromEntries(noted) as Handlers<PairsPageToHost>,
    asked,
    cancelled,
    snapshot,
  };
}
