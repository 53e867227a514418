// The story of a run, in a real VS Code server with the packed extension: it runs, survives a reload and a
// killed engine, and its report opens.
import { readdirSync, readFileSync, existsSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { Editor } from "./support/editor.ts";
import { largeWorkspace, removeWorkspace, sampleWorkspace } from "./support/sampleWorkspace.ts";
import { whyNot } from "./support/server.ts";

const reason = whyNot();
if (reason !== null) console.log(`skipped: ${reason}`);
const wait = { timeout: 120_000 };
vi.setConfig({ testTimeout: 400_000 });

const runDirs = (folder: string): string[] => {
  const runs = join(folder, ".ssrm/runs");
  return existsSync(runs) ? readdirSync(runs).map((name) => join(runs, name)) : [];
};
const stateOf = (dir: string): string => {
  const { state } = JSON.parse(readFileSync(join(dir, "run.json"), "utf8")) as { state: string };
  return state;
};
const states = (folder: string): string[] => runDirs(folder).map(stateOf);

describe.skipIf(reason !== null)(`a run of the sample (${reason ?? "code-server"})`, () => {
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

  test("Run: the iterations appear beneath it with their figures", async () => {
    await editor.command("SSRM: Run");
    await expect.poll(() => states(folder), wait).toEqual(["done"]);
    const iteration = (k: number): unknown =>
      expect.stringMatching(`Iteration ${k}.*test .*%.*T \\d.*validation .*%`);
    await expect
      .poll(() => editor.rows("Runs"), wait)
      .toEqual([expect.stringContaining("Run "), ...[0, 1, 2, 3].map((k) => iteration(k))]);
  });

  test("the queue is now what the model is unsure of", async () => {
    const [dir] = runDirs(folder);
    const first = readFileSync(join(dir!, "queue.jsonl"), "utf8").split("\n")[0]!;
    const { id } = JSON.parse(first) as { id: string };
    const row = editor.pane("Queue").locator(".monaco-list-row").first();
    // The view is drawn again a few times a second at most.
    const opened = async (): Promise<string> => {
      await row.click();
      return editor.shownPairId();
    };
    await expect.poll(opened, { ...wait, interval: 1000 }).toBe(id);
  });

  test("the report opens, and nothing in it runs", async () => {
    await editor.command("SSRM: Open Report");
    const outer = editor.page.locator("iframe.webview.ready");
    await outer.waitFor({ timeout: 30_000 });
    const report = outer.contentFrame().locator("iframe#active-frame");
    await expect.poll(() => report.contentFrame().locator("svg").count(), wait).toBeGreaterThan(0);
    expect(await report.getAttribute("sandbox")).not.toContain("allow-scripts");
  });

  test("it wrote nothing outside of .ssrm", () => {
    expect(readdirSync(folder).sort()).toEqual([
      ".ssrm",
      "gold.jsonl",
      "pairs.jsonl",
      "test.jsonl",
    ]);
  });
});

describe.skipIf(reason !== null)(`a run that is interrupted (${reason ?? "code-server"})`, () => {
  let folder: string;
  let editor: Editor;
  beforeAll(async () => {
    // About 30,000 pairs: long enough to be hit in the middle.
    folder = largeWorkspace(20);
    editor = await Editor.open({ folder });
    await editor.showViews();
    await editor.pane("Data").locator(".monaco-list-row").nth(3).waitFor(wait);
  });
  afterAll(async () => {
    await editor?.close();
    if (folder) removeWorkspace(folder);
  });

  const inTheMiddle = async () => {
    await expect.poll(() => states(folder).includes("running"), wait).toBe(true);
    await expect
      .poll(() => editor.rows("Runs"), wait)
      .toContainEqual(expect.stringContaining("Iteration 0"));
  };

  test("an engine that is killed is replaced and the run goes on", async () => {
    await editor.command("SSRM: Run");
    await inTheMiddle();
    const [before] = editor.processes("engine.mjs");
    process.kill(before!, "SIGKILL");
    await expect.poll(() => editor.processes("engine.mjs"), wait).not.toEqual([before]);
    await expect.poll(() => states(folder), wait).toEqual(["done"]);
    await expect.poll(async () => (await editor.rows("Runs")).length, wait).toBe(5);
  });

  test("a second window on the folder shows the run and does not make it again", async () => {
    await editor.command("SSRM: Run");
    await inTheMiddle();
    const second = await editor.secondWindow();
    await second.showViews();
    const live = (rows: string[]): boolean => rows.some((row) => row.includes("elsewhere"));
    await expect.poll(async () => live(await second.rows("Runs")), wait).toBe(true);
    expect(editor.processes("engine.mjs")).toHaveLength(1);
    await expect.poll(() => states(folder), wait).toEqual(["done", "done"]);
    const newest = async () => (await second.rows("Runs")).slice(0, 5);
    await expect.poll(newest, wait).toContainEqual(expect.stringContaining("Iteration 3"));
    expect(editor.processes("engine.mjs").length).toBeLessThanOrEqual(1);
    await second.page.close();
  });

  test("a window that is reloaded goes on with its run by itself", async () => {
    await editor.command("SSRM: Run");
    await inTheMiddle();
    await editor.load();
    expect(states(folder).filter((state) => state === "done")).toHaveLength(2);
    await editor.showViews();
    await expect
      .poll(() => states(folder).filter((state) => state === "done"), wait)
      .toHaveLength(3);
    // The newest run stands first; the tree draws only the rows that can be seen.
    const newest = async () => (await editor.rows("Runs")).slice(0, 5);
    await expect.poll(newest, wait).toContainEqual(expect.stringContaining("Iteration 3"));
    expect(runDirs(folder)).toHaveLength(3);
  });
});
