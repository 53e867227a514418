// Dashboard and data editor in their states, and all pages together: what screenshots.ts takes pictures of.
import type { Page } from "playwright-core";
import { dashboardSchemas } from "../src/host/dashboard/dashboardSchemas.ts";
import { pairsSchemas } from "../src/host/pairs/pairsSchemas.ts";
import type {
  DashboardPageToHost,
  HostToDashboardPage,
} from "../src/protocol/page/dashboardPage.ts";
import type { HostToPairsPage, PairsPageToHost } from "../src/protocol/page/pairsPage.ts";
import { dashboardHost, type HostState } from "../test/page/support/dashboardHost.ts";
import { model, wholeRun } from "../test/page/support/dashboardHostRuns.ts";
import { openPage } from "../test/page/support/pageHarness.ts";
import { pairsHost, type PairsHostOptions } from "../test/page/support/pairsHost.ts";
import { rowOf } from "../test/page/support/pairsHostRows.ts";
import { runInfo } from "../test/support/reportInput.ts";
import { labelStates } from "./storyLabel.ts";
import { half, narrow, sampleRows, zoomed, type State } from "./storyState.ts";

function dashboard(change: Partial<HostState>): State["open"] {
  return async (browser, look) => {
    const opened = await openPage<DashboardPageToHost, HostToDashboardPage>(browser, {
      ...{ name: "dashboard", schemas: dashboardSchemas, ...look },
      handlers: dashboardHost(change).handlers,
    });
    await opened.page.locator("h1, h2").first().waitFor();
    return opened;
  };
}

const running = runInfo({ state: "running", finishedAt: null });
const runningRun = wholeRun({ owner: "here", info: running, records: [model(0), model(1)] });
const steps = { iteration: 2, phase: "fit", done: 4, total: 10, secondsLeft: 12 };
const other = wholeRun({
  dir: "/two",
  title: "23 Nov, 18:20, lexical",
  records: [model(0), model(1)],
});
const tall = { viewport: { width: 1280, height: 2600 } };

const dashboardStates: readonly State[] = [
  { name: "dashboard-no-run", open: dashboard({}) },
  { name: "dashboard-no-project", only: {}, open: dashboard({ project: "none" }) },
  {
    name: "dashboard-running",
    open: dashboard({ runs: [runningRun], activity: "running", steps }),
  },
  { name: "dashboard-done", open: dashboard({ runs: [wholeRun()] }) },
  { name: "dashboard-done-whole", only: tall, open: dashboard({ runs: [wholeRun()] }) },
  {
    name: "dashboard-compare",
    only: tall,
    open: dashboard({ runs: [wholeRun(), other], compared: "/two" }),
  },
  {
    name: "dashboard-failed",
    only: {},
    open: dashboard({
      runs: [wholeRun({ info: runInfo({ state: "failed", error: "Disk full." }), records: [] })],
    }),
  },
  { name: "dashboard-half", only: half, open: dashboard({ runs: [wholeRun()] }) },
  { name: "dashboard-narrow", only: narrow, open: dashboard({ runs: [wholeRun()] }) },
  { name: "dashboard-400-percent", only: zoomed, open: dashboard({ runs: [wholeRun()] }) },
];

function pairs(
  options: Partial<PairsHostOptions>,
  act?: (page: Page) => Promise<void>,
): State["open"] {
  return async (browser, look) => {
    const rows = sampleRows.map((row, ordinal) => {
      const { kind, ...known } = rowOf(ordinal);
      const texts = { prompt: row["prompt"]!, a: row["response_a"]!, b: row["response_b"]! };
      return { ...known, kind, ...(kind === "bad" ? {} : texts) };
    });
    const host = pairsHost({ count: 1_000_000, rows, ...options });
    const opened = await openPage<PairsPageToHost, HostToPairsPage>(browser, {
      ...{ name: "pairs", schemas: pairsSchemas, handlers: host.handlers, ...look },
    });
    await opened.page.locator(".row, .state").first().waitFor();
    await opened.page.waitForTimeout(200);
    await act?.(opened.page);
    return opened;
  };
}

/** The pane beside the list, with the third pair. */
async function reading(page: Page): Promise<void> {
  await page.locator(".row").nth(2).click();
  await page.keyboard.press("Space");
  await page.waitForTimeout(300);
}

/** How the file is read. */
async function preview(page: Page): Promise<void> {
  await page.getByText("How it is read").first().click();
  await page.waitForTimeout(500);
}

/** Typed, as a person would. */
async function searching(page: Page): Promise<void> {
  await page.locator("input").first().fill("vegetables");
  await page.waitForTimeout(800);
}

const pairsStates: readonly State[] = [
  { name: "pairs", open: pairs({}, reading) },
  { name: "pairs-filtered", only: {}, open: pairs({ count: 200 }, searching) },
  { name: "pairs-preview", open: pairs({ count: 200, snapshot: { isInProject: false } }, preview) },
  { name: "pairs-empty", only: {}, open: pairs({ count: 0 }) },
  { name: "pairs-half", only: half, open: pairs({}) },
  { name: "pairs-narrow", only: narrow, open: pairs({}) },
  { name: "pairs-400-percent", only: zoomed, open: pairs({}) },
];

/** All pages in all states. */
export const states: readonly State[] = [...labelStates, ...dashboardStates, ...pairsStates];
