// A built page in a real Chromium, with the host's document and policy, the host's own connection, and
// handlers of the test behind it: only the editor between them is missing. Needs `npm run build`.
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { chromium, type Browser, type BrowserContextOptions, type Page } from "playwright-core";
import type { Schemas } from "../../../src/host/pages/checked.ts";
import { PageConnection } from "../../../src/host/pages/pageConnection.ts";
import { pageHtml } from "../../../src/host/pages/pageHtml.ts";
import type { Handlers, Methods } from "../../../src/protocol/peer.ts";
import { decodeMessage, encodeMessage } from "./editorWire.ts";

const executablePath = "/usr/bin/chromium";
const pages = join(import.meta.dirname, "../../../dist/pages");
const themes = join(import.meta.dirname, "../../fixtures/themes");
const origin = "https://page.test";

/** Why pages cannot be opened here, null where they can. */
export function whyNot(): string | null {
  if (!existsSync(executablePath)) return `no ${executablePath}; install Debian's chromium`;
  if (!existsSync(pages)) return "no dist/pages; run `npm run build`";
  return null;
}

export interface PageOptions<Local extends Methods<Local>> {
  readonly name: string;
  readonly schemas: Schemas<Local>;
  readonly handlers: Handlers<Local>;
  /** Of test/fixtures/themes, such as "dark"; the page has no theme's colours without. */
  readonly theme?: string;
  readonly context?: BrowserContextOptions;
  /** Where the page was built to, dist/pages if not given. */
  readonly folder?: string;
}

/** A page that is open, and the host's end of its seam. */
export interface OpenedPage<Local extends Methods<Local>, Remote extends Methods<Remote>> {
  readonly page: Page;
  readonly connection: PageConnection<Local, Remote>;
  /** Every address that the page asked for which is not its own file. */
  readonly requests: readonly string[];
  /** What the page wrote to its console as errors, breaches of the policy included. */
  readonly errors: string[];
  readonly close: () => Promise<void>;
}

/** Starts Chromium without a network of its own doing. */
export function launch(): Promise<Browser> {
  return chromium.launch({
    executablePath,
    args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-sync"],
  });
}

/** Opens FOLDER/NAME.js. State that the page keeps survives page.reload(). */
export async function openPage<Local extends Methods<Local>, Remote extends Methods<Remote>>(
  browser: Browser,
  options: PageOptions<Local>,
): Promise<OpenedPage<Local, Remote>> {
  const context = await browser.newContext(options.context ?? {});
  const page = await context.newPage();
  const requests: string[] = [];
  const errors: string[] = [];
  page.on("console", (message) => {
    if (message.type() === "error") errors.push(message.text());
  });
  page.on("pageerror", (error) => errors.push(error.message));
  await context.route("**/*", async (route) => {
    const url = new URL(route.request().url());
    if (url.origin !== origin) {
      requests.push(url.href);
      return route.abort();
    }
    if (url.pathname === "/") return route.fulfill({ contentType: "text/html", body: document() });
    const path = [options.folder ?? pages, pages]
      .map((folder) => join(folder, url.pathname))
      .find((file) => existsSync(file));
    if (path !== undefined) return route.fulfill({ path });
    requests.push(url.href);
    return route.fulfill({ status: 404, body: "" });
  });

  const listeners: ((message: unknown) => void)[] = [];
  await page.exposeFunction("ssrmToHost", (text: string) => {
    for (const listener of listeners) listener(decodeMessage(text));
  });
  await page.addInitScript({
    content: `(${imitateEditor.toString()})(${JSON.stringify(themeOf(options.theme))}, {
      encode: ${encodeMessage.toString()},
      decode: ${decodeMessage.toString()},
    });`,
  });
  const connection = new PageConnection<Local, Remote>(
    {
      postMessage: async (message) => {
        const text = encodeMessage(message);
        const tell = (data: string): void => (globalThis as unknown as FromHost).ssrmFromHost(data);
        await page.evaluate(tell, text).catch(() => undefined);
        return true;
      },
      onDidReceiveMessage: (listener) => {
        listeners.push(listener);
        return { dispose: () => listeners.splice(listeners.indexOf(listener), 1) };
      },
    },
    options,
    (text) => errors.push(text),
  );
  await page.goto(`${origin}/`);
  return { page, connection, requests, errors, close: () => context.close() };

  function document(): string {
    const html = pageHtml({
      title: options.name,
      script: `${origin}/${options.name}.js`,
      styles: `${origin}/${options.name}.css`,
      icons: `${origin}/codicon.css`,
      source: origin,
      nonce: "0123456789abcdef",
    });
    // The editor puts its own styles before the page's policy, which so does not bind them.
    const defaults = readFileSync(join(themes, "defaults.css"), "utf8");
    return html.replace("<head>", `<head><style id="_defaultStyles">${defaults}</style>`);
  }
}

interface Theme {
  /** Classes of the body, as the editor sets them. */
  readonly kind: string;
  readonly variables: Readonly<Record<string, string>>;
}

function themeOf(name: string | undefined): Theme {
  if (name === undefined) return { kind: "vscode-dark", variables: {} };
  return JSON.parse(readFileSync(join(themes, `${name}.json`), "utf8")) as Theme;
}

interface FromHost {
  ssrmFromHost(text: string): void;
}

interface Wire {
  encode(message: unknown): string;
  decode(text: string): unknown;
}

/** Runs in the page before its scripts: what the editor gives a webview. Sent as text, so it stands alone. */
function imitateEditor(theme: Theme, wire: Wire): void {
  Object.assign(globalThis, {
    acquireVsCodeApi: () => ({
      postMessage: (message: unknown) => {
        const host = globalThis as unknown as { ssrmToHost(text: string): void };
        host.ssrmToHost(wire.encode(message));
      },
      getState: () => JSON.parse(sessionStorage.getItem("state") ?? "null") as unknown,
      setState: (state: unknown) => sessionStorage.setItem("state", JSON.stringify(state)),
    }),
    ssrmFromHost: (text: string) => globalThis.postMessage(wire.decode(text), "*"),
  });
  document.addEventListener("DOMContentLoaded", () => {
    document.body.classList.add(...theme.kind.split(" "));
    for (const [name, value] of Object.entries(theme.variables)) {
      document.documentElement.style.setProperty(name, value);
    }
  });
}
