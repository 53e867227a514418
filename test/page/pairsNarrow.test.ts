// The data editor's list at 320 pixels, and what it says when an act on a row is refused.
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { launch, whyNot } from "./support/pageHarness.ts";
import { pairsHost } from "./support/pairsHost.ts";
import { openPairs, settled } from "./support/pairsHostPage.ts";

const missing = whyNot();
if (missing !== null) console.log(`skipped: the data editor's page, because there is ${missing}`);

describe.skipIf(missing !== null)("the data editor's list", () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launch();
  });
  afterAll(() => browser.close());

  it("has the prompt in view at 320 pixels, speaks the state, and walks over what is left out", async () => {
    const context = { viewport: { width: 320, height: 500 } };
    const { page, close } = await openPairs(browser, pairsHost({ count: 50 }), { context });
    const prompt = await page.locator("[data-position='1'] .cell-prompt").boundingBox();
    expect(prompt!.x).toBeLessThan(200);
    expect(prompt!.x + prompt!.width).toBeLessThanOrEqual(320);
    expect(await page.locator(".rows").ariaSnapshot()).toMatch(/Pseudo-label/);
    await page.locator(".frame").focus();
    const columns: (string | null)[] = [];
    for (let i = 0; i < 6; i++) {
      await page.keyboard.press("ArrowRight");
      await settled(page);
      columns.push(await page.locator(".rows .cell.cursor").getAttribute("aria-colindex"));
    }
    expect(columns).toEqual(["1", "2", "4", "7", "8", "9"]);
    await page.keyboard.press("ArrowLeft");
    await settled(page);
    expect(await page.locator(".rows .cell.cursor").getAttribute("aria-colindex")).toBe("8");
    await close();
  });

  it("tries a refused act again on the same row, or sends the reason away", async () => {
    const asked: number[] = [];
    const host = pairsHost({
      count: 50,
      handlers: {
        openPair: ({ ordinal }) => {
          if (asked.push(ordinal) < 3) throw new Error("pairs.jsonl is a test file");
        },
      },
    });
    const { page, close } = await openPairs(browser, host);
    const alert = page.locator(".problem");
    await page.click(".row[data-position='2']");
    await page.keyboard.press("Enter");
    await alert.waitFor();
    expect(await alert.textContent()).toContain("pairs.jsonl is a test file");
    await page.keyboard.press("ArrowDown");
    await page.getByRole("button", { name: "Close" }).click();
    await expect.poll(() => alert.count()).toBe(0);
    expect(await page.evaluate(() => document.activeElement?.className)).toContain("frame");
    await page.keyboard.press("Enter");
    await alert.waitFor();
    await page.keyboard.press("ArrowDown");
    await page.getByRole("button", { name: "Try again" }).click();
    await expect.poll(() => asked).toEqual([2, 3, 3]);
    await expect.poll(() => alert.count()).toBe(0);
    await close();
  });
});
