// A list of 1,000,000 rows in a real browser, against what arithmetic says of each row and a naive model of
// the keys.
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { seededRandom } from "../../src/core/random.ts";
import { launch, whyNot } from "./support/pageHarness.ts";
import { pairsHost, type PairsTestHost } from "./support/pairsHost.ts";
import { openPairs, settled, type OpenedPairs } from "./support/pairsHostPage.ts";
import { expectRows, seen } from "./support/pairsSeen.ts";

const count = 1_000_000;
const columnCount = 9;
const missing = whyNot();
if (missing !== null) console.log(`skipped: the data editor's list, because there is ${missing}`);

/** What lists and tables do with a key, said anew. */
interface Cursor {
  row: number;
  column: number | null;
}

function naive({ row, column }: Cursor, key: string, page: number): Cursor {
  const isHeader = row === -1;
  const jumps: Record<string, number> = {
    ArrowDown: row + 1,
    ArrowUp: row - 1,
    PageDown: isHeader ? page : row + page,
    PageUp: isHeader ? -1 : Math.max(row - page, 0),
    "Control+Home": 0,
    "Control+End": count - 1,
  };
  if (key in jumps) {
    const to = Math.max(-1, Math.min(jumps[key]!, count - 1));
    return { row: to, column: to === -1 && column === null ? 0 : column };
  }
  if (column === null) {
    if (key === "Home") return { row: 0, column };
    if (key === "End") return { row: count - 1, column };
    return { row, column: key === "ArrowRight" ? 0 : null };
  }
  if (key === "Home") return { row, column: 0 };
  if (key === "End") return { row, column: columnCount - 1 };
  if (key === "ArrowRight") return { row, column: Math.min(column + 1, columnCount - 1) };
  return { row, column: column > 0 ? column - 1 : isHeader ? 0 : null };
}

describe.skipIf(missing !== null)("a list of 1,000,000 rows", () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launch();
  });
  afterAll(() => browser.close());

  const open = (host: PairsTestHost): Promise<OpenedPairs> => openPairs(browser, host);

  it("shows the rows of any scroll position, whole from edge to edge", async () => {
    const { page, errors, requests, close } = await open(pairsHost({ count }));
    const random = seededRandom("scroll positions");
    for (let i = 0; i < 40; i++) {
      const share = i === 0 ? 0 : i === 1 ? 1 : random();
      await page.evaluate((to) => {
        const scroller = document.querySelector(".scroller")!;
        scroller.scrollTop = to * (scroller.scrollHeight - scroller.clientHeight);
      }, share);
      await settled(page);
      const now = await seen(page);
      expectRows(now);
      const way = now.scrollHeight - now.rowPx - now.viewPx;
      const offset = (now.scrollTop / way) * (count * now.rowPx - now.viewPx);
      // A pixel of the bar is 2.6 pixels of rows.
      expect(Math.abs(now.rows[0]!.position - offset / now.rowPx)).toBeLessThan(1.2);
    }
    // A screen's worth, whatever the file has.
    expect(await page.locator(".rows .row").count()).toBeLessThan(100);
    expect(errors).toEqual([]);
    expect(requests).toEqual([]);
    await close();
  });

  it("follows random keys as a naive model does, and never loses the focus", async () => {
    const { page, errors, close } = await open(pairsHost({ count }));
    const { viewPx, rowPx } = await seen(page);
    const pageRows = Math.floor(viewPx / rowPx) - 1;
    await page.locator(".frame").focus();
    const keys = [
      ...["ArrowDown", "ArrowDown", "ArrowUp", "ArrowLeft", "ArrowRight", "Home", "End"],
      ...["PageDown", "PageDown", "PageUp", "Control+Home", "Control+End"],
    ];
    const random = seededRandom("keys");
    let cursor: Cursor = { row: 0, column: null };
    const pressed: string[] = [];
    for (let i = 0; i < 200; i++) {
      const key = keys[Math.floor(random() * keys.length)]!;
      pressed.push(key);
      await page.keyboard.press(key);
      cursor = naive(cursor, key, pageRows);
      const id = cursor.row === -1 ? "header" : `row-${cursor.row}`;
      const expected = cursor.column === null ? id : `${id}-${cursor.column}`;
      await settled(page);
      const found = await page.evaluate(() => {
        const active = document.activeElement!;
        const id = active.getAttribute("aria-activedescendant")!;
        const element = document.getElementById(id)!;
        const row = element.closest("[role=row]")!.getBoundingClientRect();
        const cell = element.getBoundingClientRect();
        const frame = document.querySelector(".scroller")!.getBoundingClientRect();
        return {
          id,
          isGrid: active.matches("[role=grid]"),
          index: element.closest("[role=row]")!.getAttribute("aria-rowindex"),
          isSeen: row.top >= frame.top - 0.01 && row.bottom <= frame.bottom + 0.01,
          isAcross:
            id.startsWith("row-") && !/-.*-/.test(id) ? true : cell.right <= frame.right + 1,
        };
      });
      expect(found, pressed.join(" ")).toEqual({
        id: expected,
        isGrid: true,
        index: String(cursor.row + 2),
        isSeen: true,
        isAcross: true,
      });
      if (i % 10 === 0) expectRows(await seen(page));
    }
    expect(errors).toEqual([]);
    await close();
  });

  it("keeps the cursor's row for screen readers when it is scrolled away", async () => {
    const { page, close } = await open(pairsHost({ count }));
    await page.click(".row[data-position='4']");
    await page.mouse.wheel(0, 100_000);
    await settled(page);
    const now = await seen(page);
    expect(now.rows.some(({ position }) => position === 4)).toBe(false);
    expect(await page.locator("#row-4").getAttribute("aria-rowindex")).toBe("6");
    expect(await page.evaluate(() => document.activeElement?.className)).toBe("frame");
    await page.keyboard.press("ArrowDown");
    await settled(page);
    expect((await seen(page)).rows.some(({ position }) => position === 5)).toBe(true);
    await close();
  });

  it("moves by the wheel's own pixels, though the bar's way is shorter than the rows'", async () => {
    const { page, close } = await open(pairsHost({ count }));
    const box = (await page.locator(".rows").boundingBox())!;
    await page.mouse.move(box.x + 200, box.y + 200);
    let expected = 0;
    for (const turn of [130, 78, 1000, -300, 26]) {
      await page.mouse.wheel(0, turn);
      expected += turn;
      await settled(page);
      const { rows, rowPx } = await seen(page);
      expect(Math.abs(rows[0]!.position * rowPx - rows[0]!.top - expected)).toBeLessThan(0.01);
    }
    await close();
  });

  it("lets rows that were scrolled past go, and paints the last place", async () => {
    const host = pairsHost({ count, delayMs: 150 });
    const { page, close } = await open(host);
    const before = host.asked.length;
    const heights = await page.evaluate(async () => {
      const scroller = document.querySelector(".scroller")!;
      const found = new Set<number>();
      for (let i = 1; i <= 80; i++) {
        scroller.scrollTop = i * 100_000;
        await new Promise((done) => requestAnimationFrame(done));
        for (const row of document.querySelectorAll(".rows .row")) found.add(row.clientHeight);
      }
      return [...found];
    });
    await settled(page);
    expectRows(await seen(page));
    // 80 places of two or three blocks each were passed.
    expect(host.asked.length - before).toBeLessThan(80);
    expect(host.cancelled.length).toBeGreaterThan(0);
    expect(heights).toHaveLength(1);
    await close();
  });
});
