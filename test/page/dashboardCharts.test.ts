// The charts of the dashboard in a real browser: what they show equals the records, every mark can be reached by
// keyboard, tables and pictures can be taken along.
import type { Browser } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import type { Metrics, ReliabilityBin } from "../../src/core/records.ts";
import { fixed, percent } from "../../src/core/report/numbers.ts";
import { readRun } from "../../src/data/runs/runFiles.ts";
import { makeRun } from "../../src/engine/runJob.ts";
import { judged, makeRows, writeRowsTo } from "../support/pairFiles.ts";
import { metrics, record } from "../support/reportInput.ts";
import { hooks, makeRunPlace } from "../support/runs.ts";
import { dashboardHost, type DashboardHost, type HostRun } from "./support/dashboardHost.ts";
import {
  chartOf,
  csvOf,
  openDashboard,
  pick,
  type OpenedDashboard,
} from "./support/dashboardHostOpen.ts";
import { model, wholeRun } from "./support/dashboardHostRuns.ts";
import { launch, whyNot } from "./support/pageHarness.ts";

const reason = whyNot();
if (reason !== null) console.log(`skipped: the dashboard in a browser, because ${reason}`);

describe.skipIf(reason !== null)("the charts of the dashboard", () => {
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

  /** What stands in an SVG file, read by a page that has nothing of ours. */
  async function lookedAt(file: string) {
    const page = await browser.newPage();
    const found = await page.evaluate((text) => {
      const parsed = new DOMParser().parseFromString(text, "image/svg+xml");
      const shapes = [...parsed.querySelectorAll("path, rect, circle, line")];
      return {
        error: parsed.querySelector("parsererror")?.textContent ?? null,
        shapes: shapes.length,
        unpainted: shapes.filter((one) => !one.hasAttribute("fill") || !one.hasAttribute("stroke"))
          .length,
        title: parsed.querySelector("title")?.textContent,
        left: parsed.querySelectorAll("[class], [style], script, foreignObject").length,
        variables: /var\(|color-mix|color\(/.test(text),
      };
    }, file);
    await page.close();
    return found;
  }

  async function realRun(): Promise<HostRun> {
    const place = makeRunPlace();
    const data = writeRowsTo(place.at("data.jsonl"), judged(makeRows(90, "dashboard")));
    const test = writeRowsTo(place.at("test.jsonl"), judged(makeRows(30, "dashboard test")));
    const settings = { seedCount: 24, threshold: 0.6, iterations: 2 };
    const request = place.request("real", { data: [data], test: [test] }, settings);
    expect(await makeRun(request, hooks())).toEqual({ state: "done", error: null });
    const dir = place.at("runs", "real");
    const run = { dir, title: "a real run", ...(await readRun(dir)) };
    place.remove();
    return run;
  }

  it("shows the numbers of a run directory, digit by digit", async () => {
    const run = await realRun();
    const host = dashboardHost({ runs: [run] });
    const page = await open(host);
    const models = run.records.filter((one) => one.kind === "iteration");
    const number = (text: string | undefined): number | null =>
      text === undefined || text === "" ? null : Number(text);
    const [, ...accuracy] = await csvOf(host, chartOf(page, "trend-accuracy"));
    expect(accuracy.map((row) => row.map(number))).toEqual(
      models.map(({ iteration, test: m }) => [
        iteration,
        m!.accuracy,
        m!.accuracyClusteredLow,
        m!.accuracyClusteredHigh,
      ]),
    );
    for (const name of ["brier", "smece"] as const) {
      const [, ...rows] = await csvOf(host, chartOf(page, `trend-${name}`));
      const cells = (m: Metrics) => [m[name], m[`${name}Low`], m[`${name}High`]];
      expect(rows.map((row) => row.map(number))).toEqual(
        models.map(({ iteration, test }) => [iteration, ...cells(test!)]),
      );
    }
    const [, ...selected] = await csvOf(host, chartOf(page, "selected"));
    expect(selected.map((row) => Number(row[1]))).toEqual(
      models.slice(1).map((one) => one.selected),
    );
    const last = models.at(-1)!;
    const [, ...bins] = await csvOf(host, chartOf(page, "reliability-one"));
    const binCells = (b: ReliabilityBin) => [b.n, b.meanConfidence, b.accuracy, b.low, b.high];
    expect(bins.map((row) => row.map(number))).toEqual(
      last.test!.reliability.map((bin, i) => [
        ...[bin.from, bin.to],
        ...binCells(bin),
        ...binCells(last.testCalibrated!.reliability[i]!),
      ]),
    );
    const [, ...histogram] = await csvOf(host, chartOf(page, "confidence-one"));
    expect(histogram.map((row) => Number(row[2]))).toEqual(last.unlabeledHistogram);
    const text = await page.page.locator(".numbers").innerText();
    expect(text).toContain(percent(last.test!.accuracy, 1));
    expect(text).toContain(fixed(last.test!.smece, 3));
    await page.page.locator("label").filter({ hasText: "held-out labels" }).click();
    const [, ...byLabels] = await csvOf(host, chartOf(page, "trend-accuracy"));
    const accuracies = models.map((one) => one.validation!.accuracy);
    expect(byLabels.map((row) => Number(row[1]))).toEqual(accuracies);
  });

  it("shows a dash for values that are none, in a table that is a table", async () => {
    const brier = { brier: NaN, brierLow: null, brierHigh: null };
    const broken = metrics(NaN, { ...brier, ece: NaN, smece: NaN });
    const none = { test: broken, testCalibrated: null, validation: null };
    const host = dashboardHost({
      runs: [
        wholeRun({ records: [model(0), model(1, none), model(2, { length: record(2).length })] }),
      ],
    });
    const page = await open(host);
    await pick(chartOf(page, "trend-brier"), "Show table");
    const rows = await chartOf(page, "trend-brier").locator("tbody tr").allInnerTexts();
    const cells = (m: Metrics | null): string[] =>
      [m!.brier, m!.brierLow, m!.brierHigh].map((value) => fixed(value, 4));
    expect(rows.map((row) => row.split("\t").map((cell) => cell.trim()))).toEqual([
      ["0", ...cells(model(0).test)],
      ["1", "—", "—", "—"],
      ["2", ...cells(model(2).test)],
    ]);
    expect(await chartOf(page, "trend-brier").locator(".mark").count()).toBe(2 + 1);
    await page.page.locator("label").filter({ hasText: /^1$/ }).click();
    expect(await page.page.locator(".numbers").innerText()).toContain("—");
    expect(await page.page.locator("body").innerText()).not.toMatch(/NaN|null|undefined/);
  });

  it("saves a picture that stands alone: the same marks, colours filled in, nothing of the page", async () => {
    const host = dashboardHost({ runs: [wholeRun()] });
    const page = await open(host);
    for (const id of ["reliability-one", "confidence-one", "trend-length", "selected"]) {
      const place = chartOf(page, id);
      await pick(place, "Save as SVG");
      await expect.poll(() => host.asked.at(-1)?.[0]).toBe("saveFile");
      const { name, text } = host.asked.pop()![1] as { name: string; text: string };
      expect(name).toBe(`${id}.svg`);
      const title = await place.locator("h3").innerText();
      const inPage = await place
        .locator(":is(.picture, .key) :is(path, rect, circle, line)")
        .count();
      expect(await lookedAt(text)).toEqual({
        error: null,
        // One more than in the page: the ground of the picture, which has no line around it.
        shapes: inPage + 1,
        unpainted: 1,
        title: title.replaceAll("\n", " "),
        left: 0,
        variables: false,
      });
      expect(inPage).toBeGreaterThan(5);
    }
  });

  it("walks to every mark of every chart by keyboard, with one tab stop each, and opens its pairs", async () => {
    const run = wholeRun();
    const host = dashboardHost({ runs: [run] });
    const { page } = await open(host);
    for (const place of await page.locator("ssrm-chart").all()) {
      expect(await place.locator("[tabindex='0']").count()).toBe(1);
      const plot = place.locator(".plot");
      const all = await place.locator(".area").count();
      await plot.focus();
      const seen = new Set<string>();
      const note = async (): Promise<void> => {
        const [id, label] = await plot.evaluate((one) => {
          const name = one.getAttribute("aria-activedescendant") ?? "";
          return [name, document.getElementById(name)?.getAttribute("aria-label") ?? ""] as const;
        });
        expect(label).toMatch(/\S/);
        seen.add(id);
      };
      // Down from series to series, and through each until its end.
      for (let series = -1; series !== seen.size; await plot.press("ArrowDown")) {
        series = seen.size;
        await plot.press("Home");
        for (let size = -1; size !== seen.size; await plot.press("ArrowRight")) {
          size = seen.size;
          await note();
        }
      }
      expect(seen.size).toBe(all);
      expect(await place.locator(".tip").count()).toBe(1);
      await plot.press("Escape");
      expect(await place.locator(".tip").count()).toBe(0);
    }
    const plot = page.locator("ssrm-chart .plot").first();
    await plot.press("ArrowUp");
    await plot.press("Home");
    await plot.press("ArrowRight");
    await plot.press("Enter");
    await expect
      .poll(() => host.asked.at(-1))
      .toEqual(["openPairs", { dir: run.dir, iteration: 3, set: "test", from: 0.55, to: 0.6 }]);
    // The same bin after scaling, by temperature 1.05: the model's own confidence is a little further out.
    await plot.press("ArrowDown");
    await plot.press("Enter");
    await expect.poll(() => (host.asked.at(-1)![1] as { from: number }).from).not.toBe(0.55);
    const { from, to } = host.asked.at(-1)![1] as { from: number; to: number };
    expect(from).toBeCloseTo(1 / (1 + (0.45 / 0.55) ** 1.05), 9);
    expect(to).toBeCloseTo(1 / (1 + (0.4 / 0.6) ** 1.05), 9);
    await page.locator("ssrm-chart").nth(1).locator(".area").nth(4).click();
    await expect
      .poll(() => host.asked.at(-1))
      .toEqual([
        "openPairs",
        { dir: run.dir, iteration: 3, set: "unlabeled", from: 0.6, to: 0.625 },
      ]);
  });

  it("opens and leaves a chart's menu by keyboard", async () => {
    const { page } = await open(dashboardHost({ runs: [wholeRun()] }));
    const menu = page.locator(".chart-menu").first();
    const button = menu.locator("button").first();
    await button.focus();
    await page.keyboard.press("ArrowDown");
    await menu.getByRole("menuitem").first().waitFor();
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Escape");
    expect(await menu.getByRole("menuitem").count()).toBe(0);
    expect(await button.evaluate((one) => one === document.activeElement)).toBe(true);
    await page.keyboard.press("ArrowDown");
    await menu.getByRole("menuitem").first().waitFor();
    await page.keyboard.press("Enter");
    expect(await page.locator("ssrm-chart").first().locator("table").count()).toBe(1);
  });
});
