// What the label page may ask of the editor: a closed list, with a question before anything leaves the window.
import { mkdir, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import * as vscode from "vscode";
import type { LabelMode, NextAction } from "../../protocol/page/labelPage.ts";
import { guardPath } from "../pathGuard.ts";
import type { Project } from "../project.ts";
import { guidelinesName, guidelinesTemplate } from "./guidelines.ts";
import { keepArrangement } from "./labelSettings.ts";
import type { EditorActs } from "./sessionParts.ts";
import { safeLink } from "./links.ts";

/** Acts that are commands of the extension. */
const commandOf: Readonly<Record<Exclude<NextAction["act"], LabelMode>, string>> = {
  run: "ssrm.run",
  dashboard: "ssrm.dashboard",
  "new-project": "ssrm.newProject",
  "open-data": "ssrm.openProjectFile",
  log: "ssrm.showLog",
};

/** `showMode` changes the mode of the page that asked. */
export function labelEditorActs(
  project: Project,
  { showMode, log }: { showMode: (mode: LabelMode) => Promise<void>; log: vscode.LogOutputChannel },
): EditorActs {
  return {
    act: async ({ act }) => {
      if (act === "label" || act === "review" || act === "audit") return showMode(act);
      // A run goes on for minutes: the page is not kept waiting for its end.
      void vscode.commands
        .executeCommand(commandOf[act])
        .then(undefined, (error: unknown) => log.error(String(error)));
    },
    arrange: ({ arrangement }) => keepArrangement(arrangement),
    editGuidelines: () => editGuidelines(project),
    openLink: ({ href }) => openLink(href),
  };
}

/** The file of the guidelines; null where it must not be read or, named by the project, is not there. */
export async function guidelinesPath(project: Project): Promise<string | null> {
  const { state, folder, approved } = project;
  if (state.kind !== "ready" || folder === null) return null;
  const named = state.file.labeling?.guidelines;
  if (named === undefined) return project.ownFolder(guidelinesName);
  const guarded = await guardPath(named, { folder, approved });
  return guarded.kind === "ok" ? guarded.path : null;
}

async function editGuidelines(project: Project): Promise<void> {
  const path = await guidelinesPath(project);
  if (path === null) {
    const named = project.state.kind === "ready" ? project.state.file.labeling?.guidelines : null;
    throw new Error(
      named === null || named === undefined
        ? "There is no project yet that guidelines could belong to."
        : `project.json names the guidelines ${named}, which is no file inside the folder: correct the name, ` +
            "or take it away to use .ssrm/guidelines.md.",
    );
  }
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, guidelinesTemplate, { flag: "wx" }).catch((error: unknown) => {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
  });
  const options = { viewColumn: vscode.ViewColumn.Beside, preview: false };
  await vscode.window.showTextDocument(vscode.Uri.file(path), options);
}

/** Shows where the link leads before anything is opened. */
async function openLink(href: string): Promise<void> {
  const link = safeLink(href);
  if (link === null) {
    void vscode.window.showWarningMessage(
      "SSRM: this link was not opened. Only web and mail addresses are.",
    );
    return;
  }
  const open = "Open";
  const chosen = await vscode.window.showWarningMessage(
    `A text of your data links to ${link.destination}. Open it outside of the editor?`,
    { modal: true, detail: link.href.slice(0, 1000) },
    open,
  );
  if (chosen === open) await vscode.env.openExternal(vscode.Uri.parse(link.href, true));
}
