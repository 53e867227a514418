// Reliability diagrams: one per model and set of held-out pairs, raw and temperature-scaled.
import { accuracyFloor, reliabilityChart } from "../chart/reliability.ts";
import type { CountBar, ReliabilityChart } from "../chart/reliability.ts";
import type { IterationRecord, Metrics, ReliabilityBin } from "../records.ts";
import {
  axes,
  figure,
  figureGrid,
  legend,
  lineThrough,
  marker,
  px,
  seriesKey,
  whisker,
} from "./figure.ts";
import { markup } from "./markup.ts";
import type { Markup } from "./markup.ts";
import { fixed, percent, percentRange, shortCount, thousands } from "./numbers.ts";
import { rawMetrics, scaledMetrics } from "./summary.ts";
import type { Judge, Summary } from "./summary.ts";
import { section } from "./tables.ts";

/** Both sets, the test set first, with what the diagrams mean. */
export function reliabilitySection(summary: Summary): Markup {
  return section(
    "reliability",
    "Does it mean what it says?",
    markup`<p>Each point is a group of pairs of similar confidence: how sure the model is, from left to right, and how often it is right, from bottom to top. On the diagonal 80&nbsp;% sure means 80&nbsp;% right; below it the model is surer than it is right. Bands and bars are 95&nbsp;% intervals; the columns underneath count the pairs. Groups of fewer than ten pairs have a dotted band or no bar, and no line leads to them: they say little.</p>
${reliabilityKey}`,
    diagrams(summary, "test"),
    diagrams(summary, "validation"),
  );
}

const reliabilityKey = legend([
  {
    key: markup`<rect class="band" x="1" y="1" width="28" height="10"/>${seriesKey(0)}`,
    name: "the model’s own confidence, with its interval",
  },
  { key: seriesKey(1), name: "after temperature scaling" },
  { key: markup`<path class="diagonal" d="M1 6H29"/>`, name: "as sure as right" },
]);

function diagrams(summary: Summary, judge: Judge): Markup {
  const models = summary.iterations.flatMap((record) => {
    const raw = rawMetrics(record, judge);
    return raw ? [{ record, raw, scaled: scaledMetrics(record, judge) }] : [];
  });
  const [title, missing] =
    judge === "test"
      ? ["Test set", "No test set was given."]
      : ["Held-out labels", "No label was held out."];
  if (models.length === 0) return markup`<h3>${title}</h3>\n<p class="empty">${missing}</p>\n`;
  const floor = accuracyFloor(
    models.flatMap(({ raw, scaled }) => [raw.reliability, scaled?.reliability ?? []]),
  );
  const n = models.at(-1)?.raw.n ?? 0;
  return markup`<h3>${title} <span class="count">${thousands(n)} pairs</span></h3>
${figureGrid(
  models.map((model) => diagram({ ...model, judge, floor })),
  "small",
)}
`;
}

interface Diagram {
  readonly record: IterationRecord;
  readonly raw: Metrics;
  readonly scaled: Metrics | null;
  readonly judge: Judge;
  readonly floor: number;
}

function diagram({ record, raw, scaled, judge, floor }: Diagram): Markup {
  const chart = reliabilityChart({
    raw: raw.reliability,
    scaled: scaled?.reliability ?? null,
    floor,
  });
  const name = `Model ${record.iteration}, ${judge === "test" ? "test set" : "held-out labels"}`;
  const gap = scaled ? `, after scaling ${fixed(scaled.smece, 3)}` : "";
  return figure({
    id: `reliability-${judge}-${record.iteration}`,
    title: name,
    description: `Reliability diagram of ${thousands(raw.n)} pairs. Calibration error (smECE) ${fixed(raw.smece, 3)}${gap}. ${spoken(raw.reliability)}`,
    frame: chart.frame,
    hint: `smECE ${fixed(raw.smece, 3)}${gap}`,
    drawing: draw(chart),
    legend: null,
    table: {
      caption: `Reliability of ${name}`,
      kind: "numbers",
      columns: [
        "Confidence",
        "Pairs",
        "Mean confidence",
        "Right",
        "95 % interval",
        "Pairs, scaled",
        "Mean confidence, scaled",
        "Right, scaled",
        "95 % interval, scaled",
      ],
      rows: raw.reliability.map((bin, i) => [
        percentRange(bin.from, bin.to),
        ...cells(bin),
        ...cells(scaled?.reliability[i] ?? null),
      ]),
    },
  });
}

function draw(chart: ReliabilityChart): Markup {
  const { diagonal: d, frame, countBase } = chart;
  const bands = chart.raw.map(
    (m) =>
      markup`<rect class="band${m.few ? " few" : ""}" x="${px(m.bandLeft)}" y="${px(m.bandTop)}" width="${px(m.bandRight - m.bandLeft)}" height="${px(m.bandBottom - m.bandTop)}"/>`,
  );
  const whiskers = chart.scaled.map((m) =>
    m.few ? null : whisker(1, m.x, [m.bandTop, m.bandBottom]),
  );
  return markup`${axes({ ...chart, xName: "", yName: "right, %" })}
<path class="diagonal" d="M${px(d.x1)} ${px(d.y1)}L${px(d.x2)} ${px(d.y2)}"/>
${bands}${whiskers}
${lineThrough(
  0,
  chart.raw.filter((m) => !m.few),
)}${lineThrough(
    1,
    chart.scaled.filter((m) => !m.few),
  )}
${chart.raw.map((m) => marker(0, m.x, m.y))}${chart.scaled.map((m) => marker(1, m.x, m.y))}
${counts(chart.rawCounts, "count", countBase)}${counts(chart.scaledCounts, "count scaled", countBase)}
${chart.rawCounts.filter((bar) => bar.count > 0).map((bar) => countLabel(bar, chart.countLabelY))}
<line class="axis" x1="${frame.left}" x2="${frame.right}" y1="${countBase}" y2="${countBase}"/>
<text class="axis-name" x="0" y="${countBase}">pairs</text>
<text class="axis-name" text-anchor="middle" x="${(frame.left + frame.right) / 2}" y="${countBase + 18}">confidence, %</text>`;
}

function counts(bars: readonly CountBar[], kind: string, base: number): Markup[] {
  return bars
    .filter((bar) => bar.count > 0)
    .map(
      (bar) =>
        markup`<rect class="${kind}" x="${px(bar.left + 2)}" y="${px(bar.top)}" width="${px(bar.right - bar.left - 4)}" height="${px(base - bar.top)}"/>`,
    );
}

function countLabel(bar: CountBar, y: number): Markup {
  return markup`<text class="count-label" text-anchor="middle" x="${px((bar.left + bar.right) / 2)}" y="${y}">${shortCount(bar.count)}</text>`;
}

function cells(bin: ReliabilityBin | null): string[] {
  return [
    thousands(bin?.n ?? null),
    percent(bin?.meanConfidence ?? null, 1),
    percent(bin?.accuracy ?? null, 1),
    percentRange(bin?.low ?? null, bin?.high ?? null, 1),
  ];
}

function spoken(bins: readonly ReliabilityBin[]): string {
  return bins
    .filter((bin) => bin.n > 0)
    .map(
      (bin) =>
        `Confidence ${percentRange(bin.from, bin.to)}: ${thousands(bin.n)} pairs, ${percent(bin.accuracy)} right.`,
    )
    .join(" ");
}
