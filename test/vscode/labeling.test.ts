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
  const press = async (key: string): Promise<string> => {
    const shown = await editor.shownPairId();
    await editor.page.keyboard.press(key);
    return shown;
  };

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

  test("one key is one line in the log, and the next pair is shown", async () => {
    await editor.command("SSRM: Label");
    await expect.poll(() => editor.shownPairId(), wait).not.toBe("");
    const frame = await editor.webview("SSRM Label");
    await frame.locator("article.pair").click();
    const before = (await events()).length;
    const shown = await press("2");
    await expect.poll(async () => (await events()).length, wait).toBe(before + 1);
    const first = (await events()).at(-1)!;
    expect(first).toMatchObject({
      kind: "verdict",
      pair: shown,
      strength: 2,
      drawn: "random",
      suggestionVisible: false,
    });
    const { winner, shown: order } = first as { winner: string; shown: string };
    expect(winner).toBe(order === "first-second" ? "first" : "second");
    await expect.poll(() => editor.shownPairId(), wait).not.toBe(shown);

    const second = await press("Alt+B");
    await expect.poll(async () => (await events()).length, wait).toBe(before + 2);
    expect((await events()).at(-1)).toMatchObject({ kind: "verdict", pair: second, strength: 2 });
    await expect
      .poll(() => editor.rows("Data"), wait)
      .toContainEqual(expect.stringContaining("42 verdicts"));
  });

  test("undo and redo by key and by command show the pair that they are about", async () => {
    const before = await events();
    const last = before.at(-1)!;
    const pair = last.kind === "undo" ? "" : last.pair;
    await press("u");
    await expect.poll(async () => (await events()).length, wait).toBe(before.length + 1);
    expect((await events()).at(-1)).toMatchObject({ kind: "undo", target: last.id });
    expect(foldLog(await events()).verdicts.size).toBe(41);
    await expect.poll(() => editor.shownPairId(), wait).toBe(pair);
    await editor.command("SSRM: Redo Verdict");
    await expect.poll(async () => foldLog(await events()).verdicts.size, wait).toBe(42);
    await expect.poll(() => editor.shownPairId(), wait).not.toBe(pair);
  });

  test("a window that is loaded again shows the same pair and can take back what was before", async () => {
    const shown = await editor.shownPairId();
    await editor.reloadWindow();
    await expect.poll(() => editor.shownPairId(), wait).toBe(shown);
    await editor.command("SSRM: Undo Last Verdict");
    await expect.poll(async () => foldLog(await events()).verdicts.size, wait).toBe(41);
    await editor.command("SSRM: Undo Last Verdict");
    // The sample's own 40 came with the data, and are not this person's to take back.
    await expect.poll(async () => foldLog(await events()).verdicts.size, wait).toBe(40);
    // The command goes once the burst of changes is over.
    await editor.page.waitForTimeout(2000);
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

  test("a pair of the queue opens on the page, as one that somebody chose", async () => {
    const before = await editor.shownPairId();
    await editor.pane("Queue").locator(".monaco-list-row").nth(4).click();
    await expect.poll(() => editor.shownPairId(), wait).not.toBe(before);
    const shown = await editor.shownPairId();
    await editor.command("SSRM: Both Bad");
    await expect
      .poll(async () => (await events()).at(-1), wait)
      .toMatchObject({ pair: shown, winner: "both-bad", drawn: "chosen" });
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
