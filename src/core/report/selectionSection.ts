// What was selected and what could be: pseudo-label counts per model, and the confidence of the unlabeled
// pairs with the threshold.
import { barsChart } from "../chart/bars.ts";
import type { Bar } from "../chart/bars.ts";
import { histogramChart } from "../chart/histogram.ts";
import type { IterationRecord } from "../records.ts";
import { axes, figure, figureGrid, legend, px } from "./figure.ts";
import { markup } from "./markup.ts";
import type { Markup } from "./markup.ts";
import { axisCount, counted, percent, percentRange, thousands } from "./numbers.ts";
import { sentence } from "./sentence.ts";
import type { Summary } from "./summary.ts";
import { section } from "./tables.ts";

const passKey = markup`<rect class="bar passes" x="2" y="1" width="26" height="10"/>`;
const restKey = markup`<rect class="bar" x="2" y="1" width="26" height="10"/>`;

/** How many pseudo-labels each model was trained on, and how many of these are right where gold is known. */
export function pseudoLabelSection({ iterations, ended, run }: Summary): Markup {
  const bars = iterations.filter((record) => record.iteration > 0).map(barOf);
  const early = ended && markup`<p class="notice">${sentence(ended.reason)}</p>\n`;
  if (bars.length === 0) {
    return section(
      "pseudo-labels",
      "Pseudo-labels selected",
      early ?? markup`<p class="empty">No model was trained on pseudo-labels.</p>`,
    );
  }
  const chart = barsChart(bars, axisCount);
  const judged = bars.some((bar) => bar.right !== null);
  const drawn = chart.bars.map(({ bar, left, width, top, rightTop }) => {
    const bottom = chart.frame.bottom;
    const rect = (kind: string, from: number, to: number): Markup =>
      markup`<rect class="${kind}" x="${px(left)}" y="${px(from)}" width="${px(width)}" height="${px(to - from)}"/>`;
    return markup`${rect(rightTop === null ? "bar passes" : "bar", top, bottom)}${
      rightTop === null ? null : rect("bar passes", rightTop, bottom)
    }<text class="count-label" text-anchor="middle" x="${px(left + width / 2)}" y="${px(top - 4)}">${thousands(bar.count)}</text>`;
  });
  const chartFigure = figure({
    id: "selected",
    title: "Pseudo-labels that each model was trained on",
    hint: "",
    description: bars
      .map((bar) => `Model ${bar.iteration}: ${counted(bar.count, "pseudo-label")}.`)
      .join(" "),
    frame: chart.frame,
    drawing: markup`${axes({ ...chart, xName: "model", yName: "" })}${drawn}`,
    legend: judged
      ? legend([
          { key: passKey, name: "right, by gold" },
          { key: restKey, name: "wrong" },
        ])
      : null,
    table: {
      caption: "Pseudo-labels that each model was trained on",
      kind: "numbers",
      columns: ["Model", "Selected", "Right, by gold", "95 % interval", "With gold"],
      rows: iterations
        .filter((record) => record.iteration > 0)
        .map((record) => [
          String(record.iteration),
          thousands(record.selected),
          percent(record.pseudoLabelAccuracy, 1),
          percentRange(
            record.pseudoLabelGold?.low ?? null,
            record.pseudoLabelGold?.high ?? null,
            1,
          ),
          thousands(record.pseudoLabelGold?.n ?? null),
        ]),
    },
  });
  const share = percent(run.settings.threshold, digitsOfShare(run.settings.threshold));
  const gold = judged
    ? "Gold, which training never sees, says how many of them are right."
    : "No gold was given for the unlabeled pairs, so it is not known how many of them are right.";
  const intro = markup`<p>Each model but model 0 is trained on the labels and on those unlabeled pairs of which the model before was more than ${share} sure, with the winner that it named. ${gold}</p>\n`;
  return section(
    "pseudo-labels",
    "Pseudo-labels selected",
    early,
    intro,
    figureGrid([chartFigure], "wide"),
  );
}

