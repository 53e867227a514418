// Opening the dashboard in tests, and what several of them do with its charts.
import { parse } from "csv-parse/sync";
import type { Browser, Locator } from "playwright-core";
import { expect } from "vitest";
import { dashboardSchemas } from "../../../src/host/dashboard/dashboardSchemas.ts";
import type {
  DashboardPageToHost,
  HostToDashboardPage,
} from "../../../src/protocol/page/dashboardPage.ts";
import type { DashboardHost } from "./dashboardHost.ts";
import { openPage, type OpenedPage } from "./pageHarness.ts";

export type OpenedDashboard = OpenedPage<DashboardPageToHost, HostToDashboardPage>;

/** The dashboard with this host behind it, once it shows something. */
export async function openDashboard(
  browser: Browser,
  host: DashboardHost,
  options: { readonly theme: string; readonly width: number } = { theme: "dark", width: 1280 },
): Promise<OpenedDashboard> {
  const opened = await openPage<DashboardPageToHost, HostToDashboardPage>(browser, {
    name: "dashboard",
    schemas: dashboardSchemas,
    handlers: host.handlers,
    theme: options.theme,
    context: { viewport: { width: options.width, height: 800 } },
  });
  await opened.page.locator(".dashboard, .state h2").first().waitFor();
  return opened;
}

/** The chart with this id. */
export function chartOf({ page }: OpenedDashboard, id: string): Locator {
  return page.locator("ssrm-chart").filter({ has: page.locator(`#${id}-title`) });
}

/** Chooses from the menu of a chart. */
export async function pick(chart: Locator, item: string): Promise<void> {
  await chart.locator(".chart-menu > button").click();
  await chart.getByRole("menuitem", { name: item }).click();
}

/** What "Copy as CSV" of a chart gave the host, taken apart by a package. */
export async function csvOf(host: DashboardHost, chart: Locator): Promise<string[][]> {
  const before = host.asked.length;
  await pick(chart, "Copy as CSV");
  await expect.poll(() => host.asked.length).toBe(before + 1);
  const [method, parameter] = host.asked.at(-1)!;
  expect(method).toBe("copy");
  return parse((parameter as { text: string }).text);
}
