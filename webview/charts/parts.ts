// What all charts share: axes, and the marks of a series. Series differ by colour, dash and shape. The report
// (src/core/report/figure.ts) draws the same as text.
import { nothing, svg, type SVGTemplateResult } from "lit";
import type { Frame, Tick } from "../../src/core/chart/scale.ts";
import type { LegendItem } from "./chartModel.ts";

export interface Axes {
  readonly frame: Frame;
  readonly xTicks: readonly Tick[];
  readonly yTicks: readonly Tick[];
  readonly xName: string;
  /** Stands above the axis, empty for none. */
  readonly yName: string;
}

/** Axes with light lines across at the ticks of the y axis. */
export function axes({ frame, xTicks, yTicks, xName, yName }: Axes): SVGTemplateResult {
  const { left, right, top, bottom } = frame;
  const across = yTicks.map(
    ({ position, label }) =>
      svg`<line class="grid" x1=${left} x2=${right} y1=${px(position)} y2=${px(position)}></line><text class="tick" text-anchor="end" x=${left - 6} y=${px(position + 3.5)}>${label}</text>`,
  );
  const along = xTicks.map(
    ({ position, label }) =>
      svg`<line class="axis" x1=${px(position)} x2=${px(position)} y1=${bottom} y2=${bottom + 4}></line><text class="tick" text-anchor="middle" x=${px(position)} y=${bottom + 15}>${label}</text>`,
  );
  return svg`${across}<line class="axis" x1=${left} x2=${right} y1=${bottom} y2=${bottom}></line>${along}<text class="axis-name" text-anchor="middle" x=${(left + right) / 2} y=${bottom + 30}>${xName}</text>${
    yName === "" ? nothing : svg`<text class="axis-name" x="0" y=${top - 12}>${yName}</text>`
  }`;
}

/** The mark of series number `i` (from 0): circle, hollow diamond, square, hollow triangle. */
export function marker(i: number, x: number, y: number): SVGTemplateResult {
  const r = 3.6;
  const kind = `mark ${seriesClass(i)}`;
  switch (i % 4) {
    case 0:
      return svg`<circle class=${kind} cx=${px(x)} cy=${px(y)} r=${r}></circle>`;
    case 1:
      return svg`<path class=${kind} d=${`M${px(x)} ${px(y - r - 1.2)}L${px(x + r + 1.2)} ${px(y)}L${px(x)} ${px(y + r + 1.2)}L${px(x - r - 1.2)} ${px(y)}Z`}></path>`;
    case 2:
      return svg`<rect class=${kind} x=${px(x - r)} y=${px(y - r)} width=${2 * r} height=${2 * r}></rect>`;
    default:
      return svg`<path class=${kind} d=${`M${px(x)} ${px(y - r - 1)}L${px(x + r + 1)} ${px(y + r)}L${px(x - r - 1)} ${px(y + r)}Z`}></path>`;
  }
}

/** A line through points, in the colour and dash of series number `i`. */
export function lineThrough(
  i: number,
  points: readonly { readonly x: number; readonly y: number }[],
): SVGTemplateResult | typeof nothing {
  if (points.length < 2) return nothing;
  const path = points.map((p, k) => `${k === 0 ? "M" : "L"}${px(p.x)} ${px(p.y)}`).join("");
  return svg`<path class=${`line ${seriesClass(i)}`} d=${path}></path>`;
}

/** The interval of a point: an upright line with short ends. */
export function whisker(
  i: number,
  x: number,
  [top, bottom]: readonly [number, number],
): SVGTemplateResult {
  const path = `M${px(x)} ${px(top)}V${px(bottom)}M${px(x - 2.5)} ${px(top)}h5M${px(x - 2.5)} ${px(bottom)}h5`;
  return svg`<path class=${`whisker ${seriesClass(i)}`} d=${path}></path>`;
}

/** The legend's entry of series number `i`. */
export function seriesItem(i: number, name: string): LegendItem {
  return {
    key: svg`<path class=${`line ${seriesClass(i)}`} d="M1 6H29"></path>${marker(i, 15, 6)}`,
    name,
  };
}

/** Pixels with at most two digits after the point, which is below what any screen shows. */
export function px(value: number): number {
  return Math.round(value * 100) / 100;
}

function seriesClass(i: number): string {
  return `s${(i % 4) + 1}`;
}
