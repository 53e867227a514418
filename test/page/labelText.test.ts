// Texts of strangers on the label page: what is shown, what never happens, and that long ones stop nothing.
import fc from "fast-check";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { hasHidden, piecesOf } from "../../webview/text/hiddenCharacters.ts";
import { piecesOfMarkdown } from "../../webview/text/markdownPieces.ts";
import { chunksOf } from "../../webview/text/rawText.ts";
import { diffTexts } from "../../webview/text/textDiff.ts";
import { card, cards, memoryHost, openLabelPage } from "./support/labelHost.ts";
import { launch, whyNot } from "./support/pageHarness.ts";

const reason = whyNot();
if (reason !== null) console.log(`skipped: texts on the label page, because ${reason}`);

const word = fc.constantFrom(
  ...["the", "a", "prime", " ", "\n", "\r\n", "\t", "  ", "é", "é", "😀", "-", "\u200B", "\u202E"],
  ...["```", "\n\n", ".", "1. ", "中文", "שלום"],
);
const text = fc.array(word, { maxLength: 60 }).map((words) => words.join(""));

describe("cutting and comparing texts", () => {
  it("gives both texts back, to the character", () => {
    fc.assert(
      fc.property(text, text, (a, b) => {
        const { parts } = diffTexts(a, b);
        const of = (side: "a" | "b"): string =>
          parts
            .flatMap(({ where, text: part }) => (where === "both" || where === side ? [part] : []))
            .join("");
        expect(of("a")).toBe(a);
        expect(of("b")).toBe(b);
      }),
      { numRuns: 500 },
    );
  });

  it("finds nothing to mark in equal texts, and the word that differs in others", () => {
    expect(diffTexts("one two three", "one two three").parts).toEqual([
      { where: "both", text: "one two three" },
    ]);
    expect(
      diffTexts("one two three", "one 2 three").parts.filter(({ where }) => where !== "both"),
    ).toEqual([
      { where: "a", text: "two" },
      { where: "b", text: "2" },
    ]);
  });

  it("cuts texts into pieces that are the text", () => {
    const long = fc.array(text, { maxLength: 400 }).map((parts) => parts.join("\n\n"));
    fc.assert(
      fc.property(long, (whole) => {
        expect(piecesOfMarkdown(whole).join("")).toBe(whole);
        expect(chunksOf(whole).join("")).toBe(whole);
      }),
      { numRuns: 50 },
    );
  });

  it("names each hidden character and nothing else", () => {
    const shown = (from: string): string =>
      piecesOf(from)
        .map((piece) => piece.text)
        .join("");
    expect(shown("a\u202Eb")).toBe("a[U+202E]b");
    expect(shown("\u200B".repeat(40))).toBe("[U+200B ×40]");
    expect(shown("a\u200Db")).toBe("a[U+200D]b");
    // A family of emoji and a Persian word need their joiners.
    for (const fine of [
      "👩\u200D👩\u200D👧",
      "می\u200Cخواهم",
      "a\tb\r\nc",
      "❤\uFE0F",
      "שלום עולם",
    ]) {
      expect(hasHidden(fine) ? shown(fine) : fine).toBe(fine);
    }
    fc.assert(
      fc.property(text, (from) => {
        expect(shown(from)).toBe(
          from.replace(/(\u200B)+|(\u202E)+/g, (run) => piecesOf(run)[0]!.text),
        );
      }),
    );
  });
});

