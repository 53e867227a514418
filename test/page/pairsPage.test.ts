// The data editor's page around its list: pane, how the file is read, every state, hostile texts, and what
// outlives a reload.
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { launch, whyNot } from "./support/pageHarness.ts";
import { pairsHost, type PairsTestHost } from "./support/pairsHost.ts";
import {
  askedOf,
  linesShown,
  openPairs,
  settled,
  type OpenedPairs,
} from "./support/pairsHostPage.ts";
import { rowOf } from "./support/pairsHostRows.ts";
import { wholeFile } from "../../src/protocol/page/wholeFile.ts";

const missing = whyNot();
if (missing !== null) console.log(`skipped: the data editor's page, because there is ${missing}`);

describe.skipIf(missing !== null)("the data editor's page", () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launch();
  });
  afterAll(() => browser.close());

  const open = (host: PairsTestHost, waitFor?: string): Promise<OpenedPairs> =>
    openPairs(browser, host, waitFor === undefined ? {} : { waitFor });

  it("comes back to query, place, tab and widths after a reload", async () => {
    const host = pairsHost({ count: 200_000 });
    const { page, close } = await open(host);
    await page.click("#filters-button");
    await page.locator("vscode-checkbox", { hasText: "Unlabeled" }).click();
    await page.waitForSelector(".chip");
    await page.click(".row[data-position='2']");
    for (const key of ["End", "PageUp", "ArrowRight", "Shift+ArrowRight"]) {
      await page.keyboard.press(key);
    }
    await page.waitForFunction(() => document.querySelector(".rows .waiting") === null);
    const look = (): Promise<unknown> =>
      page.evaluate(() => ({
        at: document.querySelector(".at")!.textContent,
        active: document.querySelector(".frame")!.getAttribute("aria-activedescendant"),
        chips: document.querySelectorAll(".chip").length,
        scrollTop: Math.round(document.querySelector(".scroller")!.scrollTop),
        widthPx: document.querySelector("#header-0")!.clientWidth,
        filters: document.querySelector("#filters") !== null,
      }));
    const before = await look();
    await page.reload();
    await page.waitForSelector(".rows .cell-prompt");
    await expect.poll(look).toEqual(before);
    await close();
  });

  it("shows texts beside, follows the cursor, and shows what is hostile as text", async () => {
    const evil = [
      "<script>document.title = 'owned'</script>",
      "<img src=https://evil.test/x onerror=alert(1)>",
      "<iframe src=https://evil.test></iframe>",
      "[a](command:ssrm.run) ![b](https://evil.test/b.png)",
      "abc\u202Edef\u2066\u200B",
      "x".repeat(1_000_000),
    ];
    const rows = evil.map((text, i) => ({
      ...rowOf(i),
      kind: "pair" as const,
      prompt: text.slice(0, 300),
      a: text.slice(0, 300),
      b: text.slice(0, 300),
      source: text.slice(0, 300),
    }));
    const host = pairsHost({
      count: 50,
      rows,
      handlers: {
        row: ({ ordinal }) => {
          const text = [{ role: "<b>user</b>", content: evil[ordinal] ?? "plain" }];
          return {
            line: ordinal + 1,
            prompt: [...text, ...text],
            a: text,
            b: text,
            preference: null,
          };
        },
      },
    });
    const { page, errors, requests, close } = await open(host);
    await page.click(".row[data-position='0']");
    await page.keyboard.press(" ");
    for (const [i, text] of evil.entries()) {
      await expect.poll(() => page.textContent("#pane-title")).toBe(`Line ${i + 1}`);
      await expect
        .poll(() =>
          page.evaluate(() =>
            [...document.querySelectorAll(".pane .text")].map(({ textContent }) =>
              textContent.trim(),
            ),
          ),
        )
        .toEqual(Array<string>(4).fill(text));
      await page.keyboard.press("ArrowDown");
    }
    expect(await page.title()).toBe("pairs");
    expect(await page.locator(".pane script, .pane img, .pane iframe, .pane a").count()).toBe(0);
    await page.keyboard.press("Escape");
    await expect.poll(() => page.locator(".pane").count()).toBe(0);
    expect(requests).toEqual([]);
    expect(errors).toEqual([]);
    await close();
  });

  it("previews how a file is read, follows the columns that are chosen, and takes the file", async () => {
    const host = pairsHost({ count: 10, snapshot: { isInProject: false } });
    const { page, errors, close } = await open(host);
    await page.locator("#tab-rows").focus();
    await page.keyboard.press("ArrowRight");
    await page.waitForSelector(".reading");
    expect(await page.textContent(".verdict")).toContain("The columns question, good, bad");
    expect(await page.getByRole("button", { name: "Use this file" }).count()).toBe(0);
    for (const [field, steps] of [
      ["prompt", 1],
      ["chosen", 2],
      ["rejected", 3],
    ] as const) {
      await page.locator(`[data-field=${field}]`).focus();
      await page.keyboard.press("Enter");
      for (let i = 0; i < steps; i++) await page.keyboard.press("ArrowDown");
      await page.keyboard.press("Enter");
    }
    const mapping = { prompt: "question", chosen: "good", rejected: "bad" };
    await expect.poll(() => askedOf(host, "preview").at(-1)).toEqual({ mapping });
    await expect.poll(() => page.locator(".sample").count()).toBe(3);
    expect(await page.textContent(".sample >> nth=0")).toContain("good of line 1");
    expect(await page.textContent(".table-box")).toContain("expected a text in “bad”, got null");
    expect(await page.textContent(".figures")).toContain("in 58 % of 942 pairs");
    await page.getByRole("button", { name: "Use this file" }).click();
    await expect.poll(() => askedOf(host, "useFile")).toEqual([{ mapping }]);
    expect(errors).toEqual([]);
    await close();
  });

  it("says what is wrong or not there yet, and what to do next", async () => {
    const text = async (host: PairsTestHost, selector: string): Promise<string | null> => {
      const { page, close } = await open(host, selector);
      const found = await page.textContent(selector);
      await close();
      return found;
    };
    const view = { viewId: 1, count: 0, covered: 1 };
    const nothing = { view, rowCount: 0 };
    const empty = pairsHost({ count: 0, snapshot: { ...nothing, bytes: 0 } });
    expect(await text(empty, ".state")).toContain("This file is empty");
    const broken = pairsHost({ count: 0, snapshot: { ...nothing, problem: "No column fits." } });
    expect(await text(broken, ".state")).toContain("No column fits.");
    const partial = pairsHost({
      count: 500,
      snapshot: { rowCount: null, indexed: 0.4, view: { viewId: 1, count: 500, covered: 0.43 } },
    });
    expect(await text(partial, ".count")).toBe("500 pairs · 43 % searched");

    let tries = 0;
    const failing = pairsHost({ count: 50 });
    const { open: answer } = failing.handlers;
    const handlers = {
      ...failing.handlers,
      open: ((request, signal) => {
        if (++tries === 1) throw new Error("pairs.jsonl is gone; it was moved or deleted");
        return answer(request, signal);
      }) satisfies typeof answer,
    };
    const { page, close } = await open({ ...failing, handlers }, "[role=alert]");
    expect(await page.textContent("[role=alert]")).toContain("pairs.jsonl is gone");
    await page.getByRole("button", { name: "Try again" }).click();
    await page.waitForSelector(".rows .cell-prompt");

    await page.locator(".search input").fill("nothing has these words");
    await page.waitForSelector(".over .state");
    expect(await page.textContent(".over")).toContain("No row matches these filters");
    await page.getByRole("button", { name: "Clear filters" }).click();
    await expect.poll(() => page.locator(".over").count()).toBe(0);
    await close();
  });

  it("shows new labels where the user is, and a mark that was clicked elsewhere", async () => {
    const host = pairsHost({ count: 5000 });
    const { page, connection, close } = await open(host);
    await page.click(".row[data-position='3']");
    await page.keyboard.press("PageDown");
    await settled(page);
    const at = await page.textContent(".at");
    connection.page!.notify("changed", {
      ...host.snapshot(wholeFile),
      model: "run x, iteration 9",
    });
    await expect.poll(() => page.textContent(".facts")).toContain("iteration 9");
    expect(await page.textContent(".at")).toBe(at);
    const filtered = { ...wholeFile, filter: { ...wholeFile.filter, isFlagged: true } };
    connection.page!.notify("changed", host.snapshot(filtered));
    await expect.poll(() => page.textContent(".at")).toContain("Row 1 of 136");
    await expect.poll(async () => (await linesShown(page)).slice(0, 3)).toEqual([1, 38, 75]);
    await close();
  });
});
