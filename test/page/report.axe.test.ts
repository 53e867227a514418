// The report in a real browser: no violation that axe-core finds in light, dark, forced colours and with the
// colours of VS Code, and no sideways scrolling at 320 pixels, which is 1,280 at 400 %.
import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { type Browser, type BrowserContextOptions, chromium } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { reportHtml } from "../../src/core/report/report.ts";
import { record, reportInput, runInfo } from "../support/reportInput.ts";

const executablePath = "/usr/bin/chromium";
const present = existsSync(executablePath);
if (!present) console.log(`skipped: report in a browser, because ${executablePath} is missing`);

const axeSource = present
  ? readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8")
  : "";

const gold = { value: 0.7, low: 0.65, high: 0.75, n: 300 };
const reports: Readonly<Record<string, string>> = {
  full: reportHtml(
    reportInput({
      records: [0, 1, 2, 3].map((k) =>
        record(k, k === 0 ? {} : { pseudoLabelAccuracy: 0.7, pseudoLabelGold: gold }),
      ),
      skipped: [{ file: "/data/pairs.jsonl", count: 2, firstReason: "line 3: expected an object" }],
      queueHead: [
        {
          item: { id: "ab".repeat(16), p: 0.5, confidence: 0.5, file: 0, line: 1 },
          prompt: "unbreakable".repeat(60),
          first: "a long answer ".repeat(100),
          second: "x\u202Ey",
        },
      ],
    }),
  ),
  failed: reportHtml(
    reportInput({
      run: runInfo({ state: "failed", error: "Disk full." }),
      records: [],
      queueHead: [],
    }),
  ),
};

/** The colours of VS Code's Dark Modern theme. */
const darkModern =
  "--vscode-editor-background: #1f1f1f; --vscode-editor-foreground: #cccccc; " +
  "--vscode-descriptionForeground: #9d9d9d; --vscode-textLink-foreground: #4daafc; " +
  "--vscode-charts-blue: #59a4f9; --vscode-charts-red: #f14c4c; " +
  "--vscode-charts-green: #89d185; --vscode-charts-purple: #b180d7";

const looks: Readonly<Record<string, BrowserContextOptions>> = {
  light: { colorScheme: "light" },
  dark: { colorScheme: "dark" },
  "forced colours": { forcedColors: "active" },
  "VS Code dark in a light system": { colorScheme: "light" },
  narrow: { viewport: { width: 320, height: 640 } },
};

describe.skipIf(!present)("the report in a browser", () => {
  let browser: Browser;

  beforeAll(async () => {
    const flags =
      "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking --disable-component-update --disable-sync";
    browser = await chromium.launch({ executablePath, args: flags.split(" ") });
  });
  afterAll(() => browser.close());

  // axe-core takes seconds for the full report, so the short one is looked at once.
  const cases = [
    ...Object.keys(looks).map((look) => ["full", look] as const),
    ["failed", "light"] as const,
  ];
  it.each(cases)("has no violation: %s, %s", async (name, look) => {
    const context = await browser.newContext(looks[look]);
    const page = await context.newPage();
    const asked: string[] = [];
    page.on("request", (request) => asked.push(request.url()));
    await page.setContent(reports[name]!);
    if (look.startsWith("VS Code")) {
      await page.evaluate(`document.documentElement.style.cssText = ${JSON.stringify(darkModern)};
        document.body.className = "vscode-dark";`);
    }
    // What is folded away must be right too.
    await page.evaluate(`document.querySelectorAll("details").forEach((d) => { d.open = true; })`);
    await page.evaluate(axeSource);
    const violations = await page.evaluate(async () => {
      const { axe } = globalThis as unknown as {
        axe: { run(): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }> };
      };
      const result = await axe.run();
      return result.violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html ?? ""}`);
    });
    const sideways = await page.evaluate(
      `document.documentElement.scrollWidth - document.documentElement.clientWidth`,
    );
    await context.close();
    expect(violations).toEqual([]);
    expect(sideways).toBe(0);
    expect(asked).toEqual([]);
  });
});
