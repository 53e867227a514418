// The seam between the extension host and the thread that reads a data file for it: one thread a file, several
// pages. Ids, numbers and sets cross as typed arrays.
import type { ImportPreview, PreviewPair } from "../../core/importPreview.ts";
import type { FieldMapping } from "../../core/fieldMapping.ts";
import type { TableLabels } from "../../data/pairTable/rowStates.ts";
import type { RowPage, RowQuery, RowState, View } from "../../protocol/page/pairsPage.ts";

/** What a thread is started with. */
export interface WorkerTask {
  readonly path: string;
  readonly cacheDir: string;
  readonly mapping: FieldMapping | null;
}

/** What the thread knows of the file. */
export interface TableSnapshot {
  readonly bytes: number;
  readonly format: string;
  readonly form: string;
  /** Why the file is no list of pairs; null where it is one. */
  readonly problem: string | null;
  readonly rowCount: number | null;
  readonly indexed: number;
  readonly stateCounts: Readonly<Record<RowState, number>>;
  /** The number of the model whose p the rows show; null for none. */
  readonly iteration: number | null;
}

/** Rows of a range of lines that a model or a person said something of, for the text editor. */
export interface LineMarks {
  readonly line: Uint32Array;
  /** P(the file's own A preferred); NaN where no model said. */
  readonly p: Float64Array;
  readonly states: readonly RowState[];
  readonly labels: readonly (string | null)[];
}

export interface HostToPairsWorker {
  /** All that a page needs; its view is made anew. Null keeps the query that it had. */
  snapshot(request: { readonly page: string; readonly query: RowQuery | null }): {
    readonly table: TableSnapshot;
    readonly view: View;
    readonly query: RowQuery;
  };
  query(request: { readonly page: string; readonly query: RowQuery }): View;
  /** Rows of a view; none for a view that was replaced meanwhile. */
  rows(request: {
    readonly viewId: number;
    readonly from: number;
    readonly count: number;
  }): RowPage;
  row(request: { readonly ordinal: number }): PreviewPair | null;
  /** Where a row stands, and its pair; null beyond the end. */
  place(request: { readonly ordinal: number }): {
    readonly line: number;
    readonly pairId: string | null;
  } | null;
  lines(request: { readonly from: number; readonly to: number }): LineMarks;
  preview(request: { readonly mapping: FieldMapping | null }): ImportPreview;
  setLabels(labels: TableLabels): void;
  /** Reads what the newest model of this run says; null for no run. */
  setModel(request: { readonly runDir: string | null }): void;
  closePage(request: { readonly page: string }): void;
}

export interface PairsWorkerToHost {
  /** Index, labels or model are new: pages must be sent a snapshot. */
  changed(event: Record<string, never>): void;
  viewChanged(event: { readonly page: string; readonly view: View }): void;
}
