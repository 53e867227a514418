// A real VS Code server with the packed extension, and a browser in front of it. Needs code-server in its
// cache (.scripts/installCodeServer.ts) and Debian's chromium; `whyNot` says what is missing.
import { spawn, spawnSync, type ChildProcess } from "node:child_process";
import { existsSync, mkdtempSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { homedir, tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { chromium, type BrowserContext, type Page } from "playwright-core";

const root = join(import.meta.dirname, "../../..");
const cache = process.env["XDG_CACHE_HOME"] ?? join(homedir(), ".cache");
const codeServer = join(cache, "ssrm-tests/code-server-4.139.1");
const entry = join(codeServer, "node_modules/code-server/out/node/entry.js");
const browser = "/usr/bin/chromium";

/** Why these tests cannot run here, null where they can. */
export function whyNot(): string | null {
  if (!existsSync(join(codeServer, "installed"))) {
    return "no code-server in the cache; run `node .scripts/installCodeServer.ts`";
  }
  if (!existsSync(browser)) return `no ${browser}; install Debian's chromium`;
  if (!existsSync(join(root, "dist/extension.mjs"))) return "no dist; run `npm run build`";
  return null;
}

export interface EditorOptions {
  /** The folder to open. */
  readonly folder: string;
  readonly theme?: string;
  readonly isTrusted?: boolean;
}

/** One server with one browser; everything that it writes lies in a temporary folder. */
export class Editor {
  readonly page: Page;
  readonly userData: string;
  readonly #home: string;
  readonly #server: ChildProcess;
  readonly #context: BrowserContext;
  readonly #url: string;

  private constructor(parts: {
    page: Page;
    home: string;
    server: ChildProcess;
    context: BrowserContext;
    url: string;
  }) {
    this.page = parts.page;
    this.#home = parts.home;
    this.userData = join(parts.home, "user");
    this.#server = parts.server;
    this.#context = parts.context;
    this.#url = parts.url;
  }

  static async open(options: EditorOptions): Promise<Editor> {
    const home = mkdtempSync(join(tmpdir(), "ssrm-vscode-"));
    writeSettings(home, options.theme ?? "Default Dark Modern");
    installExtension(home);
    const port = await freePort();
    const server = spawn(
      process.execPath,
      [
        entry,
        ...["--auth", "none", "--bind-addr", `127.0.0.1:${port}`],
        ...directories(home),
        "--disable-telemetry",
        "--disable-update-check",
        "--disable-getting-started-override",
        ...(options.isTrusted === false ? [] : ["--disable-workspace-trust"]),
        options.folder,
      ],
      { detached: true, stdio: "ignore", env: environment(home) },
    );
    const url = `http://127.0.0.1:${port}/?folder=${encodeURIComponent(options.folder)}`;
    await reachable(url);
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
    const editor = new Editor({ page, home, server, context, url });
    await editor.load();
    return editor;
  }

  /** Loads the window, as a reload does. */
  async load(): Promise<void> {
    await this.page.goto(this.#url);
    await this.page.waitForSelector(".monaco-workbench", { timeout: 60_000 });
    await this.page.waitForSelector(".activitybar .action-label", { timeout: 60_000 });
  }

  /** Runs a command by its title, as typed after F1. */
  async command(title: string): Promise<void> {
    const input = this.page.locator(".quick-input-widget input");
    const row = this.page.locator(".quick-input-list .monaco-list-row").first();
    for (let tries = 1; ; tries++) {
      try {
        await this.page.keyboard.press("F1");
        await input.fill(`>${title}`, { timeout: 3000 });
        await row.getByText(title, { exact: true }).first().waitFor({ timeout: 3000 });
        await this.page.keyboard.press("Enter");
        return;
      } catch (error) {
        // An editor that opens at the same time takes the focus, and the list closes.
        if (tries === 5) throw error;
        await this.page.keyboard.press("Escape");
      }
    }
  }

  /** The labels of a view's rows, in order; the view is made visible first. */
  async rows(view: "Data" | "Queue" | "Runs"): Promise<string[]> {
    const rows = this.pane(view).locator(".monaco-list-row");
    const texts = await rows.evaluateAll((elements) =>
      elements.map((element) => element.getAttribute("aria-label") ?? element.textContent ?? ""),
    );
    return texts;
  }

  /** A view's pane by its title. */
  pane(view: "Data" | "Queue" | "Runs") {
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

  /** The figure that VS Code itself gives for `activate`, in milliseconds. */
  async activationMs(): Promise<number> {
    await this.command("Developer: Show Running Extensions");
    const list = this.page.locator(".runtime-extensions-editor");
    const row = list.locator(".monaco-list-row", { hasText: "SSRM" });
    const text = await row.locator(".activation-time").textContent();
    await this.page.keyboard.press("Escape");
    await list.waitFor({ state: "detached" });
    const ms = /(\d+)ms/.exec(text ?? "")?.[1];
    if (ms === undefined) throw new Error(`expected an activation time, got ${text}`);
    return Number(ms);
  }

  /** The id at the foot of the pair that is shown; empty where none is. */
  async shownPairId(): Promise<string> {
    const lines = await this.page.locator(".editor-instance .view-line").allTextContents();
    return lines.map((line) => /^Pair.([0-9a-f]{32})/.exec(line)?.[1] ?? "").join("");
  }

  /** Processes below the server whose command line holds this text. */
  processes(text: string): number[] {
    return processTree(this.#server.pid!)
      .filter(({ command }) => command.includes(text))
      .map(({ pid }) => pid);
  }

  async close(): Promise<void> {
    await this.#context.close().catch(() => undefined);
    killTree(this.#server.pid!);
    await new Promise((resolve) => setTimeout(resolve, 200));
    rmSync(this.#home, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 });
  }
}

function directories(home: string): string[] {
  return ["--user-data-dir", join(home, "user"), "--extensions-dir", join(home, "extensions")];
}

function environment(home: string): NodeJS.ProcessEnv {
  const env: NodeJS.ProcessEnv = { ...process.env };
  // A test that runs inside an editor or under vitest must not hand its own flags on.
  for (const name of Object.keys(env)) {
    if (/^(VSCODE_|VITEST|ELECTRON_|NODE_OPTIONS|NODE_ENV|npm_)/.test(name)) delete env[name];
  }
  return {
    ...env,
    PATH: `${dirname(process.execPath)}:${process.env["PATH"] ?? ""}`,
    XDG_CONFIG_HOME: join(home, "config"),
    XDG_DATA_HOME: join(home, "data"),
  };
}

function writeSettings(home: string, theme: string): void {
  const folder = join(home, "user/User");
  mkdirSync(folder, { recursive: true });
  const settings = {
    "workbench.colorTheme": theme,
    "window.autoDetectColorScheme": false,
    "window.autoDetectHighContrast": false,
    "workbench.startupEditor": "none",
    "workbench.enableExperiments": false,
    "workbench.secondarySideBar.defaultVisibility": "hidden",
    "chat.commandCenter.enabled": false,
    "chat.disableAIFeatures": true,
    "telemetry.telemetryLevel": "off",
    "security.workspace.trust.startupPrompt": "never",
    "security.workspace.trust.banner": "never",
    "extensions.ignoreRecommendations": true,
    "git.enabled": false,
  };
  writeFileSync(join(folder, "settings.json"), JSON.stringify(settings));
}

/** Packs once for all tests of a file run and installs into this server's own folder. */
function installExtension(home: string): void {
  const vsix = packed();
  const { status, stderr, stdout } = spawnSync(
    process.execPath,
    [entry, ...directories(home), "--install-extension", vsix],
    { encoding: "utf8", env: environment(home) },
  );
  if (status !== 0) throw new Error(`code-server did not install ${vsix}: ${stderr}${stdout}`);
}

let vsixFile: string | null = null;

function packed(): string {
  if (vsixFile !== null) return vsixFile;
  const file = join(mkdtempSync(join(tmpdir(), "ssrm-vsix-")), "ssrm.vsix");
  const { status, stderr, stdout } = spawnSync(
    process.execPath,
    [join(root, ".scripts/package.ts"), file, "--built"],
    { cwd: root, encoding: "utf8" },
  );
  if (status !== 0) throw new Error(`the extension was not packed: ${stderr}${stdout}`);
  process.once("exit", () => rmSync(dirname(file), { recursive: true, force: true }));
  vsixFile = file;
  return file;
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() => resolve(typeof address === "object" && address ? address.port : 0));
    });
  });
}

async function reachable(url: string): Promise<void> {
  const deadline = Date.now() + 60_000;
  for (;;) {
    const isUp = await fetch(url).then(
      (response) => response.ok,
      () => false,
    );
    if (isUp) return;
    if (Date.now() > deadline) throw new Error(`code-server did not answer at ${url} within 60 s`);
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}

interface ProcessRow {
  readonly pid: number;
  readonly command: string;
}

/** A process and everything below it. */
function processTree(root: number): ProcessRow[] {
  const { stdout } = spawnSync("ps", ["-eo", "pid=,ppid=,args="], { encoding: "utf8" });
  const rows = stdout.split("\n").flatMap((line) => {
    const match = /^\s*(\d+)\s+(\d+)\s+(.*)$/.exec(line);
    return match ? [{ pid: Number(match[1]), parent: Number(match[2]), command: match[3]! }] : [];
  });
  const tree = rows.filter(({ pid }) => pid === root);
  for (const { pid } of tree) tree.push(...rows.filter(({ parent }) => parent === pid));
  return tree;
}

function killTree(root: number): void {
  for (const { pid } of processTree(root).reverse()) {
    try {
      process.kill(pid, "SIGKILL");
    } catch {
      // Gone already.
    }
  }
}
