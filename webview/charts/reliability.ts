// The reliability diagram: how often the model is right against how sure it says it is, with bands and counts.
import { svg, type SVGTemplateResult } from "lit";
import { rawConfidence } from "../../src/core/calibration.ts";
import {
  reliabilityChart,
  type CountBar,
  type ReliabilityChart,
  type ReliabilityMark,
} from "../../src/core/chart/reliability.ts";
import type { ReliabilityBin } from "../../src/core/records.ts";
import { counted, percent, percentRange, shortCount } from "../../src/core/report/numbers.ts";
import type { ChartMark, ChartModel, LegendItem, MarkPairs } from "./chartModel.ts";
import { axes, lineThrough, marker, px, seriesItem, whisker } from "./parts.ts";

export interface ReliabilityInput extends Pick<ChartModel, "id" | "title" | "meaning" | "empty"> {
  readonly raw: readonly ReliabilityBin[];
  readonly scaled: readonly ReliabilityBin[];
  /** Where the axis of accuracy begins, common to diagrams that are compared. */
  readonly floor: number;
  /** Of the scaling, by which bounds of scaled bins are found again in the model's own confidence. */
  readonly temperature: number;
  /** Of which run, model and pairs a bin is; null where they can't be shown. */
  readonly of: Omit<MarkPairs, "from" | "to"> | null;
}

/** The model of the chart; bins without pairs have no mark. */
export function reliabilityModel(input: ReliabilityInput): ChartModel {
  const { raw, scaled, floor, temperature, of, ...words } = input;
  const chart = reliabilityChart({ raw, scaled: scaled.length === 0 ? null : scaled, floor });
  return {
    ...words,
    frame: chart.frame,
    drawing: draw(chart),
    legend,
    marks: [
      ...chart.raw.map((mark) =>
        markOf(mark, 0, of && { ...of, from: mark.bin.from, to: mark.bin.to }),
      ),
      ...chart.scaled.map((mark) => markOf(mark, 1, of && scaledPairs(mark.bin, temperature, of))),
    ],
    table: {
      caption: input.title,
      columns: [
        { name: "confidence from", format: "percent" },
        { name: "confidence to", format: "percent" },
        ...(["", " (scaled)"] as const).flatMap(
          (kind) =>
            [
              { name: `pairs${kind}`, format: "count" },
              { name: `mean confidence${kind}`, format: "percent" },
              { name: `right${kind}`, format: "percent" },
              { name: `interval from${kind}`, format: "percent" },
              { name: `interval to${kind}`, format: "percent" },
            ] as const,
        ),
      ],
      rows: raw.map((bin, i) => [bin.from, bin.to, ...cells(bin), ...cells(scaled[i] ?? null)]),
    },
  };
}

const seriesNames = ["as the model says it", "after temperature scaling"] as const;

const legend: readonly LegendItem[] = [
  {
    key: svg`<rect class="band" x="1" y="1" width="28" height="10"></rect>${seriesItem(0, "").key}`,
    name: `${seriesNames[0]}, with 95\u00a0% interval`,
  },
  seriesItem(1, seriesNames[1]),
  { key: svg`<path class="diagonal" d="M1 6H29"></path>`, name: "as sure as right" },
];

function draw(chart: ReliabilityChart): SVGTemplateResult {
  const { diagonal: d, frame, countBase } = chart;
  const bands = chart.raw.map(
    (m) =>
      svg`<rect class=${m.few ? "band few" : "band"} x=${px(m.bandLeft)} y=${px(m.bandTop)} width=${px(m.bandRight - m.bandLeft)} height=${px(m.bandBottom - m.bandTop)}></rect>`,
  );
  const whiskers = chart.scaled
    .filter((m) => !m.few)
    .map((m) => whisker(1, m.x, [m.bandTop, m.bandBottom]));
  return svg`${axes({ ...chart, xName: "", yName: "right, %" })}
    <path class="diagonal" d=${`M${px(d.x1)} ${px(d.y1)}L${px(d.x2)} ${px(d.y2)}`}></path>
    ${bands}${whiskers}${lineThrough(0, chart.raw.filter(isSound))}${lineThrough(1, chart.scaled.filter(isSound))}
    ${chart.raw.map((m) => marker(0, m.x, m.y))}${chart.scaled.map((m) => marker(1, m.x, m.y))}
    ${counts(chart.rawCounts, "count", countBase)}${counts(chart.scaledCounts, "count scaled", countBase)}
    ${chart.rawCounts.filter((bar) => bar.count > 0).map((bar) => countLabel(bar, chart.countLabelY))}
    <line class="axis" x1=${frame.left} x2=${frame.right} y1=${countBase} y2=${countBase}></line>
    <text class="axis-name" x="0" y=${countBase}>pairs</text>
    <text class="axis-name" text-anchor="middle" x=${(frame.left + frame.right) / 2} y=${countBase + 18}>confidence, %</text>`;
}

/** A line through bins of two or three pairs would show their chance as a course. */
function isSound({ few }: ReliabilityMark): boolean {
  return !few;
}

function counts(bars: readonly CountBar[], kind: string, base: number): SVGTemplateResult[] {
  return bars
    .filter((bar) => bar.count > 0)
    .map(
      (bar) =>
        svg`<rect class=${kind} x=${px(bar.left + 2)} y=${px(bar.top)} width=${px(bar.right - bar.left - 4)} height=${px(base - bar.top)}></rect>`,
    );
}

function countLabel(bar: CountBar, y: number): SVGTemplateResult {
  return svg`<text class="count-label" text-anchor="middle" x=${px((bar.left + bar.right) / 2)} y=${y}>${shortCount(bar.count)}</text>`;
}

function markOf(
  { bin, x, y, bandLeft, bandRight }: ReliabilityMark,
  series: 0 | 1,
  pairs: MarkPairs | null,
): ChartMark {
  return {
    series,
    x,
    y,
    // Over the whole height, so that a bin needs no aim; the scaled point is met close by only.
    area:
      series === 0
        ? { x: bandLeft, y: 22, width: bandRight - bandLeft, height: countAreaBottom - 22 }
        : { x: x - 6, y: y - 6, width: 12, height: 12 },
    title: `Confidence ${percentRange(bin.from, bin.to)}`,
    lines: [
      `says ${percent(bin.meanConfidence)}, right ${percent(bin.accuracy)} (${percentRange(bin.low, bin.high)})`,
      `${counted(bin.n, "pair")}, ${seriesNames[series]}`,
    ],
    pairs,
  };
}

/** The pairs of a bin of scaled confidence, named by the model's own, which the data editor filters by. */
function scaledPairs(
  { from, to }: ReliabilityBin,
  temperature: number,
  of: Omit<MarkPairs, "from" | "to">,
): MarkPairs {
  return { ...of, from: rawConfidence(from, temperature), to: rawConfidence(to, temperature) };
}

const countAreaBottom = 292;

function cells(bin: ReliabilityBin | null): (number | null)[] {
  return [
    bin?.n ?? null,
    bin?.meanConfidence ?? null,
    bin?.accuracy ?? null,
    bin?.low ?? null,
    bin?.high ?? null,
  ];
}
