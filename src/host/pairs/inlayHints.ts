// p and state at the end of each line of a data file in the normal text editor. Only what is seen is asked for;
// the file's thread, shared with the data editor, knows the rows by line.
import * as vscode from "vscode";
import type { CommandServices } from "../commandServices.ts";
import type { FileUse, OpenFiles } from "./openFiles.ts";
import { hintOf } from "./hintText.ts";

const setting = "ssrm.inlayHints.enabled";
const selector: vscode.DocumentSelector = ["jsonl", "ndjson", "csv", "tsv"].map((extension) => ({
  scheme: "file",
  pattern: `**/*.${extension}`,
}));

export class PairHints implements vscode.InlayHintsProvider, vscode.Disposable {
  readonly #services: CommandServices;
  readonly #files: OpenFiles;
  readonly #changed = new vscode.EventEmitter<void>();
  readonly #subscriptions: vscode.Disposable[];
  /** By the document's path. */
  readonly #uses = new Map<string, Promise<FileUse>>();

  readonly onDidChangeInlayHints = this.#changed.event;

  constructor(services: CommandServices, files: OpenFiles) {
    this.#services = services;
    this.#files = files;
    this.#subscriptions = [
      vscode.languages.registerInlayHintsProvider(selector, this),
      vscode.workspace.onDidCloseTextDocument(({ uri }) => this.#forget(uri.fsPath)),
      vscode.workspace.onDidChangeConfiguration((event) => {
        if (event.affectsConfiguration(setting)) this.#changed.fire();
      }),
      services.project.onDidChange(() => this.#changed.fire()),
    ];
  }

  async provideInlayHints(
    document: vscode.TextDocument,
    range: vscode.Range,
  ): Promise<vscode.InlayHint[]> {
    const isOn = vscode.workspace.getConfiguration().get<boolean>(setting) ?? true;
    // Lines of a text that is not saved are not those of the file.
    if (!isOn || document.isDirty || !this.#isData(document)) return [];
    try {
      const { client } = await this.#use(document.uri.fsPath);
      const lines = { from: range.start.line + 1, to: range.end.line + 1 };
      const marks = await client.ask("lines", lines);
      return Array.from(marks.line).flatMap((line, i) => {
        if (line > document.lineCount) return [];
        const hint = hintOf({
          p: marks.p[i]!,
          state: marks.states[i]!,
          label: marks.labels[i] ?? null,
        });
        if (hint === null) return [];
        const end = document.lineAt(line - 1).range.end;
        const inlay = new vscode.InlayHint(end, hint.text);
        inlay.paddingLeft = true;
        inlay.tooltip = hint.tooltip;
        return [inlay];
      });
    } catch (error) {
      this.#services.log.debug(error instanceof Error ? error.message : String(error));
      return [];
    }
  }

  dispose(): void {
    for (const path of this.#uses.keys()) this.#forget(path);
    for (const subscription of this.#subscriptions) subscription.dispose();
    this.#changed.dispose();
  }

  /** Only files that project.json names, and only before anything is opened. */
  #isData({ uri }: vscode.TextDocument): boolean {
    const { state, folder } = this.#services.project;
    if (state.kind !== "ready" || folder === null) return false;
    return Object.values(state.files)
      .flat()
      .some((file) => file.kind === "ok" && (file.path === uri.fsPath || isGiven(file.given, uri)));
  }

  #use(path: string): Promise<FileUse> {
    const known = this.#uses.get(path);
    if (known !== undefined) return known;
    const use = this.#files.use(path, {
      changed: () => this.#changed.fire(),
      viewChanged: () => undefined,
    });
    this.#uses.set(path, use);
    use.catch(() => this.#uses.delete(path));
    return use;
  }

  #forget(path: string): void {
    const use = this.#uses.get(path);
    this.#uses.delete(path);
    void use?.then((one) => one.release()).catch(() => undefined);
  }
}

/** A file that was opened by a link has the link's path, as project.json may have. */
function isGiven(given: string, uri: vscode.Uri): boolean {
  const [folder] = vscode.workspace.workspaceFolders ?? [];
  return folder !== undefined && vscode.Uri.joinPath(folder.uri, given).fsPath === uri.fsPath;
}
