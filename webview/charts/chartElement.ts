// A chart in the page: picture, keyboard cursor, tooltip, menu, table. It has a life of its own (where the
// cursor is, what is open) and is drawn again only when its model is another one.
import { html, LitElement, nothing, svg, type TemplateResult } from "lit";
import { moveCursor } from "../../src/core/chart/cursor.ts";
import { tableCsv } from "../../src/core/chart/table.ts";
import { announce } from "../ui/announce.ts";
import type { ChartActions, ChartMark, ChartModel } from "./chartModel.ts";
import { chartMenu } from "./chartMenu.ts";
import { chartTable } from "./chartTable.ts";
import { px } from "./parts.ts";
import { svgText } from "./saveSvg.ts";

const keysOfMarks = "Arrow keys go from mark to mark, Enter opens the pairs of one.";

export class ChartElement extends LitElement {
  static override properties = {
    model: { attribute: false },
    actions: { attribute: false },
    cursor: { state: true },
    isTipShown: { state: true },
    isMenuOpen: { state: true },
    isTableShown: { state: true },
  };

  declare model: ChartModel | undefined;
  declare actions: ChartActions | undefined;
  /** The mark that the cursor is on. */
  declare private cursor: number | null;
  declare private isTipShown: boolean;
  declare private isMenuOpen: boolean;
  declare private isTableShown: boolean;

  constructor() {
    super();
    this.cursor = null;
    this.isTipShown = false;
    this.isMenuOpen = false;
    this.isTableShown = false;
  }

  /** In the page's own tree, so that its style sheet and its ids hold for charts too. */
  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  protected override render(): TemplateResult | typeof nothing {
    const model = this.model;
    if (!model) return nothing;
    return html`<figure class="chart" aria-labelledby="${model.id}-title">
      <figcaption>
        <h3 id="${model.id}-title">${model.title}</h3>
        ${chartMenu({
          of: model.title,
          isOpen: this.isMenuOpen,
          isTableShown: this.isTableShown,
          setOpen: (isOpen) => (this.isMenuOpen = isOpen),
          pick: (item) => this.#pick(item, model),
        })}
        <p class="meaning" id="${model.id}-meaning">${model.meaning}</p>
      </figcaption>
      ${this.#plot(model)} ${legendOf(model)}
      ${this.isTableShown ? chartTable(model.table) : nothing}
    </figure>`;
  }

  /** The tooltip's place is set here: the page's policy forbids style attributes. */
  protected override updated(): void {
    const mark = this.#mark();
    const tip = this.querySelector<HTMLElement>(".tip");
    if (!mark || !tip || !this.model) return;
    const { width, height } = this.model.frame;
    const share = mark.x / width;
    tip.style.setProperty("--tip-x", `${share * 100}%`);
    tip.style.setProperty("--tip-y", `${(mark.y / height) * 100}%`);
    tip.style.setProperty("--tip-shift", share < 0.35 ? "-10%" : share > 0.65 ? "-90%" : "-50%");
  }

