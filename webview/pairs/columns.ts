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
/** Below this, 400 % zoom among others, what would push the texts out of sight is narrower or gone. */
const narrowBelowPx = 640;
const leastNarrowTextPx = 120;
/** The line's number, the state's icon and p without its bar; 0 for a column that is not shown. */
const narrowPx: Readonly<Partial<Record<ColumnName, number>>> = {
  ...{ line: 64, state: 48, p: 60 },
  ...{ label: 0, selected: 0, source: 0 },
};

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

/** The columns that are narrower than by themselves, for lack of room; never those that the user has set. */
export function narrowedColumns(widths: Widths, roomPx: number): ColumnName[] {
  // Before the list is measured, nothing is known of its room.
  if (roomPx === 0 || roomPx >= narrowBelowPx) return [];
  return columns.flatMap(({ name }) =>
    name in narrowPx && widths[name] === undefined ? name : [],
  );
}

/**
 * The width of each column in whole pixels, 0 for one that is not shown; together at least `roomPx` where a text
 * column is free. In a narrow list the prompt is in view, and the responses where they have room beside it.
 */
export function columnWidths(widths: Widths, roomPx: number): number[] {
  const narrowed = narrowedColumns(widths, roomPx);
  const fixed = ({ name, widthPx }: Column): number =>
    widths[name] ?? (narrowed.includes(name) ? narrowPx[name]! : widthPx);
  const isFree = ({ name, isWide }: Column): boolean => isWide && widths[name] === undefined;
  const free = columns.filter(isFree);
  const left =
    roomPx - columns.reduce((sum, column) => sum + (isFree(column) ? 0 : fixed(column)), 0);
  const share = Math.floor(left / Math.max(free.length, 1));
  const isNarrow = roomPx > 0 && roomPx < narrowBelowPx;
  const textPx = ({ name }: Column): number => {
    if (!isNarrow) return Math.max(share, leastTextPx);
    if (share >= leastNarrowTextPx) return share;
    return name === "prompt" ? Math.max(left, leastNarrowTextPx) : leastTextPx;
  };
  return columns.map((column) => (isFree(column) ? textPx(column) : fixed(column)));
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
