// The view Runs: runs, newest first, with their iterations beneath.
import * as vscode from "vscode";
import type { RunRecord } from "../core/records.ts";
import { Pushes, systemClock } from "./dashboard/pushes.ts";
import type { RunStore, RunView } from "./runStore.ts";
import { iterationDescription, iterationTable, runDescription, runLabel } from "./runText.ts";

export type RunNode =
  | { readonly kind: "run"; readonly dir: string }
  | { readonly kind: "record"; readonly dir: string; readonly record: RunRecord };

/** The whole tree is drawn again for each step that is told, which costs the window more than it shows. */
const leastMs = 400;

export class RunsTree implements vscode.TreeDataProvider<RunNode>, vscode.Disposable {
  readonly #store: RunStore;
  readonly #changed = new vscode.EventEmitter<void>();
  readonly #pushes = new Pushes(leastMs, () => this.#changed.fire(), systemClock);
  readonly #listening: vscode.Disposable;
  readonly onDidChangeTreeData = this.#changed.event;

  constructor(store: RunStore) {
    this.#store = store;
    this.#listening = store.onDidChange(() => this.#pushes.ask());
  }

  dispose(): void {
    this.#listening.dispose();
    this.#pushes.dispose();
    this.#changed.dispose();
  }

  getChildren(node?: RunNode): RunNode[] {
    if (node === undefined) return this.#store.runs.map(({ dir }) => ({ kind: "run", dir }));
    if (node.kind === "record") return [];
    const { dir } = node;
    const records = this.#run(dir)?.records.filter((record) => record.kind !== "labels") ?? [];
    return records.map((record) => ({ kind: "record", dir, record }));
  }

  getTreeItem(node: RunNode): vscode.TreeItem {
    if (node.kind === "record") return recordItem(node.dir, node.record);
    const run = this.#run(node.dir);
    return run === undefined ? new vscode.TreeItem("gone") : runItem(run);
  }

  #run(dir: string): RunView | undefined {
    return this.#store.runs.find((run) => run.dir === dir);
  }
}

function runItem(run: RunView): vscode.TreeItem {
  const label = runLabel(run.info);
  const state = runDescription(run);
  // A narrow side bar cuts the end: what matters stands first.
  const item = new vscode.TreeItem(state, vscode.TreeItemCollapsibleState.Expanded);
  item.id = run.dir;
  item.description = label;
  item.contextValue = contextOf(run);
  item.iconPath = iconOf(run);
  item.tooltip = run.info.error ?? `${run.info.id}: ${state}`;
  item.accessibilityInformation = { label: `Run ${label}, ${state}` };
  item.command = {
    command: "ssrm.dashboard",
    title: "Open Dashboard",
    arguments: [{ kind: "run", dir: run.dir } satisfies RunNode],
  };
  return item;
}

function contextOf({ info, owner, progress }: RunView): string {
  if (info.state === "running" && owner === "here") {
    return progress === "paused" ? "run.held" : "run.running";
  }
  if (info.state === "running" && owner === "elsewhere") return "run.elsewhere";
  return info.state === "running" ? "run.orphan" : `run.${info.state}`;
}

function iconOf({ info, owner, progress }: RunView): vscode.ThemeIcon {
  switch (info.state) {
    case "running":
      return new vscode.ThemeIcon(
        owner === "nobody" || progress === "paused" ? "debug-pause" : "sync~spin",
      );
    case "paused":
      return new vscode.ThemeIcon("debug-pause");
    case "failed":
      return new vscode.ThemeIcon("error");
    case "done":
      return new vscode.ThemeIcon("pass");
    default:
      return info.state satisfies never;
  }
}

function recordItem(dir: string, record: RunRecord): vscode.TreeItem {
  if (record.kind === "iteration") {
    const item = new vscode.TreeItem(`Iteration ${record.iteration}`);
    item.id = `${dir}/${record.iteration}`;
    item.description = iterationDescription(record);
    item.tooltip = new vscode.MarkdownString(iterationTable(record));
    item.iconPath = new vscode.ThemeIcon("circle-filled");
    item.contextValue = "iteration";
    item.accessibilityInformation = { label: `Iteration ${record.iteration}, ${item.description}` };
    return item;
  }
  const reason = record.kind === "ended-early" ? record.reason : "";
  const item = new vscode.TreeItem("Ended early");
  item.id = `${dir}/ended`;
  item.description = reason;
  item.tooltip = reason;
  item.iconPath = new vscode.ThemeIcon("info");
  return item;
}
