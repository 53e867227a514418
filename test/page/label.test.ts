// The label page in a real browser: one press a verdict, nothing while typing, reloads.
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  card,
  cards,
  keyMap,
  memoryHost,
  openLabelPage,
  ticketInView,
} from "./support/labelHost.ts";
import { launch, whyNot } from "./support/pageHarness.ts";

const reason = whyNot();
if (reason !== null) console.log(`skipped: label page, because ${reason}`);

describe.skipIf(reason !== null)("the label page", () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launch();
  });
  afterAll(() => browser.close());

  it("takes 200 pairs by exactly 200 presses, each in view before the host has answered", async () => {
    const pairs = cards(200);
    const host = memoryHost({ pairs, ahead: 30 });
    host.delayMs = 20;
    const opened = await openLabelPage(browser, host);
    const { page } = opened;
    await page.waitForSelector("article");
    const keys = ["1", "2", "3", "4", "5", "6", "7", "0", " "];
    const words = ["a-much", "a-better", "a-slightly", "tie", "b-slightly", "b-better", "b-much"];
    words.push("both-bad", "skip");
    for (let index = 0; index < 200; index++) {
      expect(await ticketInView(page)).toBe(pairs[index]!.ticket);
      await page.keyboard.press(keys[index % keys.length]!);
    }
    await page.waitForSelector(".state h2");
    await expect.poll(() => host.verdicts.length).toBe(200);
    expect(host.verdicts.map(({ ticket }) => ticket)).toEqual(pairs.map(({ ticket }) => ticket));
    expect(host.verdicts.map(({ judgment }) => judgment)).toEqual(
      pairs.map((_, index) => words[index % words.length]),
    );
    expect(new Set(host.verdicts.map(({ eventId }) => eventId)).size).toBe(200);
    expect(await page.textContent(".state h2")).toBe("All pairs are judged");
    expect([...opened.errors, ...opened.requests]).toEqual([]);
    await opened.close();
  });

  it("gives no verdict in 10,000 key events while a field has the focus, nor on repeat, IME or Alt", async () => {
    const host = memoryHost({ pairs: cards(3) });
    const opened = await openLabelPage(browser, host);
    const { page } = opened;
    await page.waitForSelector("article");
    const escaped = await page.evaluate(
      (bare) => {
        let seen = 0;
        addEventListener("keydown", ({ key, ctrlKey, altKey, metaKey }) => {
          if (key.length === 1 && !ctrlKey && !altKey && !metaKey) seen++;
        });
        const field = document.querySelector<HTMLTextAreaElement>("#rationale")!;
        field.focus();
        const keys = [...bare, "Enter", "ArrowLeft", "Tab", "é", "Process", "Backspace"];
        for (let index = 0; index < 10_000; index++) {
          const bits = (index * 2_654_435_761) >>> 0;
          field.dispatchEvent(
            new KeyboardEvent("keydown", {
              key: keys[bits % keys.length]!,
              shiftKey: (bits & 0x1000) > 0,
              repeat: (bits & 0x4000) > 0,
              isComposing: (bits & 0x8000) > 0,
              bubbles: true,
              cancelable: true,
            }),
          );
        }
        const onBody = { bubbles: true, cancelable: true };
        field.blur();
        document.body.dispatchEvent(
          new KeyboardEvent("keydown", { key: "1", repeat: true, ...onBody }),
        );
        document.body.dispatchEvent(
          new KeyboardEvent("keydown", { key: "1", isComposing: true, ...onBody }),
        );
        document.body.dispatchEvent(
          new KeyboardEvent("keydown", { key: "1", altKey: true, ...onBody }),
        );
        document.body.dispatchEvent(
          new KeyboardEvent("keydown", { key: "1", metaKey: true, ...onBody }),
        );
        return seen;
      },
      Object.values(keyMap)
        .flat()
        .filter((key) => key.length === 1),
    );
    // No bare key reaches the window, where the editor listens, but those of an input method.
    expect(escaped).toBeLessThan(6000);
    expect(host.calls.filter(({ method }) => method !== "open" && method !== "draft")).toEqual([]);
    await page.keyboard.press("?");
    await page.keyboard.press("1");
    expect(host.verdicts).toEqual([]);
    await page.keyboard.press("Escape");
    await page.keyboard.press("1");
    await expect.poll(() => host.verdicts.length).toBe(1);
    await opened.close();
  });

  it("comes back from a reload with pair, reason, looks and scroll", async () => {
    const long = Array.from({ length: 400 }, (_, line) => `Line ${line}`).join("\n\n");
    const answer = [{ role: "assistant", content: long }];
    const pairs = [card(0), card(1, { a: answer, b: answer }), card(2)];
    const host = memoryHost({ pairs });
    const opened = await openLabelPage(browser, host, {
      context: { viewport: { width: 1000, height: 700 } },
    });
    const { page } = opened;
    await page.waitForSelector("article");
    await page.keyboard.press("4");
    await page.keyboard.press("m");
    await page.keyboard.press("r");
    await page.keyboard.type("both say 1, 2 and d");
    await page.keyboard.press("Control+Enter");
    await page.evaluate(() => document.querySelector(".response-a")!.scrollTo(0, 1500));
    const top = () => page.evaluate(() => document.querySelector(".response-b")!.scrollTop);
    await expect.poll(top).toBeGreaterThan(1000);
    const before = await top();
    await page.waitForTimeout(600);
    expect(host.drafts.get(pairs[1]!.ticket)).toBe("both say 1, 2 and d");
    await page.reload();
    await page.waitForSelector("article");
    expect(await ticketInView(page)).toBe(pairs[1]!.ticket);
    expect(await page.inputValue("#rationale")).toBe("both say 1, 2 and d");
    expect(await page.locator(".response-a .raw").count()).toBeGreaterThan(0);
    await expect.poll(top).toBe(before);
    await page.keyboard.press("3");
    await expect.poll(() => host.verdicts.at(-1)?.rationale).toBe("both say 1, 2 and d");
    expect(await page.inputValue("#rationale")).toBe("");
    await opened.close();
  });

  it("shows what the model had said only after the vote, beside the next pair", async () => {
    const pairs = cards(3);
    const host = memoryHost({
      pairs,
      snapshot: { mode: "review" },
      reveal: ({ ticket }) => ({ ticket, guess: "b", confidence: 0.64, agrees: false }),
    });
    const opened = await openLabelPage(browser, host);
    const { page } = opened;
    await page.waitForSelector("article");
    expect(await page.textContent("body")).not.toMatch(/model/i);
    await page.keyboard.press("2");
    const text = await page.textContent(".strip-reveal");
    expect(text?.replace(/\s+/g, " ")).toContain(
      "you said A better, the model B better (64 %). You differ.",
    );
    expect(await ticketInView(page)).toBe(pairs[1]!.ticket);
    await opened.close();
  });

  it("waits calmly where the next pairs are not there yet, and goes on by itself", async () => {
    const pairs = cards(4);
    const host = memoryHost({ pairs, ahead: 1 });
    host.delayMs = 300;
    const opened = await openLabelPage(browser, host);
    const { page } = opened;
    await page.waitForSelector("article");
    await page.keyboard.press("1");
    await page.keyboard.press("1");
    await page.keyboard.press("1");
    await page.waitForSelector(".state[aria-busy]");
    await expect.poll(() => ticketInView(page)).toBe(pairs[2]!.ticket);
    expect(host.verdicts.length).toBe(2);
    await opened.close();
  });
});
