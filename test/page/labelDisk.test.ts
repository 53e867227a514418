// The label page in a real browser while the disk fails: nothing is lost, and the person goes on.
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Judgment } from "../../src/protocol/page/judging.ts";
import { cards, memoryHost, openLabelPage, savedText, ticketInView } from "./support/labelHost.ts";
import { launch, whyNot } from "./support/pageHarness.ts";

const reason = whyNot();
if (reason !== null) console.log(`skipped: label page on a failing disk, because ${reason}`);

describe.skipIf(reason !== null)("the label page on a failing disk", () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launch();
  });
  afterAll(() => browser.close());

  it("keeps a failing disk's verdicts in sight, goes on, and saves each once, over a reload too", async () => {
    const pairs = cards(12);
    const host = memoryHost({ pairs });
    const opened = await openLabelPage(browser, host);
    const { page } = opened;
    await page.waitForSelector("article");
    host.failNext = 1000;
    for (const key of ["2", "6", "4"]) await page.keyboard.press(key);
    await page.waitForSelector(".strip-problem");
    const words = "Not saved: A better, B better, Tie";
    await expect.poll(() => page.textContent(".strip-problem strong")).toBe(words);
    expect(await ticketInView(page)).toBe(pairs[3]!.ticket);
    expect(await page.locator(savedText).count()).toBe(0);

    await page.reload();
    await page.waitForSelector("article");
    expect(await ticketInView(page)).toBe(pairs[3]!.ticket);
    await expect.poll(() => page.textContent(".strip-problem strong")).toBe(words);
    host.failNext = 0;
    // The page may have tried by itself meanwhile, and the button be gone.
    await page.evaluate(() =>
      document.querySelector<HTMLElement>(".strip-problem button")?.click(),
    );
    await page.waitForSelector(savedText);
    const given: Judgment[] = ["a-better", "b-better", "tie"];
    expect(host.verdicts.map(({ judgment }) => judgment)).toEqual(given);
    expect(host.verdicts.map(({ ticket }) => ticket)).toEqual(
      pairs.slice(0, 3).map(({ ticket }) => ticket),
    );
    await opened.close();
  });

  it("goes on through more pairs than it had ahead while the disk fails, over a reload too", async () => {
    const pairs = cards(30);
    const host = memoryHost({ pairs, ahead: 4 });
    host.failNext = 1000;
    const opened = await openLabelPage(browser, host);
    const { page } = opened;
    for (let index = 0; index < 12; index++) {
      await expect.poll(() => ticketInView(page)).toBe(pairs[index]!.ticket);
      await page.keyboard.press("2");
    }
    await page.reload();
    for (let index = 12; index < 20; index++) {
      await expect.poll(() => ticketInView(page)).toBe(pairs[index]!.ticket);
      await page.keyboard.press("6");
    }
    host.failNext = 0;
    await page.evaluate(() =>
      document.querySelector<HTMLElement>(".strip-problem button")?.click(),
    );
    await page.waitForSelector(savedText);
    // Each once; those that were on their way when the disk came back may be before older ones.
    expect(host.verdicts.map(({ ticket, judgment }) => [ticket, judgment]).sort()).toEqual(
      pairs.slice(0, 20).map(({ ticket }, k) => [ticket, k < 12 ? "a-better" : "b-better"]),
    );
    await opened.close();
  });

  it("takes a verdict back that was never saved, and one that was", async () => {
    const pairs = cards(5);
    const host = memoryHost({ pairs });
    const opened = await openLabelPage(browser, host);
    const { page } = opened;
    await page.waitForSelector("article");
    await page.keyboard.press("1");
    await page.waitForSelector(savedText);
    host.failNext = 1000;
    await page.keyboard.press("7");
    await page.waitForSelector(".strip-problem");
    await page.keyboard.press("u");
    await expect.poll(() => ticketInView(page)).toBe(pairs[1]!.ticket);
    host.failNext = 0;
    // Two keys at once: the verdict means the pair that the undo brings back.
    await page.keyboard.press("u");
    await page.keyboard.press("4");
    await expect.poll(() => host.verdicts.map(({ judgment }) => judgment)).toEqual(["tie"]);
    expect(host.verdicts[0]!.ticket).toBe(pairs[0]!.ticket);
    await expect.poll(() => ticketInView(page)).toBe(pairs[1]!.ticket);
    await opened.close();
  });
});
