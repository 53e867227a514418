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
        if (this.#view?.visible === false) void this.#count();
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
      const size = vscode.workspace.getConfiguration("ssrm").get("queue.size", 200);
      const { entries, count } = await this.#queue.waiting(size);
      this.#tell(count, entries.length);
      return await this.#rows(entries);
    } catch (error) {
      this.#complain(error);
      return [];
    }
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

  /** Counts for the badge of a view that is not open; what is not known is not read for it. */
  async #count(): Promise<void> {
    try {
      this.#tell(await this.#queue.count(), null);
    } catch (error) {
      this.#complain(error);
    }
  }

  #tell(count: number | null, shown: number | null): void {
    if (this.#view === null) return;
    const all = (count ?? 0).toLocaleString("en-US");
    const tooltip = `${all} ${count === 1 ? "pair waits" : "pairs wait"} for your verdict`;
    this.#view.badge = count === null || count === 0 ? undefined : { value: count, tooltip };
    this.#view.message = "";
    if (shown === null) return;
    this.#view.description = count !== null && count > shown ? `first ${shown} of ${all}` : "";
  }

  #complain(error: unknown): void {
    const text = error instanceof Error ? error.message : String(error);
    this.#log.error(text);
    if (this.#view === null) return;
    this.#view.badge = undefined;
    this.#view.description = "";
    this.#view.message = text;
  }
}
