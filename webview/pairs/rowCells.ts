// What the cells of one row say. State, label and choice are told by words and icons, never by colour alone.
import type { RowState, RowView } from "../../src/protocol/page/pairsPage.ts";
import { columns, type ColumnName } from "./columns.ts";
import { stateNames } from "./queries.ts";
import type { LoadedRow } from "./rowCache.ts";
import { whole } from "./words.ts";

/** The text of a cell; `direction` is that of its first letter. */
export interface CellText {
  readonly text: string;
  readonly direction: "ltr" | "rtl";
}

/** Texts of all cells in the order of the columns, those of texts cut to what their width can show. */
export function rowTexts({ row, p, isSelected }: LoadedRow, widths: readonly number[]): CellText[] {
  return columns.map(({ name, isWide }, i) => {
    if (name === "p") return plain(probabilityText(p));
    if (name === "selected") return plain(isSelected ? "Kept" : "");
    const text = textOf(name, row);
    return isWide ? { text: cutTo(text, widths[i]!), direction: directionOf(text) } : plain(text);
  });
}

function plain(text: string): CellText {
  return { text, direction: "ltr" };
}

function textOf(column: Exclude<ColumnName, "p" | "selected">, row: RowView): string {
  switch (column) {
    case "line":
      return whole(row.line);
    case "state":
      return stateNames[row.state];
    case "label":
      return row.label === null ? "" : labelNames[row.label];
    case "source":
      return row.source ?? "";
    case "prompt":
      return row.kind === "bad" ? (row.reason ?? "This row can't be read.") : row.prompt;
    case "a":
      return row.a;
    case "b":
      return row.b;
  }
}

/** The codicon of a state. */
export const stateIcons: Readonly<Record<RowState, string>> = {
  labeled: "pass-filled",
  "pseudo-labeled": "sparkle",
  unsure: "question",
  unlabeled: "circle-large",
  bad: "error",
};

const labelNames: Readonly<Record<NonNullable<RowView["label"]>, string>> = {
  A: "A",
  B: "B",
  tie: "Tie",
  "both bad": "Both bad",
  skipped: "Skipped",
};

/** Two digits; a p that is not 0 or 1 is not written as if it were. Empty where the model did not say. */
function probabilityText(p: number): string {
  if (Number.isNaN(p)) return "";
  return (p === 0 || p === 1 ? p : Math.min(Math.max(p, 0.01), 0.99)).toFixed(2);
}

/** Two pixels a character are less than any text takes; what lies beyond costs layout and is never seen. */
function cutTo(text: string, widthPx: number): string {
  const most = Math.max(Math.ceil(widthPx / 2), 100);
  if (text.length <= most) return text;
  const last = text.charCodeAt(most - 1);
  const isHalf = last >= 0xd800 && last <= 0xdbff;
  return `${text.slice(0, isHalf ? most - 1 : most)}…`;
}

const rightToLeft = /^[^\p{L}]*[\p{Script=Hebrew}\p{Script=Arabic}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}]/u; // prettier-ignore

/** As `dir="auto"` finds it, which looks again at each change of a text. */
function directionOf(text: string): "ltr" | "rtl" {
  return rightToLeft.test(text) ? "rtl" : "ltr";
}
