// The data editor's page, open, with a host of the test behind it.
import type { Browser, Page } from "playwright-core";
import { pairsSchemas } from "../../../src/host/pairs/pairsSchemas.ts";
import type { HostToPairsPage, PairsPageToHost } from "../../../src/protocol/page/pairsPage.ts";
import { openPage, type OpenedPage, type PageOptions } from "./pageHarness.ts";
import type { PairsTestHost } from "./pairsHost.ts";

export type OpenedPairs = OpenedPage<PairsPageToHost, HostToPairsPage>;

export interface PairsPageOptions extends Pick<
  PageOptions<PairsPageToHost>,
  "theme" | "context" | "folder"
> {
  /** What is there once the page is ready; rows if not given. */
  readonly waitFor?: string;
}

/** Opens the page and waits until it is ready. */
export async function openPairs(
  browser: Browser,
  { handlers }: Pick<PairsTestHost, "handlers">,
  { waitFor = ".rows .row", ...options }: PairsPageOptions = {},
): Promise<OpenedPairs> {
  const opened = await openPage<PairsPageToHost, HostToPairsPage>(browser, {
    name: "pairs",
    schemas: pairsSchemas,
    handlers,
    ...options,
  });
  await opened.page.waitForSelector(waitFor);
  await settled(opened.page);
  return opened;
}

/** Waits until what was done is painted and no row is on its way. */
export async function settled(page: Page): Promise<void> {
  await page.evaluate(
    () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))),
  );
  await page.waitForFunction(() => document.querySelector(".rows .waiting") === null);
}

/** What was asked by a method, in order. */
export function askedOf({ asked }: PairsTestHost, name: string): unknown[] {
  return asked.filter(({ method }) => method === name).map(({ parameter }) => parameter);
}

/** Line numbers in the list, the cursor's among them. */
export function linesShown(page: Page): Promise<number[]> {
  return page.evaluate(() =>
    [...document.querySelectorAll(".rows .row")]
      .map((row) => Number(row.querySelector(".cell-line")!.textContent.replace(/\D/g, "")))
      .sort((a, b) => a - b),
  );
}
