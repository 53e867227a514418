// The label page for everybody: no violation that axe-core finds in four themes and every state, no sideways
// scrolling at 320 pixels, the verdict bar in sight at 400 % zoom, and a script that loads at once.
import { readFileSync, statSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { card, cards, memoryHost, openLabelPage, type MemoryOptions } from "./support/labelHost.ts";
import { launch, whyNot } from "./support/pageHarness.ts";

const reason = whyNot();
if (reason !== null) console.log(`skipped: the label page by axe, because ${reason}`);
const axeSource = readFileSync(
  createRequire(import.meta.url).resolve("axe-core/axe.min.js"),
  "utf8",
);
const answer = (content: string) => [{ role: "assistant", content }];

const rich = `Some **bold**, \`code\`, a [link](https://example.com) and \u202E a mark.

\`\`\`ts
const prime = (n: number): boolean => n > 1; // not quite
\`\`\`

1. one
   - two

> quoted

| a | b |
|---|--:|
| 1 | 2 |

![image](https://example.com/x.png) and $x^2$`;
const arabic = "مرحبا بالعالم! هذا **نص** طويل.\n\n- واحد\n- اثنان\n\nThen English.";
const turns = Array.from({ length: 9 }, (_, index) => ({
  role: index % 2 === 0 ? "user" : "assistant",
  content: `Turn ${index}`.repeat(20),
}));
const proportion = { value: 0.52, low: 0.44, high: 0.6, n: 120 };

const states: Readonly<Record<string, MemoryOptions>> = {
  "rich texts": { pairs: [card(0, { prompt: turns, a: answer(rich), b: answer(`${rich}!`) })] },
  "right to left": { pairs: [card(0, { a: answer(arabic), b: answer("שלום") })] },
  "long words": { pairs: [card(0, { a: answer("unbreakable".repeat(200)), b: answer("x") })] },
  figures: {
    pairs: cards(3),
    snapshot: {
      mode: "audit",
      warning: "The folder is read-only: verdicts are in the journal alone.",
      guidelines: { markdown: rich, version: "0123456789ab" },
    },
    progress: {
      ...{ done: 1200, left: 300, secondsPerVerdict: 14, secondsLeft: 4200, stale: 3 },
      ...{ leftRate: proportion, consistency: proportion },
      agreement: { rate: proportion, overrides: 20, moreChecks: 260, narrowTo: 0.05 },
    },
    settings: { keyProblems: ["Two actions are on the key d: diff and skip."] },
  },
  nothing: { pairs: [] },
};

describe.skipIf(reason !== null)("the label page for everybody", () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launch();
  });
  afterAll(() => browser.close());

  const violations = async (page: Page): Promise<string[]> => {
    await page.evaluate(axeSource);
    return page.evaluate(async () => {
      const { axe } = globalThis as unknown as {
        axe: {
          run(): Promise<{
            violations: { id: string; nodes: { html: string; failureSummary: string }[] }[];
          }>;
        };
      };
      return (await axe.run()).violations.flatMap(({ id, nodes }) =>
        nodes.map(({ html, failureSummary }) => `${id}: ${html.slice(0, 200)} ${failureSummary}`),
      );
    });
  };

  const themes = ["dark", "light", "hc-dark", "hc-light"];
  const cases = Object.keys(states).flatMap((state) =>
    themes.map((theme) => [state, theme] as const),
  );
  it.each(cases)("has no violation: %s, %s", async (state, theme) => {
    const opened = await openLabelPage(browser, memoryHost(states[state]!), { theme });
    const { page } = opened;
    await page.waitForSelector(state === "nothing" ? ".state h2" : "article");
    await page.waitForTimeout(300);
    expect(await violations(page)).toEqual([]);
    if (state === "figures" || state === "rich texts") {
      await page.keyboard.press("d");
      await page.keyboard.press("g");
      expect(await violations(page)).toEqual([]);
      await page.keyboard.press("?");
      expect(await violations(page)).toEqual([]);
    }
    expect(opened.errors).toEqual([]);
    await opened.close();
  });

  it.each([
    [320, 640],
    [320, 256],
  ])("has no sideways scrolling and its verdicts in sight at %i × %i", async (width, height) => {
    for (const options of Object.values(states)) {
      const opened = await openLabelPage(browser, memoryHost(options), {
        theme: "dark",
        context: { viewport: { width, height }, hasTouch: true },
      });
      const { page } = opened;
      await page.waitForTimeout(300);
      const wide = await page.evaluate(() =>
        [document.documentElement, ...document.querySelectorAll<HTMLElement>("[data-pane]")]
          .filter((element) => element.scrollWidth > element.clientWidth + 1)
          .map((element) => element.className),
      );
      expect(wide).toEqual([]);
      if (options.pairs.length > 0) {
        const bar = await page.locator(".degrees").boundingBox();
        expect(bar!.y + bar!.height).toBeLessThanOrEqual(height);
        const sizes = await page.evaluate(() =>
          [...document.querySelectorAll(".label-page button:not(dialog *)")].map((button) =>
            Math.min(button.getBoundingClientRect().height, button.getBoundingClientRect().width),
          ),
        );
        expect(Math.min(...sizes)).toBeGreaterThanOrEqual(28);
      }
      await opened.close();
    }
  });

  it("loads under 300 kB of script before the first pair", () => {
    const pages = join(import.meta.dirname, "../../dist/pages");
    const seen = new Set<string>();
    const visit = (file: string): number => {
      if (seen.has(file)) return 0;
      seen.add(file);
      const source = readFileSync(file, "utf8");
      const imports = source.matchAll(/(?:from|import)\s*"(\.[^"]+\.js)"/g);
      return [...imports].reduce(
        (sum, [, path]) => sum + visit(join(dirname(file), path!)),
        statSync(file).size,
      );
    };
    const bytes = visit(join(pages, "label.js"));
    console.log(`label page: ${Math.round(bytes / 1000)} kB of script in ${seen.size} files`);
    expect(bytes).toBeLessThan(300_000);
  });
});
