// From a row of the data editor to its line in the text editor.
import { stat } from "node:fs/promises";
import * as vscode from "vscode";

/** Formats in which a row's line is a line of the file itself. */
const textFormats: ReadonlySet<string> = new Set(["jsonl", "csv", "tsv"]);
/** VS Code hands extensions no text above this. */
const mostBytes = 50 * 1024 * 1024;

/** @throws Error where the file is no text, packed, or too large for the text editor */
export async function openLine(
  path: string,
  { line, format }: { readonly line: number; readonly format: string },
): Promise<void> {
  if (!textFormats.has(format) || path.endsWith(".gz")) {
    throw new Error(`${path} is no text with a row on each line, so the row has no line to show.`);
  }
  if ((await stat(path)).size > mostBytes) {
    throw new Error(
      `${path} is larger than 50 MB, which is more than the text editor shows. The row is on line ${line}.`,
    );
  }
  const at = new vscode.Position(line - 1, 0);
  await vscode.window.showTextDocument(vscode.Uri.file(path), {
    selection: new vscode.Range(at, at),
    preview: true,
  });
}
