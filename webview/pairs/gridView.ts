// The grid: column headers and the rows that are seen, and no more than these. They lie in a frame that stays
// where it is while the scroller's tall content moves under it, so nothing is blank during a fast scroll. The
// frame has the focus; the cursor is its active descendant, so a row that is reused takes no focus with it.
import { html, nothing, type TemplateResult } from "lit";
import { classMap } from "lit/directives/class-map.js";
import { repeat } from "lit/directives/repeat.js";
import { styles } from "../ui/styles.ts";
import { columnWidths, columns, type Column } from "./columns.ts";
import type { GridInput } from "./gridInput.ts";
import type { PairsPage } from "./page.ts";
import { cellContent } from "./rowCells.ts";
import { contentPx, rowsSeen } from "./scrolling.ts";
import type { State } from "./state.ts";
import { whole } from "./words.ts";

/** The scroller with the grid in it. */
export function gridView(page: PairsPage, input: GridInput): TemplateResult {
  const { state, extent } = page;
  const { place, rowPx, viewPx, roomPx } = state;
  const widths = columnWidths(state.widths, roomPx);
  const totalPx = widths.reduce((sum, width) => sum + width, 0);
  const { first, end } = rowsSeen(extent, state.offset);
  page.rows.want({ first, end, cursor: place.position, count: extent.count });
  const positions = Array.from({ length: Math.max(end - first, 0) }, (_, i) => first + i);
  // The cursor's row is there even where it is out of sight, for screen readers.
  const isAway = place.position >= 0 && (place.position < first || place.position >= end);
  if (isAway && place.position < extent.count) {
    if (place.position < first) positions.unshift(place.position);
    else positions.push(place.position);
  }
  const keyOf = page.keys.keyOf(first, Math.ceil(viewPx / rowPx) + 1);
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
        class="frame"
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
          "--columns": widths.map((width) => `${width}px`).join(" "),
        })}
        @keydown=${input.pressed}
        @mousedown=${input.mouseDown}
        @dblclick=${input.doubleClicked}
      >
        <div class="headers" role="rowgroup">
          <div class="row" role="row" aria-rowindex="1">
            ${columns.map((column, i) => header(column, i, { ...shared, input }))}
          </div>
        </div>
        <div class="rows" role="rowgroup">
          ${repeat(
            positions,
            (position) => (position < first || position >= end ? -1 : keyOf(position)),
            (position) => rowView(page, position),
          )}
        </div>
      </div>
    </div>
  </div>`;
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

function rowView(page: PairsPage, position: number): TemplateResult {
  const { offset, rowPx, viewPx, place } = page.state;
  const loaded = page.rows.at(position);
  const top = position * rowPx - offset;
  // A cursor that is far away lies just outside: large distances would lose pixels.
  const near = Math.min(Math.max(top, -2 * rowPx), viewPx + rowPx);
  const isActive = place.position === position;
  return html`<div
    class=${classMap({
      row: true,
      active: isActive,
      cursor: isActive && place.column === null,
      odd: position % 2 === 1,
      waiting: loaded === null,
    })}
    role="row"
    id="row-${position}"
    data-position=${position}
    aria-rowindex=${position + 2}
    aria-selected=${isActive}
    aria-label=${loaded === null ? `Row ${whole(position + 1)}, loading` : nothing}
    style=${styles({ transform: `translateY(${near}px)` })}
  >
    ${columns.map(
      ({ name }, i) =>
        html`<div
          class=${classMap({
            cell: true,
            [`cell-${name}`]: true,
            cursor: isActive && place.column === i,
          })}
          role="gridcell"
          id="row-${position}-${i}"
          data-column=${i}
          aria-colindex=${i + 1}
          dir=${name === "prompt" || name === "a" || name === "b" ? "auto" : nothing}
        >
          ${cellContent(name, loaded)}
        </div>`,
    )}
  </div>`;
}
