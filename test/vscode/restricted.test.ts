// A folder that is not trusted: it can be looked at and labeled, and it cannot make us run or read elsewhere.
import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { readLabelFile } from "../../src/data/labels/labelFiles.ts";
import { Editor } from "./support/editor.ts";
import { removeWorkspace, sampleWorkspace } from "./support/sampleWorkspace.ts";
import { whyNot } from "./support/server.ts";

const reason = whyNot();
if (reason !== null) console.log(`skipped: ${reason}`);
const wait = { timeout: 30_000 };

describe.skipIf(reason !== null)(`Restricted Mode (${reason ?? "code-server"})`, () => {
  let folder: string;
  let outside: string;
  let editor: Editor;
  beforeAll(async () => {
    folder = sampleWorkspace();
    outside = mkdtempSync(join(tmpdir(), "ssrm-outside-"));
    const secret = '{"prompt":"the secret","response_a":"x","response_b":"y"}\n';
    writeFileSync(join(outside, "secret.jsonl"), secret);
    editor = await Editor.open({ folder, isTrusted: false });
    await editor.showViews();
  });
  afterAll(async () => {
    await editor?.close();
    if (folder) removeWorkspace(folder);
    if (outside) rmSync(outside, { recursive: true, force: true });
  });

  test("views show data and pairs; Runs says why the engine does not start", async () => {
    await expect.poll(() => editor.rows("Data"), wait).toHaveLength(4);
    await expect.poll(async () => (await editor.rows("Queue")).length, wait).toBeGreaterThan(3);
    const welcome = editor.pane("Runs").locator(".welcome-view-content");
    expect(await welcome.textContent()).toContain("In Restricted Mode you can look and label");
  });

  test("a verdict is saved", async () => {
    await editor.pane("Queue").locator(".monaco-list-row").first().click();
    await expect.poll(() => editor.shownPairId(), wait).not.toBe("");
    await editor.command("SSRM: Prefer B");
    const events = async () => (await readLabelFile(join(folder, ".ssrm/labels.jsonl"))).events;
    await expect.poll(async () => (await events()).length, wait).toBe(41);
  });

  test("Run cannot be called, and no engine starts", async () => {
    await expect(editor.command("SSRM: Run")).rejects.toThrow();
    await editor.page.keyboard.press("Escape");
    expect(editor.processes("engine.mjs")).toEqual([]);
  });

  test("project.json cannot make us read outside of the folder", async () => {
    symlinkSync(join(outside, "secret.jsonl"), join(folder, "link.jsonl"));
    const project = { data: ["pairs.jsonl", join(outside, "secret.jsonl"), "link.jsonl"] };
    writeFileSync(join(folder, ".ssrm/project.json"), JSON.stringify(project));
    const isRefused: unknown = expect.stringContaining("outside of the folder, not read");
    await expect
      .poll(() => editor.rows("Data"), wait)
      .toEqual([expect.stringContaining("pairs.jsonl"), isRefused, isRefused, expect.anything()]);
    const queue = editor.pane("Queue");
    await expect.poll(() => queue.textContent(), wait).toContain("Allow Files Outside the Folder");
    expect(await queue.textContent()).not.toContain("the secret");
  });

  test("a mistake in project.json is named", async () => {
    writeFileSync(join(folder, ".ssrm/project.json"), '{"data":["pairs.jsonl"],"dta":1}');
    const welcome = editor.pane("Data").locator(".welcome-view-content");
    await expect.poll(() => welcome.textContent(), wait).toContain("project.json has a mistake");
    const queue = editor.pane("Queue");
    await expect.poll(() => queue.textContent(), wait).toContain('unknown field "dta"');
  });
});
