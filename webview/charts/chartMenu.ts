// The menu of a chart: its numbers as a table or as CSV, its picture as a file.
import { html, nothing, type TemplateResult } from "lit";

export type MenuItem = "table" | "csv" | "svg";

export interface ChartMenu {
  /** The chart's title, for people who meet the button alone. */
  readonly of: string;
  readonly isOpen: boolean;
  readonly isTableShown: boolean;
  readonly setOpen: (isOpen: boolean) => void;
  readonly pick: (item: MenuItem) => void;
}

/** A button and, while it is open, its list; arrows move, Escape closes, the focus goes back to the button. */
export function chartMenu(menu: ChartMenu): TemplateResult {
  const { of, isOpen, isTableShown, setOpen } = menu;
  const items: readonly (readonly [MenuItem, string, string])[] = [
    ["table", isTableShown ? "Hide table" : "Show table", "table"],
    ["csv", "Copy as CSV", "copy"],
    ["svg", "Save as SVG", "save"],
  ];
  return html`<div
    class="chart-menu"
    @keydown=${(event: KeyboardEvent) => key(event, menu)}
    @focusout=${(event: FocusEvent) => left(event, menu)}
  >
    <button
      class="icon-button"
      aria-haspopup="menu"
      aria-expanded=${isOpen ? "true" : "false"}
      aria-label="More of ${of}"
      title="Table, CSV, SVG"
      @click=${() => setOpen(!isOpen)}
    >
      <span class="codicon codicon-ellipsis" aria-hidden="true"></span>
    </button>
    ${
      isOpen
        ? html`<div class="menu" role="menu" aria-label=${of}>
            ${items.map(
              ([item, name, icon]) =>
                html`<button
                  role="menuitem"
                  tabindex="-1"
                  @click=${(event: Event) => choose(event, menu, item)}
                >
                  <span class="codicon codicon-${icon}" aria-hidden="true"></span>${name}
                </button>`,
            )}
          </div>`
        : nothing
    }
  </div>`;
}

function choose(event: Event, menu: ChartMenu, item: MenuItem): void {
  buttonOf(event)?.focus();
  menu.setOpen(false);
  menu.pick(item);
}

function key(event: KeyboardEvent, { isOpen, setOpen }: ChartMenu): void {
  const place = event.currentTarget as HTMLElement;
  const isDown = event.key === "ArrowDown" || event.key === "ArrowUp";
  if (!isOpen) {
    if (!isDown) return;
    event.preventDefault();
    setOpen(true);
    // The list is there after the chart has been drawn again.
    setTimeout(() => place.querySelector<HTMLElement>("[role=menuitem]")?.focus());
    return;
  }
  if (event.key === "Escape") {
    event.stopPropagation();
    buttonOf(event)?.focus();
    setOpen(false);
    return;
  }
  const items = [...place.querySelectorAll<HTMLElement>("[role=menuitem]")];
  const at = items.indexOf(document.activeElement as HTMLElement);
  const next =
    event.key === "ArrowDown"
      ? (at + 1) % items.length
      : event.key === "ArrowUp"
        ? (at <= 0 ? items.length : at) - 1
        : event.key === "Home"
          ? 0
          : event.key === "End"
            ? items.length - 1
            : null;
  if (next === null) return;
  event.preventDefault();
  items[next]?.focus();
}

/** Closes when the focus goes elsewhere. */
function left(event: FocusEvent, { isOpen, setOpen }: ChartMenu): void {
  const place = event.currentTarget as HTMLElement;
  if (isOpen && event.relatedTarget !== null && !place.contains(event.relatedTarget as Node)) {
    setOpen(false);
  }
}

function buttonOf(event: Event): HTMLElement | null {
  const place = (event.currentTarget as HTMLElement).closest(".chart-menu");
  return place?.querySelector<HTMLElement>(".icon-button") ?? null;
}
