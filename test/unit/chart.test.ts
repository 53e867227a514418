// Charts: places worked out by hand, and properties of scales and ticks.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { barsChart } from "../../src/core/chart/bars.ts";
import { histogramChart } from "../../src/core/chart/histogram.ts";
import { linesChart } from "../../src/core/chart/lines.ts";
import { accuracyFloor, reliabilityChart } from "../../src/core/chart/reliability.ts";
import {
  digitsOf,
  positionOf,
  roundDomain,
  roundStep,
  roundValues,
} from "../../src/core/chart/scale.ts";
import { expectClose } from "../support/close.ts";
import { bin } from "../support/reportInput.ts";

const exact = { atol: 1e-9, rtol: 1e-12 };
const value = fc.double({ min: -1e6, max: 1e6, noNaN: true });

describe("scale", () => {
  it("puts ends on ends and the middle in the middle, also upside down", () => {
    const scale = { domain: [0.5, 1], range: [200, 0] } as const;
    expectClose(
      [0.5, 0.75, 1].map((v) => positionOf(scale, v)),
      [200, 100, 0],
      exact,
    );
    expect(positionOf({ domain: [3, 3], range: [0, 10] }, 3)).toBe(5);
  });

  it("steps by 1, 2, 5 times a power of ten", () => {
    expectClose(
      [0.3, 1, 4, 7, 100, 0.002].map((span) => roundStep(span, 4)),
      [0.1, 0.2, 1, 2, 20, 0.0005],
      exact,
    );
  });

  it("holds every value between round ends, with ticks at both and 3 to 9 of them", () => {
    fc.assert(
      fc.property(fc.array(value, { minLength: 1, maxLength: 20 }), (values) => {
        const [low, high] = roundDomain(values, 4);
        const slack = 1e-9 * Math.max(Math.abs(low), Math.abs(high));
        expect(low).toBeLessThanOrEqual(Math.min(...values) + slack);
        expect(high).toBeGreaterThanOrEqual(Math.max(...values) - slack);
        const ticks = roundValues([low, high], 4);
        expectClose(ticks[0]!, low, { atol: slack, rtol: 1e-9 });
        expectClose(ticks.at(-1)!, high, { atol: slack, rtol: 1e-9 });
        expect(ticks.length).toBeGreaterThanOrEqual(3);
        expect(ticks.length).toBeLessThanOrEqual(9);
      }),
      { examples: [[[0, Number.MIN_VALUE]]] },
    );
  });

  it("writes round steps with the digits that they need", () => {
    expect([5, 1, 0.5, 0.05, 0.02, 0.001].map(digitsOf)).toEqual([0, 0, 1, 2, 2, 3]);
    expect(roundValues([0, 0.5], 5)).toEqual([0, 0.1, 0.2, 0.3, 0.4, 0.5]);
    expect(roundDomain([], 4)).toEqual([0, 1]);
    // Nothing finer than 12 digits is told apart, and the search for a step ends all the same.
    expect(roundDomain([1e6, 1e6 + 1e-9], 4)[0]).toBeLessThanOrEqual(1e6);
  });
});

describe("reliability", () => {
  const raw = [
    bin(0.5, 40, { confidence: 0.52, accuracy: 0.6, low: 0.45, high: 0.75 }),
    bin(0.55, 0, null),
    bin(0.95, 4, { confidence: 0.97, accuracy: 1, low: 0.2, high: 1 }),
  ];

  it("places points, bands, diagonal and counts", () => {
    const chart = reliabilityChart({ raw, scaled: null, floor: 0.4 });
    // 256 pixels for confidence 0.5 to 1 from 36, 200 pixels for accuracy 0.4 to 1 down from 222.
    expect(chart.raw).toHaveLength(2);
    const [first, last] = chart.raw;
    expectClose(
      [first!.x, first!.y, first!.bandLeft, first!.bandRight, first!.bandTop, first!.bandBottom],
      [36 + 256 * 0.04, 222 - 200 / 3, 36, 61.6, 222 - (200 * 0.35) / 0.6, 222 - 200 / 12],
      exact,
    );
    // The low end of the tiny bin, 0.2, is under the axis and ends at it.
    expectClose([last!.bandTop, last!.bandBottom], [22, 222], exact);
    expect([first!.few, last!.few]).toEqual([false, true]);
    const { x1, y1, x2, y2 } = chart.diagonal;
    expectClose([x1, y1, x2, y2], [36, 222 - 200 / 6, 292, 22], exact);
    expectClose(
      chart.rawCounts.map((bar) => bar.top),
      [260, 290, 287],
      exact,
    );
    expect(chart.xTicks.map((tick) => tick.label)).toEqual(["50", "60", "70", "80", "90", "100"]);
  });

  it("begins the axis of accuracy at a tenth under every point and every band of ten pairs", () => {
    expect(accuracyFloor([raw])).toBe(0.4);
    expect(
      accuracyFloor([raw, [bin(0.6, 12, { confidence: 0.6, accuracy: 0.5, low: 0.31 })]]),
    ).toBe(0.3);
    expect(
      accuracyFloor([[bin(0.6, 1, { confidence: 0.6, accuracy: 0, low: 0, high: 0.8 })]]),
    ).toBe(0);
    expect(accuracyFloor([[]])).toBe(0.4);
  });
});

