// The three pages in a real VS Code server with the packed extension: each opens under its own policy without
// a breach, asks nobody but the server for anything, and is there again after a reload, behind another tab and
// in another group.
import type { Frame } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { Editor } from "./support/editor.ts";
import { removeWorkspace, sampleWorkspace } from "./support/sampleWorkspace.ts";
import { whyNot } from "./support/server.ts";

const reason = whyNot();
if (reason !== null) console.log(`skipped: ${reason}`);

interface PageCase {
  readonly tab: string;
  readonly title: string;
  readonly open: (editor: Editor) => Promise<void>;
  /** Something that only the page's content has, and a text that stays the same. */
  readonly content: string;
}

const pages: Readonly<Record<string, PageCase>> = {
  label: {
    tab: "SSRM Label",
    title: "SSRM Label",
    open: (editor) => editor.command("SSRM: Label"),
    content: ".response-a .text",
  },
  dashboard: {
    tab: "SSRM Dashboard",
    title: "SSRM Dashboard",
    open: (editor) => editor.command("SSRM: Open Dashboard"),
    content: "h1",
  },
  pairs: {
    tab: "pairs.jsonl",
    title: "SSRM Preference Pairs",
    open: async (editor) => {
      await editor.openFile("pairs.jsonl");
      await editor.command("SSRM: Open as Preference Pairs");
    },
    content: ".row",
  },
};

describe.skipIf(reason !== null)(`pages (${reason ?? "code-server"})`, () => {
  let folder: string;
  let editor: Editor;
  const breaches: string[] = [];
  const foreign: string[] = [];
  beforeAll(async () => {
    folder = sampleWorkspace();
    editor = await Editor.open({ folder });
    editor.page.on("console", (message) => {
      const { url } = message.location();
      const isOurs = /ssrm|fake\.html|vscode-resource/.test(url);
      const isPolicy = /Content.Security.Policy|Trusted(?:HTML|Script)/i.test(message.text());
      if (isPolicy || (isOurs && message.type() === "error"))
        breaches.push(`${url}: ${message.text()}`);
    });
    editor.page.on("pageerror", (error) => breaches.push(String(error)));
    editor.page.on("request", (request) => {
      // What the editor itself looks for, such as recommended extensions, is not asked by a page.
      if (request.frame() === editor.page.mainFrame()) return;
      const { protocol, hostname } = new URL(request.url());
      const isServer =
        hostname === "127.0.0.1" || hostname.endsWith("vscode-resource.vscode-cdn.net");
      if (protocol.startsWith("http") && !isServer) foreign.push(request.url());
    });
    await editor.showViews();
  });
  afterAll(async () => {
    await editor?.close();
    if (folder) removeWorkspace(folder);
  });
  afterEach(() => {
    expect(breaches.splice(0)).toEqual([]);
    expect(foreign.splice(0)).toEqual([]);
  });

  const shown = async ({ tab, title, content }: PageCase): Promise<Frame> => {
    for (let tries = 1; ; tries++) {
      try {
        const frame = await editor.webview(tab, title);
        await frame.locator(content).first().waitFor({ timeout: 30_000 });
        return frame;
      } catch (error) {
        // A page that is moved or restored may be replaced by another document once more.
        if (tries === 3 || !String(error).includes("detached")) throw error;
      }
    }
  };

  test.each(Object.entries(pages))(
    "%s",
    async (_name, page) => {
      await page.open(editor);
      const frame = await shown(page);
      // What the policy is for, tried: markup from a string is refused before it is parsed.
      const refused = await frame.evaluate(() => {
        try {
          document.createElement("div").innerHTML = "<b>x</b>";
          return false;
        } catch (error) {
          return error instanceof TypeError;
        }
      });
      expect(refused).toBe(true);
      expect(breaches.splice(0).every((text) => text.includes("TrustedHTML"))).toBe(true);
      const text = await frame.locator(page.content).first().textContent();

      await editor.reloadWindow();
      expect(await (await shown(page)).locator(page.content).first().textContent()).toBe(text);

      // A tab that was only looked at gives its place to the next one.
      await editor.command("View: Keep Editor");
      await editor.openFile("gold.jsonl");
      await editor.command("View: Open Previous Editor");
      expect(await (await shown(page)).locator(page.content).first().textContent()).toBe(text);

      await editor.command("View: Move Editor into Next Group");
      expect(await (await shown(page)).locator(page.content).first().textContent()).toBe(text);
      await editor.command("View: Close All Editors");
    },
    240_000,
  );
});
