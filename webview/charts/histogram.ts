// The confidence of the unlabeled pairs, with the threshold: what passes it stands apart from what does not.
import { nothing, svg } from "lit";
import { histogramChart } from "../../src/core/chart/histogram.ts";
import { axisCount, counted, percent, percentRange } from "../../src/core/report/numbers.ts";
import { digitsOfShare } from "../../src/core/report/selectionSection.ts";
import type { ChartModel, LegendItem, MarkPairs } from "./chartModel.ts";
import { axes, px } from "./parts.ts";

export interface HistogramInput extends Pick<ChartModel, "id" | "title" | "meaning" | "empty"> {
  /** Counts of equal bins over [0.5, 1]. */
  readonly counts: readonly number[];
  /** The threshold that is tried out. */
  readonly threshold: number;
  /** The run's own, where it differs. */
  readonly own: number;
  /** The largest count of the histograms that are compared. */
  readonly most: number;
  readonly of: Omit<MarkPairs, "from" | "to"> | null;
}

/** The model of the chart: one mark a bin, empty ones too. */
export function histogramModel(input: HistogramInput): ChartModel {
  const { counts, threshold, own, most, of, ...words } = input;
  const chart = histogramChart({ counts, threshold, most, label: axisCount });
  const { frame, thresholdX } = chart;
  const xOf = (value: number): number =>
    frame.left + ((value - 0.5) / 0.5) * (frame.right - frame.left);
  const total = counts.reduce((a, b) => a + b, 0);
  const bins = counts.map((count, i) => ({
    count,
    from: 0.5 + (0.5 * i) / counts.length,
    to: 0.5 + (0.5 * (i + 1)) / counts.length,
  }));
  const drawn = chart.bars
    .filter((bar) => bar.count > 0)
    .map(
      (bar) =>
        svg`<rect class=${bar.passes ? "bar passes" : "bar"} x=${px(bar.left + 0.75)} y=${px(bar.top)} width=${px(Math.max(0.5, bar.right - bar.left - 1.5))} height=${px(frame.bottom - bar.top)}></rect>`,
    );
  const isOnLeft = thresholdX > (frame.left + frame.right) / 2;
  return {
    ...words,
    frame,
    drawing: svg`${axes({ ...chart, xName: "confidence, %", yName: "" })}${drawn}
      ${own === threshold ? nothing : svg`<path class="threshold own" d=${`M${px(xOf(own))} ${frame.top - 6}V${frame.bottom}`}></path>`}
      <path class="threshold" d=${`M${px(thresholdX)} ${frame.top - 6}V${frame.bottom}`}></path>
      <text class="threshold-label" text-anchor=${isOnLeft ? "end" : "start"} x=${px(thresholdX + (isOnLeft ? -5 : 5))} y=${frame.top + 3}>threshold ${percent(threshold, digitsOfShare(threshold))}</text>`,
    legend: own === threshold ? legend : [...legend, ownItem(own)],
    marks: bins.map(({ count, from, to }) => {
      const height = chart.bars.find((bar) => bar.from < to - 1e-9 && bar.to > from + 1e-9)?.top;
      return {
        series: 0,
        x: xOf((from + to) / 2),
        y: height ?? frame.bottom,
        area: {
          x: xOf(from),
          y: frame.top,
          width: xOf(to) - xOf(from),
          height: frame.bottom - frame.top,
        },
        title: `Confidence ${percentRange(from, to, 1)}`,
        lines: [
          `${counted(count, "pair")}, ${percent(total === 0 ? null : count / total, 1)} of all`,
          from >= threshold - 1e-9
            ? "above the threshold"
            : to <= threshold + 1e-9
              ? "not above the threshold"
              : "the threshold lies in this bin",
        ],
        pairs: of && count > 0 ? { ...of, from, to } : null,
      };
    }),
    table: {
      caption: input.title,
      columns: [
        { name: "confidence from", format: "percent" },
        { name: "to", format: "percent" },
        { name: "pairs", format: "count" },
      ],
      rows: bins.map(({ from, to, count }) => [from, to, count]),
    },
  };
}

const legend: readonly LegendItem[] = [
  {
    key: svg`<rect class="bar passes" x="2" y="1" width="26" height="10"></rect>`,
    name: "would be selected",
  },
  {
    key: svg`<rect class="bar" x="2" y="1" width="26" height="10"></rect>`,
    name: "not sure enough",
  },
];

function ownItem(own: number): LegendItem {
  return {
    key: svg`<path class="threshold own" d="M15 0V12"></path>`,
    name: `threshold of this run, ${percent(own, digitsOfShare(own))}`,
  };
}
