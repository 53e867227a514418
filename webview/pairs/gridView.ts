// The grid: column headers and the room of the rows (rowElements.ts). They lie in a frame that stays where it is
// while the scroller's tall content moves under it, so nothing is blank during a fast scroll. The frame has the
// focus; the cursor is its active descendant, so a row that is reused takes no focus with it.
import { html, nothing, type TemplateResult } from "lit";
import { classMap } from "lit/directives/class-map.js";
import { guard } from "lit/directives/guard.js";
import { styles } from "../ui/styles.ts";
import { columnWidths, columns, narrowedColumns, type Column } from "./columns.ts";
import type { GridInput } from "./gridInput.ts";
import type { PairsPage } from "./page.ts";
import { contentPx } from "./scrolling.ts";
import type { State } from "./state.ts";

/** The scroller with the grid in it. */
export function gridView(page: PairsPage, input: GridInput): TemplateResult {
  const { state, extent } = page;
  const { place, rowPx, viewPx, roomPx } = state;
  const widths = columnWidths(state.widths, roomPx);
  const totalPx = widths.reduce((sum, width) => sum + width, 0);
  const shared = { page, isSorted: sortedColumn(state) };
  return html`<div class="scroller" tabindex="-1" @scroll=${input.scrolled}>
    <div
      class="content"
      style=${styles({
        height: `${rowPx + contentPx(extent)}px`,
        width: `${totalPx}px`,
      })}
    >
      <div
        class=${["frame", ...narrowedColumns(state.widths, roomPx).map((name) => `narrow-${name}`)].join(" ")}
        role="grid"
        tabindex="0"
        aria-label="Rows of the file"
        aria-rowcount=${extent.count + 1}
        aria-colcount=${columns.length}
        aria-busy=${state.isAsking}
        aria-describedby="grid-keys"
        aria-activedescendant=${activeId(page) ?? nothing}
        style=${styles({
          height: `${rowPx + viewPx}px`,
          "--row": `${rowPx}px`,
          "--columns": columnsText(widths),
        })}
        @keydown=${input.pressed}
        @mousedown=${input.mouseDown}
        @dblclick=${input.doubleClicked}
      >
        <div class="headers" role="rowgroup">
          <div class="row" role="row" aria-rowindex="1">
            ${guard([state.query, place.position < 0 ? place.column : null], () =>
              columns.map((column, i) => header(column, i, { ...shared, input })),
            )}
          </div>
        </div>
        <div class="rows" role="rowgroup"></div>
      </div>
    </div>
  </div>`;
}

/** The columns that are shown, as the style has them. */
function columnsText(widths: readonly number[]): string {
  return widths.flatMap((width) => (width === 0 ? [] : `${width}px`)).join(" ");
}

/** The id of the element with the cursor; null where there is none. */
function activeId({ state }: PairsPage): string | null {
  const { place, view } = state;
  if (place.position >= view.count) return null;
  const row = place.position < 0 ? "header" : `row-${place.position}`;
  return place.column === null ? row : `${row}-${place.column}`;
}

function sortedColumn({ query }: State): { name: string | undefined; order: string } {
  return {
    name: columns.find(({ sort }) => sort === query.sort)?.name,
    order: query.isDescending ? "descending" : "ascending",
  };
}

interface HeaderParts {
  readonly page: PairsPage;
  readonly input: GridInput;
  readonly isSorted: ReturnType<typeof sortedColumn>;
}

function header(column: Column, i: number, { page, input, isSorted }: HeaderParts): TemplateResult {
  const { place } = page.state;
  const sorted = isSorted.name === column.name ? isSorted.order : null;
  return html`<div
    class=${classMap({
      cell: true,
      [`cell-${column.name}`]: true,
      sortable: column.sort !== null,
      cursor: place.position < 0 && place.column === i,
    })}
    role="columnheader"
    id="header-${i}"
    data-column=${i}
    aria-colindex=${i + 1}
    aria-sort=${sorted ?? (column.sort === null ? nothing : "none")}
    title=${column.description ?? nothing}
  >
    <span class="title">${column.title}</span>${
      sorted === null
        ? nothing
        : html`<span
            class="codicon codicon-arrow-${sorted === "ascending" ? "up" : "down"}"
            aria-hidden="true"
          ></span>`
    }<span
      class="resizer"
      aria-hidden="true"
      data-resize=${i}
      @pointerdown=${input.resizeStarted}
    ></span>
  </div>`;
}
