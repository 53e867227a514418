// The context keys that package.json's `when` clauses ask for.
import * as vscode from "vscode";
import type { Labels } from "./labels.ts";
import type { Project } from "./project.ts";
import { canResume } from "./runCommands.ts";
import type { Runner } from "./runner.ts";
import type { RunStore } from "./runStore.ts";

export interface KeyServices {
  readonly project: Project;
  readonly labels: Labels;
  readonly runs: RunStore;
  readonly runner: Runner;
}

/** Sets every key that follows from the state of the services. */
export function updateContextKeys({ project, runs, runner }: KeyServices): void {
  const { state } = project;
  const files = state.kind === "ready" ? Object.values(state.files).flat() : [];
  const isElsewhere = runs.runs.some(
    ({ owner, info }) => owner === "elsewhere" && info.state === "running",
  );
  const keys: Readonly<Record<string, unknown>> = {
    project: state.kind,
    filesOutside: files.some((file) => file.kind === "outside"),
    run: runner.activity === "idle" && isElsewhere ? "elsewhere" : runner.activity,
    canResume: runner.activity === "paused" || runs.runs.some(canResume),
    hasRuns: runs.runs.length > 0,
    hasReport: runs.runs.some(({ hasReport }) => hasReport),
    hasDone: runs.runs.some(({ info }) => info.state === "done"),
  };
  for (const [name, value] of Object.entries(keys)) {
    void vscode.commands.executeCommand("setContext", `ssrm.${name}`, value);
  }
}

/** Looks for verdicts that the folder lost, and offers them back once where there are any. */
export async function offerMissingLabels(labels: Labels): Promise<void> {
  const { missing } = await labels.missing();
  await vscode.commands.executeCommand("setContext", "ssrm.missingLabels", missing.length > 0);
  if (missing.length === 0) return;
  const restore = "Restore";
  const chosen = await vscode.window.showInformationMessage(
    `Verdicts missing from this folder: ${missing.length}. A checkout, a clean or a sync took them away; ` +
      "SSRM kept a copy on this machine.",
    restore,
  );
  if (chosen === restore) await vscode.commands.executeCommand("ssrm.restoreLabels");
}
