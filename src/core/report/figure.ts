// What all charts of the report share: the figure around one, its axes, and the marks of a series. Series
// differ by colour, dash and shape, so that they can be told apart in print and in forced colours.
import type { Frame, Tick } from "../chart/scale.ts";
import { markup } from "./markup.ts";
import type { Markup, Part } from "./markup.ts";
import { dataTable } from "./tables.ts";
import type { Table } from "./tables.ts";

export interface Figure {
  /** Unique in the page. */
  readonly id: string;
  readonly title: string;
  /** A few words under the title, empty for none. */
  readonly hint: string;
  /** What the chart shows, in words, for those who do not see it. */
  readonly description: string;
  readonly frame: Frame;
  readonly drawing: Part;
  readonly legend: Part;
  readonly table: Table;
}

/** A chart with title, description, legend and its numbers in a table that unfolds. */
export function figure(f: Figure): Markup {
  return markup`<figure class="chart">
<figcaption>${f.title}${f.hint === "" ? null : markup` <span class="hint">${f.hint}</span>`}</figcaption>
<svg viewBox="0 0 ${f.frame.width} ${f.frame.height}" role="img" aria-labelledby="${f.id}-title ${f.id}-text">
<title id="${f.id}-title">${f.title}</title><desc id="${f.id}-text">${f.description}</desc>
${f.drawing}
</svg>
${f.legend}
<details class="chart-numbers"><summary>Numbers<span class="visually-hidden"> of ${f.title}</span></summary>
${dataTable(f.table)}
</details>
</figure>
`;
}

export interface Axes {
  readonly frame: Frame;
  readonly xTicks: readonly Tick[];
  readonly yTicks: readonly Tick[];
  readonly xName: string;
  /** Stands above the axis, empty for none. */
  readonly yName: string;
}

/** Axes with light lines across at the ticks of the y axis. `below` pixels are kept free under the x axis. */
export function axes({ frame, xTicks, yTicks, xName, yName }: Axes): Markup {
  const { left, right, top, bottom } = frame;
  const across = yTicks.map(
    (tick) =>
      markup`<line class="grid" x1="${left}" x2="${right}" y1="${px(tick.position)}" y2="${px(tick.position)}"/><text class="tick" text-anchor="end" x="${left - 6}" y="${px(tick.position + 3.5)}">${tick.label}</text>`,
  );
  const along = xTicks.map(
    (tick) =>
      markup`<line class="axis" x1="${px(tick.position)}" x2="${px(tick.position)}" y1="${bottom}" y2="${bottom + 4}"/><text class="tick" text-anchor="middle" x="${px(tick.position)}" y="${bottom + 15}">${tick.label}</text>`,
  );
  return markup`${across}<line class="axis" x1="${left}" x2="${right}" y1="${bottom}" y2="${bottom}"/>${along}
<text class="axis-name" text-anchor="middle" x="${(left + right) / 2}" y="${bottom + 30}">${xName}</text>${
    yName === "" ? null : markup`<text class="axis-name" x="0" y="${top - 12}">${yName}</text>`
  }`;
}

/** The mark of series number `i` (from 0): circle, diamond, square, triangle. */
export function marker(i: number, x: number, y: number): Markup {
  const r = 3.6;
  const [a, b] = [px(x), px(y)];
  switch (i % 4) {
    case 0:
      return markup`<circle class="mark s1" cx="${a}" cy="${b}" r="${r}"/>`;
    case 1:
      return markup`<path class="mark s2" d="M${a} ${px(y - r - 1.2)}L${px(x + r + 1.2)} ${b}L${a} ${px(y + r + 1.2)}L${px(x - r - 1.2)} ${b}Z"/>`;
    case 2:
      return markup`<rect class="mark s3" x="${px(x - r)}" y="${px(y - r)}" width="${2 * r}" height="${2 * r}"/>`;
    default:
      return markup`<path class="mark s4" d="M${a} ${px(y - r - 1)}L${px(x + r + 1)} ${px(y + r)}L${px(x - r - 1)} ${px(y + r)}Z"/>`;
  }
}

/** A line through points, in the colour and dash of series number `i`. */
export function lineThrough(
  i: number,
  points: readonly { readonly x: number; readonly y: number }[],
): Markup | null {
  if (points.length < 2) return null;
  const path = points.map((p, k) => `${k === 0 ? "M" : "L"}${px(p.x)} ${px(p.y)}`).join("");
  return markup`<path class="line s${(i % 4) + 1}" d="${path}"/>`;
}

/** The interval of a point: an upright line with short ends. */
export function whisker(i: number, x: number, [top, bottom]: readonly [number, number]): Markup {
  const path = `M${px(x)} ${px(top)}V${px(bottom)}M${px(x - 2.5)} ${px(top)}h5M${px(x - 2.5)} ${px(bottom)}h5`;
  return markup`<path class="whisker s${(i % 4) + 1}" d="${path}"/>`;
}

/** Keys of a chart: each a small drawing of 30 by 12 pixels and its name. */
export function legend(keys: readonly { readonly key: Markup; readonly name: string }[]): Markup {
  const items = keys.map(
    ({ key, name }) =>
      markup`<li><svg class="key" viewBox="0 0 30 12" aria-hidden="true">${key}</svg>${name}</li>`,
  );
  return markup`<ul class="legend">${items}</ul>`;
}

/** The key of series number `i`. */
export function seriesKey(i: number): Markup {
  return markup`<path class="line s${(i % 4) + 1}" d="M1 6H29"/>${marker(i, 15, 6)}`;
}

/** Figures side by side, as many as fit; `wide` ones take a third of the page, others a quarter. */
export function figureGrid(figures: readonly Markup[], size: "wide" | "small"): Markup {
  return markup`<div class="charts ${size}">\n${figures}</div>`;
}

/** Pixels with at most two digits after the point, which is below what any screen shows. */
export function px(value: number): number {
  return Math.round(value * 100) / 100;
}
