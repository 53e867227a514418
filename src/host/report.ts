// Shows report.html of a run: no scripts, no network, no files of the folder.
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import * as vscode from "vscode";
import type { RunView } from "./runStore.ts";
import { runLabel } from "./runText.ts";

const policy = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; font-src data:";

/** Opens a run's report in a panel. Throws where the run has none. */
export async function showReport(run: RunView): Promise<void> {
  const html = await readFile(join(run.dir, "report.html"), "utf8");
  const panel = vscode.window.createWebviewPanel(
    "ssrm.report",
    `Report: ${runLabel(run.info)}`,
    vscode.ViewColumn.Active,
    { enableScripts: false, enableForms: false, enableCommandUris: false, localResourceRoots: [] },
  );
  panel.webview.html = withPolicy(html);
}

/**
 * The document with our policy before everything else in it: a run directory may come with the folder, and
 * a policy binds only what stands behind it.
 */
function withPolicy(html: string): string {
  const meta = `<meta http-equiv="Content-Security-Policy" content="${policy}">`;
  return `<!DOCTYPE html><html><head>${meta}${html.replace(/^\uFEFF?\s*<!doctype[^>]*>/i, "")}`;
}
