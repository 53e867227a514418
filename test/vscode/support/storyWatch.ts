// What must not happen anywhere in the story: errors, breaches of the policy, requests to anybody, other files.
import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import type { Page } from "playwright-core";

export interface Watch {
  /** Errors of our pages and breaches of any policy. */
  readonly errors: string[];
  /** Requests of a frame to anything but the server. */
  readonly foreign: string[];
}

/** Listens as long as the window lives, over its reloads. */
export function watchPage(page: Page): Watch {
  const watch: Watch = { errors: [], foreign: [] };
  page.on("console", (message) => {
    const { url } = message.location();
    // The editor's own files lie in a folder named after the test; a reload cancels its reading of them.
    const text = message.text().replace(/ssrm-vscode-\w+/g, "");
    const isOurs = /ssrm|fake\.html|vscode-resource/.test(url) || /\bssrm\b/i.test(text);
    const isPolicy = /Content.Security.Policy|Trusted(?:HTML|Script)/i.test(message.text());
    if (isPolicy || (isOurs && message.type() === "error"))
      watch.errors.push(`${url}: ${message.text()}`);
  });
  page.on("pageerror", (error) => {
    const text = String(error.stack ?? error);
    // The editor's own shell around a page trips over itself where the page is closed while it loads.
    if (/^Error: Found unexpected null\n.*webview\/browser\/pre\/index\.html/.test(text)) {
      console.log("the editor's own: a page was closed while its shell loaded it");
    } else watch.errors.push(text);
  });
  page.on("request", (request) => {
    if (request.isNavigationRequest() || request.frame() === page.mainFrame()) return;
    const { protocol, hostname } = new URL(request.url());
    const isServer =
      hostname === "127.0.0.1" || hostname.endsWith("vscode-resource.vscode-cdn.net");
    if (/^(http|ws)/.test(protocol) && !isServer) watch.foreign.push(request.url());
  });
  return watch;
}

/** SHA-256 of every file below a folder by its path, `.ssrm` left out. */
export function hashesOf(folder: string): Record<string, string> {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true });
  return Object.fromEntries(
    files
      .filter((file) => file.isFile())
      .map((file) => join(file.parentPath, file.name))
      .filter((path) => !relative(folder, path).startsWith(".ssrm"))
      .sort()
      .map((path) => [
        relative(folder, path),
        createHash("sha256").update(readFileSync(path)).digest("hex"),
      ]),
  );
}
