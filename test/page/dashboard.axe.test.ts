// Every state of the dashboard in the editor's four themes: no violation that axe-core finds, no sideways
// scrolling at 320 pixels, which is 1,280 at 400 %, nothing asked for, nothing in the console.
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { runInfo } from "../support/reportInput.ts";
import { violations } from "./support/axe.ts";
import { dashboardHost, type HostState } from "./support/dashboardHost.ts";
import { openDashboard } from "./support/dashboardHostOpen.ts";
import { model, wholeRun } from "./support/dashboardHostRuns.ts";
import { launch, whyNot } from "./support/pageHarness.ts";

const reason = whyNot();
if (reason !== null) console.log(`skipped: the dashboard in four themes, because ${reason}`);

const running = runInfo({ state: "running", finishedAt: null });
const other = wholeRun({ dir: "/two", title: "unbreakable".repeat(12), records: [model(0)] });
const outlook = {
  ...{ labels: 0, randomLabels: 0, unlabeled: null, seconds: null, device: "cpu, this machine" },
  problem: "There are no labels yet. Label some pairs first.",
};
const states: Readonly<Record<string, Partial<HostState>>> = {
  done: { runs: [wholeRun()] },
  compared: { runs: [wholeRun(), other], compared: "/two" },
  running: {
    runs: [wholeRun({ owner: "here", info: running, records: [model(0)] })],
    activity: "running",
    steps: { iteration: 1, phase: "fit", done: 4, total: 10, secondsLeft: 12 },
  },
  "just begun": {
    runs: [wholeRun({ owner: "here", info: running, records: [] })],
    activity: "running",
  },
  failed: {
    runs: [wholeRun({ info: runInfo({ state: "failed", error: "Disk full." }), records: [] })],
  },
  "no labels": { outlook },
  restricted: { isTrusted: false, runs: [wholeRun()] },
  "no project": { project: "none" },
  "broken project": { project: "broken", problem: "project.json: expected a list, got 3." },
};

describe.skipIf(reason !== null)("the dashboard in the editor's themes", () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launch();
  });
  afterAll(() => browser.close());

  const cases: (readonly [state: string, theme: string, width: number])[] = [
    ...Object.keys(states).map((state) => [state, "dark", 1280] as const),
    ...["light", "hc-dark", "hc-light"].flatMap((theme) =>
      ["done", "running", "no labels"].map((state) => [state, theme, 1280] as const),
    ),
    ...["done", "compared", "no labels"].map((state) => [state, "light", 320] as const),
  ];

  it.each(cases)("has no violation: %s, %s, %i pixels", async (state, theme, width) => {
    const opened = await openDashboard(browser, dashboardHost(states[state]), { theme, width });
    const { page } = opened;
    // What is folded away must be right too.
    await page.evaluate(() => {
      for (const details of document.querySelectorAll("details")) details.open = true;
    });
    const menu = page.locator(".chart-menu > button").first();
    if (await menu.isVisible()) {
      await menu.click();
      await page.getByRole("menuitem", { name: "Show table" }).click();
      await page.locator(".plot").nth(1).focus();
      await page.keyboard.press("ArrowRight");
      await menu.click();
    }
    // Before axe-core, which sets style attributes of its own.
    expect(opened.errors).toEqual([]);
    expect(await violations(page)).toEqual([]);
    const sideways = await page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    );
    expect(sideways).toBe(0);
    expect(opened.requests).toEqual([]);
    await opened.close();
  });
});
