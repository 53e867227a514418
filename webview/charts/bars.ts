// Counts of pseudo-labels per model, each split into right and wrong where that is known.
import { nothing, svg, type SVGTemplateResult } from "lit";
import { barsChart, type Bar } from "../../src/core/chart/bars.ts";
import { axisCount, counted, percent, shortCount } from "../../src/core/report/numbers.ts";
import type { ChartModel, LegendItem, MarkPairs } from "./chartModel.ts";
import { axes, px } from "./parts.ts";

export interface BarsInput extends Pick<ChartModel, "id" | "title" | "meaning" | "empty"> {
  readonly bars: readonly Bar[];
  readonly pairsOf: (iteration: number) => MarkPairs | null;
}

/** The model of the chart. */
export function barsModel({ bars, pairsOf, ...words }: BarsInput): ChartModel {
  const chart = barsChart(bars, axisCount);
  const { bottom, top: frameTop } = chart.frame;
  const isJudged = bars.some((bar) => bar.right !== null);
  const rect = (
    kind: string,
    x: readonly [number, number],
    y: readonly [number, number],
  ): SVGTemplateResult =>
    svg`<rect class=${kind} x=${px(x[0])} y=${px(y[0])} width=${px(x[1])} height=${px(Math.max(0, y[1] - y[0]))}></rect>`;
  const drawn = chart.bars.map(({ bar, left, width, top, rightTop }) => {
    const x = [left, width] as const;
    return svg`${rect(rightTop === null ? "bar passes" : "bar", x, [top, bottom])}${
      rightTop === null ? nothing : rect("bar passes", x, [rightTop, bottom])
    }<text class="count-label" text-anchor="middle" x=${px(left + width / 2)} y=${px(top - 4)}>${shortCount(bar.count)}</text>`;
  });
  return {
    ...words,
    frame: chart.frame,
    drawing: svg`${axes({ ...chart, xName: "model", yName: "" })}${drawn}`,
    legend: isJudged ? legend : [],
    marks: chart.bars.map(({ bar, left, width, top }) => ({
      series: 0,
      x: left + width / 2,
      y: top,
      area: { x: left - 4, y: frameTop, width: width + 8, height: bottom - frameTop },
      title: `Model ${bar.iteration}`,
      lines: [
        `trained on ${counted(bar.count, "pseudo-label")}`,
        ...(bar.right === null || bar.count === 0
          ? []
          : [`${percent(bar.right / bar.count, 1)} right, by gold`]),
      ],
      pairs: bar.count > 0 ? pairsOf(bar.iteration) : null,
    })),
    table: {
      caption: words.title,
      columns: [
        { name: "model", format: "text" },
        { name: "selected", format: "count" },
        ...(isJudged ? [{ name: "right, by gold", format: "count" } as const] : []),
      ],
      rows: bars.map((bar) => [bar.iteration, bar.count, ...(isJudged ? [bar.right] : [])]),
    },
  };
}

const legend: readonly LegendItem[] = [
  {
    key: svg`<rect class="bar passes" x="2" y="1" width="26" height="10"></rect>`,
    name: "right, by gold",
  },
  { key: svg`<rect class="bar" x="2" y="1" width="26" height="10"></rect>`, name: "wrong" },
];
