// What a chart is before it is drawn: its picture, the marks that a cursor can stand on, and its numbers.
import type { SVGTemplateResult } from "lit";
import type { Frame } from "../../src/core/chart/scale.ts";
import type { ChartTable } from "../../src/core/chart/table.ts";

/** The pairs behind a mark, as the data editor is asked for them. */
export interface MarkPairs {
  readonly dir: string;
  readonly iteration: number;
  readonly set: "unlabeled" | "validation" | "test" | "selected";
  /** Bounds of confidence. */
  readonly from: number;
  readonly to: number;
}

export interface ChartMark {
  readonly series: number;
  /** Where the cursor and the tooltip point, in the frame's pixels. */
  readonly x: number;
  readonly y: number;
  /** The area that belongs to the mark under a pointer. */
  readonly area: {
    readonly x: number;
    readonly y: number;
    readonly width: number;
    readonly height: number;
  };
  /** First line of the tooltip, such as the bin or the model. */
  readonly title: string;
  /** What the mark says, one fact each. */
  readonly lines: readonly string[];
  /** What opening the pairs does, where it is more than the mark's own; "open these pairs" without. */
  readonly opens?: string;
  /** Null where there are no pairs to show. */
  readonly pairs: MarkPairs | null;
}

export interface LegendItem {
  /** A drawing of 30 by 12 pixels. */
  readonly key: SVGTemplateResult;
  readonly name: string;
}

export interface ChartModel {
  /** Unique in the page; letters, digits and hyphens. */
  readonly id: string;
  readonly title: string;
  /** What the numbers come to, in one plain sentence. */
  readonly meaning: string;
  readonly frame: Frame;
  readonly drawing: SVGTemplateResult;
  readonly legend: readonly LegendItem[];
  readonly marks: readonly ChartMark[];
  readonly table: ChartTable;
  /** Why there is nothing to see yet; null where there is. */
  readonly empty: string | null;
}

/** What a chart asks of the page. */
export interface ChartActions {
  readonly open: (pairs: MarkPairs) => void;
  readonly copy: (text: string) => void;
  readonly save: (name: string, text: string) => void;
}
