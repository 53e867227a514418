// Hostile texts in the data editor's list and pane, and in everything that the dashboard shows as text: nothing
// runs, nothing is asked for, nothing leads away, and the words are there as words.
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { dashboardSchemas } from "../../src/host/dashboard/dashboardSchemas.ts";
import { pairsSchemas } from "../../src/host/pairs/pairsSchemas.ts";
import type {
  DashboardPageToHost,
  HostToDashboardPage,
} from "../../src/protocol/page/dashboardPage.ts";
import type { HostToPairsPage, PairsPageToHost } from "../../src/protocol/page/pairsPage.ts";
import { runInfo } from "../support/reportInput.ts";
import { clickAll, settled, watchCanary, type Canary } from "./support/canary.ts";
import { dashboardHost } from "./support/dashboardHost.ts";
import { wholeRun } from "./support/dashboardHostRuns.ts";
import { hostileFamilies } from "./support/hostileTexts.ts";
import { launch, openPage, whyNot } from "./support/pageHarness.ts";
import { pairsHost } from "./support/pairsHost.ts";
import { rowOf } from "./support/pairsHostRows.ts";

const reason = whyNot();
if (reason !== null) console.log(`skipped: ${reason}`);

const texts = [...hostileFamilies.values()].flat();
/** A list shows the beginning of a text; the host cuts it. */
const cut = (text: string): string => text.slice(0, 300);
const acting = "script, iframe, object, embed, form, base, link[href*=canary], img";

describe.skipIf(reason !== null)("hostile texts in the other pages", () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launch();
  });
  afterAll(() => browser?.close());

  test("the data editor's list and the pane beside it", async () => {
    const rows = texts.map(({ text }, ordinal) => ({
      ...rowOf(ordinal),
      ...{ kind: "pair" as const, state: "unlabeled" as const, source: cut(text) },
      ...{ prompt: cut(text), a: cut(text), b: cut(text), reason: null },
    }));
    const says = (content: string) => [{ role: "assistant", content }];
    const host = pairsHost({
      count: rows.length,
      rows,
      snapshot: {
        name: cut(texts[0]!.text),
        path: cut(texts[1]!.text),
        model: cut(texts[2]!.text),
      },
      handlers: {
        row: ({ ordinal }) => {
          const { text } = texts[ordinal]!;
          return {
            line: ordinal,
            prompt: says(text),
            a: says(text),
            b: says(text),
            preference: null,
          };
        },
      },
    });
    const opened = await openPage<PairsPageToHost, HostToPairsPage>(browser, {
      ...{ name: "pairs", schemas: pairsSchemas, handlers: host.handlers, theme: "dark" },
    });
    const canary = await watchCanary(opened.page);
    await opened.page.locator(".row").first().click();
    await opened.page.keyboard.press("Space");
    for (const { name } of texts) {
      await settled(opened.page, "main");
      await clickAll(opened.page, "main");
      await expectNothing(opened, canary, name);
      await opened.page.keyboard.press("ArrowDown");
    }
    const asked = host.asked.filter(({ method }) => method === "row").length;
    expect(asked).toBeGreaterThan(texts.length / 2);
    await opened.close();
  }, 300_000);

  test("whatever the dashboard shows as text", async () => {
    const host = dashboardHost({ runs: [wholeRun()] });
    const opened = await openPage<DashboardPageToHost, HostToDashboardPage>(browser, {
      ...{ name: "dashboard", schemas: dashboardSchemas, handlers: host.handlers, theme: "dark" },
    });
    await opened.page.locator("h1, h2").first().waitFor();
    const canary = await watchCanary(opened.page);
    for (const { name, text } of texts) {
      const words = cut(text);
      const info = runInfo({ id: "one", state: "failed", error: words });
      Object.assign(host.state, {
        runs: [wholeRun({ title: words, info })],
        problem: words,
        outlook: { ...host.state.outlook, device: words, problem: words },
      });
      opened.connection.page!.notify("show", host.snapshot());
      await settled(opened.page, "main");
      await expectNothing(opened, canary, name);
    }
    await opened.close();
  }, 300_000);
});

interface Watched {
  readonly page: Page;
  readonly errors: string[];
  readonly requests: readonly string[];
}

async function expectNothing(
  { page, errors, requests }: Watched,
  canary: Canary,
  name: string,
): Promise<void> {
  const problems = [...canary.happened.splice(0), ...errors.splice(0), ...requests];
  expect.soft(problems, name).toEqual([]);
  expect.soft(await page.locator(acting).count(), name).toBe(1);
}
