// Nothing on the label page moves while figures come and grow: a text that jumps is read twice.
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { proportion } from "../../src/core/metrics/accuracy.ts";
import { pack, unpack } from "../../src/protocol/page/figures.ts";
import { cards, memoryHost, openLabelPage } from "./support/labelHost.ts";
import { launch, whyNot } from "./support/pageHarness.ts";

const reason = whyNot();
if (reason !== null) console.log(`skipped: layout of the label page, because ${reason}`);

describe.skipIf(reason !== null)("the layout of the label page", () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launch();
  });
  afterAll(() => browser.close());

  it.each([320, 460, 700, 900, 1280])(
    "stays as it is from verdict to verdict, %i wide",
    async (width) => {
      const host = memoryHost({
        pairs: cards(30),
        snapshot: {
          mode: "audit",
          order: "random sample of the pseudo-labels kept in iteration 3",
        },
        reveal: ({ ticket }) => ({ ticket, guess: "b", confidence: 1, agrees: false }),
      });
      const judge: typeof host.handlers.judge = async (...asked) => {
        const answer = await host.handlers.judge(...asked);
        const { done } = unpack(answer.progress);
        const progress = {
          ...unpack(answer.progress),
          left: 2000 - done,
          secondsLeft: 7000 - done,
          leftRate: done < 2 ? null : proportion(done / 2, done),
          consistency: done < 4 ? null : proportion(done / 2, done),
          agreement:
            done < 3
              ? null
              : {
                  rate: proportion(done - 1, done),
                  overrides: 1,
                  moreChecks: 300 - done,
                  narrowTo: 0.05,
                },
        };
        return { ...answer, progress: pack(progress) };
      };
      const { page, close } = await openLabelPage(
        browser,
        { ...host, handlers: { ...host.handlers, judge } },
        { theme: "dark", context: { viewport: { width, height: 800 } } },
      );
      await page.waitForSelector("article");
      const places = (): Promise<readonly number[]> =>
        page.evaluate(() =>
          [".reading", ".response-a", ".response-b", ".verdict-bar", ".degrees"].map((selector) =>
            Math.round(document.querySelector(selector)!.getBoundingClientRect().top),
          ),
        );
      const first = await places();
      for (let count = 1; count <= 9; count++) {
        await page.keyboard.press(count % 2 === 0 ? "4" : "5");
        await expect.poll(() => host.verdicts.length).toBe(count);
        await page.waitForSelector(".saving[data-saving=saved]");
        expect(await places()).toEqual(first);
      }
      // What matters most is never what is cut.
      const isInSight = await page.evaluate(() => {
        const line = document.querySelector(".progress")!.getBoundingClientRect();
        const figure = document.querySelector(".agreement")!.getBoundingClientRect();
        return figure.bottom <= line.bottom + 1 && figure.right <= line.right + 1;
      });
      expect(isInSight).toBe(true);
      await close();
    },
  );
});
