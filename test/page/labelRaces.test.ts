// The label page where the host's word and the person's key cross: a verdict is of the pair that was read, or
// is none.
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { card, cards, memoryHost, openLabelPage } from "./support/labelHost.ts";
import { launch, whyNot } from "./support/pageHarness.ts";

const reason = whyNot();
if (reason !== null) console.log(`skipped: races of the label page, because ${reason}`);

const ticketInView = (page: Page): Promise<string | null> =>
  page.evaluate(() => document.querySelector<HTMLElement>("article")?.dataset["ticket"] ?? null);

describe.skipIf(reason !== null)("the label page, where things cross", () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launch();
  });
  afterAll(() => browser.close());

  it("counts no verdict that is given while another use of the page is on its way", async () => {
    const host = memoryHost({ pairs: cards(6) });
    const { page, close } = await openLabelPage(browser, host);
    await page.waitForSelector("article");
    host.delayMs = 300;
    await page.click("#tab-review");
    await page.focus("#page");
    await page.keyboard.press("2");
    await page.keyboard.press("d");
    await page.waitForSelector("#tab-review[aria-selected=true]");
    await page.waitForTimeout(700);
    expect(host.verdicts).toEqual([]);
    // What is no verdict is done with the pair that came.
    expect(await page.getAttribute("button[aria-label='Show what differs']", "aria-pressed")).toBe(
      "true",
    );
    await close();
  });

  it("counts a verdict after undo for the pair that undo brings back", async () => {
    const pairs = cards(6);
    const host = memoryHost({ pairs });
    const { page, close } = await openLabelPage(browser, host);
    await page.waitForSelector("article");
    await page.keyboard.press("2");
    await expect.poll(() => host.verdicts.length).toBe(1);
    await page.waitForSelector(".saving[data-saving=saved]");
    host.delayMs = 200;
    await page.keyboard.press("u");
    await page.keyboard.press("7");
    await expect.poll(() => host.verdicts.map(({ judgment }) => judgment)).toEqual(["b-much"]);
    expect(host.verdicts[0]!.ticket).toBe(pairs[0]!.ticket);
    await close();
  });

  it("keeps the pair in view when news come that were asked for before it was", async () => {
    const pairs = cards(8);
    const host = memoryHost({ pairs });
    const { open } = host.handlers;
    // A run has ended: other pairs come behind the one that the host was asked about.
    let answer = (): void => undefined;
    const mayAnswer = new Promise<void>((resolve) => (answer = resolve));
    let isLoaded = false;
    const later: typeof open = async (...asked) => {
      const snapshot = await open(...asked);
      if (!isLoaded) return snapshot;
      await mayAnswer;
      return { ...snapshot, upcoming: [card(50), card(51)] };
    };
    const handlers = { ...host.handlers, open: later };
    const opened = await openLabelPage(browser, { ...host, handlers });
    const { page, connection, close } = opened;
    await page.waitForSelector("article");
    isLoaded = true;
    connection.page!.notify("changed", {});
    await expect.poll(() => host.calls.filter(({ method }) => method === "open").length).toBe(2);
    expect(host.calls.at(-1)!.parameter).toEqual({ ticket: pairs[0]!.ticket });
    await page.keyboard.press("1");
    await page.keyboard.press("1");
    const read = await ticketInView(page);
    expect(read).toBe(pairs[2]!.ticket);
    answer();
    await page.waitForTimeout(300);
    expect(await ticketInView(page)).toBe(read);
    await page.keyboard.press("3");
    await expect.poll(() => host.verdicts.length).toBe(3);
    expect(host.verdicts[2]).toMatchObject({ ticket: read, judgment: "a-slightly" });
    await close();
  });

  it("gives verdict and reason back with a pair whose verdict was never saved", async () => {
    const pairs = cards(3);
    const host = memoryHost({ pairs });
    const { page, close } = await openLabelPage(browser, host);
    await page.waitForSelector("article");
    host.failNext = 100;
    // Faster than drafts are told.
    await page.fill("#rationale", "because it is right");
    await page.press("#rationale", "Escape");
    await page.keyboard.press("6");
    await page.waitForSelector(".strip-problem");
    expect(await page.inputValue("#rationale")).toBe("");
    await page.keyboard.press("u");
    await expect.poll(() => ticketInView(page)).toBe(pairs[0]!.ticket);
    expect(await page.inputValue("#rationale")).toBe("because it is right");
    expect(await page.getAttribute(".given", "class")).toContain("degree-b-better");
    await close();
  });
});
