// A host for the data editor's page over rows made by arithmetic: any number of them, none held.
import type { CancelSignal, Handlers } from "../../../src/protocol/peer.ts";
import type {
  ImportPreview,
  PairsPageToHost,
  PairsSnapshot,
  RowPage,
  RowQuery,
  RowState,
  RowView,
  View,
} from "../../../src/protocol/page/pairsPage.ts";

const states: readonly RowState[] = ["labeled", "pseudo-labeled", "unsure", "unlabeled", "bad"];

/** The row at a position of the file. */
export function rowOf(ordinal: number): RowView {
  const state = states[stateAt(ordinal)]!;
  const isBad = state === "bad";
  const isLabeled = state === "labeled";
  const words = "the quick brown fox jumps over a lazy dog while seven wizards quietly vex";
  return {
    ordinal,
    line: ordinal + 1,
    kind: isBad ? "bad" : "pair",
    pairId: isBad ? null : ordinal.toString(16).padStart(32, "0"),
    prompt: isBad ? "" : `Prompt ${ordinal}: ${words}?`,
    a: isBad ? "" : `Answer A ${ordinal} ${words.slice(ordinal % 20)}`,
    b: isBad ? "" : `Answer B ${ordinal} ${words.slice(ordinal % 31)}`,
    state,
    label: isLabeled ? (["A", "B", "tie", "both bad"] as const)[ordinal % 4]! : null,
    isFlagged: ordinal % 37 === 0,
    source: isLabeled ? (ordinal % 2 === 0 ? "ada" : "pairs.jsonl") : null,
    reason: isBad ? "expected a text in “chosen”, got null" : null,
  };
}

/** P(A preferred) of a row; NaN where the model did not say. */
export function pOf(ordinal: number): number {
  return ["bad", "labeled"].includes(states[stateAt(ordinal)]!)
    ? NaN
    : ((ordinal * 37) % 101) / 100;
}

/** Mostly unlabeled; neighbours differ. */
function stateAt(ordinal: number): number {
  const mixed = (ordinal * 2654435761) % 4294967296;
  const share = mixed / 4294967296;
  return share < 0.1 ? 0 : share < 0.4 ? 1 : share < 0.55 ? 2 : share < 0.99 ? 3 : 4;
}

/** The file's positions that a query leaves, in its order: the slow obvious way. */
export function ordinalsOf(count: number, { filter, sort, isDescending }: RowQuery): number[] {
  const kept: number[] = [];
  for (let i = 0; i < count; i++) {
    const row = rowOf(i);
    const confidence = Math.max(pOf(i), 1 - pOf(i));
    const text = `${row.prompt} ${row.a} ${row.b}`.toLowerCase();
    const [least, most] = filter.confidence ?? [0, 1];
    if (filter.states.length > 0 && !filter.states.includes(row.state)) continue;
    if (filter.isFlagged && !row.isFlagged) continue;
    if (filter.confidence !== null && !(confidence >= least && confidence <= most)) continue;
    if (!text.includes(filter.text.toLowerCase())) continue;
    kept.push(i);
  }
  const key = (i: number): number => (sort === "confidence" ? Math.max(pOf(i), 1 - pOf(i)) : i);
  if (sort === "confidence") kept.sort((a, b) => key(a) - key(b) || a - b);
  return isDescending ? kept.reverse() : kept;
}

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

const wholeFile: RowQuery = {
  filter: {
    states: [],
    isFlagged: false,
    confidence: null,
    length: null,
    disagrees: false,
    text: "",
    mark: null,
  },
  sort: "file",
  isDescending: false,
};

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

/** A preview of a file with columns "question", "good" and "bad"; recognised once two responses are named. */
export function previewOf({ mapping }: { mapping: ImportPreview["mapping"] }): ImportPreview {
  const named = mapping ?? {};
  const isRead = named.chosen !== undefined && named.rejected !== undefined;
  const text = (content: string): [{ role: string; content: string }] => [
    { role: "assistant", content },
  ];
  return {
    form: isRead ? "columns by choice" : "unknown",
    problem: isRead
      ? null
      : "The columns question, good, bad fit no known form. Choose which column holds what.",
    columns: ["question", "good", "bad"],
    mapping: isRead ? mapping : null,
    fields: ["prompt", "responseA", "responseB", "chosen", "rejected", "verdict", "id"],
    samples: isRead
      ? [1, 2, 4].map((line) => ({
          line,
          prompt: named.prompt === undefined ? [] : text(`${named.prompt} of line ${line}`),
          a: text(
            `${named.chosen} of line ${line}. ${"It goes on for a while. ".repeat(line * 4)}`,
          ),
          b: text(`${named.rejected} of line ${line}`),
          preference: "first" as const,
        }))
      : [],
    badRows: isRead ? [{ line: 3, reason: "expected a text in “bad”, got null" }] : [],
    badCount: isRead ? 14 : 0,
    rowsRead: 1000,
    isWhole: false,
    lengths: isRead
      ? Float64Array.of(0, 2, 5, 11, 40, 120, 310, 650, 520, 210, 90, 12, 2)
      : new Float64Array(13),
    longerWins: isRead ? Float64Array.of(0.583, 942) : Float64Array.of(NaN, 0),
  };
}
