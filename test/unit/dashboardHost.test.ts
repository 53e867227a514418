// Small parts of the dashboard's host side: how often it tells, how a saved file is called, what an evaluation says.
import fc from "fast-check";
import MarkdownIt from "markdown-it";
import { describe, expect, it } from "vitest";
import { evaluationText } from "../../src/host/dashboard/evaluationText.ts";
import { type Clock, Pushes } from "../../src/host/dashboard/pushes.ts";
import { safeFileName } from "../../src/host/dashboard/safeFileName.ts";
import { metrics } from "../support/reportInput.ts";

/** A clock that a test sets; what is due is called as it passes. */
class SetClock implements Clock {
  #now = 0;
  #due: { readonly at: number; readonly act: () => void }[] = [];

  now(): number {
    return this.#now;
  }

  after(ms: number, act: () => void): () => void {
    const one = { at: this.#now + ms, act };
    this.#due.push(one);
    return () => (this.#due = this.#due.filter((other) => other !== one));
  }

  passTo(time: number): void {
    for (;;) {
      const next = this.#due.filter(({ at }) => at <= time).sort((a, b) => a.at - b.at)[0];
      if (next === undefined) break;
      this.#due = this.#due.filter((other) => other !== next);
      this.#now = Math.max(this.#now, next.at);
      next.act();
    }
    this.#now = time;
  }
}

describe("pushes", () => {
  it("never come closer than the stretch, none is later than it, and the last ask is always told", () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 130 }), { maxLength: 40 }), (gaps) => {
        const clock = new SetClock();
        const told: number[] = [];
        const asked: number[] = [];
        const pushes = new Pushes(100, () => void told.push(clock.now()), clock);
        let time = 0;
        for (const gap of gaps) {
          clock.passTo((time += gap));
          asked.push(time);
          pushes.ask();
        }
        clock.passTo(time + 1000);
        for (const [i, at] of told.entries()) {
          if (i > 0) expect(at - told[i - 1]!).toBeGreaterThanOrEqual(100);
        }
        for (const at of asked) expect(told.some((t) => t >= at && t <= at + 100)).toBe(true);
      }),
    );
  });

  it("are none once it is disposed", () => {
    const clock = new SetClock();
    let told = 0;
    const pushes = new Pushes(100, () => told++, clock);
    pushes.ask();
    pushes.ask();
    pushes.dispose();
    clock.passTo(1000);
    expect(told).toBe(1);
  });
});

describe("the name of a saved file", () => {
  it("has no folder, no control or direction character, and is never empty", () => {
    const hostile = fc.string({ unit: "binary" });
    const nasty = fc.constantFrom(
      ...["../../.bashrc", "C:\\x\\..\\con", "nul.svg", "a\u202Egnp.svg", "\u0000", "...", " "],
    );
    fc.assert(
      fc.property(fc.oneof(hostile, nasty), (name) => {
        const safe = safeFileName(name);
        expect(safe).not.toMatch(/[/\\<>:"|?*\u0000-\u001F\u007F\u202A-\u202E\u2066-\u2069]/);
        expect(safe).not.toMatch(/^[.\s]|[.\s]$|^$/);
        expect(safe).not.toMatch(/^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i);
        expect(safe.length).toBeLessThanOrEqual(86);
      }),
    );
  });

  it("is a plain name as it stands, cut before its ending", () => {
    expect(safeFileName("Reliability of model 3.svg")).toBe("Reliability of model 3.svg");
    expect(safeFileName(`${"x".repeat(200)}.csv`)).toMatch(/^x{76}\.csv$/);
    expect(safeFileName("../../etc/passwd")).toBe("passwd");
  });
});

describe("an evaluation", () => {
  const figures = (accuracy: number) => ({
    ...metrics(accuracy),
    lengthCorrelation: 0.1,
    longerWins: { data: 0.55, model: 0.6 },
    calibrated: { ...metrics(accuracy), temperature: 1.234 },
  });
  const output = (subsets: Record<string, ReturnType<typeof figures>> = {}) => ({
    ...figures(0.612),
    ...{ subsets, withoutVerdict: 3, bothBad: 0, oneResponse: 1 },
  });
  const names = { files: ["/data/test.jsonl"], checkpoint: "/runs/1/checkpoint" };
  const plain = (text: string): string => text.replaceAll("\u00A0", " ");

  it("says accuracy with its interval, calibration, temperature and what was left out", () => {
    const text = plain(evaluationText(output(), names));
    expect(text).toContain("On 1,000 pairs it prefers the right response 59–63 % of the time.");
    expect(text).toContain("| 95 % interval | 59.2–63.2 % | 59.2–63.2 % |");
    expect(text).toContain("Temperature 1.23");
    expect(text).toContain("Left out: rows 3 without a verdict, 1 of one response.");
    expect(text).not.toContain("## Subsets");
  });

  it("shows names of strangers as text, in one cell each", () => {
    const hostile = ["a|b", "`x` <img src=x onerror=1>", "[l](command:x)\n| new | row", "``"];
    const subsets = Object.fromEntries(hostile.map((name) => [name, figures(0.6)]));
    const html = new MarkdownIt({ html: true }).render(evaluationText(output(subsets), names));
    expect(html).not.toMatch(/<img|<a /);
    const table = /<h2>Subsets<\/h2>[\s\S]*?<\/table>/.exec(html)![0];
    expect(table.match(/<tr>/g)).toHaveLength(hostile.length + 1);
    for (const row of table.split("<tr>").slice(2)) expect(row.match(/<td/g)).toHaveLength(5);
  });
});
