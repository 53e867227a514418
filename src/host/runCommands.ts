// What the commands on runs do: run, run detached, pause, resume, cancel, report, export.
import { mkdir, readFile } from "node:fs/promises";
import { basename, join } from "node:path";
import * as vscode from "vscode";
import type { CommandServices } from "./commandServices.ts";
import type { RunNode } from "./runsTree.ts";
import type { RunView } from "./runStore.ts";
import { runLabel } from "./runText.ts";

/** How often a detached run's directory is looked for until it is there. */
const pollMs = 300;

/** Resumes what is paused: the run of this window, else the named or newest unfinished one. */
export async function resumeRun({ runner, runs }: CommandServices, node?: RunNode): Promise<void> {
  if (runner.activity === "paused") return runner.goOn();
  await runs.refresh();
  const run = runs.runs.find((candidate) =>
    node === undefined ? canResume(candidate) : candidate.dir === node.dir,
  );
  if (run === undefined) throw new Error("No run is waiting to be resumed.");
  await runner.resume(run);
}

/** Whether a run can go on here: not finished, and nobody makes it. */
export function canResume({ info, owner }: RunView): boolean {
  return owner === "nobody" && (info.state === "paused" || info.state === "running");
}

/** Ends a run as paused: the one of this window, or one that was started detached on this machine. */
export async function cancelRun({ runner, runs }: CommandServices, node?: RunNode): Promise<void> {
  const run = runs.runs.find(({ dir, owner }) =>
    node === undefined ? owner !== "nobody" : dir === node.dir,
  );
  if (run?.owner !== "elsewhere") return runner.cancel();
  const { runOwner } = await import("../data/runs/runLock.ts");
  const { isOwnCommand } = await import("./commandLine.ts");
  const pid = await runOwner(run.dir);
  if (pid === null) return;
  // The lock lies in the folder, so a hostile one could name any process.
  if (!(await isOwnCommand(pid))) {
    throw new Error(
      `The run is made by process ${pid}, which is no \`ssrm\`: cancel it in its own window.`,
    );
  }
  // The command writes its checkpoint and exits on SIGINT (130).
  process.kill(pid, "SIGINT");
}

/** Starts `ssrm run` so that it outlives the window; this and later windows watch its directory. */
export async function runDetached({
  runner,
  project,
  runs,
  context,
  log,
  cacheDir,
}: CommandServices): Promise<void> {
  const { runArguments, startDetached } = await import("./commandLine.ts");
  const request = await runner.request();
  if (!vscode.workspace.isTrusted) throw new Error("Trust this folder first.");
  const logs = vscode.Uri.joinPath(context.globalStorageUri, "logs").fsPath;
  await mkdir(logs, { recursive: true });
  const logFile = join(logs, `${basename(request.out)}.log`);
  const args = [context.asAbsolutePath("dist/ssrm.mjs"), ...runArguments(request)];
  const pid = await startDetached(args, { cwd: project.folder!, logFile, cacheDir });
  log.info(`Run Detached: process ${pid} writes to ${request.out}, its messages are in ${logFile}`);
  await vscode.window.withProgress({ location: { viewId: "ssrm.runs" } }, async () => {
    while (isAlive(pid)) {
      await runs.refresh();
      if (runs.runs.some(({ dir }) => dir === request.out)) return;
      await new Promise((resolve) => setTimeout(resolve, pollMs));
    }
    await runs.refresh();
    if (runs.runs.some(({ dir }) => dir === request.out)) return;
    const lines = (await readFile(logFile, "utf8")).trim().split("\n");
    // A usage error ends with a hint that is for the terminal.
    const said = lines.findLast((line) => !line.startsWith("See "));
    throw new Error(`The detached run did not start: ${said || `see ${logFile}`}`);
  });
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

/** Opens the report of a run; without one named, of the newest that has a report. */
export async function openReport({ runs }: CommandServices, node?: RunNode): Promise<void> {
  await runs.refresh();
  const run = runs.runs.find(({ dir, hasReport }) =>
    node === undefined ? hasReport : dir === node.dir,
  );
  if (run === undefined)
    throw new Error("No run has a report yet: a report is written when a run ends.");
  const { showReport } = await import("./report.ts");
  await showReport(run);
}

/** Writes labels and kept pseudo-labels of a finished run where the user says. */
export async function exportLabels(services: CommandServices, node?: RunNode): Promise<void> {
  const { runs, project, context, log, cacheDir } = services;
  await runs.refresh();
  const run = runs.runs.find(({ dir, info }) =>
    node === undefined ? info.state === "done" : dir === node.dir,
  );
  if (run === undefined)
    throw new Error("No run has finished yet: its labels are what is exported.");
  const { exportForms } = await import("../data/exports/exportTable.ts");
  const form = await vscode.window.showQuickPick(
    exportForms.map(({ name, leavesOut }) => ({
      label: name,
      detail: `leaves out: ${leavesOut}`,
      name,
    })),
    { title: `Form of the labels of ${runLabel(run.info)}` },
  );
  if (form === undefined) return;
  const folder = await project.ownFolder("exports");
  await mkdir(folder, { recursive: true });
  const target = await vscode.window.showSaveDialog({
    defaultUri: vscode.Uri.file(join(folder, `${run.info.id}.${form.name}.jsonl`)),
    filters: { "JSON lines": ["jsonl"] },
  });
  if (target === undefined) return;
  const { runCommand } = await import("./commandLine.ts");
  const said = await runCommand(
    [
      ...[context.asAbsolutePath("dist/ssrm.mjs"), "labels", "export", "--run", run.dir],
      ...["--form", form.name, "--out", target.fsPath],
    ],
    { cwd: project.folder!, cacheDir },
  );
  log.info(said);
  await vscode.window.showTextDocument(target, { preview: true });
  // What the form cannot carry is too long for the list of forms; how the data was read is for the log.
  const told = said.split("\n").filter((line) => !line.includes(": read as "));
  void vscode.window.showInformationMessage(told.join(" "));
}
