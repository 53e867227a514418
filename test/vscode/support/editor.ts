// The window of a VS Code server as a test drives it.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  chromium,
  type BrowserContext,
  type Frame,
  type Locator,
  type Page,
} from "playwright-core";
import { killTree, processTree } from "./processes.ts";
import { browser, startServer, type Server, type ServerOptions } from "./server.ts";

export type View = "Data" | "Queue" | "Runs";

/** One server with one browser; everything that it writes lies in a temporary folder. */
export class Editor {
  readonly page: Page;
  readonly userData: string;
  readonly #home: string;
  readonly #server: Server;
  readonly #context: BrowserContext;

  private constructor(parts: {
    readonly page: Page;
    readonly home: string;
    readonly server: Server;
    readonly context: BrowserContext;
  }) {
    this.page = parts.page;
    this.#home = parts.home;
    this.userData = join(parts.home, "user");
    this.#server = parts.server;
    this.#context = parts.context;
  }

  static async open(options: ServerOptions): Promise<Editor> {
    const home = mkdtempSync(join(tmpdir(), "ssrm-vscode-"));
    const server = await startServer(home, options);
    const context = await chromium.launchPersistentContext(join(home, "browser"), {
      executablePath: browser,
      viewport: { width: 1280, height: 900 },
      args: [
        ...["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"],
        ...["--disable-background-networking", "--disable-component-update", "--disable-sync"],
      ],
    });
    context.setDefaultTimeout(20_000);
    const page = context.pages()[0] ?? (await context.newPage());
    const editor = new Editor({ page, home, server, context });
    await editor.load();
    return editor;
  }

