// The dashboard in a real browser, with a host in memory: what is typed is never lost, a button says what it
// will do, a run is followed as it grows.
import { readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import type { Browser } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { percent, thousands } from "../../src/core/report/numbers.ts";
import { pack } from "../../src/protocol/page/figures.ts";
import { runInfo } from "../support/reportInput.ts";
import { dashboardHost, type DashboardHost } from "./support/dashboardHost.ts";
import {
  chartOf,
  csvOf,
  openDashboard,
  type OpenedDashboard,
} from "./support/dashboardHostOpen.ts";
import { model, wholeRun } from "./support/dashboardHostRuns.ts";
import { launch, whyNot } from "./support/pageHarness.ts";

const reason = whyNot();
if (reason !== null) console.log(`skipped: the dashboard in a browser, because ${reason}`);

describe.skipIf(reason !== null)("the dashboard", () => {
  let browser: Browser;
  let opened: OpenedDashboard | null = null;
  beforeAll(async () => {
    browser = await launch();
  });
  afterEach(async () => {
    const { errors, requests } = opened ?? { errors: [], requests: [] };
    await opened?.close();
    opened = null;
    expect(errors).toEqual([]);
    expect(requests).toEqual([]);
  });
  afterAll(() => browser.close());

  async function open(host: DashboardHost): Promise<OpenedDashboard> {
    return (opened = await openDashboard(browser, host));
  }

  it("keeps what is being typed through snapshots and reloads, and says what is wrong with it", async () => {
    const host = dashboardHost();
    const { page, connection } = await open(host);
    const iterations = page.locator("#field-iterations");
    await iterations.fill("99x");
    expect(await page.locator("#field-iterations-problem").innerText()).toMatch(/whole number/);
    expect(await iterations.getAttribute("aria-invalid")).toBe("true");
    expect(await page.locator("vscode-button.primary").getAttribute("disabled")).not.toBeNull();
    host.state.form = { ...host.state.form, iterations: 7, seed: 5 };
    connection.page!.notify("show", host.snapshot());
    await expect.poll(() => page.locator("#field-seed").inputValue()).toBe("5");
    expect(await iterations.inputValue()).toBe("99x");
    await page.reload();
    await page.locator(".dashboard").waitFor();
    expect(await iterations.inputValue()).toBe("99x");
    expect(host.asked).toEqual([]);
    await page.locator("#field-model").fill("/a/checkpoint");
    expect(await page.locator("#field-model-problem").innerText()).toContain("“lexical” only");
    await page.locator("#field-model").fill("lexical");
    await iterations.fill("9");
    await iterations.press("Tab");
    await expect.poll(() => host.state.form.iterations).toBe(9);
    await page.locator("#field-threshold").fill("82.9");
    await page.locator("#field-threshold").press("Tab");
    await expect.poll(() => host.state.form.threshold).toBe(0.829);
    await page.locator("vscode-button.primary").click();
    await expect
      .poll(() => host.asked.at(-1))
      .toEqual(["start", { form: { ...host.state.form }, isDetached: false }]);
  });

  it("says on the button what will happen, and why it can't", async () => {
    const host = dashboardHost();
    const { page, connection } = await open(host);
    const button = page.locator("vscode-button.primary");
    expect(await button.innerText()).toContain("Run: 212 labels, 11,575 unlabeled, about 40 s");
    const problem = "There are no labels yet. Label some pairs first.";
    host.state.outlook = { ...host.state.outlook, labels: 0, problem };
    connection.page!.notify("show", host.snapshot());
    await page.getByText(problem).waitFor();
    expect(await button.getAttribute("disabled")).not.toBeNull();
    await page.locator(".run-panel").getByText("Label pairs").click();
    await expect.poll(() => host.asked.at(-1)).toEqual(["act", { act: "label", dir: null }]);
  });

  it("follows a run: ten records a second, no record twice, no chart drawn anew that has not changed", async () => {
    const info = runInfo({ state: "running", finishedAt: null });
    const live = wholeRun({ owner: "here", info, records: [] });
    const host = dashboardHost({ runs: [live], activity: "running" });
    const { page, connection } = await open(host);
    const heights = () =>
      page.locator("ssrm-chart .plot").evaluateAll((all) => all.map((one) => one.clientHeight));
    const before = await heights();
    for (let k = 0; k < 20; k++) {
      const packed = pack(model(k % 10));
      connection.page!.notify("record", { dir: live.dir, record: packed });
      const steps = { iteration: k, phase: "fit", done: k, total: 20, secondsLeft: 3 };
      connection.page!.notify("steps", { dir: live.dir, steps: pack(steps) });
      await page.waitForTimeout(100);
    }
    const models = await page.locator(".segments").first().locator("input").count();
    expect(models).toBe(10);
    expect(await page.locator(".progress-text").innerText()).toContain(
      "Model 19 of 3: training, 95 %",
    );
    expect(await page.locator("#announcer").innerText()).toMatch(/^Model 9 is done/);
    expect(await heights()).toEqual(before);
    await page.evaluate(() => {
      const { ssrmDrawn } = Object.assign(globalThis, { ssrmDrawn: { count: 0 } });
      new MutationObserver((changes) => (ssrmDrawn.count += changes.length)).observe(
        document.querySelector(".part")!,
        { subtree: true, childList: true, attributes: true },
      );
    });
    host.state.runs = [{ ...live, records: Array.from({ length: 10 }, (_, k) => model(k)) }];
    connection.page!.notify("show", host.snapshot());
    await page
      .getByText("No label is new")
      .or(page.getByText("Verdicts that you give now"))
      .first()
      .waitFor();
    const drawn = await page.evaluate(
      () => (globalThis as unknown as { ssrmDrawn: { count: number } }).ssrmDrawn.count,
    );
    expect(drawn).toBe(0);
  });

  it("tries a threshold out and takes it over", async () => {
    const host = dashboardHost({ runs: [wholeRun()] });
    const { page } = await open(host);
    const slider = page.locator("#try-threshold");
    await slider.focus();
    for (let i = 0; i < 5; i++) await slider.press("ArrowRight");
    const { thresholds } = model(3);
    const row = thresholds.find(({ threshold }) => threshold === 0.85)!;
    expect(await page.locator(".slider-text").innerText()).toContain(
      `Selects ${thousands(row.passing)} of 11,575 unlabeled pairs`,
    );
    expect(await page.locator("#confidence-one-title").isVisible()).toBe(true);
    await page.getByText("Use 85\u00a0% in the next run").click();
    await expect.poll(() => host.state.form.threshold).toBe(0.85);
  });

  it("puts two runs side by side", async () => {
    const settings = { ...runInfo().settings, seed: 8 };
    const info = runInfo({ id: "two", settings });
    const other = wholeRun({
      dir: "/two",
      title: "the other",
      info,
      records: [model(0), model(1)],
    });
    const host = dashboardHost({ runs: [wholeRun(), other] });
    const { page } = await open(host);
    await page.locator("#pick-compared").selectOption("/two");
    await page.getByRole("heading", { name: "Two runs" }).waitFor();
    expect(await page.locator("#reliability-other-title").count()).toBe(1);
    const cells = await page.locator(".table-box tbody tr").first().locator("td").allInnerTexts();
    expect(cells[0]).toContain(percent(model(3).test!.accuracy, 1));
    expect(cells[1]).toContain(percent(model(1).test!.accuracy, 1));
    const [head] = await csvOf(host, chartOf(opened!, "trend-accuracy"));
    expect(head!.filter((name) => name.startsWith("compared run"))).toHaveLength(3);
    await page.reload();
    await page.getByRole("heading", { name: "Two runs" }).waitFor();
  });

  it("stays under 600 kB of script", () => {
    const pages = join(import.meta.dirname, "../../dist/pages");
    const needed = new Set(["dashboard.js"]);
    for (const file of needed) {
      const text = readFileSync(join(pages, file), "utf8");
      for (const [, name] of text.matchAll(/(?:from|import)\s*"\.\/([^"]+\.js)"/g))
        needed.add(name!);
    }
    const bytes = [...needed].reduce((sum, file) => sum + statSync(join(pages, file)).size, 0);
    expect(bytes).toBeLessThan(600_000);
  });
});
