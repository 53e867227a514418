// The rows that are seen, and no more than these: which element shows which row, and that they stand in order.
import { columnWidths, type Widths } from "./columns.ts";
import type { PairsPage } from "./page.ts";
import { RowElement } from "./rowElement.ts";
import { RowKeys } from "./rowKeys.ts";
import { rowsSeen } from "./scrolling.ts";

/** Elements are put in the order of their rows once a scroll rests: moving one costs its style and layout. */
const orderedAfterMs = 150;

export class RowElements {
  readonly #keys = new RowKeys();
  readonly #elements = new Map<number, RowElement>();
  /** Positions by the elements that show them. */
  #painted = new Map<RowElement, number>();
  #container: HTMLElement | null = null;
  #ordering = 0;
  #widths: { readonly of: Widths; readonly roomPx: number; readonly px: readonly number[] } | null =
    null;

  /** Shows the rows of now in this element, and asks for those that are not there. */
  paint(container: HTMLElement, page: PairsPage): void {
    const { state, extent } = page;
    const { offset, place, rowPx, viewPx } = state;
    const { first, end } = rowsSeen(extent, offset);
    const { count } = extent;
    page.rows.want({ first, end, cursor: place.position, count });
    if (container !== this.#container) this.#painted.clear();
    this.#container = container;
    const keyOf = this.#keys.keyOf(first, Math.ceil(viewPx / rowPx) + 1);
    const painted = new Map<RowElement, number>();
    const show = (position: number, key: number): void => {
      const row = this.#element(key);
      const top = position * rowPx - offset;
      row.show({
        position,
        // A cursor that is far away lies just outside: large distances would lose pixels.
        top: Math.min(Math.max(top, -2 * rowPx), viewPx + rowPx),
        loaded: page.rows.at(position),
        cursor: place.position === position ? place : null,
        widths: this.#widthsOf(page),
      });
      if (!this.#painted.has(row)) container.append(row.root);
      painted.set(row, position);
    };
    for (let position = first; position < end; position++) show(position, keyOf(position));
    // The cursor's row is there even where it is out of sight, for screen readers.
    const isAway = place.position < first || place.position >= end;
    if (isAway && place.position >= 0 && place.position < count) show(place.position, -1);
    for (const row of this.#painted.keys()) if (!painted.has(row)) row.root.remove();
    this.#painted = painted;
    this.#orderSoon();
  }

  #element(key: number): RowElement {
    const made = this.#elements.get(key) ?? new RowElement();
    this.#elements.set(key, made);
    return made;
  }

  /** The same array for the same widths, so that rows need not compare nine numbers. */
  #widthsOf({ state: { widths, roomPx } }: PairsPage): readonly number[] {
    if (this.#widths?.of !== widths || this.#widths.roomPx !== roomPx) {
      this.#widths = { of: widths, roomPx, px: columnWidths(widths, roomPx) };
    }
    return this.#widths.px;
  }

  #orderSoon(): void {
    clearTimeout(this.#ordering);
    this.#ordering = setTimeout(() => {
      const ordered = [...this.#painted].sort(([, a], [, b]) => a - b);
      let next = this.#container?.firstElementChild ?? null;
      for (const [{ root }] of ordered) {
        if (root === next) next = next.nextElementSibling;
        else this.#container?.insertBefore(root, next);
      }
    }, orderedAfterMs);
  }
}