describe.skipIf(reason !== null)("texts on the label page", () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launch();
  });
  afterAll(() => browser.close());

  const open = async (a: string, b = "B") => {
    const answer = (content: string) => [{ role: "assistant", content }];
    const host = memoryHost({
      pairs: [card(0, { a: answer(a), b: answer(b) }), ...cards(3).slice(1)],
    });
    const opened = await openLabelPage(browser, host);
    await opened.page.waitForSelector("article");
    return { ...opened, host };
  };
  const responseText = (page: Page): Promise<string> =>
    page.evaluate(() => document.querySelector(".response-a .text")?.textContent ?? "");

  it("asks the host for links, and shows what is no link as it was typed", async () => {
    const { page, host, errors, requests, close } = await open(
      "[good](https://example.com/a?b=1) [bad](javascript:alert(1)) [worse](command:x) [d](data:text/html,x) " +
        "![alt](https://example.com/i.png) <script>alert(1)</script> <img src=x onerror=alert(1)>",
    );
    const shown = await responseText(page);
    for (const part of [
      ...["[bad](javascript:alert(1))", "[worse](command:x)", "[d](data:text/html,x)"],
      ...[
        "image: alt (https://example.com/i.png)",
        "<script>alert(1)</script>",
        "<img src=x onerror=",
      ],
    ]) {
      expect(shown).toContain(part);
    }
    expect(await page.locator("article a[href], article img, article script").count()).toBe(0);
    await page.click("article a");
    await page.locator("article a").focus();
    await page.keyboard.press("Enter");
    const asked = () => host.calls.filter(({ method }) => method === "openLink");
    await expect.poll(() => asked().length).toBe(2);
    expect(asked()[0]!.parameter).toEqual({ href: "https://example.com/a?b=1" });
    expect(page.url()).toBe("https://page.test/");
    expect([...errors, ...requests]).toEqual([]);
    await close();
  });

  it("draws formulas and colours code, and leaves the bombs as they are", async () => {
    const deep = `$${"{".repeat(3000)}x${"}".repeat(3000)}$`;
    const bomb = "$\\def\\a#1{#1#1#1#1}\\a{\\a{\\a{\\a{x}}}}$";
    const { page, errors, requests, close } = await open(
      `Inline $x^2$ and \\(y_1\\), costs $5 or $10.\n\n$$\n\\frac{1}{2}\n$$\n\n` +
        "```js\nconst x = 1; // one\n```\n\n" +
        `${deep}\n\n${bomb}\n\n$\\fcolorbox{red}{blue}{z}$ $\\href{javascript:alert(1)}{q}$`,
    );
    await expect.poll(() => page.locator("article math").count()).toBeGreaterThanOrEqual(4);
    await page.waitForSelector("article .hljs-keyword");
    const shown = await responseText(page);
    expect(shown).toContain("costs $5 or $10.");
    expect(shown).toContain(bomb);
    expect(shown).toContain(deep);
    expect(await page.locator("article [style], article math [href]").count()).toBe(0);
    expect([...errors, ...requests]).toEqual([]);
    await close();
  });

  it("shows the very text in raw and in what differs", async () => {
    const a = "# T\n\n* one\n* two \u202Ethree\n\n\n```\nx\n```\n";
    const b = "# T\n\n* one\n* 2 four\n";
    const { page, close } = await open(a, b);
    await page.keyboard.press("m");
    const raw = await page.evaluate(() =>
      [...document.querySelectorAll(".response-a .raw")]
        .map((chunk) => chunk.textContent)
        .join("\n"),
    );
    expect(`${raw}\n`).toBe(a.replace("\u202E", "[U+202E]"));
    await page.keyboard.press("d");
    for (const [side, whole] of [
      ["a", a],
      ["b", b],
    ] as const) {
      expect(
        await page.evaluate(
          (s) => document.querySelector(`.response-${s} .text`)!.textContent,
          side,
        ),
      ).toBe(whole.replace("\u202E", "[U+202E]"));
      expect(await page.locator(`.response-${side} mark.only-${side}`).count()).toBeGreaterThan(0);
    }
    await close();
  });

  const million = 1_000_000;
  const longs: Readonly<Record<string, readonly [string, string]>> = {
    "a line of 1 MB": ["x".repeat(million), "y ".repeat(million / 2)],
    "1 MB of lines": ["word\n".repeat(million / 5), "\n".repeat(million)],
    "deep lists": [
      Array.from({ length: 500 }, (_, depth) => `${" ".repeat(2 * depth)}- deep`).join("\n"),
      "> ".repeat(5000),
    ],
    "a list of 20,000": [
      "- item\n".repeat(20_000),
      "| a | b |\n|---|---|\n".concat("| 1 | 2 |\n".repeat(10_000)),
    ],
    "brackets and stars": ["[".repeat(50_000), "*a **b ".repeat(15_000)],
    "hidden characters": ["\u200B\u202E".repeat(100_000), "a\u200B".repeat(80_000)],
    formulas: ["$x^2$ ".repeat(5000), "`".repeat(50_000)],
  };
  it.each(Object.keys(longs))(
    "answers to a key while it shows %s, rendered and raw",
    async (name) => {
      const [a, b] = longs[name]!;
      const { page, host, errors, close } = await open(a, b);
      const worst = () =>
        page.evaluate(
          () =>
            new Promise<number>((resolve) => {
              let longest = 0;
              let before = performance.now();
              const until = before + 1500;
              const frame = (): void => {
                const now = performance.now();
                longest = Math.max(longest, now - before);
                before = now;
                if (now < until) requestAnimationFrame(frame);
                else resolve(Math.round(longest));
              };
              requestAnimationFrame(frame);
            }),
        );
      const figures: number[] = [await worst()];
      for (const key of ["m", "d", "d", "m"]) {
        await page.keyboard.press(key);
        figures.push(await worst());
      }
      await page.evaluate(() => document.querySelector(".response-a")!.scrollTo(0, 1e9));
      figures.push(await worst());
      console.log(`longest frames (ms) with ${name}: ${figures.join(", ")}`);
      await page.keyboard.press("1");
      await expect.poll(() => host.verdicts.length).toBe(1);
      expect(errors).toEqual([]);
      await close();
    },
  );
});
