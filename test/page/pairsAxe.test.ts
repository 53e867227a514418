// The data editor's page in the editor's four themes: nothing that axe-core finds, nothing that needs sideways
// scrolling at 320 pixels, which is 1,280 at 400 %.
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { violations } from "./support/axe.ts";
import { launch, whyNot } from "./support/pageHarness.ts";
import { pairsHost, type PairsHostOptions } from "./support/pairsHost.ts";
import { openPairs, settled } from "./support/pairsHostPage.ts";

const missing = whyNot();
if (missing !== null) console.log(`skipped: the data editor's look, because there is ${missing}`);

interface Look {
  readonly host: PairsHostOptions;
  readonly waitFor?: string;
  prepare(this: void, page: Page): Promise<void>;
}

const empty = { rowCount: 0, view: { viewId: 1, count: 0, covered: 1 } };
const looks: Readonly<Record<string, Look>> = {
  "rows, filters and pane": {
    host: { count: 5000 },
    prepare: async (page) => {
      await page.click("#filters-button");
      await page.locator("vscode-checkbox", { hasText: "Flagged" }).click();
      await page.waitForSelector(".chip");
      await settled(page);
      await page.click(".row[data-position='2']");
      await page.keyboard.press(" ");
      await page.waitForSelector(".pane .text");
    },
  },
  "how it is read": {
    host: { count: 10, snapshot: { isInProject: false } },
    prepare: async (page) => {
      await page.click("#tab-reading");
      await page.waitForSelector(".mapping");
      for (const [field, steps] of [
        ["chosen", 2],
        ["rejected", 3],
      ] as const) {
        await page.locator(`[data-field=${field}]`).focus();
        await page.keyboard.press("Enter");
        for (let i = 0; i < steps; i++) await page.keyboard.press("ArrowDown");
        await page.keyboard.press("Enter");
      }
      await page.waitForSelector(".sample");
      await page.evaluate(() => {
        for (const details of document.querySelectorAll("details")) details.open = true;
      });
    },
  },
  "an empty file": {
    host: { count: 0, snapshot: empty },
    waitFor: ".state",
    prepare: () => Promise.resolve(),
  },
};

describe.skipIf(missing !== null)("the look of the data editor's page", () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launch();
  });
  afterAll(() => browser.close());

  const cases = Object.keys(looks).flatMap((look) =>
    ["dark", "light", "hc-dark", "hc-light"].map((theme) => [look, theme] as const),
  );
  it.each(cases)("has no violation: %s, %s", async (name, theme) => {
    const { host, prepare, waitFor } = looks[name]!;
    const opened = await openPairs(browser, pairsHost(host), {
      theme,
      ...(waitFor === undefined ? {} : { waitFor }),
    });
    const { page, errors, requests, close } = opened;
    await prepare(page);
    expect(await violations(page)).toEqual([]);
    expect(errors).toEqual([]);
    expect(requests).toEqual([]);
    await close();
  });

  it.each(Object.keys(looks))("needs no sideways scrolling at 320 pixels: %s", async (name) => {
    const { host, prepare, waitFor } = looks[name]!;
    const { page, close } = await openPairs(browser, pairsHost(host), {
      context: { viewport: { width: 320, height: 640 } },
      ...(waitFor === undefined ? {} : { waitFor }),
    });
    await prepare(page);
    const sideways = await page.evaluate(() =>
      [document.documentElement, document.querySelector(".panel")!].map(
        (element) => element.scrollWidth - element.clientWidth,
      ),
    );
    expect(sideways).toEqual([0, 0]);
    await close();
  });
});
