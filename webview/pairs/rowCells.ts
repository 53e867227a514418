// The cells of one row. State, label and choice are told by words and icons, never by colour alone; a row that
// is on its way has the same size.
import { html, nothing, type TemplateResult } from "lit";
import { styles } from "../ui/styles.ts";
import type { RowState, RowView } from "../../src/protocol/page/pairsPage.ts";
import type { ColumnName } from "./columns.ts";
import { stateNames } from "./queries.ts";
import type { LoadedRow } from "./rowCache.ts";
import { whole } from "./words.ts";

type Content = TemplateResult | string | typeof nothing;

/**
 * What a column shows of a row, null for one on its way. Always the same elements, so that a row which takes
 * the place of another changes texts and classes only.
 */
export function cellContent(column: ColumnName, loaded: LoadedRow | null): Content {
  if (column === "state") return stateContent(loaded?.row ?? null);
  if (column === "p") return probability(loaded?.p ?? NaN);
  if (column === "selected") return keptContent(loaded?.isSelected === true ? "Kept" : "");
  return loaded === null ? "" : textOf(column, loaded.row);
}

function textOf(column: Exclude<ColumnName, "state" | "p" | "selected">, row: RowView): Content {
  switch (column) {
    case "line":
      return whole(row.line);
    case "label":
      return row.label === null ? "" : labelNames[row.label];
    case "source":
      return row.source ?? "";
    case "prompt":
      return row.kind === "bad" ? reasonContent(row) : row.prompt;
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

function stateContent(row: RowView | null): TemplateResult {
  const icon = row === null ? "" : `codicon codicon-${stateIcons[row.state]} state-${row.state}`;
  const name = row === null ? "" : stateNames[row.state];
  const flag = row?.isFlagged === true ? flagMark : nothing;
  return html`<span class=${icon} aria-hidden="true"></span> ${name}${flag}`;
}

const flagMark = html` <span
  class="codicon codicon-flag flag"
  role="img"
  aria-label="flagged"
></span>`;

function keptContent(text: string): TemplateResult {
  const icon = text === "" ? "" : "codicon codicon-check";
  return html`<span class=${icon} aria-hidden="true"></span> ${text}`;
}

/** Two digits; a p that is not 0 or 1 is not written as if it were. */
function probability(p: number): TemplateResult {
  const isKnown = !Number.isNaN(p);
  const text = p === 0 || p === 1 ? p.toFixed(2) : inside(p);
  return html`<span class="p-number">${isKnown ? text : ""}</span
    ><span class="p-bar" aria-hidden="true" ?hidden=${!isKnown}
      ><span class="p-fill" style=${styles({ transform: `scaleX(${isKnown ? p : 0})` })}></span
    ></span>`;
}

function inside(p: number): string {
  return Math.min(Math.max(p, 0.01), 0.99).toFixed(2);
}

function reasonContent({ reason }: RowView): TemplateResult {
  return html`<span class="reason">${reason ?? "This row can't be read."}</span>`;
}