/** How sure each model is of the unlabeled pairs, and what passes the threshold. */
export function confidenceSection({ iterations, run }: Summary): Markup {
  const { threshold, confidence } = run.settings;
  const shown = iterations.filter((record) => sum(record.unlabeledHistogram) > 0);
  if (shown.length === 0) {
    return section(
      "confidence",
      "Confidence on the unlabeled pairs",
      markup`<p class="empty">There is no unlabeled pair.</p>`,
    );
  }
  const most = Math.max(...shown.flatMap((record) => record.unlabeledHistogram));
  const kind =
    confidence === "raw" ? "the model’s own confidence" : "confidence after temperature scaling";
  return section(
    "confidence",
    "Confidence on the unlabeled pairs",
    markup`<p>By ${kind}. Filled columns lie above the threshold of ${percent(threshold, digitsOfShare(threshold))}: these pairs become pseudo-labels for the next model.</p>
`,
    figureGrid(
      shown.map((record) => histogramFigure({ record, threshold, most })),
      "small",
    ),
  );
}

function histogramFigure(input: {
  readonly record: IterationRecord;
  readonly threshold: number;
  readonly most: number;
}): Markup {
  const { record, threshold, most } = input;
  const chart = histogramChart({
    counts: record.unlabeledHistogram,
    threshold,
    most,
    label: axisCount,
  });
  const { frame, thresholdX } = chart;
  const drawn = chart.bars
    .filter((bar) => bar.count > 0)
    .map(
      (bar) =>
        markup`<rect class="bar${bar.passes ? " passes" : ""}" x="${px(bar.left + 0.75)}" y="${px(bar.top)}" width="${px(Math.max(0.5, bar.right - bar.left - 1.5))}" height="${px(frame.bottom - bar.top)}"/>`,
    );
  const total = sum(record.unlabeledHistogram);
  const pass = record.wouldPass.find((entry) => Math.abs(entry.threshold - threshold) < 1e-9);
  const passing = pass
    ? `${thousands(pass.count)} of ${thousands(total)} pairs pass (${percent(pass.count / total, 1)})`
    : counted(total, "pair");
  const bins = record.unlabeledHistogram.length;
  return figure({
    id: `confidence-${record.iteration}`,
    title: `Model ${record.iteration}`,
    hint: passing,
    description: `Histogram of confidence from 50 % to 100 %. Threshold ${percent(threshold, 1)}. ${passing}.`,
    frame,
    drawing: markup`${axes({ ...chart, xName: "confidence, %", yName: "" })}${drawn}
<path class="threshold" d="M${px(thresholdX)} ${frame.top - 6}V${frame.bottom}"/><text class="threshold-label" text-anchor="end" x="${px(thresholdX - 5)}" y="${frame.top + 3}">threshold</text>`,
    legend: null,
    table: {
      caption: `Confidence of model ${record.iteration} on the unlabeled pairs`,
      kind: "numbers",
      columns: ["Confidence", "Pairs"],
      rows: record.unlabeledHistogram.map((count, i) => [
        percentRange(0.5 + (0.5 * i) / bins, 0.5 + (0.5 * (i + 1)) / bins, 1),
        thousands(count),
      ]),
    },
  });
}

function barOf(record: IterationRecord): Bar {
  const { selected, pseudoLabelGold: gold, iteration } = record;
  // A share known of a part only must not be drawn as one of the whole.
  const right = gold !== null && gold.n === selected ? gold.value * selected : null;
  return { iteration, count: selected, right };
}

/** Digits that a threshold needs as a percentage: 0.8 needs none, 0.825 one. */
export function digitsOfShare(share: number): number {
  return Number.isInteger(Math.round(share * 1e6) / 1e4) ? 0 : 1;
}

function sum(values: readonly number[]): number {
  return values.reduce((a, b) => a + b, 0);
}
