// Looking at a project and judging pairs, in a real VS Code server with the packed extension.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { foldLog } from "../../src/core/labels/labelFold.ts";
import { readLabelFile } from "../../src/data/labels/labelFiles.ts";
import { Editor } from "./support/editor.ts";
import { removeWorkspace, sampleWorkspace } from "./support/sampleWorkspace.ts";
import { whyNot } from "./support/server.ts";

const reason = whyNot();
if (reason !== null) console.log(`skipped: ${reason}`);

describe.skipIf(reason !== null)(`labeling (${reason ?? "code-server"})`, () => {
  let folder: string;
  let editor: Editor;
  beforeAll(async () => {
    folder = sampleWorkspace();
    editor = await Editor.open({ folder });
    await editor.showViews();
  });
  afterAll(async () => {
    await editor?.close();
    if (folder) removeWorkspace(folder);
  });

  const events = async () => (await readLabelFile(join(folder, ".ssrm/labels.jsonl"))).events;
  const wait = { timeout: 30_000 };

  test("the views show files, verdicts and waiting pairs; runs say what to do", async () => {
    await expect
      .poll(() => editor.rows("Data"), wait)
      .toEqual([
        expect.stringContaining("pairs.jsonl"),
        expect.stringContaining("gold.jsonl"),
        expect.stringContaining("test.jsonl"),
        expect.stringContaining("40 verdicts"),
      ]);
    await expect.poll(async () => (await editor.rows("Queue")).length, wait).toBeGreaterThan(3);
    expect(await editor.pane("Runs").locator(".welcome-view-content").textContent()).toContain(
      "No run yet",
    );
  });

  test("a verdict is one line in the log, and the next pair is shown", async () => {
    await editor.pane("Queue").locator(".monaco-list-row").first().click();
    await editor.page.locator(".tab.active", { hasText: "Pair " }).waitFor(wait);
    const shown = await editor.shownPairId();
    const before = (await events()).length;

    await editor.command("SSRM: Prefer A");
    await expect.poll(async () => (await events()).length, wait).toBe(before + 1);
    const first = (await events()).at(-1)!;
    expect(first).toMatchObject({ kind: "verdict", pair: shown, suggestionVisible: false });
    const { winner, shown: order } = first as { winner: string; shown: string };
    expect(winner).toBe(order === "first-second" ? "first" : "second");
    await expect.poll(() => editor.shownPairId(), wait).not.toBe(shown);

    const second = await editor.shownPairId();
    await editor.page.keyboard.press("Alt+B");
    await expect.poll(async () => (await events()).length, wait).toBe(before + 2);
    expect((await events()).at(-1)).toMatchObject({ kind: "verdict", pair: second });
    await expect
      .poll(() => editor.rows("Data"), wait)
      .toContainEqual(expect.stringContaining("42 verdicts"));
  });

  test("undo takes the last verdict back and shows its pair again", async () => {
    const before = await events();
    const last = before.at(-1)!;
    await editor.command("SSRM: Undo Last Verdict");
    await expect.poll(async () => (await events()).length, wait).toBe(before.length + 1);
    expect((await events()).at(-1)).toMatchObject({ kind: "undo", target: last.id });
    expect(foldLog(await events()).verdicts.size).toBe(41);
    const pair = last.kind === "undo" ? "" : last.pair;
    await expect.poll(() => editor.shownPairId(), wait).toBe(pair);
  });

  test("undo takes back only what was judged on this machine, not the sample's own labels", async () => {
    await editor.command("SSRM: Undo Last Verdict");
    await expect.poll(async () => foldLog(await events()).verdicts.size, wait).toBe(40);
    // Nothing of ours is left to take back, so the command is gone.
    await expect(editor.command("SSRM: Undo Last Verdict")).rejects.toThrow();
    await editor.page.keyboard.press("Escape");
  });

  test("a skip and a tie are kept as such", async () => {
    const before = (await events()).length;
    await editor.command("SSRM: Skip");
    await expect.poll(async () => (await events()).length, wait).toBe(before + 1);
    await editor.command("SSRM: Tie");
    await expect.poll(async () => (await events()).length, wait).toBe(before + 2);
    expect((await events()).slice(-2)).toMatchObject([
      { kind: "skip" },
      { kind: "verdict", winner: "tie" },
    ]);
  });

  test("looking and judging start no engine", () => {
    expect(editor.processes("engine.mjs")).toEqual([]);
  });

  test("nothing of the sample but the label log has changed", () => {
    const text = (name: string): string => readFileSync(join(folder, name), "utf8");
    const sample = join(import.meta.dirname, "../../media/sample");
    for (const name of ["pairs.jsonl", "gold.jsonl", ".ssrm/project.json"]) {
      expect(text(name)).toBe(readFileSync(join(sample, name), "utf8"));
    }
  });
});
