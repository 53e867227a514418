// What the commands work with.
import type * as vscode from "vscode";
import type { Labels } from "./labels.ts";
import type { PairSources } from "./labeling/pairSources.ts";
import type { Project } from "./project.ts";
import type { Runner } from "./runner.ts";
import type { RunStore } from "./runStore.ts";

export interface CommandServices {
  readonly context: vscode.ExtensionContext;
  readonly project: Project;
  readonly labels: Labels;
  readonly runs: RunStore;
  readonly runner: Runner;
  readonly log: vscode.LogOutputChannel;
  readonly cacheDir: string;
  readonly sources: PairSources;
}