describe("lines", () => {
  const points = [0, 1].map((iteration) => ({
    iteration,
    value: 0.6 + 0.1 * iteration,
    low: 0.55 + 0.1 * iteration,
    high: 0.65 + 0.1 * iteration,
  }));

  it("places points and intervals, series with intervals beside one another", () => {
    const chart = linesChart({
      series: [
        { name: "a", points },
        { name: "b", points },
      ],
      label: (v, step) => v.toFixed(digitsOf(step)),
      reference: null,
    });
    // Domain of y: 0.55 to 0.75 in steps of 0.05, 148 pixels; of x: -0.5 to 1.5, 240 pixels from 48.
    expect(chart.yTicks.map((tick) => tick.label)).toEqual([
      "0.55",
      "0.60",
      "0.65",
      "0.70",
      "0.75",
    ]);
    const a = chart.series[0]!.points[0]!;
    const b = chart.series[1]!.points[1]!;
    expectClose([a.x, a.y, a.top!, a.bottom!], [108 - 3.5, 158 - 37, 158 - 74, 158], exact);
    expectClose([b.x, b.y], [228 + 3.5, 158 - 111], exact);
  });

  it("keeps series without intervals on their model, holds the reference, survives no points", () => {
    const bare = points.map((p) => ({ ...p, low: null, high: null }));
    const chart = linesChart({
      series: [
        { name: "a", points: bare },
        { name: "b", points: bare },
      ],
      label: String,
      reference: { name: "data", value: 0.5 },
    });
    expectClose(
      chart.series.flatMap((s) => s.points.map((p) => p.x)),
      [108, 228, 108, 228],
      exact,
    );
    expect(chart.yTicks[0]!.value).toBe(0.5);
    expectClose(chart.reference!.y, 158, exact);
    const empty = linesChart({ series: [], label: String, reference: null });
    expect([empty.xTicks, empty.series]).toEqual([[], []]);
  });

  it("thins the labels of many models", () => {
    const many = Array.from({ length: 30 }, (_, iteration) => ({ ...points[0]!, iteration }));
    const chart = linesChart({
      series: [{ name: "a", points: many }],
      label: String,
      reference: null,
    });
    expect(chart.xTicks.map((tick) => tick.value)).toEqual([0, 4, 8, 12, 16, 20, 24, 28]);
  });
});

describe("bars", () => {
  it("grows from 0 and splits where gold is known", () => {
    const chart = barsChart(
      [
        { iteration: 1, count: 100, right: 75 },
        { iteration: 2, count: 200, right: null },
      ],
      String,
    );
    // 0 to 200 in 138 pixels; two places of 120 pixels, bars at most 44 wide.
    expectClose(
      chart.bars.map((bar) => bar.top),
      [158 - 69, 20],
      exact,
    );
    expectClose(chart.bars[0]!.rightTop!, 158 - 51.75, exact);
    expect(chart.bars[1]!.rightTop).toBeNull();
    expectClose(
      chart.bars.map((bar) => bar.left),
      [108 - 22, 228 - 22],
      exact,
    );
  });
});

describe("histogram", () => {
  it("tells what passes, cuts the bin that the threshold cuts, and not the one that it borders", () => {
    const counts = new Array<number>(20).fill(10);
    const at = (threshold: number) =>
      histogramChart({ counts, threshold, most: 10, label: String });
    const bordered = at(0.8);
    expect(bordered.bars).toHaveLength(20);
    expect(bordered.bars.filter((bar) => bar.passes)).toHaveLength(8);
    expectClose(bordered.thresholdX, 48 + 240 * 0.6, exact);
    const cut = at(0.81);
    expect(cut.bars).toHaveLength(21);
    const [rest, passing] = cut.bars.slice(12, 14);
    expectClose([rest!.right, passing!.left], [48 + 240 * 0.62, 48 + 240 * 0.62], exact);
    expect([rest!.passes, passing!.passes]).toEqual([false, true]);
    expectClose([rest!.top, passing!.top], [20, 20], exact);
  });
});
