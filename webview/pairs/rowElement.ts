// One row of the list as elements that are made once and then written to, each only where it changes: comparing
// a hundred values a row as templates took a third of a frame of a fast scroll.
import { columns, type ColumnName } from "./columns.ts";
import type { LoadedRow } from "./rowCache.ts";
import { rowTexts, stateIcons } from "./rowCells.ts";
import { whole } from "./words.ts";

/** What a row's elements show. */
export interface ShownRow {
  readonly position: number;
  /** Pixels below the upper edge of what is seen. */
  readonly top: number;
  /** Null while it is on its way. */
  readonly loaded: LoadedRow | null;
  /** The cursor is in this row: in this column, or (null) on the whole row. */
  readonly cursor: { readonly column: number | null } | null;
  /** Widths of all columns; the same array for as long as they are the same. */
  readonly widths: readonly number[];
}

export class RowElement {
  readonly root = element("div", "row");
  readonly #cells = columns.map(({ name }) => element("div", `cell cell-${name}`));
  readonly #texts: Text[];
  readonly #state = icon();
  readonly #flag = icon();
  readonly #bar = element("div", "p-bar");
  readonly #fill = element("div", "p-fill");
  readonly #kept = icon();
  #shown: ShownRow | null = null;
  /** Whose texts stand in the cells; also of a row that left while the next is on its way. */
  #written: { readonly loaded: LoadedRow; readonly widths: readonly number[] } | null = null;

  constructor() {
    this.root.setAttribute("role", "row");
    this.#texts = this.#cells.map((cell, i) => {
      cell.setAttribute("role", "gridcell");
      cell.dataset["column"] = String(i);
      cell.setAttribute("aria-colindex", String(i + 1));
      return document.createTextNode("");
    });
    this.#flag.className = "codicon codicon-flag flag";
    this.#flag.removeAttribute("aria-hidden");
    this.#flag.setAttribute("role", "img");
    this.#flag.setAttribute("aria-label", "flagged");
    this.#flag.hidden = true;
    this.#bar.setAttribute("aria-hidden", "true");
    this.#bar.hidden = true;
    this.#bar.append(this.#fill);
    for (const [i, { name }] of columns.entries()) {
      this.#cells[i]!.append(...this.#content(name, this.#texts[i]!));
    }
    this.root.append(...this.#cells);
  }

  /** Shows another row, or the same one elsewhere. */
  show(row: ShownRow): void {
    const before = this.#shown;
    this.#shown = row;
    const { position, top, loaded, cursor } = row;
    if (before?.top !== top) this.root.style.transform = `translateY(${top}px)`;
    if (before?.position !== position) {
      this.root.dataset["position"] = String(position);
      this.root.setAttribute("aria-rowindex", String(position + 2));
    }
    const classes = `row${position % 2 === 1 ? " odd" : ""}${loaded === null ? " waiting" : ""}${
      cursor === null ? "" : cursor.column === null ? " active cursor" : " active"
    }`;
    if (this.root.className !== classes) this.root.className = classes;
    if (loaded === null)
      this.root.setAttribute("aria-label", `Row ${whole(position + 1)}, loading`);
    else if (before !== null && before.loaded === null) this.root.removeAttribute("aria-label");
    this.#showCursor(before, row);
    if (loaded !== null) this.#write(loaded, row.widths);
  }

  /** The active descendant of the grid is found by its id, so only the cursor's elements have one. */
  #showCursor(before: ShownRow | null, { position, cursor }: ShownRow): void {
    const isSame =
      before?.cursor?.column === cursor?.column &&
      (cursor === null || before?.position === position);
    if (before !== null && isSame) return;
    this.root.setAttribute("aria-selected", String(cursor !== null));
    setId(this.root, cursor === null ? null : `row-${position}`);
    for (const [i, cell] of this.#cells.entries()) {
      const isCursor = cursor?.column === i;
      cell.classList.toggle("cursor", isCursor);
      setId(cell, isCursor ? `row-${position}-${i}` : null);
    }
  }

  #write(loaded: LoadedRow, widths: readonly number[]): void {
    const { row, p, isSelected } = loaded;
    const before = this.#written;
    const isSame =
      before?.widths === widths &&
      before.loaded.row === row &&
      Object.is(before.loaded.p, p) &&
      before.loaded.isSelected === isSelected;
    if (isSame) return;
    this.#written = { loaded, widths };
    const texts = rowTexts(loaded, widths);
    for (const [i, { isWide, name }] of columns.entries()) {
      const { text, direction } = texts[i]!;
      const node = this.#texts[i]!;
      if (node.data !== text) node.data = text;
      const cell = this.#cells[i]!;
      if (isWide && cell.dir !== direction) cell.dir = direction;
      if (name === "prompt") cell.classList.toggle("reason", row.kind === "bad");
    }
    setClass(this.#state, `codicon codicon-${stateIcons[row.state]} state-${row.state}`);
    show(this.#flag, { if: row.isFlagged });
    setClass(this.#kept, isSelected ? "codicon codicon-check" : "");
    show(this.#bar, { if: !Number.isNaN(p) });
    if (!this.#bar.hidden) this.#fill.style.width = `${100 * p}%`;
  }

  #content(name: ColumnName, text: Text): (Node | string)[] {
    if (name === "state") return [this.#state, " ", text, " ", this.#flag];
    if (name === "p") return [text, this.#bar];
    return name === "selected" ? [this.#kept, " ", text] : [text];
  }
}

function element(tag: "div" | "span", className: string): HTMLElement {
  const made = document.createElement(tag);
  made.className = className;
  return made;
}

/** An icon that says nothing which is not said in words. */
function icon(): HTMLElement {
  const made = element("span", "");
  made.setAttribute("aria-hidden", "true");
  return made;
}

function setClass(of: HTMLElement, name: string): void {
  if (of.className !== name) of.className = name;
}

function show(element: HTMLElement, { if: isShown }: { readonly if: boolean }): void {
  if (element.hidden === isShown) element.hidden = !isShown;
}

function setId(of: HTMLElement, id: string | null): void {
  if (id === null) of.removeAttribute("id");
  else of.id = id;
}
