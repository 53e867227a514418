// The view Queue: pairs that wait for a verdict; opening one shows it. Its badge is their number.
import * as vscode from "vscode";
import type { Queue, QueueEntry } from "./queue.ts";

export class QueueTree implements vscode.TreeDataProvider<QueueEntry>, vscode.Disposable {
  readonly #queue: Queue;
  readonly #log: vscode.LogOutputChannel;
  readonly #changed = new vscode.EventEmitter<void>();
  readonly #subscription: vscode.Disposable;
  #view: vscode.TreeView<QueueEntry> | null = null;

  readonly onDidChangeTreeData = this.#changed.event;

  constructor(queue: Queue, log: vscode.LogOutputChannel) {
    this.#queue = queue;
    this.#log = log;
    this.#subscription = queue.onDidChange(() => {
      this.#changed.fire();
      // A view that was never opened is not asked for its children.
      if (this.#view?.visible === false) void this.update();
    });
  }

  /** Makes the view, whose badge and message this tree keeps. */
  createView(): vscode.TreeView<QueueEntry> {
    this.#view = vscode.window.createTreeView("ssrm.queue", { treeDataProvider: this });
    return this.#view;
  }

  async getChildren(entry?: QueueEntry): Promise<QueueEntry[]> {
    return entry === undefined ? this.update() : [];
  }

  /** Counts the queue anew for badge, message and commands, whether the view is open or not. */
  async update(): Promise<QueueEntry[]> {
    const { entries, error } = await this.#entries();
    const size = vscode.workspace.getConfiguration("ssrm").get("queue.size", 200);
    await vscode.commands.executeCommand("setContext", "ssrm.hasQueue", entries.length > 0);
    if (this.#view !== null) {
      const all = entries.length.toLocaleString("en-US");
      const tooltip = `${all} ${entries.length === 1 ? "pair waits" : "pairs wait"} for your verdict`;
      this.#view.badge = entries.length === 0 ? undefined : { value: entries.length, tooltip };
      this.#view.message = error ?? "";
      this.#view.description = entries.length > size ? `first ${size} of ${all}` : "";
    }
    return entries.slice(0, size);
  }

  getTreeItem(entry: QueueEntry): vscode.TreeItem {
    const item = new vscode.TreeItem(entry.title);
    item.id = entry.id;
    item.contextValue = "pair";
    item.iconPath = new vscode.ThemeIcon("comment-discussion");
    item.command = { command: "ssrm.openPair", title: "Open Pair", arguments: [entry] };
    item.tooltip = `${entry.title}\nRow ${entry.place.line}`;
    return item;
  }

  dispose(): void {
    this.#subscription.dispose();
    this.#changed.dispose();
  }

  async #entries(): Promise<{ entries: readonly QueueEntry[]; error: string | null }> {
    try {
      return { entries: await this.#queue.entries(), error: null };
    } catch (error) {
      const text = error instanceof Error ? error.message : String(error);
      this.#log.error(text);
      return { entries: [], error: text };
    }
  }
}
