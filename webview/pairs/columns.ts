// The columns of the list and how wide they are. What the user has not set shares the room that is left.
import type { SortKey } from "../../src/protocol/page/pairsPage.ts";

export type ColumnName =
  "line" | "state" | "label" | "p" | "selected" | "source" | "prompt" | "a" | "b";

export interface Column {
  readonly name: ColumnName;
  readonly title: string;
  /** Said of the title where one letter does not say enough. */
  readonly description: string | null;
  readonly widthPx: number;
  /** True for texts, which take the room that is left. */
  readonly isWide: boolean;
  readonly sort: SortKey | null;
}

const minWidthPx = 48;
const maxWidthPx = 2000;
const leastTextPx = 200;

export const columns: readonly Column[] = [
  narrow("line", { title: "Line", widthPx: 96, sort: "file" }),
  narrow("state", { title: "State", widthPx: 150 }),
  narrow("label", { title: "Label", widthPx: 84 }),
  narrow("p", {
    title: "P(A)",
    widthPx: 104,
    sort: "confidence",
    description: "Probability of the last model that A is better; sorts by confidence",
  }),
  narrow("selected", {
    title: "Kept",
    widthPx: 72,
    description: "Whether the pseudo-label was selected for training",
  }),
  narrow("source", { title: "Source", widthPx: 104 }),
  wide("prompt", "Prompt"),
  wide("a", "A"),
  wide("b", "B"),
];

/** Widths that the user has set, by column. */
export type Widths = Readonly<Partial<Record<ColumnName, number>>>;

/** The width of each column in whole pixels; together at least `roomPx` where a text column is free. */
export function columnWidths(widths: Widths, roomPx: number): number[] {
  const free = columns.filter(({ name, isWide }) => isWide && widths[name] === undefined);
  const taken = columns.reduce(
    (sum, column) => sum + (free.includes(column) ? 0 : (widths[column.name] ?? column.widthPx)),
    0,
  );
  const each = Math.max(Math.floor((roomPx - taken) / Math.max(free.length, 1)), leastTextPx);
  return columns.map((column) =>
    free.includes(column) ? each : (widths[column.name] ?? column.widthPx),
  );
}

/** The widths with one column made this wide, within limits. */
export function withWidth(widths: Widths, column: number, widthPx: number): Widths {
  const clamped = Math.round(Math.min(Math.max(widthPx, minWidthPx), maxWidthPx));
  return { ...widths, [columns[column]!.name]: clamped };
}

/** The widths with one column as it is by itself. */
export function withoutWidth(widths: Widths, column: number): Widths {
  const { name } = columns[column]!;
  return Object.fromEntries(Object.entries(widths).filter(([key]) => key !== name));
}

function narrow(
  name: ColumnName,
  column: Pick<Column, "title" | "widthPx"> & Partial<Pick<Column, "sort" | "description">>,
): Column {
  return { name, isWide: false, sort: null, description: null, ...column };
}

function wide(name: ColumnName, title: string): Column {
  return { name, title, widthPx: leastTextPx, isWide: true, sort: null, description: null };
}
