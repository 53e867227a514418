// The data editor's parts in the extension: open files, editor, hints and commands.
import * as vscode from "vscode";
import type { ChartMark } from "../../protocol/page/pairsPage.ts";
import { registerTable } from "../commands.ts";
import type { CommandServices } from "../commandServices.ts";
import { PairHints } from "./inlayHints.ts";
import { OpenFiles } from "./openFiles.ts";
import { PairsEditor } from "./pairsEditor.ts";
import { showMark } from "./showMark.ts";

/** Registers all of the data editor; the threads start with the first file that is opened. */
export function registerPairs(services: CommandServices): vscode.Disposable {
  const files = new OpenFiles(services);
  const editor = new PairsEditor(services, files);
  const commands = registerTable(
    {
      openAsPairs: (target) => editor.open(fileOf(target), null),
      openAsText: (target) =>
        vscode.commands.executeCommand("vscode.openWith", fileOf(target), "default"),
      showMark: (mark) => showMark(services, editor, mark as ChartMark),
    },
    services.log,
  );
  return vscode.Disposable.from(commands, new PairHints(services, files), editor, files);
}

/**
 * The file that a menu names, or that is open. Both are the user's own choice, so it may lie anywhere.
 * @throws Error where no file is open
 */
function fileOf(target: unknown): vscode.Uri {
  if (target instanceof vscode.Uri) return target;
  const input = vscode.window.tabGroups.activeTabGroup.activeTab?.input;
  if (input instanceof vscode.TabInputText || input instanceof vscode.TabInputCustom) {
    return input.uri;
  }
  throw new Error("Open a data file first, or choose one in the Explorer.");
}