  /** Loads the window, as a reload does. */
  async load(): Promise<void> {
    await this.page.goto(this.#server.url);
    await this.page.waitForSelector(".monaco-workbench", { timeout: 60_000 });
    await this.page.waitForSelector(".activitybar .action-label", { timeout: 60_000 });
  }

  /** Another window of the same server on the same folder; close its page when done. */
  async secondWindow(): Promise<Editor> {
    const page = await this.#context.newPage();
    const editor = new Editor({
      page,
      home: this.#home,
      server: this.#server,
      context: this.#context,
    });
    await editor.load();
    return editor;
  }

  /** Runs a command by its title, as typed after F1. */
  async command(title: string): Promise<void> {
    const input = this.page.locator(".quick-input-widget input");
    const list = this.page.locator(".quick-input-list");
    // A row's label is its title, then its keys or when it was used.
    const row = list.locator(`[aria-label="${title}"], [aria-label^="${title},"]`).first();
    for (let tries = 1; ; tries++) {
      try {
        await this.page.keyboard.press("F1");
        await input.fill(`>${title}`, { timeout: 3000 });
        await row.click({ timeout: 3000 });
        return;
      } catch (error) {
        // An editor that opens at the same time takes the focus, and the list closes.
        if (tries === 5) throw error;
        await this.page.keyboard.press("Escape");
      }
    }
  }

  /** Opens a file of the folder by its name. */
  async openFile(name: string): Promise<void> {
    const input = this.page.locator(".quick-input-widget input");
    const row = this.page.locator(`.quick-input-list [aria-label^="${name}"]`).first();
    for (let tries = 1; ; tries++) {
      try {
        await this.page.keyboard.press("Control+P");
        await input.fill(name, { timeout: 3000 });
        await row.click({ timeout: 3000 });
        break;
      } catch (error) {
        // As with a command: a page that opens at the same time takes the focus, and the list closes.
        if (tries === 5) throw error;
        await this.page.keyboard.press("Escape");
      }
    }
    await this.page.locator(`.tab[data-resource-name="${name}"]`).first().waitFor();
  }

  /** Loads the window again in another colour theme, named as in settings.json. */
  async setTheme(theme: string): Promise<void> {
    const path = join(this.userData, "User/settings.json");
    const settings = JSON.parse(readFileSync(path, "utf8")) as Record<string, unknown>;
    writeFileSync(path, JSON.stringify({ ...settings, "workbench.colorTheme": theme }));
    await this.reloadWindow();
  }

  /** Loads the window again by the editor's own command, which first writes down what is open. */
  async reloadWindow(): Promise<void> {
    const loaded = this.page.waitForEvent("domcontentloaded", { timeout: 60_000 });
    await this.command("Developer: Reload Window");
    await loaded;
    await this.page.waitForSelector(".activitybar .action-label", { timeout: 60_000 });
  }

  /**
   * The document inside the webview whose tab is active and named so, once it has a body. Where its own title is
   * another one than its tab's, give it: more than one page may be in sight.
   */
  async webview(title: string, ownTitle: string | null = null): Promise<Frame> {
    await this.page
      .locator(`.tab.active[data-resource-name="${title}"], .tab.active[aria-label^="${title}"]`)
      .first()
      .waitFor({ timeout: 30_000 });
    const deadline = Date.now() + 30_000;
    for (;;) {
      // A page that is being replaced loses its frames while they are looked for.
      const frame = await this.#visibleWebview(title, ownTitle).catch(() => null);
      if (frame !== null) return frame;
      if (Date.now() > deadline) throw new Error(`no page is shown in the tab ${title}`);
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }

  /** The one with this title in its document; the first where none has it and none must. */
  async #visibleWebview(title = "", ownTitle: string | null = null): Promise<Frame | null> {
    const seen: Frame[] = [];
    for (const outer of await this.page.locator("iframe.webview.ready").all()) {
      if (!(await outer.isVisible())) continue;
      const shell = await (await outer.elementHandle({ timeout: 1000 }))?.contentFrame();
      const inner = await shell?.$("iframe#active-frame");
      const frame = await inner?.contentFrame();
      if (!frame || (await frame.$("body")) === null) continue;
      if ((await frame.title()) === (ownTitle ?? title)) return frame;
      seen.push(frame);
    }
    return ownTitle === null ? (seen[0] ?? null) : null;
  }

  /** What a screen reader says of a view's rows, in order. */
  async rows(view: View): Promise<string[]> {
    const texts: string[] = [];
    for (const row of await this.pane(view).locator(".monaco-list-row").all()) {
      texts.push((await row.getAttribute("aria-label", { timeout: 1000 }).catch(() => null)) ?? "");
    }
    return texts;
  }

  /** A view's pane by its title. */
  pane(view: View): Locator {
    return this.page
      .locator(".pane")
      .filter({ has: this.page.locator(`.pane-header[aria-label^="${view}"]`) });
  }

  /** Shows the SSRM views. */
  async showViews(): Promise<void> {
    const tab = this.page.locator('.activitybar .action-item:has([aria-label^="SSRM"])').first();
    await tab.waitFor({ timeout: 60_000 });
    const isOpen = await this.pane("Data").isVisible();
    if (!isOpen) await tab.click();
    await this.pane("Runs").waitFor();
  }

  /** The id of the pair on the label page, which its ticket begins with; empty where none is shown. */
  async shownPairId(): Promise<string> {
    const frame = await this.#visibleWebview().catch(() => null);
    const pair = (await frame?.$("article.pair").catch(() => null)) ?? null;
    const ticket = await pair?.getAttribute("data-ticket").catch(() => null);
    return (ticket ?? "").slice(0, 32);
  }

  /** Processes below the server whose command line holds this text. */
  processes(text: string): number[] {
    return processTree(this.#server.process.pid!)
      .filter(({ command }) => command.includes(text))
      .map(({ pid }) => pid);
  }

  async close(): Promise<void> {
    await this.#context.close().catch(() => undefined);
    killTree(this.#server.process.pid!);
    await new Promise((resolve) => setTimeout(resolve, 200));
    rmSync(this.#home, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 });
  }
}
