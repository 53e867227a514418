// The view Data: the project's files by what they are for, and the verdicts that are there.
import { stat } from "node:fs/promises";
import { basename } from "node:path";
import * as vscode from "vscode";
import { calmly } from "./calmly.ts";
import type { Labels } from "./labels.ts";
import type { GuardedPath } from "./pathGuard.ts";
import { fileRoles, type FileRole, type Project } from "./project.ts";

export type DataNode =
  | { readonly kind: "file"; readonly role: FileRole; readonly file: GuardedPath }
  | { readonly kind: "labels" };

const roleText: Readonly<Record<FileRole, string>> = {
  data: "pairs",
  labeled: "labeled",
  gold: "gold, for reporting only",
  test: "test",
};

export class DataTree implements vscode.TreeDataProvider<DataNode>, vscode.Disposable {
  readonly #project: Project;
  readonly #labels: Labels;
  readonly #changed = new vscode.EventEmitter<void>();
  readonly #subscriptions: vscode.Disposable[];

  readonly onDidChangeTreeData = this.#changed.event;

  constructor(project: Project, labels: Labels) {
    this.#project = project;
    this.#labels = labels;
    const redraw = calmly(() => this.#changed.fire());
    this.#subscriptions = [
      redraw,
      project.onDidChange(() => this.#changed.fire()),
      labels.onDidChange(redraw.soon),
    ];
  }

  /** The view; it is drawn again when it comes into sight. */
  createView(): vscode.TreeView<DataNode> {
    const view = vscode.window.createTreeView("ssrm.data", { treeDataProvider: this });
    // VS Code drops what changed while the view was hidden behind its welcome text: it stayed empty until a reload.
    this.#subscriptions.push(
      view.onDidChangeVisibility(({ visible }) => {
        if (visible) this.#changed.fire();
      }),
    );
    return view;
  }

  getChildren(node?: DataNode): DataNode[] {
    const { state } = this.#project;
    if (node !== undefined || state.kind !== "ready") return [];
    const files = fileRoles.flatMap((role) =>
      state.files[role].map((file): DataNode => ({ kind: "file", role, file })),
    );
    return [...files, { kind: "labels" }];
  }

  async getTreeItem(node: DataNode): Promise<vscode.TreeItem> {
    return node.kind === "labels" ? this.#labelsItem() : fileItem(node.role, node.file);
  }

  dispose(): void {
    for (const subscription of this.#subscriptions) subscription.dispose();
    this.#changed.dispose();
  }

  async #labelsItem(): Promise<vscode.TreeItem> {
    const item = new vscode.TreeItem("Labels");
    item.iconPath = new vscode.ThemeIcon("tag");
    try {
      const { verdicts, skipped } = await this.#labels.state();
      const skips = skipped.size === 0 ? "" : `, ${skipped.size} skipped`;
      item.description = `${verdicts.size} ${verdicts.size === 1 ? "verdict" : "verdicts"}${skips}`;
    } catch (error) {
      item.description = error instanceof Error ? error.message : String(error);
      item.iconPath = new vscode.ThemeIcon("error");
    }
    return item;
  }
}

async function fileItem(role: FileRole, file: GuardedPath): Promise<vscode.TreeItem> {
  const item = await describedFile(role, file);
  // Without this a screen reader is given the tooltip, which leaves the description out.
  item.accessibilityInformation = { label: `${file.given}, ${String(item.description)}` };
  return item;
}

async function describedFile(role: FileRole, file: GuardedPath): Promise<vscode.TreeItem> {
  const item = new vscode.TreeItem(basename(file.given));
  item.tooltip = file.given;
  if (file.kind === "ok") {
    const { size } = await stat(file.path);
    item.description = `${roleText[role]}, ${bytesText(size)}`;
    item.iconPath = new vscode.ThemeIcon("file");
    const uri = vscode.Uri.file(file.path);
    item.command = {
      command: "vscode.openWith",
      title: "Open as Preference Pairs",
      arguments: [uri, "ssrm.pairs"],
    };
    return item;
  }
  item.description =
    file.kind === "missing" ? file.reason : "outside of the folder, not read until you allow it";
  item.iconPath = new vscode.ThemeIcon(file.kind === "missing" ? "error" : "shield");
  return item;
}

function bytesText(bytes: number): string {
  const units = ["bytes", "kB", "MB", "GB"];
  let value = bytes;
  let unit = 0;
  while (value >= 1000 && unit < units.length - 1) {
    value /= 1000;
    unit++;
  }
  return `${unit === 0 ? value : value.toFixed(1)} ${units[unit]!}`;
}
