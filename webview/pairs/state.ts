// Everything that the page shows, in one record, and the part of it that outlives the page.
import type { ImportPreview, PreviewPair } from "../../src/core/importPreview.ts";
import type { PairsSnapshot, RowQuery, RowState, View } from "../../src/protocol/page/pairsPage.ts";
import type { FieldMapping } from "../../src/core/fieldMapping.ts";
import { columns, type Widths } from "./columns.ts";
import type { Place } from "./moves.ts";
import { rowStates, sortKeys } from "./queries.ts";
import { wholeFile } from "../../src/protocol/page/wholeFile.ts";

/** Something that is asked of the host. */
export type Answer<T> =
  | { readonly is: "waiting" }
  | { readonly is: "there"; readonly value: T }
  | { readonly is: "failed"; readonly reason: string };

export type Tab = "rows" | "reading";

export interface State {
  readonly snapshot: Answer<PairsSnapshot>;
  readonly tab: Tab;
  readonly query: RowQuery;
  readonly view: View;
  /** True while the host makes a view for the query. */
  readonly isAsking: boolean;
  /** Why rows or a view did not come; null where they do. */
  readonly rowsProblem: string | null;
  /** What the host refused last to do with a row; null once it was done or sent away. */
  readonly refused: Refusal | null;
  /** Pixels of rows above what is seen. */
  readonly offset: number;
  readonly place: Place;
  /** Size of what is seen of the rows, and height of one; 0 until measured. */
  readonly viewPx: number;
  readonly roomPx: number;
  readonly rowPx: number;
  readonly widths: Widths;
  readonly areFiltersOpen: boolean;
  readonly isPaneOpen: boolean;
  readonly pane: PaneRow | null;
  readonly reading: Reading;
}

/** What is done with a row outside of the list: it is labeled, or its line is shown. */
export type RowAct = "open" | "line";

export interface Refusal {
  readonly act: RowAct;
  readonly ordinal: number;
  readonly reason: string;
}

/** The row that the pane shows. */
export interface PaneRow {
  readonly ordinal: number;
  readonly line: number;
  readonly pair: Answer<PreviewPair | null>;
}

/** How the file is read, under the columns chosen here (null: as recognised). */
export interface Reading {
  readonly mapping: FieldMapping | null;
  readonly preview: Answer<ImportPreview>;
  /** Why the file could not be taken; null where nothing is wrong. */
  readonly problem: string | null;
}

/** What is kept over hiding and reloading: where the user is, nothing of the data. */
export interface Kept {
  readonly query: RowQuery;
  readonly tab: Tab;
  readonly offset: number;
  readonly place: Place;
  readonly widths: Widths;
  readonly areFiltersOpen: boolean;
  readonly isPaneOpen: boolean;
}

/** The page before it knows anything, where it was left. */
export function initialState(kept: Kept | null, rowPx: number): State {
  return {
    snapshot: { is: "waiting" },
    tab: kept?.tab ?? "rows",
    query: kept?.query ?? wholeFile,
    view: { viewId: -1, count: 0, covered: 0 },
    isAsking: false,
    rowsProblem: null,
    refused: null,
    offset: 0,
    place: { position: 0, column: null },
    viewPx: 0,
    roomPx: 0,
    rowPx,
    widths: kept?.widths ?? {},
    areFiltersOpen: kept?.areFiltersOpen ?? false,
    isPaneOpen: kept?.isPaneOpen ?? false,
    pane: null,
    reading: { mapping: null, preview: { is: "waiting" }, problem: null },
  };
}

/** What to keep of the state. */
export function keptOf(state: State): Kept {
  const { query, tab, offset, place, widths, areFiltersOpen, isPaneOpen } = state;
  return { query, tab, offset, place, widths, areFiltersOpen, isPaneOpen };
}

/** What was kept, where it is of this shape; null where another version of the page kept something else. */
export function parseKept(value: unknown): Kept | null {
  if (!isRecord(value) || !isRecord(value["query"]) || !isRecord(value["place"])) return null;
  const kept = value as unknown as Kept;
  const { filter } = kept.query;
  const isSound =
    isRecord(filter) &&
    Array.isArray(filter.states) &&
    (filter.states as readonly RowState[]).every((state) => rowStates.includes(state)) &&
    typeof filter.text === "string" &&
    sortKeys.includes(kept.query.sort) &&
    Number.isFinite(kept.offset) &&
    Number.isInteger(kept.place.position) &&
    (kept.place.column === null || kept.place.column in columns) &&
    isRecord(kept.widths) &&
    (kept.tab === "rows" || kept.tab === "reading");
  return isSound ? kept : null;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}
