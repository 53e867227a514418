// The numbers of a chart as a table: texts for people, CSV with every digit for programs.
import { fixed, fixedRange, noValue, percent, percentRange, thousands } from "../report/numbers.ts";

export type Cell = number | string | null;

/** How the numbers of a column are written for people; a range takes the column's value and the next one. */
export type CellFormat = "text" | "count" | "percent" | "number" | "signed-points";

export interface TableColumn {
  readonly name: string;
  readonly format: CellFormat;
}

export interface ChartTable {
  readonly caption: string;
  readonly columns: readonly TableColumn[];
  /** As many cells a row as there are columns; the first is the row's heading. */
  readonly rows: readonly (readonly Cell[])[];
}

/** A cell as people read it; what is missing or no number is a dash. */
export function cellText(cell: Cell, format: CellFormat): string {
  if (typeof cell === "string") return cell;
  switch (format) {
    case "text":
      return cell === null || Number.isNaN(cell) ? noValue : String(cell);
    case "count":
      return thousands(cell);
    case "percent":
      return percent(cell, 1);
    case "number":
      return fixed(cell, 4);
    case "signed-points":
      return cell !== null && cell > 0 ? `+${fixed(cell, 4)}` : fixed(cell, 4);
  }
}

/** RFC 4180 with a heading; a missing value is an empty field, numbers have all their digits. */
export function tableCsv({ columns, rows }: ChartTable): string {
  const lines = [columns.map(({ name }) => name), ...rows];
  return lines.map((cells) => `${cells.map(field).join(",")}\r\n`).join("");
}

function field(cell: Cell): string {
  const text = cell === null ? "" : String(cell);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** An estimate with its interval as one text: "59.3 % (57.1–61.4 %)", without interval "59.3 %". */
export function estimateText(
  unit: "percent" | "number",
  {
    value,
    low,
    high,
  }: { readonly value: number; readonly low: number | null; readonly high: number | null },
): string {
  const text = unit === "percent" ? percent(value, 1) : fixed(value, 4);
  if (low === null || high === null) return text;
  return `${text} (${unit === "percent" ? percentRange(low, high, 1) : fixedRange(low, high, 4)})`;
}
