// What is shown of the file: search, filters, order, and how many rows that leaves.
import "@vscode-elements/elements/dist/vscode-button/index.js";
import "@vscode-elements/elements/dist/vscode-option/index.js";
import "@vscode-elements/elements/dist/vscode-single-select/index.js";
import "@vscode-elements/elements/dist/vscode-textfield/index.js";
import { html, nothing, type TemplateResult } from "lit";
import { styles } from "../ui/styles.ts";
import type { RowQuery, SortKey } from "../../src/protocol/page/pairsPage.ts";
import { filterFields } from "./filterFields.ts";
import type { PairsPage } from "./page.ts";
import { conditionsOf, sortKeys, withFilter } from "./queries.ts";
import { counted, percent, whole } from "./words.ts";

const searchAfterMs = 250;

const sortNames: Readonly<Record<SortKey, string>> = {
  file: "As in the file",
  confidence: "Confidence",
  length: "Length",
  "length difference": "Length difference",
  disagreement: "Disagreement",
};

/** Asks for the text once typing rests; one at a time for the whole page. */
let searching = 0;

/** Everything above the list. */
export function filterBar(page: PairsPage): TemplateResult {
  const { query, areFiltersOpen } = page.state;
  const conditions = conditionsOf(query.filter).length;
  return html`<div class="bar" role="search">
      <vscode-textfield
        class="search"
        type="search"
        label="Search in prompts and responses"
        placeholder="Search in prompts and responses"
        maxlength="1000"
        .value=${query.filter.text}
        @input=${(event: InputEvent) => searchSoon(page, (event.target as HTMLInputElement).value)}
      >
        <span slot="content-before" class="codicon codicon-search" aria-hidden="true"></span>
      </vscode-textfield>
      <button
        type="button"
        class="tool"
        id="filters-button"
        aria-expanded=${areFiltersOpen}
        aria-controls="filters"
        @click=${() => page.set({ areFiltersOpen: !areFiltersOpen })}
      >
        <span class="codicon codicon-filter" aria-hidden="true"></span>
        Filters${conditions === 0 ? nothing : html` <span class="badge">${conditions}</span>`}
      </button>
      <div class="sort">
        <vscode-single-select
          class="sort-by"
          label="Sort by"
          .value=${query.sort}
          @change=${(event: Event) =>
            ask(page, { sort: (event.target as HTMLInputElement).value as SortKey })}
        >
          ${sortKeys.map(
            (key) =>
              html`<vscode-option value=${key} ?selected=${key === query.sort}
                >${sortNames[key]}</vscode-option
              >`,
          )}
        </vscode-single-select>
        <button
          type="button"
          class="tool"
          id="direction"
          aria-label=${query.isDescending ? "Descending; sort ascending" : "Ascending; sort descending"}
          title=${query.isDescending ? "Descending" : "Ascending"}
          @click=${() => ask(page, { isDescending: !query.isDescending })}
        >
          <span
            class="codicon codicon-arrow-${query.isDescending ? "down" : "up"}"
            aria-hidden="true"
          ></span>
        </button>
      </div>
      <span class="count">${countText(page)}</span>
    </div>
    ${coverBar(page)} ${areFiltersOpen ? filterFields(page) : nothing} ${chips(page)}`;
}

/** The conditions in force; each can be taken away. */
function chips(page: PairsPage): TemplateResult | typeof nothing {
  const { query } = page.state;
  const conditions = conditionsOf(query.filter);
  if (conditions.length === 0) return nothing;
  return html`<div class="chips" role="group" aria-label="Filters in force">
    ${conditions.map(
      ({ text, without }) =>
        html`<span class="chip"
          ><bdi>${text}</bdi
          ><button
            type="button"
            aria-label=${`Remove the filter ${text}`}
            @click=${() => {
              void page.ask(withFilter(query, without));
              document.querySelector<HTMLElement>("#filters-button")?.focus();
            }}
          >
            <span class="codicon codicon-close" aria-hidden="true"></span></button
        ></span>`,
    )}
    <button
      type="button"
      class="link"
      @click=${() => {
        page.clear();
        document.querySelector<HTMLElement>("#filters-button")?.focus();
      }}
    >
      Clear all
    </button>
  </div>`;
}

/** How far the file is known, while it is not known wholly; its place is kept, so that nothing moves. */
function coverBar({ state }: PairsPage): TemplateResult {
  const share = shareKnown(state.view.covered, state);
  return html`<div
    class="cover"
    role="progressbar"
    aria-label="Part of the file that was looked through"
    aria-valuemin="0"
    aria-valuemax="100"
    aria-valuenow=${Math.floor(100 * share)}
    ?hidden=${share >= 1}
  >
    <div class="cover-done" style=${styles({ transform: `scaleX(${share})` })}></div>
  </div>`;
}

function shareKnown(covered: number, { snapshot }: PairsPage["state"]): number {
  return snapshot.is === "there" ? Math.min(covered, snapshot.value.indexed) : covered;
}

/** "1,234 of 1,000,000 pairs" or "218 pairs, 2 bad rows", and what part of the file that speaks of. */
function countText({ state }: PairsPage): string {
  const { view, snapshot, isAsking, query } = state;
  const rowCount = snapshot.is === "there" ? snapshot.value.rowCount : null;
  if (isAsking) return "Looking…";
  const isAll = conditionsOf(query.filter).length === 0;
  const indexed = snapshot.is === "there" ? snapshot.value.indexed : 1;
  const isKnown = snapshot.is === "there" && indexed >= 1 && view.covered >= 1;
  const bad = isKnown ? snapshot.value.stateCounts.bad : 0;
  // Bad rows are no pairs; what a filter leaves of both is rows.
  const noun = bad > 0 ? "row" : "pair";
  const shown = isAll
    ? [counted(view.count - bad, "pair"), ...(bad > 0 ? [counted(bad, "bad row")] : [])].join(", ")
    : rowCount === null
      ? counted(view.count, noun)
      : `${whole(view.count)} of ${counted(rowCount, noun)}`;
  if (view.covered < 1) return `${shown} · ${percent(view.covered)} searched`;
  return indexed < 1 ? `${shown} · indexing ${percent(indexed)}` : shown;
}

function searchSoon(page: PairsPage, text: string): void {
  clearTimeout(searching);
  searching = setTimeout(() => {
    if (text !== page.state.query.filter.text) {
      void page.ask(withFilter(page.state.query, { text }));
    }
  }, searchAfterMs);
}

function ask(page: PairsPage, change: Partial<RowQuery>): void {
  void page.ask({ ...page.state.query, ...change });
}
