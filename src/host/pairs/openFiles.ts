// The data files that are open in the editor, each with its thread, shared by all pages and texts that show it.
// Labels, the newest run and the mapping reach the threads from here, at most a few times a second.
import { realpath } from "node:fs/promises";
import { basename, dirname } from "node:path";
import * as vscode from "vscode";
import type { FieldMapping } from "../../core/fieldMapping.ts";
import type { TableLabels } from "../../data/pairTable/rowStates.ts";
import type { View } from "../../protocol/page/pairsPage.ts";
import type { CommandServices } from "../commandServices.ts";
import type { RunView } from "../runStore.ts";
import { noLabels, packLabels } from "./packLabels.ts";
import { TableClient } from "./tableClient.ts";

export type FileServices = Pick<
  CommandServices,
  "project" | "labels" | "runs" | "log" | "cacheDir"
>;

/** Who listens to a file. */
export interface FileListener {
  readonly changed: () => void;
  readonly viewChanged: (page: string, view: View) => void;
}

/** One use of an open file; end it with `release`. */
export interface FileUse {
  /** Real path. */
  readonly path: string;
  /** The thread of now: another mapping makes another one. */
  readonly client: TableClient;
  release(): void;
}

interface OpenFile {
  readonly path: string;
  readonly listeners: Set<FileListener>;
  readonly watcher: vscode.Disposable;
  client: TableClient;
  labels: string | null;
}

const toldEveryMs = 300;
/** A file that is being written is read again once it rests. */
const restMs = 700;

export class OpenFiles implements vscode.Disposable {
  readonly #services: FileServices;
  readonly #files = new Map<string, OpenFile>();
  readonly #subscriptions: vscode.Disposable[];
  #timer: NodeJS.Timeout | null = null;
  #toldRun = "";

