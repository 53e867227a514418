// Keys, mouse and wheel on the grid. A key that means something here goes no further, so that no binding of the
// editor fires on it; any other passes.
import { announce } from "../ui/announce.ts";
import { columns, columnWidths, withoutWidth, withWidth } from "./columns.ts";
import { placeAfter } from "./moves.ts";
import type { PairsPage } from "./page.ts";
import { isScaled, offsetAt, rowsPerPage, scrollTopAt } from "./scrolling.ts";
import { counted, whole } from "./words.ts";

const resizeStepPx = 16;
const saidAfterMs = 400;

export class GridInput {
  readonly #page: PairsPage;
  /** Where the scroll bar was put by us: its event says nothing new. */
  #scrollTop = 0;
  #speaking = 0;

  constructor(page: PairsPage) {
    this.#page = page;
  }

  readonly scrolled = (event: Event): void => {
    const { scrollTop } = event.target as HTMLElement;
    if (Math.abs(scrollTop - this.#scrollTop) < 1) return;
    this.#scrollTop = scrollTop;
    this.#page.scroll(offsetAt(this.#page.extent, scrollTop));
  };

  /** Puts the scroll bar where the rows are; call after painting. */
  follow(scroller: HTMLElement): void {
    const { extent, state } = this.#page;
    if (Math.abs(offsetAt(extent, this.#scrollTop) - state.offset) >= 1) {
      scroller.scrollTop = scrollTopAt(extent, state.offset);
    }
    // Read back: browsers round, and cut off at the end.
    this.#scrollTop = scroller.scrollTop;
    this.#showColumn(scroller);
  }

  /** Where the bar moves through a shorter way than the rows, a turn of the wheel still moves by its pixels. */
  readonly turned = (event: WheelEvent): void => {
    const { extent, state } = this.#page;
    if (!isScaled(extent) || event.ctrlKey || event.shiftKey || event.deltaY === 0) return;
    event.preventDefault();
    const unit = [1, extent.rowPx, extent.viewPx][event.deltaMode] ?? 1;
    (event.currentTarget as HTMLElement).scrollLeft += event.deltaX * unit;
    this.#page.scroll(state.offset + event.deltaY * unit);
  };

  readonly pressed = (event: KeyboardEvent): void => {
    if (event.altKey || event.metaKey || event.isComposing) return;
    if (!this.#handle(keyOf(event))) return;
    event.preventDefault();
    event.stopPropagation();
  };

  readonly mouseDown = (event: MouseEvent): void => {
    const position = positionOf(event);
    if (event.button !== 0) return;
    if (position !== null) this.#page.move({ position, column: null });
    else this.#sort(columnOf(event));
  };

  readonly doubleClicked = (event: MouseEvent): void => {
    const handle = (event.target as HTMLElement).dataset["resize"];
    if (handle !== undefined) {
      this.#page.set({ widths: withoutWidth(this.#page.state.widths, Number(handle)) });
    } else if (positionOf(event) !== null) this.#page.act("open");
  };

  readonly resizeStarted = (event: PointerEvent): void => {
    event.preventDefault();
    event.stopPropagation();
    const handle = event.target as HTMLElement;
    const column = Number(handle.dataset["resize"]);
    const from = event.clientX - this.#width(column);
    handle.setPointerCapture(event.pointerId);
    handle.onpointermove = (move) => {
      const { widths } = this.#page.state;
      this.#page.set({ widths: withWidth(widths, column, move.clientX - from) });
    };
    handle.onlostpointercapture = () => (handle.onpointermove = null);
  };

  #handle(key: string): boolean {
    const { state, extent } = this.#page;
    const { place } = state;
    switch (key) {
      case "Enter":
        if (place.position < 0) this.#sort(place.column);
        else this.#page.act("open");
        return true;
      case " ":
        if (place.position < 0) this.#sort(place.column);
        else this.#page.togglePane();
        return true;
      case "l":
        this.#page.act("line");
        return true;
      case "Escape":
        if (!state.isPaneOpen) return false;
        this.#page.togglePane();
        return true;
      case "Shift+ArrowLeft":
      case "Shift+ArrowRight":
        return this.#resize(place.column, key === "Shift+ArrowLeft" ? -1 : 1);
    }
    const size = {
      count: extent.count,
      columns: columns.length,
      rowsPerPage: rowsPerPage(extent),
    };
    let next = placeAfter(place, key, size);
    // A narrow list leaves columns out.
    while (key.startsWith("Arrow") && next !== null && this.#isLeftOut(next.column)) {
      const beyond = placeAfter(next, key, size);
      if (beyond === null || beyond.column === next.column) break;
      next = beyond;
    }
    if (next === null) return false;
    this.#page.move(next);
    this.#saySoon();
    return true;
  }

  #sort(column: number | null): void {
    const sort = column === null ? null : columns[column]!.sort;
    if (sort === null) return;
    const { query } = this.#page.state;
    const isDescending = query.sort === sort && !query.isDescending;
    void this.#page.ask({ ...query, sort, isDescending });
  }

  #resize(column: number | null, direction: number): boolean {
    if (column === null) return false;
    const widthPx = this.#width(column) + direction * resizeStepPx;
    const widths = withWidth(this.#page.state.widths, column, widthPx);
    this.#page.set({ widths });
    const { name, title } = columns[column]!;
    announce(`${title}: ${widths[name]} pixels wide`);
    return true;
  }

  #width(column: number): number {
    const { widths, roomPx } = this.#page.state;
    return columnWidths(widths, roomPx)[column]!;
  }

  #isLeftOut(column: number | null): boolean {
    return column !== null && this.#width(column) === 0;
  }

  /** Scrolls sideways as far as the cell with the cursor asks for, once per move of the cursor. */
  #showColumn(scroller: HTMLElement): void {
    const { place } = this.#page.state;
    if (place.column === this.#shownColumn) return;
    this.#shownColumn = place.column;
    if (place.column === null) return;
    const widths = columnWidths(this.#page.state.widths, this.#page.state.roomPx);
    const left = widths.slice(0, place.column).reduce((sum, width) => sum + width, 0);
    const right = left + widths[place.column]! - scroller.clientWidth;
    scroller.scrollLeft = Math.min(Math.max(scroller.scrollLeft, right), left);
  }
  #shownColumn: number | null = null;

  /** Says the position once the keys rest. */
  #saySoon(): void {
    clearTimeout(this.#speaking);
    this.#speaking = setTimeout(() => {
      const { place, view } = this.#page.state;
      if (place.position < 0) announce("Column headers");
      else announce(`Row ${whole(place.position + 1)} of ${counted(view.count, "row")}`);
    }, saidAfterMs);
  }
}

function keyOf({ key, ctrlKey, shiftKey }: KeyboardEvent): string {
  return `${ctrlKey ? "Ctrl+" : ""}${shiftKey ? "Shift+" : ""}${key}`;
}

function positionOf(event: Event): number | null {
  const row = (event.target as HTMLElement).closest<HTMLElement>("[data-position]");
  return row === null ? null : Number(row.dataset["position"]);
}

function columnOf(event: Event): number | null {
  const cell = (event.target as HTMLElement).closest<HTMLElement>("[role=columnheader]");
  return cell === null ? null : Number(cell.dataset["column"]);
}
