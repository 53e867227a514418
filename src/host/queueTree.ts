// The view Queue: pairs that wait for a verdict; opening one shows it. Its badge is their number.
import * as vscode from "vscode";
import type { Queue, QueueEntry } from "./queue.ts";

/** A row of the view. */
export interface QueueRow {
  readonly entry: QueueEntry;
  readonly title: string;
}

/** Verdicts come many a minute, and each takes a pair away. */
const settleMs = 250;

export class QueueTree implements vscode.TreeDataProvider<QueueRow>, vscode.Disposable {
  readonly #queue: Queue;
  readonly #log: vscode.LogOutputChannel;
  readonly #changed = new vscode.EventEmitter<void>();
  readonly #subscription: vscode.Disposable;
  #view: vscode.TreeView<QueueRow> | null = null;
  #timer: NodeJS.Timeout | null = null;
  /** Titles that were read, so that a verdict does not read 200 rows again. */
  readonly #titles = new Map<string, string>();

  readonly onDidChangeTreeData = this.#changed.event;

  constructor(queue: Queue, log: vscode.LogOutputChannel) {
    this.#queue = queue;
    this.#log = log;
    this.#subscription = queue.onDidChange(() => {
      if (this.#timer !== null) clearTimeout(this.#timer);
      this.#timer = setTimeout(() => {
        this.#changed.fire();
        // A view that was never opened is not asked for its children.
        if (this.#view?.visible === false) void this.update();
      }, settleMs);
    });
  }

  /** Makes the view, whose badge and message this tree keeps. */
  createView(): vscode.TreeView<QueueRow> {
    this.#view = vscode.window.createTreeView("ssrm.queue", { treeDataProvider: this });
    return this.#view;
  }

  async getChildren(row?: QueueRow): Promise<QueueRow[]> {
    if (row !== undefined) return [];
    try {
      return await this.#rows(await this.update());
    } catch (error) {
      this.#complain(error);
      return [];
    }
  }

  /** Counts the queue anew for badge, message and commands, whether the view is open or not. */
  async update(): Promise<readonly QueueEntry[]> {
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

  getTreeItem({ entry, title }: QueueRow): vscode.TreeItem {
    const item = new vscode.TreeItem(title);
    item.id = entry.id;
    item.contextValue = "pair";
    item.iconPath = new vscode.ThemeIcon("comment-discussion");
    item.command = { command: "ssrm.openPair", title: "Open Pair", arguments: [entry] };
    item.tooltip = `${title}\nRow ${entry.place.line}`;
    return item;
  }

  dispose(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#subscription.dispose();
    this.#changed.dispose();
  }

  async #rows(entries: readonly QueueEntry[]): Promise<QueueRow[]> {
    const unread = entries.filter(({ id }) => !this.#titles.has(id));
    const titles = await this.#queue.titles(unread);
    for (const [i, { id }] of unread.entries()) {
      const title = titles[i];
      if (title !== null && title !== undefined) this.#titles.set(id, title);
    }
    return entries.flatMap((entry) => {
      const title = this.#titles.get(entry.id);
      return title === undefined ? [] : [{ entry, title }];
    });
  }

  async #entries(): Promise<{ entries: readonly QueueEntry[]; error: string | null }> {
    try {
      return { entries: await this.#queue.entries(), error: null };
    } catch (error) {
      return { entries: [], error: this.#complain(error) };
    }
  }

  #complain(error: unknown): string {
    const text = error instanceof Error ? error.message : String(error);
    this.#log.error(text);
    if (this.#view !== null) this.#view.message = text;
    return text;
  }
}
