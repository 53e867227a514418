// The dashboard in Chromium: script per record that arrives, from the message to the last chart, without the
// harness's own decoding and without layout. Skipped, saying so, on a machine without Chromium.
import { printFigure } from "../support/figures.ts";
import { runInfo } from "../support/reportInput.ts";
import { dashboardHost } from "../page/support/dashboardHost.ts";
import { chartOf, openDashboard, type OpenedDashboard } from "../page/support/dashboardHostOpen.ts";
import { model, wholeRun } from "../page/support/dashboardHostRuns.ts";
import { launch, whyNot } from "../page/support/pageHarness.ts";
import { pack } from "../../src/protocol/page/figures.ts";

const models = 10;
const rounds = 12;

/** In the page: messages of the host wait here until they are timed. */
interface Held {
  heldMessages: unknown[];
  isHolding: boolean;
}

async function measure(): Promise<void> {
  const browser = await launch();
  try {
    const settings = { ...runInfo().settings, iterations: models };
    const info = runInfo({ state: "running", finishedAt: null, settings });
    const runs = Array.from({ length: rounds }, (_, round) =>
      wholeRun({ dir: `/runs/${round}`, owner: "here", info, records: [] }),
    );
    const host = dashboardHost({ runs, activity: "running" });
    const opened = await openDashboard(browser, host);
    await opened.page.evaluate(() => {
      const held = globalThis as unknown as Held;
      Object.assign(held, { heldMessages: [], isHolding: false });
      const hold = (event: MessageEvent): void => {
        if (!held.isHolding) return;
        held.heldMessages.push(event.data);
        event.stopImmediatePropagation();
      };
      addEventListener("message", hold, true);
    });
    const records: number[] = [];
    const wholes: number[] = [];
    for (const { dir } of runs) {
      host.state.selected = dir;
      await timed(opened, () => opened.connection.page!.notify("show", host.snapshot()));
      for (let k = 0; k <= models; k++) {
        const record = pack(model(k));
        records.push(
          await timed(opened, () => opened.connection.page!.notify("record", { dir, record })),
        );
      }
      const drawn = await chartOf(opened, "trend-accuracy").locator(".area").count();
      if (drawn !== models + 1) throw new Error(`expected ${models + 1} models, got ${drawn}`);
      // The same run with all its models, under a name that nothing is known of.
      const whole = wholeRun({
        ...{ dir: `${dir} again`, owner: "here" as const, info },
        records: Array.from({ length: models + 1 }, (_, k) => model(k)),
      });
      host.state.runs = [whole];
      host.state.selected = whole.dir;
      wholes.push(
        await timed(opened, () => opened.connection.page!.notify("show", host.snapshot())),
      );
      host.state.runs = runs;
    }
    await opened.close();
    printFigure({
      name: "dashboard, script per record, p95",
      value: p95(records),
      unit: "ms",
      baseline: { name: "another whole run shown, p95", value: p95(wholes) },
      limit: 16,
    });
  } finally {
    await browser.close();
  }
}

/** Milliseconds from a message of the host until every chart that it changes is drawn. */
async function timed({ page }: OpenedDashboard, tell: () => void): Promise<number> {
  await page.evaluate(() => {
    (globalThis as unknown as Held).isHolding = true;
  });
  tell();
  await page.waitForFunction(() => (globalThis as unknown as Held).heldMessages.length > 0);
  return page.evaluate(async () => {
    const held = globalThis as unknown as Held;
    held.isHolding = false;
    const data = held.heldMessages.pop();
    const started = performance.now();
    dispatchEvent(new MessageEvent("message", { data }));
    // What follows runs in microtasks, the charts' updates too: no layout and no frame comes between.
    for (let turn = 0; turn < 20; turn++) await Promise.resolve();
    const charts = document.querySelectorAll<HTMLElement & { updateComplete: Promise<boolean> }>(
      "ssrm-chart",
    );
    await Promise.all(Array.from(charts, (chart) => chart.updateComplete));
    return performance.now() - started;
  });
}

function p95(times: readonly number[]): number {
  return [...times].sort((a, b) => a - b)[Math.floor(times.length * 0.95)]!;
}

const reason = whyNot();
if (reason === null) await measure();
else console.error(`dashboardUpdate: skipped, ${reason}`);