  constructor(services: FileServices) {
    this.#services = services;
    const soon = (): void => this.#soon();
    this.#subscriptions = [
      services.labels.onDidChange(soon),
      services.runs.onDidChange(soon),
      services.project.onDidChange(soon),
    ];
  }

  /** The run whose newest model the rows show; null before any. */
  get run(): RunView | null {
    return this.#services.runs.runs.find(({ records }) => hasModel(records)) ?? null;
  }

  /** The role that the project gives a file by its real path; null for a file that it does not name. */
  roleOf(path: string): "data" | "labeled" | "gold" | "test" | null {
    const { state } = this.#services.project;
    if (state.kind !== "ready") return null;
    const roles = ["data", "labeled", "gold", "test"] as const;
    const has = (role: (typeof roles)[number]): boolean =>
      state.files[role].some((file) => file.kind === "ok" && file.path === path);
    return roles.find(has) ?? null;
  }

  /** Opens a file, or joins those who have it open. */
  async use(given: string, listener: FileListener): Promise<FileUse> {
    const path = await realpath(given);
    const file = this.#files.get(path) ?? this.#open(path);
    file.listeners.add(listener);
    return {
      path,
      get client() {
        return file.client;
      },
      release: () => this.#release(file, listener),
    };
  }

  dispose(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    for (const subscription of this.#subscriptions) subscription.dispose();
    for (const file of this.#files.values()) this.#end(file);
    this.#files.clear();
  }

  #open(path: string): OpenFile {
    const file: OpenFile = {
      path,
      listeners: new Set(),
      watcher: watchFile(path, () => file.client.restart()),
      client: this.#clientFor(path, () => file.listeners),
      labels: null,
    };
    this.#files.set(path, file);
    file.client.setModel(this.run?.dir ?? null);
    this.#soon();
    return file;
  }

  #clientFor(path: string, listeners: () => Iterable<FileListener>): TableClient {
    const { cacheDir, log } = this.#services;
    const task = { path, cacheDir, mapping: this.#mappingOf(path) };
    return new TableClient(task, {
      changed: () => {
        for (const listener of listeners()) listener.changed();
      },
      viewChanged: (page, view) => {
        for (const listener of listeners()) listener.viewChanged(page, view);
      },
      log: (text) => log.error(text),
    });
  }

  #release(file: OpenFile, listener: FileListener): void {
    file.listeners.delete(listener);
    if (file.listeners.size > 0 || !this.#files.has(file.path)) return;
    this.#files.delete(file.path);
    this.#end(file);
  }

  #end({ watcher, client }: OpenFile): void {
    watcher.dispose();
    void client.close();
  }

  #soon(): void {
    if (this.#files.size === 0) return;
    this.#timer ??= setTimeout(() => {
      this.#timer = null;
      void this.#tellAll();
    }, toldEveryMs);
  }

  async #tellAll(): Promise<void> {
    const { run } = this;
    const count = run === null ? 0 : run.records.filter(({ kind }) => kind === "iteration").length;
    const runNow = run === null ? "" : `${run.dir} ${count}`;
    const isRunNew = runNow !== this.#toldRun;
    this.#toldRun = runNow;
    for (const file of this.#files.values()) {
      const mapping = this.#mappingOf(file.path);
      if (JSON.stringify(mapping) !== JSON.stringify(file.client.task.mapping)) {
        void file.client.close();
        file.client = this.#clientFor(file.path, () => file.listeners);
        file.client.setModel(run?.dir ?? null);
        file.labels = null;
        for (const listener of file.listeners) listener.changed();
      } else if (isRunNew) {
        file.client.setModel(run?.dir ?? null);
      }
      await this.#tellLabels(file);
    }
  }

  async #tellLabels(file: OpenFile): Promise<void> {
    const labels = await this.#labelsFor(file.path);
    const stamp = stampOf(labels);
    if (stamp === file.labels) return;
    file.labels = stamp;
    file.client.setLabels(labels);
  }

  async #labelsFor(path: string): Promise<TableLabels> {
    // A test set's verdicts are what the model is judged by, so that its mistakes can be found.
    const isJudged = ["labeled", "test"].includes(this.roleOf(path) ?? "");
    const fileSource = isJudged ? basename(path) : null;
    if (this.#services.project.state.kind !== "ready") return noLabels(fileSource);
    try {
      return packLabels(await this.#services.labels.state(), fileSource);
    } catch (error) {
      this.#services.log.warn(error instanceof Error ? error.message : String(error));
      return noLabels(fileSource);
    }
  }

  /** Columns are mapped for the project's own files only. */
  #mappingOf(path: string): FieldMapping | null {
    const { state } = this.#services.project;
    if (state.kind !== "ready" || this.roleOf(path) === null) return null;
    const given = Object.entries(state.file.mapping ?? {});
    const named = given.filter(([, column]) => column !== undefined);
    return named.length === 0 ? null : Object.fromEntries(named);
  }
}

function hasModel(records: RunView["records"]): boolean {
  return records.some(({ kind }) => kind === "iteration");
}

/** Labels that are the same as before need not be sent: log events of other kinds change nothing. */
function stampOf({ ids, labels, flagged, source, sources, fileSource }: TableLabels): string {
  const parts = [ids, labels, flagged, new Uint8Array(source.buffer)];
  const bytes = parts.map((part) => Buffer.from(part).toString("base64"));
  return JSON.stringify([bytes, sources, fileSource]);
}

function watchFile(path: string, changed: () => void): vscode.Disposable {
  const pattern = new vscode.RelativePattern(vscode.Uri.file(dirname(path)), basename(path));
  const watcher = vscode.workspace.createFileSystemWatcher(pattern);
  let timer: NodeJS.Timeout | null = null;
  const soon = (): void => {
    if (timer !== null) clearTimeout(timer);
    timer = setTimeout(changed, restMs);
  };
  watcher.onDidChange(soon);
  watcher.onDidCreate(soon);
  watcher.onDidDelete(soon);
  return new vscode.Disposable(() => {
    if (timer !== null) clearTimeout(timer);
    watcher.dispose();
  });
}
