// Every command of the extension and what it calls; package.json says when each can be used.
import * as vscode from "vscode";
import type { CommandServices } from "./commandServices.ts";
import type { Project } from "./project.ts";
import { cancelRun, exportLabels, openReport, resumeRun, runDetached } from "./runCommands.ts";
import type { RunNode } from "./runsTree.ts";

/** Names without `ssrm.`; a tree gives a command the node it was called on, and all that are selected. */
export type CommandTable = Readonly<
  Record<string, (argument?: unknown, selection?: unknown) => unknown>
>;

/** Registers all commands. An error is shown once, with the way to the log. */
export function registerCommands(services: CommandServices): vscode.Disposable {
  const { project, runner, log } = services;
  const commands: CommandTable = {
    newProject: async (uri) => {
      const { newProject } = await import("./newProject.ts");
      await newProject(services, uri instanceof vscode.Uri ? uri : undefined);
    },
    openSample: async () => (await import("./sample.ts")).openSample(services.context),
    openProjectFile: async () => {
      const uri = vscode.Uri.joinPath(vscode.Uri.file(await project.ownFolder()), "project.json");
      await vscode.window.showTextDocument(uri);
    },
    allowFiles: () => allowFiles(project),
    run: () => runner.start(),
    runDetached: () => runDetached(services),
    pause: () => runner.pause(),
    resume: (node) => resumeRun(services, node as RunNode | undefined),
    cancel: (node) => cancelRun(services, node as RunNode | undefined),
    openReport: (node) => openReport(services, node as RunNode | undefined),
    exportLabels: (node) => exportLabels(services, node as RunNode | undefined),
    restoreLabels: () => restoreLabels(services),
    showLog: () => log.show(),
  };
  return registerTable(commands, log);
}

/** Registers the commands of a table, each as `ssrm.NAME`. An error is shown once, with the way to the log. */
export function registerTable(
  commands: CommandTable,
  log: vscode.LogOutputChannel,
): vscode.Disposable {
  const registered = Object.entries(commands).map(([name, act]) =>
    vscode.commands.registerCommand(
      `ssrm.${name}`,
      async (argument?: unknown, selection?: unknown) => {
        try {
          await act(argument, selection);
        } catch (error) {
          showError(error, log);
        }
      },
    ),
  );
  return vscode.Disposable.from(...registered);
}

/** Logs an error and shows its message, with the way to the log. */
export function showError(error: unknown, log: vscode.LogOutputChannel): void {
  log.error(error instanceof Error ? error : String(error));
  const text = error instanceof Error ? error.message : String(error);
  void vscode.window.showErrorMessage(`SSRM: ${text}`, "Show Log").then((chosen) => {
    if (chosen !== undefined) log.show();
  });
}

/** Asks once for all files of project.json that lie outside of the folder. */
async function allowFiles(project: Project): Promise<void> {
  if (project.state.kind !== "ready") return;
  const outside = Object.values(project.state.files)
    .flat()
    .flatMap((file) => (file.kind === "outside" ? [file.path] : []));
  if (outside.length === 0) return;
  const allow = "Allow on This Machine";
  const chosen = await vscode.window.showWarningMessage(
    "project.json names files outside of this folder. Should SSRM read them?",
    { modal: true, detail: outside.join("\n") },
    allow,
  );
  if (chosen !== allow) return;
  await project.approve(outside);
  await project.reload();
}

/** Puts verdicts that this machine has and the folder lost back into the folder's log. */
async function restoreLabels({ labels }: CommandServices): Promise<void> {
  const { missing, restore } = await labels.missing();
  if (missing.length === 0) return;
  const { state, reason } = await restore();
  await labels.refresh();
  if (state !== "saved" || reason !== null)
    throw new Error(reason ?? "The verdicts were not restored.");
  await vscode.commands.executeCommand("setContext", "ssrm.missingLabels", false);
}
