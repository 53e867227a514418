// The whole report: valid HTML that stands alone, in every state of a run, with hostile texts made harmless.
import { describe, expect, it } from "vitest";
import { reportHtml } from "../../src/core/report/report.ts";
import type { ReportInput } from "../../src/core/report/summary.ts";
import { attributeOf, elementsBelow, readHtml, textInside } from "../support/htmlTree.ts";
import { record, reportInput, runInfo } from "../support/reportInput.ts";

const hostile =
  `</style></title><script>alert(1)</script><img src=x onerror=alert(1)>` +
  `<a href="javascript:alert(1)">\u202Egnp.exe\u200B "'\``;

const gold = { value: 0.8, low: 0.75, high: 0.84, n: 300 };
const none = { test: null, validation: null, testCalibrated: null, validationCalibrated: null };
const ended = {
  kind: "ended-early",
  iteration: 1,
  reason: "No pair passes 0.8; 12 pass 0.7.",
} as const;

const states: Readonly<Record<string, ReportInput>> = {
  plain: reportInput(),
  "with gold": reportInput({
    records: [0, 1, 2].map((k) =>
      record(k, k === 0 ? {} : { pseudoLabelAccuracy: 0.8, pseudoLabelGold: gold }),
    ),
  }),
  "one record": reportInput({ records: [record(0)] }),
  "nothing yet": reportInput({ run: runInfo({ state: "running", finishedAt: null }), records: [] }),
  "ended early": reportInput({ records: [record(0), ended] }),
  "nothing held out": reportInput({ records: [record(0, none), record(1, none)] }),
  "no unlabeled pair": reportInput({
    records: [
      record(0, { unlabeled: 0, unlabeledHistogram: new Array<number>(20).fill(0), wouldPass: [] }),
    ],
    queueHead: [],
    queueSize: 0,
  }),
  paused: reportInput({ run: runInfo({ state: "paused", finishedAt: null }) }),
  failed: reportInput({ run: runInfo({ state: "failed", error: "The disk is full." }) }),
  hostile: hostileInput(),
};

describe.each(Object.entries(states))("a report: %s", (_name, input) => {
  const html = reportHtml(input);
  const { elements, errors } = readHtml(html);

  it("is valid HTML without scripts, handlers or outside references", () => {
    expect(errors).toEqual([]);
    expect(elements.filter((e) => ["script", "img", "link", "iframe"].includes(e.tagName))).toEqual(
      [],
    );
    const attributes = elements.flatMap((e) => e.attrs);
    expect(attributes.filter(({ name }) => name.startsWith("on") || name === "style")).toEqual([]);
    for (const { name, value } of attributes) {
      if (name === "href" || name === "src") expect(value).toMatch(/^#/);
    }
    expect(html).not.toMatch(/<script|https?:|url\(|@import/i);
  });

  it("lets nothing load, by its own policy", () => {
    const policy = elements.find((e) => attributeOf(e, "http-equiv") === "Content-Security-Policy");
    expect(attributeOf(policy!, "content")).toBe(
      "default-src 'none'; style-src 'unsafe-inline'; img-src data:",
    );
  });

  it("has one h1, no skipped level, unique ids, and every reference leads somewhere", () => {
    const levels = elements
      .map((e) => /^h([1-6])$/.exec(e.tagName)?.[1])
      .filter((l) => l !== undefined);
    expect(levels.filter((level) => level === "1")).toHaveLength(1);
    levels.forEach((level, i) =>
      expect(Number(level) - Number(levels[i - 1] ?? 0)).toBeLessThan(2),
    );
    const ids = elements.map((e) => attributeOf(e, "id")).filter((id) => id !== null);
    expect(new Set(ids).size).toBe(ids.length);
    for (const e of elements) {
      for (const id of (attributeOf(e, "aria-labelledby") ?? "").split(" ").filter(Boolean)) {
        expect(ids).toContain(id);
      }
      if (e.tagName === "a") expect(ids).toContain(attributeOf(e, "href")!.slice(1));
    }
  });

  it("gives every chart a description and a table, every table a caption and scopes", () => {
    for (const figure of elements.filter((e) => e.tagName === "figure")) {
      const inside = elementsBelow(figure);
      for (const tag of ["figcaption", "title", "desc", "details", "table"]) {
        expect(inside.some((e) => e.tagName === tag)).toBe(true);
      }
    }
    for (const table of elements.filter((e) => e.tagName === "table")) {
      const inside = elementsBelow(table);
      expect(inside.filter((e) => e.tagName === "caption")).toHaveLength(1);
      for (const head of inside.filter((e) => e.tagName === "th")) {
        expect(attributeOf(head, "scope")).toMatch(/^(row|col)$/);
      }
    }
  });

  it("writes no value that is none", () => {
    expect(html).not.toMatch(/NaN|Infinity|undefined|\bnull\b|\[object/);
  });
});

describe("a report of hostile texts", () => {
  it("shows them as text, with hidden characters marked", () => {
    const html = reportHtml(states["hostile"]!);
    expect(html).not.toMatch(/[\u202A-\u202E\u2066-\u2069\u200B]/);
    expect(html).toContain('title="Right-to-left override">U+202E</span>gnp.exe');
    const { elements } = readHtml(html);
    const text = elements.find((e) => attributeOf(e, "class") === "text")!;
    expect(textInside(text)).toContain("</title><script>alert(1)</script>");
  });

  it("folds a long text and holds only its beginning", () => {
    const input = reportInput();
    const html = reportHtml({
      ...input,
      queueHead: [{ ...input.queueHead[0]!, first: `${"word ".repeat(10_000)}end` }],
    });
    expect(html).toContain("All 50,003 characters");
    expect(html).toMatch(/30,00\d more characters are in the data file/);
    expect(html.length).toBeLessThan(reportHtml(input).length + 25_000);
  });
});

it("is the same text for the same input", () => {
  expect(reportHtml(reportInput())).toBe(reportHtml(reportInput()));
});

function hostileInput(): ReportInput {
  const file = { path: `/data/${hostile}`, sha256: hostile, bytes: 1 };
  const run = runInfo({
    id: hostile,
    state: "failed",
    error: hostile,
    data: [file],
    labels: [file],
    mapping: { prompt: hostile },
    versions: { [hostile]: hostile },
    provider: hostile,
  });
  const entry = reportInput().queueHead[0]!;
  return reportInput({
    run: { ...run, settings: { ...run.settings, model: hostile } },
    records: [
      record(0, { fit: { [hostile]: 1 } }),
      { kind: "ended-early", iteration: 1, reason: hostile },
    ],
    forms: [hostile],
    skipped: [{ file: hostile, count: 1, firstReason: hostile }],
    queueHead: [
      { item: { ...entry.item, id: hostile }, prompt: hostile, first: hostile, second: hostile },
    ],
  });
}
