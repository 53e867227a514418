// How the report writes numbers, escapes texts, and works out intervals of its own.
import fc from "fast-check";
import { parseFragment } from "parse5";
import { describe, expect, it } from "vitest";
import { difference, pool } from "../../src/core/report/intervals.ts";
import { markup, visibleText } from "../../src/core/report/markup.ts";
import {
  axisCount,
  byteSize,
  counted,
  duration,
  fixed,
  fixedRange,
  percent,
  percentRange,
  points,
  shortCount,
  thousands,
} from "../../src/core/report/numbers.ts";
import { expectClose } from "../support/close.ts";
import { textInside } from "../support/htmlTree.ts";
import { bin } from "../support/reportInput.ts";

describe("numbers", () => {
  it("writes each kind in one way", () => {
    expect([percent(0.593), percent(0.593, 1), percent(1)]).toEqual([
      "59\u00A0%",
      "59.3\u00A0%",
      "100\u00A0%",
    ]);
    expect([percentRange(0.57, 0.61), fixedRange(1.5, 2, 2)]).toEqual([
      "57–61\u00A0%",
      "1.50–2.00",
    ]);
    expect([0.008, -0.021, 0, -0.0001].map(points)).toEqual(["+0.8", "−2.1", "0.0", "0.0"]);
    expect([fixed(0.6931, 3), fixed(-0.12, 2), fixed(-0.001, 2)]).toEqual([
      "0.693",
      "−0.12",
      "0.00",
    ]);
    expect([0, 999, 1000, 11603, 1234567].map(thousands)).toEqual([
      "0",
      "999",
      "1,000",
      "11,603",
      "1,234,567",
    ]);
    expect([counted(1, "pair"), counted(2303, "pair")]).toEqual(["1 pair", "2,303 pairs"]);
    expect([812, 1234, 6000, 34999, 999_600, 1.1e6].map(shortCount)).toEqual([
      "812",
      "1.2k",
      "6k",
      "35k",
      "1M",
      "1.1M",
    ]);
    expect([6000, 120000].map(axisCount)).toEqual(["6,000", "120k"]);
    expect([0.44, 58.2, 125, 3599.7, 11230].map(duration)).toEqual([
      "0.4 s",
      "58 s",
      "2 min 05 s",
      "1 h 00 min",
      "3 h 07 min",
    ]);
    expect([812, 1234, 18_345_221, 1.2e9].map(byteSize)).toEqual([
      "812 B",
      "1.2 kB",
      "18 MB",
      "1.2 GB",
    ]);
  });

  it("writes a dash for what is missing or not finite", () => {
    for (const bad of [null, Number.NaN, Infinity]) {
      expect([
        percent(bad),
        fixed(bad, 2),
        thousands(bad),
        percentRange(bad, 0.5),
        fixedRange(0, bad, 1),
      ]).toEqual(new Array<string>(5).fill("—"));
    }
    expect(points(Number.NaN)).toBe("—");
  });
});

describe("intervals", () => {
  it("pools bins, empty ones left out", () => {
    const pooled = pool([
      bin(0.8, 10, { confidence: 0.82, accuracy: 0.7 }),
      bin(0.85, 0, null),
      bin(0.9, 30, { confidence: 0.94, accuracy: 0.9 }),
    ]);
    // Wilson's interval of 34 of 40, worked out in Python from the formula.
    expectClose(
      [pooled!.n, pooled!.value, pooled!.meanConfidence, pooled!.low, pooled!.high],
      [40, 0.85, 0.91, 0.709276756, 0.929388123],
      { atol: 1e-9, rtol: 0 },
    );
    expect(pool([bin(0.8, 0, null)])).toBeNull();
  });

  it("gives the difference of Newcombe's method 10", () => {
    // Newcombe 1998, table II, example (a): 56/70 - 48/80, interval 0.0524 to 0.3339.
    const change = difference(
      { value: 0.6, low: 0.4904546, high: 0.7003817 },
      { value: 0.8, low: 0.6918336, high: 0.8769526 },
    );
    expectClose([change.value, change.low, change.high], [0.2, 0.0524, 0.3339], {
      atol: 6e-5,
      rtol: 0,
    });
  });
});

describe("markup", () => {
  it("escapes text and attributes, keeps markup, joins lists, leaves null out", () => {
    const hostile = `</style><script>alert(1)</script>"'\`&`;
    const made = markup`<p title="${hostile}">${hostile}${[markup`<b>ok</b>`, null, 3]}</p>`.text;
    expect(made).not.toMatch(/<script|<\/style/);
    const p = parseFragment(made).childNodes[0]!;
    if (!("attrs" in p)) throw new Error("expected an element");
    expect(p.attrs).toEqual([{ name: "title", value: hostile }]);
    expect(textInside(p)).toBe(`${hostile}ok3`);
  });

  it("gives back every text of visible characters", () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(..."ab<>&\"'`\n=/é漢👍🏽") }), (text) => {
        expect(textInside(parseFragment(markup`<i>${text}</i>`.text))).toBe(text);
        expect(textInside(parseFragment(markup`<i>${visibleText(text)}</i>`.text))).toBe(text);
      }),
    );
  });

  it("shows characters that hide or reorder, and leaves emoji whole", () => {
    expect(visibleText("a\u202Eb\u200Bc").text).toBe(
      'a<span class="hidden-character" title="Right-to-left override">U+202E</span>b' +
        '<span class="hidden-character" title="Zero width space">U+200B</span>c',
    );
    expect(markup`${"a\u2066b\uD800\u0000\u{E0041}"}`.text).toBe(
      "a[U+2066]b[U+D800][U+0000][U+E0041]",
    );
    const family = "👩\u200D👩\u200D👧 ❤\uFE0F 👍🏽";
    expect(markup`${family}`.text).toBe(family);
    expect(visibleText(family).text).toBe(family);
    expect(visibleText("x\u200Dy\uFE0F").text).toContain("U+200D");
  });
});
