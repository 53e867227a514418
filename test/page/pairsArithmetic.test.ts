// The data editor's arithmetic without a browser: scrolling, pieces of texts, ranges, conditions in words.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  columnWidths,
  columns,
  narrowedColumns,
  withoutWidth,
  withWidth,
} from "../../webview/pairs/columns.ts";
import { rangeOf } from "../../webview/pairs/filterFields.ts";
import { longerWinsText } from "../../webview/pairs/lengths.ts";
import { pieces } from "../../webview/pairs/pane.ts";
import { conditionsOf, isSame, withFilter } from "../../webview/pairs/queries.ts";
import * as scrolling from "../../webview/pairs/scrolling.ts";
import { initialState, keptOf, parseKept } from "../../webview/pairs/state.ts";
import { fileSize } from "../../webview/pairs/words.ts";
import { expectClose } from "../support/close.ts";
import { wholeFile } from "../../src/protocol/page/wholeFile.ts";

const extent = fc.record({
  count: fc.oneof(fc.integer({ min: 1, max: 2000 }), fc.integer({ min: 1, max: 50_000_000 })),
  rowPx: fc.integer({ min: 20, max: 60 }),
  viewPx: fc.integer({ min: 60, max: 3000 }),
});

describe("scrolling", () => {
  it("keeps the scrolled element below what browsers allow, and its ends are the list's ends", () => {
    fc.assert(
      fc.property(extent, (e) => {
        expect(scrolling.contentPx(e)).toBeLessThanOrEqual(10_000_000);
        const way = Math.max(scrolling.contentPx(e) - e.viewPx, 0);
        expect(scrolling.offsetAt(e, 0)).toBe(0);
        expectClose(scrolling.offsetAt(e, way), Math.max(e.count * e.rowPx - e.viewPx, 0), {
          atol: 1e-3,
          rtol: 0,
        });
      }),
    );
  });

  it("comes back from every offset", () => {
    fc.assert(
      fc.property(extent, fc.double({ min: 0, max: 1, noNaN: true }), (e, share) => {
        const offset = share * scrolling.maxOffset(e);
        const back = scrolling.offsetAt(e, scrolling.scrollTopAt(e, offset));
        expectClose(back, offset, { atol: 1e-3, rtol: 0 });
      }),
    );
  });

  it("sees the rows that a walk over all rows sees", () => {
    const small = fc.record({
      count: fc.integer({ min: 0, max: 300 }),
      rowPx: fc.integer({ min: 20, max: 60 }),
      viewPx: fc.integer({ min: 60, max: 900 }),
    });
    fc.assert(
      fc.property(small, fc.double({ min: 0, max: 1, noNaN: true }), (e, share) => {
        const offset = share * scrolling.maxOffset(e);
        const seen: number[] = [];
        for (let i = 0; i < e.count; i++) {
          const [top, bottom] = [i * e.rowPx - offset, (i + 1) * e.rowPx - offset];
          if (bottom > 0 && top < e.viewPx) seen.push(i);
        }
        const { first, end } = scrolling.rowsSeen(e, offset);
        expect(Array.from({ length: end - first }, (_, i) => first + i)).toEqual(seen);
      }),
    );
  });

  it("shows a row whole, and moves no further than it must", () => {
    fc.assert(
      fc.property(extent, fc.double({ min: 0, max: 1, noNaN: true }), fc.nat(), (e, share, n) => {
        const offset = share * scrolling.maxOffset(e);
        const position = n % e.count;
        const to = scrolling.offsetToSee(e, offset, position);
        const top = position * e.rowPx;
        const [above, below] = [top - to, to + e.viewPx - top - e.rowPx];
        expect(Math.min(above, below)).toBeGreaterThanOrEqual(-1e-6);
        // Where it moved, the row is at an edge.
        if (to !== offset) expectClose(Math.min(above, below), 0, { atol: 1e-6, rtol: 0 });
      }),
    );
  });
});

