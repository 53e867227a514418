// The keyboard cursor of charts reaches every mark, and tables become CSV that reads back as it was.
import { parse } from "csv-parse/sync";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { moveCursor, type CursorMark } from "../../src/core/chart/cursor.ts";
import { linesChart } from "../../src/core/chart/lines.ts";
import { cellText, tableCsv, type Cell } from "../../src/core/chart/table.ts";

const marks = fc.array(
  fc.record({ series: fc.integer({ min: 0, max: 3 }), x: fc.integer({ min: 0, max: 20 }) }),
  { minLength: 1, maxLength: 30 },
);
const keys = ["ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown", "Home", "End"];

describe("the cursor of a chart", () => {
  it("reaches every mark from every mark", () => {
    fc.assert(
      fc.property(marks, (given: readonly CursorMark[]) => {
        const reached = new Set([0]);
        const open = [0];
        for (let at = open.pop(); at !== undefined; at = open.pop()) {
          for (const key of keys) {
            const next = moveCursor(given, at, key);
            if (next === null || reached.has(next)) continue;
            reached.add(next);
            open.push(next);
          }
        }
        expect(reached.size).toBe(given.length);
      }),
    );
  });

  it("walks along a series, stays at its ends, and changes to the nearest mark of the next", () => {
    const two = [
      { series: 0, x: 10 },
      { series: 0, x: 20 },
      { series: 1, x: 12 },
      { series: 1, x: 19 },
    ];
    expect(moveCursor(two, 0, "ArrowRight")).toBe(1);
    expect(moveCursor(two, 1, "ArrowRight")).toBe(1);
    expect(moveCursor(two, 1, "Home")).toBe(0);
    expect(moveCursor(two, 0, "End")).toBe(1);
    expect(moveCursor(two, 1, "ArrowDown")).toBe(3);
    expect(moveCursor(two, 2, "ArrowUp")).toBe(0);
    expect(moveCursor(two, 0, "ArrowUp")).toBeNull();
    expect(moveCursor(two, 0, "a")).toBeNull();
    expect(moveCursor([], 0, "ArrowRight")).toBeNull();
  });
});

describe("the table of a chart", () => {
  const cell: fc.Arbitrary<Cell> = fc.oneof(fc.double(), fc.string(), fc.constant(null));

  it("reads back from CSV with every digit", () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(cell, cell), { maxLength: 10 }),
        fc.tuple(fc.string(), fc.string()),
        (rows, [a, b]) => {
          const columns = [
            { name: a, format: "text" as const },
            { name: b, format: "number" as const },
          ];
          const read = parse(tableCsv({ caption: "", columns, rows }), { bom: false });
          const texts = rows.map((row) => row.map((one) => (one === null ? "" : String(one))));
          expect(read).toEqual([[a, b], ...texts]);
        },
      ),
    );
  });

  it("shows a dash for what is missing or no number, in every format", () => {
    for (const format of ["text", "count", "percent", "number"] as const) {
      expect(cellText(null, format)).toBe("—");
      expect(cellText(NaN, format)).toBe("—");
    }
    expect(cellText(0.5934, "percent")).toBe("59.3\u00a0%");
    expect(cellText(11_575, "count")).toBe("11,575");
  });
});

describe("axes that hold more than the points", () => {
  it("holds the values and models that it is told to", () => {
    const chart = linesChart({
      series: [{ name: "a", points: [{ iteration: 0, value: 0.2, low: null, high: null }] }],
      label: String,
      reference: null,
      holds: [0],
      span: [0, 3],
    });
    expect(chart.yTicks[0]!.value).toBe(0);
    expect(chart.xTicks.map(({ value }) => value)).toEqual([0, 1, 2, 3]);
    // Room for four models: the first of them stands in the middle of the first quarter.
    expect(chart.series[0]!.points[0]!.x).toBe(48 + 240 / 8);
  });
});
