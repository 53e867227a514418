// Filters, order and search of the data editor's page, against a slow walk over all rows; and which keys go
// where.
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { launch, whyNot } from "./support/pageHarness.ts";
import { pairsHost, type PairsTestHost } from "./support/pairsHost.ts";
import { askedOf, linesShown, openPairs, type OpenedPairs } from "./support/pairsHostPage.ts";
import { ordinalsOf } from "./support/pairsHostRows.ts";
import { wholeFile } from "../../src/protocol/page/wholeFile.ts";

const missing = whyNot();
if (missing !== null)
  console.log(`skipped: the data editor's filters, because there is ${missing}`);

describe.skipIf(missing !== null)("filters of the data editor's page", () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launch();
  });
  afterAll(() => browser.close());

  const open = (host: PairsTestHost, waitFor?: string): Promise<OpenedPairs> =>
    openPairs(browser, host, waitFor === undefined ? {} : { waitFor });

  it("filters and sorts to the rows of a slow walk, says how many, and takes conditions away", async () => {
    const host = pairsHost({ count: 4000 });
    const { page, errors, close } = await open(host);
    await page.click("#filters-button");
    await page.locator("vscode-checkbox", { hasText: "Unsure" }).click();
    const confidence = page.locator("vscode-textfield[label='Confidence from'] input");
    await confidence.fill("80");
    await confidence.press("Enter");
    await confidence.blur();
    const filter = { ...wholeFile.filter, states: ["unsure"] as const };
    const query = { ...wholeFile, filter: { ...filter, confidence: [0.8, 1] as const } };
    const expected = ordinalsOf(4000, query);
    await page.waitForSelector(".chip >> nth=1");
    await page.waitForFunction(
      (n) => document.querySelector(".count")!.textContent.startsWith(n),
      expected.length.toString(),
    );
    expect(await page.textContent(".count")).toBe(`${expected.length} of 4,000 rows`);
    const lines = await linesShown(page);
    expect(lines).toEqual(expected.slice(0, lines.length).map((ordinal) => ordinal + 1));

    await page.click("#direction");
    await page.waitForFunction(() => document.querySelector(".cell-line ~ *") !== null);
    await expect.poll(async () => (await linesShown(page)).at(-1)).toBe(expected.at(-1)! + 1);

    await page.getByRole("button", { name: "Remove the filter unsure" }).click();
    await expect.poll(() => page.locator(".chip").count()).toBe(1);
    await page.getByRole("button", { name: "Clear all" }).click();
    await expect.poll(() => page.textContent(".count")).toBe("3,960 pairs, 40 bad rows");
    // The button that was pressed is gone; the focus is not.
    expect(await page.evaluate(() => document.activeElement?.id)).toBe("filters-button");
    expect(errors).toEqual([]);
    await close();
  });

  it("shows a chart's mark as a chip, and drops it", async () => {
    const mark = { runDir: "r", iteration: 2, set: "validation", from: 0.7, to: 0.8 } as const;
    const query = { ...wholeFile, filter: { ...wholeFile.filter, mark } };
    const host = pairsHost({ count: 100, snapshot: { query } });
    const { page, close } = await open(host, ".chip");
    expect(await page.textContent(".chip bdi")).toBe(
      "held-out labels with confidence 70–80 % by model 2",
    );
    await page.click(".chip button");
    await expect.poll(() => askedOf(host, "query")).toEqual([wholeFile]);
    await close();
  });

  it("shows the list for a chart's mark, also where it was left at how the file is read", async () => {
    const host = pairsHost({ count: 100 });
    const { page, connection, close } = await open(host);
    await page.getByRole("tab", { name: "How it is read" }).click();
    await expect.poll(() => page.locator(".reading").count()).toBe(1);
    const mark = { runDir: "r", iteration: 2, set: "test", from: 0.7, to: 0.8 } as const;
    const query = { ...wholeFile, filter: { ...wholeFile.filter, mark } };
    connection.page!.notify("changed", { ...host.snapshot(wholeFile), query });
    await page.locator(".chip", { hasText: "test pairs" }).waitFor();
    expect(await page.locator(".reading").count()).toBe(0);
    await close();
  });

  it("asks once for a word that is typed, and typing acts on no row", async () => {
    const host = pairsHost({ count: 3000 });
    const { page, close } = await open(host);
    await page.evaluate(() => {
      const reached: string[] = [];
      Object.assign(globalThis, { reached });
      addEventListener("keydown", ({ key }) => reached.push(key));
    });
    await page.locator(".search input").focus();
    await page.keyboard.type("prompt 12 l");
    await expect.poll(() => askedOf(host, "query").length).toBe(1);
    expect(askedOf(host, "query")).toEqual([
      { ...wholeFile, filter: { ...wholeFile.filter, text: "prompt 12 l" } },
    ]);
    for (const name of ["openPair", "openLine", "row"]) expect(askedOf(host, name)).toEqual([]);

    // On the grid: what means something is kept from the editor, all else is not.
    await page.locator(".search input").fill("");
    await expect.poll(() => askedOf(host, "query").length).toBe(2);
    await page.locator(".frame").focus();
    for (const key of ["ArrowDown", "Enter", " ", "l", "Escape", "End", "F2", "x", "Control+p"]) {
      await page.keyboard.press(key);
    }
    const reached = await page.evaluate(
      () => (globalThis as unknown as { reached: string[] }).reached,
    );
    expect(reached.filter((key) => key !== "Control")).toEqual(["F2", "x", "p"]);
    expect(askedOf(host, "openPair")).toEqual([{ ordinal: 1 }]);
    expect(askedOf(host, "openLine")).toEqual([{ ordinal: 1 }]);
    await close();
  });
});
