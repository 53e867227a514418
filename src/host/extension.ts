// The extension's entry: builds the services and registers them, nothing else. The engine, the readers and
// zod are loaded when something first needs them.
import * as vscode from "vscode";
import { calmly } from "./calmly.ts";
import type { Winner } from "../core/pair.ts";
import { registerCommands, showError } from "./commands.ts";
import type { CommandServices } from "./commandServices.ts";
import { MissingLabels, updateContextKeys } from "./contextKeys.ts";
import { registerDashboard } from "./dashboard/dashboardCommands.ts";
import { DataTree } from "./dataTree.ts";
import { registerLabeling } from "./labeling/labelCommands.ts";
import { PairSources } from "./labeling/pairSources.ts";
import { Labels } from "./labels.ts";
import { registerPairs } from "./pairs/pairsParts.ts";
import { Project } from "./project.ts";
import { Queue } from "./queue.ts";
import { QueueTree } from "./queueTree.ts";
import { Runner } from "./runner.ts";
import { labelsText } from "./runText.ts";
import { RunsTree } from "./runsTree.ts";
import { RunStore } from "./runStore.ts";
import { StatusBar } from "./statusBar.ts";

let runner: Runner | null = null;

/** Called by VS Code when a view, a command or a folder with a project first needs the extension. */
export function activate(context: vscode.ExtensionContext): void {
  const log = vscode.window.createOutputChannel("SSRM", { log: true });
  const storage = (name: string): string =>
    vscode.Uri.joinPath(context.globalStorageUri, name).fsPath;
  const cacheDir = storage("cache");
  const project = new Project(context, log);
  const labels = new Labels(project, { journal: storage("journal"), log });
  const runs = new RunStore(project, log);
  runner = new Runner({ context, project, labels, runs, log, cacheDir });
  const sources = new PairSources(project, { storage: context.globalStorageUri.fsPath, cacheDir });
  const queue = new Queue({ project, labels, runs, sources });
  const status = new StatusBar();
  const queueTree = new QueueTree(queue, log);
  const dataTree = new DataTree(project, labels);
  const services = { context, project, labels, runs, runner, log, cacheDir, sources };
  const runsTree = new RunsTree(runs);
  let labelsNow = "";
  const update = (): void => {
    updateContextKeys(services);
    status.update(runs, services.runner, labelsNow);
  };
  const countLabels = async (): Promise<void> => {
    const { state } = project;
    labelsNow =
      state.kind === "ready"
        ? labelsText(countThatTrain((await labels.state()).verdicts), state.file.settings ?? {})
        : "";
    update();
  };
  const recount = calmly(() => {
    void countLabels().catch((error: unknown) => log.error(String(error)));
  });
  context.subscriptions.push(
    ...[log, project, labels, runs, sources, queue, status, queueTree, dataTree],
    dataTree.createView(),
    queueTree.createView(),
    runsTree,
    vscode.window.createTreeView("ssrm.runs", { treeDataProvider: runsTree, canSelectMany: true }),
    registerCommands(services),
    registerLabeling(services),
    registerDashboard(services),
    registerPairs(services),
    new MissingLabels(services, log),
    recount,
    labels.onDidChange(recount.soon),
    project.onDidChange(() => {
      // A simulation's draws are a setting of the project.
      recount.soon();
      update();
      void runs.refresh();
    }),
    runs.onDidChange(() => {
      update();
      void resume(services);
    }),
    vscode.workspace.onDidGrantWorkspaceTrust(() => resume(services)),
  );
  void project.reload().then(() => runs.refresh());
}

/** The window closes: VS Code waits for at most 5 s. */
export function deactivate(): Promise<void> {
  return runner?.stop() ?? Promise.resolve();
}

async function resume({ runner, log }: CommandServices): Promise<void> {
  await runner.resumeUnfinished().catch((error: unknown) => showError(error, log));
}

/** Of two bad responses neither is preferred: no label. The run form counts the same way. */
function countThatTrain(verdicts: ReadonlyMap<string, { readonly winner: Winner }>): number {
  return [...verdicts.values()].filter(({ winner }) => winner !== "both-bad").length;
}
