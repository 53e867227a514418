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

/** What the editor was told last: a running run asks many times a second, and nearly nothing changes. */
const told = new Map<string, unknown>();

/** Sets every key that follows from the state of the services and is not so already. */
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
    if (told.get(name) === value) continue;
    told.set(name, value);
    void vscode.commands.executeCommand("setContext", `ssrm.${name}`, value);
  }
}

/** How long the folder must have been quiet before its labels are compared with this machine's copy. */
const quietMs = 1500;

/**
 * Looks for verdicts that the folder lost, when the project is read and whenever other hands changed its logs,
 * and offers them back once for each loss.
 */
export class MissingLabels implements vscode.Disposable {
  readonly #services: Pick<KeyServices, "project" | "labels">;
  readonly #log: vscode.LogOutputChannel;
  readonly #listening: vscode.Disposable;
  #timer: NodeJS.Timeout | null = null;
  #offered = 0;

  constructor(services: Pick<KeyServices, "project" | "labels">, log: vscode.LogOutputChannel) {
    this.#services = services;
    this.#log = log;
    const soon = (): void => {
      if (this.#timer !== null) clearTimeout(this.#timer);
      this.#timer = setTimeout(() => void this.#look(), quietMs);
    };
    // Not at this window's own verdicts: comparing reads all logs.
    this.#listening = vscode.Disposable.from(
      services.project.onDidChange(soon),
      services.labels.onDidChangeElsewhere(soon),
    );
  }

  dispose(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#listening.dispose();
  }

  async #look(): Promise<void> {
    const { project, labels } = this.#services;
    if (project.state.kind !== "ready") return;
    try {
      const { missing } = await labels.missing();
      const isNew = missing.length > this.#offered;
      this.#offered = missing.length;
      await vscode.commands.executeCommand("setContext", "ssrm.missingLabels", missing.length > 0);
      if (isNew) await offerBack(missing.length);
    } catch (error) {
      this.#log.error(error instanceof Error ? error : String(error));
    }
  }
}

async function offerBack(count: number): Promise<void> {
  const restore = "Restore";
  const chosen = await vscode.window.showInformationMessage(
    `Verdicts missing from this folder: ${count}. A checkout, a clean or a sync took them away; ` +
      "SSRM kept a copy on this machine.",
    restore,
  );
  if (chosen === restore) await vscode.commands.executeCommand("ssrm.restoreLabels");
}
