// The dashboard in a real VS Code server with the packed extension: it opens beside a run, says what the run's
// directory says, keeps its form in project.json, and its commands reach the command `ssrm`.
import { existsSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import type { Frame } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import type { RunRecord } from "../../src/core/records.ts";
import { counted, percent } from "../../src/core/report/numbers.ts";
import { Editor } from "./support/editor.ts";
import { removeWorkspace, sampleWorkspace } from "./support/sampleWorkspace.ts";
import { whyNot } from "./support/server.ts";

const reason = whyNot();
if (reason !== null) console.log(`skipped: ${reason}`);
const wait = { timeout: 120_000 };
vi.setConfig({ testTimeout: 400_000 });

const plain = (text: string | null): string => (text ?? "").replaceAll("\u00A0", " ");

describe.skipIf(reason !== null)(`the dashboard (${reason ?? "code-server"})`, () => {
  let folder: string;
  let editor: Editor;
  beforeAll(async () => {
    folder = sampleWorkspace();
    editor = await Editor.open({ folder });
    await editor.showViews();
    await editor.pane("Data").locator(".monaco-list-row").nth(3).waitFor(wait);
  });
  afterAll(async () => {
    await editor?.close();
    if (folder) removeWorkspace(folder);
  });

  const own = (...names: readonly string[]): string => join(folder, ".ssrm", ...names);
  const runDirs = (): string[] =>
    existsSync(own("runs")) ? readdirSync(own("runs")).map((name) => own("runs", name)) : [];
  const stateOf = (dir: string): string =>
    (JSON.parse(readFileSync(join(dir, "run.json"), "utf8")) as { state: string }).state;
  const project = (): { settings?: Record<string, unknown> } =>
    JSON.parse(readFileSync(own("project.json"), "utf8")) as { settings?: Record<string, unknown> };
  const shown = async (): Promise<string> => {
    const frame = await editor.webview("SSRM Dashboard");
    return plain(await frame.locator("main").innerText());
  };

  /** The page of a tab; the one before it may stand there for a moment. */
  const frameWith = async (tab: string, selector: string): Promise<Frame> => {
    const deadline = Date.now() + wait.timeout;
    for (;;) {
      const frame = await editor.webview(tab);
      if ((await frame.locator(selector).count()) > 0) return frame;
      if (Date.now() > deadline) throw new Error(`the page in ${tab} has no ${selector}`);
      await frame.waitForTimeout(200);
    }
  };

  test("one click in the status bar, which says how many labels there are, opens it", async () => {
    const item = editor.page.locator('.statusbar-item[aria-label*="SSRM: 40 labels"]');
    await item.click(wait);
    await expect.poll(shown, wait).toContain("40 labels, ");
  });

  test("its button starts a run, whose figures it shows as the run's directory has them", async () => {
    const frame = await editor.webview("SSRM Dashboard");
    await frame.locator("vscode-button", { hasText: /^Run: 40 labels/ }).click();
    await expect.poll(() => runDirs().map(stateOf), wait).toEqual(["done"]);
    const records = readFileSync(join(runDirs()[0]!, "iterations.jsonl"), "utf8")
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line) as RunRecord);
    const last = records.findLast((record) => record.kind === "iteration")!;
    const queue = readFileSync(join(runDirs()[0]!, "queue.jsonl"), "utf8").trim().split("\n");
    await expect.poll(shown, wait).toContain(plain(percent(last.test!.accuracy, 1)));
    await expect.poll(shown, wait).toContain(plain(counted(last.selected, "pseudo-label")));
    await expect.poll(shown, wait).toContain(queue.length.toLocaleString("en-US"));
  });

  test("a run that ends in sight of it is told nowhere else; one that ends behind another tab is", async () => {
    const notice = editor.page.locator(".notification-list-item", { hasText: "the run is done" });
    expect(await notice.count()).toBe(0);
    await editor.openFile("pairs.jsonl");
    await editor.command("SSRM: Run");
    await expect.poll(() => runDirs().map(stateOf), wait).toEqual(["done", "done"]);
    await notice.waitFor(wait);
    await notice.getByText("Open Dashboard").click();
    await editor.webview("SSRM Dashboard");
  });

  test("Score File and Evaluate ask for a file and a run, and show what the command says", async () => {
    const choose = async (text: string): Promise<void> => {
      const row = editor.page.locator(".quick-input-list .monaco-list-row", { hasText: text });
      await row.first().click(wait);
    };
    await editor.command("SSRM: Evaluate");
    await choose("the project's test set");
    await choose("validation");
    const evaluated = async (): Promise<string> => {
      const frame = await editor.webview("Preview");
      return plain(await frame.locator("body").innerText());
    };
    await expect.poll(evaluated, wait).toMatch(/On \d+ pairs it prefers the right response/);
    await editor.command("SSRM: Score File");
    await choose("the project's test set");
    await choose("validation");
    const scores = () =>
      existsSync(own("exports"))
        ? readdirSync(own("exports")).filter((name) => name.endsWith(".scores.jsonl"))
        : [];
    await expect.poll(scores, wait).toHaveLength(1);
    expect(statSync(own("exports", scores()[0]!)).size).toBeGreaterThan(1000);
  });

  test("labels that are deleted while the window is open are offered back at once", async () => {
    // A verdict of this window first: what came with the folder is in no journal.
    await editor.command("SSRM: Label");
    const frame = await frameWith("SSRM Label", ".response-a .text");
    const before = readFileSync(own("labels.jsonl"), "utf8").length;
    await frame.locator("body").press("1");
    await expect
      .poll(() => readFileSync(own("labels.jsonl"), "utf8").length, wait)
      .toBeGreaterThan(before);
    // Acknowledged: what is deleted while it is being written is written again.
    await editor.page.locator('.statusbar-item[aria-label*="SSRM: 41 labels"]').waitFor(wait);
    rmSync(own("labels.jsonl"));
    const notice = editor.page.locator(".notification-list-item", { hasText: "Verdicts missing" });
    await notice.waitFor(wait);
    await notice.getByText("Restore", { exact: true }).click();
    await expect.poll(() => existsSync(own("labels.jsonl")), wait).toBe(true);
  });

  test("the form is kept in project.json beside what else is there, and what is wrong is not", async () => {
    await editor.command("SSRM: Open Dashboard");
    const frame = await frameWith("SSRM Dashboard", "details.form");
    const { settings: before, ...rest } = project();
    expect(before).toBeUndefined();
    const field = frame.locator("#field-iterations");
    if (!(await field.isVisible())) await frame.locator("details.form summary").click();
    await field.fill("2");
    await field.press("Tab");
    await expect.poll(project, wait).toEqual({ ...rest, settings: { iterations: 2 } });
    await field.fill("2000");
    await field.press("Tab");
    await frame.locator("[aria-invalid=true]").waitFor(wait);
    expect(project()).toEqual({ ...rest, settings: { iterations: 2 } });
  });
});
