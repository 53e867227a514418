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

/** What a column shows of a row. */
export function cellContent(column: ColumnName, loaded: LoadedRow | null): Content {
  if (loaded === null) return skeletons[column];
  const { row, p, isSelected } = loaded;
  switch (column) {
    case "line":
      return whole(row.line);
    case "state":
      return stateContent(row);
    case "label":
      return row.label === null ? nothing : labelNames[row.label];
    case "p":
      return Number.isNaN(p) ? nothing : probability(p);
    case "selected":
      return isSelected
        ? html`<span class="codicon codicon-check" aria-hidden="true"></span> Kept`
        : nothing;
    case "source":
      return row.source ?? nothing;
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

function stateContent({ state, isFlagged }: RowView): TemplateResult {
  return html`<span
      class="codicon codicon-${stateIcons[state]} state-${state}"
      aria-hidden="true"
    ></span>
    ${stateNames[state]}${
      isFlagged
        ? html` <span class="codicon codicon-flag flag" role="img" aria-label="flagged"></span>`
        : nothing
    }`;
}

/** Two digits; a p that is not 0 or 1 is not written as if it were. */
function probability(p: number): TemplateResult {
  const text = Math.min(Math.max(p, 0.001), 0.999) === p ? inside(p) : p.toFixed(2);
  return html`<span class="p-number">${text}</span
    ><span class="p-bar" aria-hidden="true"
      ><span class="p-fill" style=${styles({ "--p": String(p) })}></span
    ></span>`;
}

function inside(p: number): string {
  return Math.min(Math.max(p, 0.01), 0.99).toFixed(2);
}

function reasonContent({ reason }: RowView): TemplateResult {
  return html`<span class="reason">${reason ?? "This row can't be read."}</span>`;
}

const line = html`<span class="skeleton"></span>`;

const skeletons: Readonly<Record<ColumnName, Content>> = {
  line,
  state: line,
  label: nothing,
  p: nothing,
  selected: nothing,
  source: nothing,
  prompt: line,
  a: line,
  b: line,
};
