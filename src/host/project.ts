// The project of this window: the first workspace folder that has .ssrm/project.json, else the first one.
// What its file names is resolved through the guard (pathGuard.ts) before anything reads it.
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import * as vscode from "vscode";
import type { ProjectFile } from "../data/projectFile.ts";
import { guardOwnFolder, guardPath, type GuardedPath } from "./pathGuard.ts";

export const fileRoles = ["data", "labeled", "gold", "test"] as const;
export type FileRole = (typeof fileRoles)[number];
export type ProjectFiles = Readonly<Record<FileRole, readonly GuardedPath[]>>;

export type ProjectState =
  /** No folder, or a folder without project.json. */
  | { readonly kind: "none" }
  /** A folder that is on no disk. */
  | { readonly kind: "virtual" }
  | { readonly kind: "broken"; readonly error: string }
  | { readonly kind: "ready"; readonly file: ProjectFile; readonly files: ProjectFiles };

const approvedKey = "ssrm.approvedFiles";

export class Project implements vscode.Disposable {
  readonly #context: vscode.ExtensionContext;
  readonly #log: vscode.LogOutputChannel;
  readonly #changed = new vscode.EventEmitter<void>();
  readonly #logsWritten = new vscode.EventEmitter<void>();
  readonly #disposables: vscode.Disposable[] = [this.#changed, this.#logsWritten];
  #watchers: vscode.Disposable[] = [];
  #folder: string | null = null;
  #state: ProjectState = { kind: "none" };
  #reload: Promise<void> = Promise.resolve();

  readonly onDidChange = this.#changed.event;
  /** A label log of the folder was written, made or deleted, also by this window. */
  readonly onDidWriteLogs = this.#logsWritten.event;

  constructor(context: vscode.ExtensionContext, log: vscode.LogOutputChannel) {
    this.#context = context;
    this.#log = log;
    this.#disposables.push(vscode.workspace.onDidChangeWorkspaceFolders(() => this.reload()));
  }

  get state(): ProjectState {
    return this.#state;
  }

  /** The workspace folder's path, null where there is none on a disk. */
  get folder(): string | null {
    return this.#folder;
  }

  /** The folder .ssrm. Throws where there is no folder, or where it is a link that leads out of it. */
  async ownFolder(below = ""): Promise<string> {
    if (this.#folder === null) throw new Error("Open a folder first: SSRM keeps its files in it.");
    const path = await guardOwnFolder(this.#folder, join(".ssrm", below));
    if (path === null) {
      throw new Error(
        `${join(this.#folder, ".ssrm", below)} is a link to a place outside of the folder. SSRM writes ` +
          "only inside the folder; replace the link by a folder.",
      );
    }
    return path;
  }

  /** Reads project.json again; one reading at a time. */
  reload(): Promise<void> {
    this.#reload = this.#reload.then(() => this.#load());
    return this.#reload;
  }

  /** Whether a path outside of the folder, that some file in it names, was approved on this machine. */
  get approved(): ReadonlySet<string> {
    return new Set(this.#context.globalState.get<string[]>(approvedKey) ?? []);
  }

  /** Remembers on this machine that these real paths may be read. */
  async approve(paths: readonly string[]): Promise<void> {
    await this.#context.globalState.update(approvedKey, [...new Set([...this.approved, ...paths])]);
  }

  /** The real paths of a project that can be read whole. Throws with what is missing or not approved. */
  readablePaths(): Readonly<Record<FileRole, readonly string[]>> {
    if (this.#state.kind !== "ready") throw new Error("There is no project to read.");
    const { files } = this.#state;
    const pathsOf = (role: FileRole): readonly string[] =>
      files[role].map((file) => {
        if (file.kind === "ok") return file.path;
        const because =
          file.kind === "missing"
            ? `${file.reason}; correct .ssrm/project.json`
            : "it is outside of the folder; run SSRM: Allow Files Outside the Folder";
        throw new Error(`${file.given} (${role}): ${because}.`);
      });
    return {
      data: pathsOf("data"),
      labeled: pathsOf("labeled"),
      gold: pathsOf("gold"),
      test: pathsOf("test"),
    };
  }

  dispose(): void {
    for (const disposable of [...this.#watchers, ...this.#disposables]) disposable.dispose();
  }

  async #load(): Promise<void> {
    this.#state = await this.#read();
    if (this.#state.kind === "broken") this.#log.error(this.#state.error);
    this.#changed.fire();
  }

  async #read(): Promise<ProjectState> {
    const folders = vscode.workspace.workspaceFolders ?? [];
    const onDisk = folders.filter((folder) => folder.uri.scheme === "file");
    if (folders.length > 0 && onDisk.length === 0) return { kind: "virtual" };
    let text: string | null = null;
    let chosen = onDisk[0]?.uri.fsPath ?? null;
    for (const { uri } of onDisk) {
      text = await readFile(join(uri.fsPath, ".ssrm", "project.json"), "utf8").catch(() => null);
      if (text === null) continue;
      chosen = uri.fsPath;
      break;
    }
    this.#watch(chosen);
    if (chosen === null || text === null) return { kind: "none" };
    try {
      await this.ownFolder();
      const { parseProjectFile } = await import("../data/projectFile.ts");
      const file = parseProjectFile(text);
      return { kind: "ready", file, files: await this.#guarded(file, chosen) };
    } catch (error) {
      return { kind: "broken", error: error instanceof Error ? error.message : String(error) };
    }
  }

  async #guarded(file: ProjectFile, folder: string): Promise<ProjectFiles> {
    const { approved } = this;
    const guard = (given: readonly string[] | undefined): Promise<GuardedPath[]> =>
      Promise.all((given ?? []).map((path) => guardPath(path, { folder, approved })));
    return {
      data: await guard(file.data),
      labeled: await guard(file.labeled),
      gold: await guard(file.gold),
      test: await guard(file.test),
    };
  }

  #watch(folder: string | null): void {
    if (folder === this.#folder) return;
    this.#folder = folder;
    for (const watcher of this.#watchers) watcher.dispose();
    this.#watchers = [];
    if (folder === null) return;
    // One folder, not below it: a recursive watcher runs out of handles on big trees.
    const own = vscode.Uri.file(join(folder, ".ssrm"));
    // Each verdict writes to a log: that must not read the project again.
    this.#watchers = [
      ...watch(own, "project.json", () => void this.reload()),
      ...watch(own, "labels*.jsonl", () => this.#logsWritten.fire()),
    ];
  }
}

function watch(folder: vscode.Uri, names: string, act: () => void): vscode.Disposable[] {
  const pattern = new vscode.RelativePattern(folder, names);
  const watcher = vscode.workspace.createFileSystemWatcher(pattern);
  return [watcher, watcher.onDidChange(act), watcher.onDidCreate(act), watcher.onDidDelete(act)];
}