describe("columns", () => {
  it("fill the room where a text column is free, and keep what the user has set", () => {
    expect(columnWidths({}, 2000).reduce((a, b) => a + b)).toBeGreaterThan(1990);
    const set = withWidth({}, 6, 333);
    expect(columnWidths(set, 2000)[6]).toBe(333);
    expect(columnWidths(withWidth(set, 0, 1), 2000)[0]).toBe(48);
    expect(withoutWidth(set, 6)).toEqual({});
    expect(columnWidths({}, 640).at(-1)).toBe(200);
  });

  it("of a narrow list leave room for the prompt, and for the responses where there is some; the user's widths win", () => {
    const at = columns.findIndex(({ name }) => name === "prompt");
    for (let roomPx = 300; roomPx < 640; roomPx++) {
      const widths = columnWidths({}, roomPx);
      const before = widths.slice(0, at).reduce((a, b) => a + b);
      expect(before + widths[at]!).toBeLessThanOrEqual(roomPx);
      expect(widths[at]).toBeGreaterThanOrEqual(120);
      expect(widths.slice(at).every((width) => width >= 120)).toBe(true);
      expect(widths.reduce((a, b) => a + b)).toBeGreaterThan(roomPx - 3);
    }
    const shown = columns.filter((_, i) => columnWidths({}, 320)[i]! > 0).map(({ name }) => name);
    expect(shown).toEqual(["line", "state", "p", "prompt", "a", "b"]);
    const set = { label: 90, state: 150, prompt: 300 };
    const widths = columnWidths(set, 320);
    for (const [i, { name }] of columns.entries()) {
      if (name in set) expect(widths[i]).toBe(set[name as keyof typeof set]);
    }
    expect(narrowedColumns(set, 320)).toEqual(["line", "p", "selected", "source"]);
    expect(narrowedColumns({}, 640)).toEqual([]);
  });
});

describe("texts in pieces", () => {
  it("are the text when joined, and no character is cut in two", () => {
    const text = fc
      .array(fc.constantFrom("a", "\n", "😀", "\u202e", "word ".repeat(700)), { maxLength: 60 })
      .map((parts) => parts.join(""));
    fc.assert(
      fc.property(text, (whole) => {
        const found = pieces(whole);
        expect(found.join("")).toBe(whole);
        for (const piece of found) {
          expect(piece.isWellFormed()).toBe(true);
          expect(piece.length).toBeLessThanOrEqual(8001);
        }
      }),
    );
    expect(pieces("😀".repeat(5000)).every((piece) => piece.isWellFormed())).toBe(true);
  });
});

describe("filters", () => {
  it("take ranges that are open, turned round or too wide", () => {
    const share = { low: 50, high: 100, unit: 100 };
    expect(rangeOf([null, null], share)).toBeNull();
    expect(rangeOf([70, null], share)).toEqual([0.7, 1]);
    expect(rangeOf([null, 80], share)).toEqual([0.5, 0.8]);
    expect(rangeOf([90, 60], share)).toEqual([0.6, 0.9]);
    expect(rangeOf([-5, 1000], share)).toEqual([0.5, 1]);
  });

  it("say a mark of a chart in words, and each condition can be taken away alone", () => {
    const mark = { runDir: "x", iteration: 2, set: "validation", from: 0.7, to: 0.8 } as const;
    const query = withFilter(wholeFile, { mark, text: "abc", states: ["unsure", "bad"] });
    const conditions = conditionsOf(query.filter);
    expect(conditions.map(({ text }) => text)).toEqual([
      "held-out labels with confidence 70–80 % by model 2",
      "“abc”",
      "unsure",
      "bad row",
    ]);
    const without = conditions.reduce(
      (left, { text }) =>
        withFilter(left, conditionsOf(left.filter).find((one) => one.text === text)!.without),
      query,
    );
    expect(isSame(without, wholeFile)).toBe(true);
    expect(isSame(query, wholeFile)).toBe(false);
  });
});

describe("words", () => {
  it("say rate, interval and count of pairs where the longer response wins", () => {
    // Wilson's interval of 583 of 1,000 by hand: 0.5522 to 0.6132.
    expect(longerWinsText(Float64Array.of(0.583, 1000))).toBe(
      "The longer response is preferred in 58 % of 1,000 pairs (95 % interval 55 % to 61 %). " +
        "A model may learn length instead of quality from these.",
    );
    expect(longerWinsText(Float64Array.of(NaN, 0))).toContain("No row");
  });

  it("write sizes", () => {
    expect([0, 999, 1000, 1_234_567_890].map(fileSize)).toEqual([
      "0 bytes",
      "999 bytes",
      "1.0 kB",
      "1.2 GB",
    ]);
  });
});

describe("what is kept", () => {
  it("comes back through JSON, and anything else is left out", () => {
    const kept = keptOf({ ...initialState(null, 26), offset: 12.5, widths: { prompt: 400 } });
    expect(parseKept(JSON.parse(JSON.stringify(kept)))).toEqual(kept);
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(parseKept(value)).toBeNull();
      }),
    );
    for (const broken of [
      { ...kept, query: { ...kept.query, sort: "colour" } },
      { ...kept, place: { position: 1, column: columns.length } },
      { ...kept, query: { ...kept.query, filter: { ...kept.query.filter, states: ["x"] } } },
    ]) {
      expect(parseKept(broken)).toBeNull();
    }
  });
});
