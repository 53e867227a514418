// "Open the Sample": a copy of the bundled sample project in the extension's own storage, opened as a folder.
import { cp, stat } from "node:fs/promises";
import * as vscode from "vscode";

/** Copies the sample where it is not there yet, and opens it. */
export async function openSample(context: vscode.ExtensionContext): Promise<void> {
  const target = vscode.Uri.joinPath(context.globalStorageUri, "sample");
  // A copy that has labels and runs stays as it is.
  if (!(await isThere(vscode.Uri.joinPath(target, ".ssrm", "project.json").fsPath))) {
    await cp(context.asAbsolutePath("media/sample"), target.fsPath, { recursive: true });
  }
  const isEmpty = (vscode.workspace.workspaceFolders ?? []).length === 0;
  await vscode.commands.executeCommand("vscode.openFolder", target, { forceNewWindow: !isEmpty });
}

async function isThere(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}
