// From a file of one's own to exported labels: new project, a detached run, export.
import { cpSync, mkdtempSync, readdirSync, readFileSync, realpathSync, existsSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { Editor } from "./support/editor.ts";
import { removeWorkspace } from "./support/sampleWorkspace.ts";
import { whyNot } from "./support/server.ts";

const reason = whyNot();
if (reason !== null) console.log(`skipped: ${reason}`);
const wait = { timeout: 60_000 };
vi.setConfig({ testTimeout: 200_000 });

describe.skipIf(reason !== null)(`a project of one's own (${reason ?? "code-server"})`, () => {
  let folder: string;
  let editor: Editor;
  beforeAll(async () => {
    folder = realpathSync(mkdtempSync(join(tmpdir(), "ssrm-own-")));
    const gold = join(import.meta.dirname, "../../media/sample/gold.jsonl");
    cpSync(gold, join(folder, "judged.jsonl"));
    editor = await Editor.open({ folder });
    await editor.showViews();
  });
  afterAll(async () => {
    await editor?.close();
    if (folder) removeWorkspace(folder);
  });

  const info = () => {
    const runs = join(folder, ".ssrm/runs");
    const [name] = existsSync(runs) ? readdirSync(runs) : [];
    if (name === undefined || !existsSync(join(runs, name, "run.json"))) return null;
    return JSON.parse(readFileSync(join(runs, name, "run.json"), "utf8")) as {
      readonly state: string;
      readonly settings: { readonly seedFraction: number | null };
    };
  };

  test("an empty folder says what to do, and New Project asks only what the file leaves open", async () => {
    const welcome = editor.pane("Data").locator(".welcome-view-content");
    await expect.poll(() => welcome.textContent(), wait).toContain("no SSRM project yet");
    await editor.command("SSRM: New Project from File");
    const input = editor.page.locator(".quick-input-widget input");
    await expect.poll(() => input.inputValue(), wait).toContain(folder);
    await input.fill(join(folder, "judged.jsonl"));
    await editor.page.keyboard.press("Enter");
    await editor.page.getByText("10 % of the file's preferences").first().click();
    await expect.poll(() => editor.rows("Data"), wait).toHaveLength(2);
    expect(JSON.parse(readFileSync(join(folder, ".ssrm/project.json"), "utf8"))).toMatchObject({
      data: ["judged.jsonl"],
      settings: { seedFraction: 0.1 },
    });
  });

  test("a detached run is made by the command, outlives the window and is watched", async () => {
    await editor.command("SSRM: Run Detached");
    await expect.poll(() => info()?.state, wait).toBe("running");
    expect(editor.processes("engine.mjs")).toEqual([]);
    await editor.load();
    await editor.showViews();
    await expect.poll(() => info()?.state, wait).toBe("done");
    expect(info()?.settings.seedFraction).toBe(0.1);
    await expect.poll(async () => (await editor.rows("Runs")).length, wait).toBe(5);
    expect(editor.processes("engine.mjs")).toEqual([]);
  });

  test("its labels are exported where the user says", async () => {
    await editor.command("SSRM: Export Labels");
    await editor.page.getByText("trl-standard", { exact: true }).first().click();
    const input = editor.page.locator(".quick-input-widget input");
    await expect.poll(() => input.inputValue(), wait).toContain(".ssrm/exports");
    const target = await input.inputValue();
    await editor.page.keyboard.press("Enter");
    await expect.poll(() => existsSync(target), wait).toBe(true);
    const rows = readFileSync(target, "utf8").trimEnd().split("\n");
    expect(rows.length).toBeGreaterThan(150);
    expect(JSON.parse(rows[0]!)).toHaveProperty("chosen");
    const told = editor.page.locator(".notification-list-item-message").first();
    await expect.poll(() => told.textContent(), wait).toContain("trl-standard does not carry");
  });
});
