// A page in a webview of the editor: document, policy, connection, and what happens when it is hidden.
import { randomBytes } from "node:crypto";
import * as vscode from "vscode";
import type { Handlers, Methods } from "../../protocol/peer.ts";
import type { Schemas } from "./checked.ts";
import { PageConnection } from "./pageConnection.ts";
import { pageHtml } from "./pageHtml.ts";

/** Pages by the name of their folder below webview/. */
export type PageName = "label" | "pairs" | "dashboard";

export interface WebviewPageOptions<Local extends Methods<Local>> {
  readonly name: PageName;
  readonly title: string;
  readonly schemas: Schemas<Local>;
  readonly handlers: Handlers<Local>;
  readonly log: vscode.LogOutputChannel;
}

/** The options of a panel that shows a page; the same for new, restored and custom editor panels. */
export function pageOptions(context: vscode.ExtensionContext): vscode.WebviewOptions {
  return {
    enableScripts: true,
    enableCommandUris: false,
    enableForms: false,
    localResourceRoots: [pagesFolder(context)],
  };
}

/**
 * Fills a panel with a page. The connection lives as long as the panel; while the panel is hidden it has no
 * page (see PageConnection.page).
 */
export function fillPanel<Local extends Methods<Local>, Remote extends Methods<Remote>>(
  context: vscode.ExtensionContext,
  panel: vscode.WebviewPanel,
  options: WebviewPageOptions<Local>,
): PageConnection<Local, Remote> {
  const { webview } = panel;
  webview.options = pageOptions(context);
  const connection = new PageConnection<Local, Remote>(webview, options, (text) =>
    options.log.warn(`${options.name}: ${text}`),
  );
  panel.onDidChangeViewState(() => {
    if (!panel.visible) connection.hidden();
  });
  panel.onDidDispose(() => connection.dispose());
  const folder = pagesFolder(context);
  const address = (file: string): string =>
    webview.asWebviewUri(vscode.Uri.joinPath(folder, file)).toString();
  webview.html = pageHtml({
    title: options.title,
    script: address(`${options.name}.js`),
    styles: address(`${options.name}.css`),
    icons: address("codicon.css"),
    source: webview.cspSource,
    nonce: randomBytes(16).toString("hex"),
  });
  return connection;
}

function pagesFolder(context: vscode.ExtensionContext): vscode.Uri {
  return vscode.Uri.joinPath(context.extensionUri, "dist", "pages");
}