  #plot(model: ChartModel): TemplateResult {
    const { width, height } = model.frame;
    const mark = this.#mark();
    const at = this.cursor;
    return html`<div
      class="plot"
      role="application"
      aria-roledescription="chart"
      aria-label="${model.title}. ${model.empty ?? keysOfMarks}"
      aria-describedby="${model.id}-meaning"
      aria-activedescendant=${mark && at !== null ? `${model.id}-mark-${at}` : nothing}
      tabindex="0"
      @keydown=${this.#key}
      @focus=${this.#focused}
      @blur=${() => (this.isTipShown = false)}
      @pointermove=${this.#pointed}
      @pointerleave=${this.#left}
      @click=${this.#clicked}
    >
      <svg class="picture" viewBox="0 0 ${width} ${height}" aria-hidden="true">
        ${model.drawing}
      </svg>
      <svg class="cursor-layer" viewBox="0 0 ${width} ${height}">
        ${model.marks.map((m, i) => areaOf(m, `${model.id}-mark-${i}`, i === at ? "area at" : "area"))}
        ${mark && this.isTipShown ? svg`<circle class="cursor" cx=${px(mark.x)} cy=${px(mark.y)} r="7"></circle>` : nothing}
      </svg>
      ${model.empty === null ? nothing : html`<p class="no-marks"><span>${model.empty}</span></p>`}
      ${
        mark && this.isTipShown
          ? html`<div class="tip" aria-hidden="true">
              <strong>${mark.title}</strong>
              ${mark.lines.map((line) => html`<span>${line}</span>`)}
              ${mark.pairs ? html`<span class="tip-act">Enter or click: ${mark.opens ?? "open these pairs"}</span>` : nothing}
            </div>`
          : nothing
      }
    </div>`;
  }

  #mark(): ChartMark | null {
    return this.cursor === null ? null : (this.model?.marks[this.cursor] ?? null);
  }

  readonly #key = (event: KeyboardEvent): void => {
    const marks = this.model?.marks ?? [];
    if (event.key === "Escape" && this.isTipShown) {
      this.isTipShown = false;
      event.stopPropagation();
      return;
    }
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    if (event.key === "Enter") {
      const pairs = this.#mark()?.pairs;
      if (pairs) this.actions?.open(pairs);
      else announce("There are no pairs to open here.");
      event.preventDefault();
      return;
    }
    const next = moveCursor(marks, this.cursor ?? 0, event.key);
    if (next === null) return;
    event.preventDefault();
    this.cursor = next;
    this.isTipShown = true;
  };

  readonly #focused = (): void => {
    const marks = this.model?.marks ?? [];
    if (marks.length === 0) return;
    if (this.#mark() === null) this.cursor = 0;
    // A click brings the focus too, and has its own mark.
    if (this.querySelector(".plot")?.matches(":focus-visible")) this.isTipShown = true;
  };

  readonly #pointed = (event: PointerEvent): void => {
    const at = indexOf(event);
    if (at === null) return;
    this.cursor = at;
    this.isTipShown = true;
  };

  readonly #left = (): void => {
    if (document.activeElement !== this.querySelector(".plot")) this.isTipShown = false;
  };

  readonly #clicked = (event: MouseEvent): void => {
    const at = indexOf(event);
    const pairs = at === null ? null : this.model?.marks[at]?.pairs;
    if (pairs) this.actions?.open(pairs);
  };

  #pick(item: "table" | "csv" | "svg", model: ChartModel): void {
    switch (item) {
      case "table":
        this.isTableShown = !this.isTableShown;
        announce(`The table of “${model.title}” is ${this.isTableShown ? "shown" : "hidden"}.`);
        break;
      case "csv":
        this.actions?.copy(tableCsv(model.table));
        announce(`The numbers of “${model.title}” are copied.`);
        break;
      case "svg":
        this.actions?.save(`${model.id}.svg`, this.#svg(model));
        break;
      default:
        item satisfies never;
    }
  }

  #svg(model: ChartModel): string {
    const keys = [...this.querySelectorAll<SVGSVGElement>(".legend .key")];
    return svgText({
      title: model.title,
      meaning: model.meaning,
      picture: this.querySelector<SVGSVGElement>(".picture")!,
      legend: model.legend.flatMap(({ name }, i) => (keys[i] ? [{ key: keys[i], name }] : [])),
    });
  }
}

function areaOf({ area, title, lines, pairs }: ChartMark, id: string, kind: string) {
  return svg`<rect id=${id} class=${pairs ? `${kind} opens` : kind} role="img" aria-label="${title}: ${lines.join("; ")}" x=${px(area.x)} y=${px(area.y)} width=${px(area.width)} height=${px(area.height)} data-mark=${id.slice(id.lastIndexOf("-") + 1)}></rect>`;
}

function legendOf(model: ChartModel): TemplateResult {
  return html`<ul class="legend">
    ${model.legend.map(
      ({ key, name }) =>
        html`<li><svg class="key" viewBox="0 0 30 12" aria-hidden="true">${key}</svg>${name}</li>`,
    )}
  </ul>`;
}

function indexOf({ target }: Event): number | null {
  const mark = target instanceof SVGElement ? target.dataset["mark"] : undefined;
  return mark === undefined ? null : Number(mark);
}

customElements.define("ssrm-chart", ChartElement);
