// Starts a real VS Code server with the packed extension. Needs code-server in its cache
// (.scripts/installCodeServer.ts) and Debian's chromium; `whyNot` says what is missing.
import { spawn, spawnSync, type ChildProcess } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { homedir, tmpdir } from "node:os";
import { dirname, join } from "node:path";

const root = join(import.meta.dirname, "../../..");
const cache = process.env["XDG_CACHE_HOME"] ?? join(homedir(), ".cache");
const codeServer = join(cache, "ssrm-tests/code-server-4.139.1");
const entry = join(codeServer, "node_modules/code-server/out/node/entry.js");
export const browser = "/usr/bin/chromium";

/** Why these tests cannot run here, null where they can. */
export function whyNot(): string | null {
  if (!existsSync(join(codeServer, "installed"))) {
    return "no code-server in the cache; run `node .scripts/installCodeServer.ts`";
  }
  if (!existsSync(browser)) return `no ${browser}; install Debian's chromium`;
  if (!existsSync(join(root, "dist/extension.mjs"))) return "no dist; run `npm run build`";
  return null;
}

export interface ServerOptions {
  /** The folder to open; null for an empty window. */
  readonly folder: string | null;
  readonly theme?: string;
  readonly isTrusted?: boolean;
}

export interface Server {
  readonly process: ChildProcess;
  readonly url: string;
}

/** A server whose every file lies below `home`; answers once it can be reached. */
export async function startServer(home: string, options: ServerOptions): Promise<Server> {
  writeSettings(home, options.theme ?? "Default Dark Modern");
  installExtension(home);
  const port = await freePort();
  const child = spawn(
    process.execPath,
    [
      entry,
      ...["--auth", "none", "--bind-addr", `127.0.0.1:${port}`],
      ...directories(home),
      ...["--disable-telemetry", "--disable-update-check", "--disable-getting-started-override"],
      ...(options.isTrusted === false ? [] : ["--disable-workspace-trust"]),
      ...(options.folder === null ? [] : [options.folder]),
    ],
    { detached: true, stdio: "ignore", env: environment(home) },
  );
  const what = options.folder === null ? "ew=true" : `folder=${encodeURIComponent(options.folder)}`;
  const url = `http://127.0.0.1:${port}/?${what}`;
  await reachable(url);
  return { process: child, url };
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
