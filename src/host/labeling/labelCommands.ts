// The commands around the label page: opening it in a mode, opening one pair, and each of its keys.
import * as vscode from "vscode";
import { labelActions, type LabelAction } from "../../protocol/page/judging.ts";
import { registerTable, type CommandTable } from "../commands.ts";
import type { CommandServices } from "../commandServices.ts";
import type { QueueEntry } from "../queue.ts";
import { LabelPages } from "./labelPages.ts";
import { currentRater } from "./labelSettings.ts";
import type { PersonLog } from "./personLog.ts";

/** Command of each action, without `ssrm.`; people bind keys to these. */
const actionCommands: Readonly<Record<LabelAction, string>> = {
  "a-much": "preferAMuch",
  "a-better": "preferA",
  "a-slightly": "preferASlightly",
  tie: "tie",
  "b-slightly": "preferBSlightly",
  "b-better": "preferB",
  "b-much": "preferBMuch",
  "both-bad": "bothBad",
  skip: "skip",
  flag: "flag",
  rationale: "rationale",
  undo: "undo",
  redo: "redo",
  diff: "toggleDiff",
  raw: "toggleRaw",
  arrange: "toggleArrangement",
  guidelines: "guidelines",
  keys: "showKeys",
};

/** Registers the label page and its commands. */
export function registerLabeling(services: CommandServices): vscode.Disposable {
  const pages = new LabelPages(services);
  const actions = labelActions.map((action): [string, () => Promise<void>] => [
    actionCommands[action],
    () => pages.act(action),
  ]);
  const commands: CommandTable = {
    label: () => pages.show("label"),
    review: () => pages.show("review"),
    audit: () => pages.show("audit"),
    openPair: (entry) => openPair(pages, entry as QueueEntry | undefined),
    ...Object.fromEntries(actions),
  };
  return vscode.Disposable.from(pages, registerTable(commands, services.log), canUndo(services));
}

/** A pair of the queue or of a list; without one, the review as it stands. */
async function openPair(pages: LabelPages, entry: QueueEntry | undefined): Promise<void> {
  if (entry === undefined) return pages.show("review");
  const { id, paths, place } = entry;
  const path = paths[place.file];
  if (path === undefined) throw new Error(`internal: pair ${id} is in file ${place.file} of none`);
  await pages.openPair({ id, path, line: place.line });
}

/** Keeps the key that says whether there is anything to take back. */
function canUndo({ project, labels }: CommandServices): vscode.Disposable {
  let timer: NodeJS.Timeout | null = null;
  let log: PersonLog | null = null;
  const tell = async (): Promise<void> => {
    const parts = await import("./personLog.ts");
    log ??= new parts.PersonLog(labels, () => currentRater(project.folder));
    const person = await log.person().catch(() => null);
    const can = person !== null && person.own.undoable !== null;
    await vscode.commands.executeCommand("setContext", "ssrm.canUndo", can);
  };
  const listening = labels.onDidChange(() => {
    if (timer !== null) clearTimeout(timer);
    timer = setTimeout(() => void tell(), 300);
  });
  return vscode.Disposable.from(listening, {
    dispose: () => {
      if (timer !== null) clearTimeout(timer);
    },
  });
}
