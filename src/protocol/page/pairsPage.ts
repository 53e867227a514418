// The seam between the data editor `ssrm.pairs` and the extension host. The host reads the file and holds the
// order of rows that a filter and a sort make (a view); the page asks for the rows that it paints.
import type { FieldMapping } from "../../core/fieldMapping.ts";
import type { ImportPreview, PreviewPair } from "../../core/importPreview.ts";

/** What is known of a row beside its text. */
export type RowState = "labeled" | "pseudo-labeled" | "unsure" | "unlabeled" | "bad";

/** A row as the list shows it; long texts are cut, `textLength` says how long they are. */
export interface RowView {
  /** Position in the file, from 0; what the page calls a row by. */
  readonly ordinal: number;
  /** Line or row number from 1, as an editor counts. */
  readonly line: number;
  readonly kind: "pair" | "response" | "bad";
  readonly pairId: string | null;
  readonly prompt: string;
  readonly a: string;
  readonly b: string;
  /** Characters of the prompt and both responses as they stand in the file. */
  readonly textLength: number;
  readonly state: RowState;
  /** The person's verdict in the file's order of A and B. */
  readonly label: "A" | "B" | "tie" | "both bad" | "skipped" | null;
  readonly isFlagged: boolean;
  /** Where the label comes from: a rater's name, a file; null where there is none. */
  readonly source: string | null;
  /** Why a bad row can't be read. */
  readonly reason: string | null;
}

/** Rows of a view. Probabilities travel apart: P(A preferred) of the last model, NaN where it did not say. */
export interface RowPage {
  readonly viewId: number;
  readonly from: number;
  readonly rows: readonly RowView[];
  readonly p: Float64Array;
  /** 1 where the pair's pseudo-label was kept for the last model. */
  readonly selected: Uint8Array;
}

export type SortKey = "file" | "confidence" | "length" | "length difference" | "disagreement";

export interface RowFilter {
  readonly states: readonly RowState[];
  readonly isFlagged: boolean;
  /** Confidence from, to (inclusive); null for any. */
  readonly confidence: readonly [number, number] | null;
  /** Characters of both responses together from, to; null for any. */
  readonly length: readonly [number, number] | null;
  /** Only pairs where the person and the model prefer different responses. */
  readonly disagrees: boolean;
  /** Words that the row's text must hold, case-insensitive; empty for any. */
  readonly text: string;
  /** Pairs of one mark of a chart; null for all. */
  readonly mark: ChartMark | null;
}

/** A bin or bar of the dashboard: which pairs, under which model. */
export interface ChartMark {
  readonly runDir: string;
  readonly iteration: number;
  readonly set: "unlabeled" | "validation" | "test" | "selected";
  readonly from: number;
  readonly to: number;
}

export interface RowQuery {
  readonly filter: RowFilter;
  readonly sort: SortKey;
  readonly isDescending: boolean;
}

export interface View {
  readonly viewId: number;
  readonly count: number;
  /** Which part of the file is known so far; below 1 the count grows and `viewChanged` tells. */
  readonly covered: number;
}

export interface PairsSnapshot {
  readonly name: string;
  readonly path: string;
  readonly bytes: number;
  readonly format: string;
  readonly form: string;
  /**
   * Why the file can't be shown as pairs, with what to do; its list is then empty, and the preview says how
   * its columns can be named. Null where all is well.
   */
  readonly problem: string | null;
  /** Null while rows are being counted. */
  readonly rowCount: number | null;
  /** Part of the file that ids and lengths are known of, 0 to 1; filters and sorts need them. */
  readonly indexed: number;
  /** Rows per state, in the order of rowStates; zeros until indexed. */
  readonly stateCounts: Readonly<Record<RowState, number>>;
  /** "run 2026-11-24, iteration 3", whose p the rows show; null before any run. */
  readonly model: string | null;
  /** The same of the model whose p the rows of the query's mark show; null without a mark. */
  readonly markModel: string | null;
  readonly isInProject: boolean;
  /** The view that the page had, remade; the whole file at first. */
  readonly view: View;
  readonly query: RowQuery;
}

/** What the page asks of the host. */
export interface PairsPageToHost {
  /** First thing after (re)loading, with the query that the page had. */
  open(request: { readonly query: RowQuery | null }): PairsSnapshot;
  rows(request: {
    readonly viewId: number;
    readonly from: number;
    readonly count: number;
  }): RowPage;
  query(request: RowQuery): View;
  /** The whole of one row, for the pane beside the list. */
  row(request: { readonly ordinal: number }): PreviewPair | null;
  /** Opens the pair in the label page. */
  openPair(request: { readonly ordinal: number }): void;
  /** Shows the line in the text editor, where the file is a text that it can open. */
  openLine(request: { readonly ordinal: number }): void;
  preview(request: { readonly mapping: FieldMapping | null }): ImportPreview;
  /** Makes the file the project's data (with this mapping), after asking where files exist. */
  useFile(request: { readonly mapping: FieldMapping | null }): void;
}

/** What the host tells the page. */
export interface HostToPairsPage {
  /** Labels, a model or the file changed: counts are new, rows must be asked for again. */
  changed(snapshot: PairsSnapshot): void;
  /**
   * A view grew while the file is being read. Sorted by anything but the file's order its rows may have moved
   * too: ask for them again.
   */
  viewChanged(view: View): void;
}
