// The verdicts of this window: one writer session of the label store, and what all logs of the folder say.
import { randomBytes } from "node:crypto";
import { readdir } from "node:fs/promises";
import { basename, join } from "node:path";
import * as vscode from "vscode";
import type { LabelEvent, LabelPayload } from "../core/labels/labelEvent.ts";
import type { LabelState } from "../core/labels/labelFold.ts";
import type { LabelStore, Reconciliation } from "../data/labels/labelStore.ts";
import type { Project } from "./project.ts";

export class Labels implements vscode.Disposable {
  readonly #project: Project;
  readonly #log: vscode.LogOutputChannel;
  readonly #journal: string;
  readonly #writer = randomBytes(8).toString("hex");
  readonly #changed = new vscode.EventEmitter<void>();
  #store: { readonly folder: string; readonly store: LabelStore } | null = null;
  #state: Promise<LabelState> | null = null;

  readonly onDidChange = this.#changed.event;

  constructor(
    project: Project,
    { journal, log }: { readonly journal: string; readonly log: vscode.LogOutputChannel },
  ) {
    this.#project = project;
    this.#journal = journal;
    this.#log = log;
    project.onDidChange(() => {
      this.#state = null;
      this.#changed.fire();
    });
  }

  /** What all label logs of the folder add up to. */
  state(): Promise<LabelState> {
    this.#state ??= this.#read();
    return this.#state;
  }

  /** Every label file of the project, as a run takes them. */
  async files(): Promise<readonly string[]> {
    const { files } = await (await this.#open()).readAll();
    return files.map(({ path }) => path);
  }

  /** Appends a verdict, a skip or an undo; resolves once it is safe, with a warning where a copy is missing. */
  async append(payload: LabelPayload): Promise<string | null> {
    const { reason } = await (await this.#open()).append(payload);
    this.#state = null;
    this.#changed.fire();
    return reason;
  }

  /**
   * The event that Undo would take back: the last one that was written on this machine, by this window or one
   * before it. What others judged, or what came with a data set, is not undone by a stray key.
   */
  async undoable(): Promise<LabelEvent | null> {
    const state = await this.state();
    const own = new Set([this.#writer, ...(await this.#earlierWriters())]);
    return state.active.findLast(({ kind, writer }) => kind !== "undo" && own.has(writer)) ?? null;
  }

  /** Events that this machine has and the folder does not, such as after `git clean`. */
  async missing(): Promise<Reconciliation> {
    return (await this.#open()).reconcile();
  }

  /** The logs changed by other hands than `append`. */
  refresh(): void {
    this.#state = null;
    this.#changed.fire();
  }

  dispose(): void {
    this.#changed.dispose();
  }

  async #open(): Promise<LabelStore> {
    const folder = await this.#project.ownFolder();
    await this.#project.ownFolder("labels.jsonl");
    if (this.#store?.folder === folder) return this.#store.store;
    const { openLabelStore } = await import("../data/labels/labelStore.ts");
    const store = openLabelStore({
      dir: folder,
      journalDir: await this.#journalFolder(),
      writer: this.#writer,
      now: () => new Date(),
      randomId: () => randomBytes(16).toString("hex"),
    });
    this.#store = { folder, store };
    return store;
  }

  /** The journal has one file a window session, named after it. */
  async #earlierWriters(): Promise<readonly string[]> {
    const folder = await this.#journalFolder();
    const names = await readdir(folder).catch(() => []);
    return names.map((name) => basename(name, ".jsonl"));
  }

  async #journalFolder(): Promise<string> {
    const { sha256Hex } = await import("../core/hash.ts");
    return join(this.#journal, sha256Hex(await this.#project.ownFolder()).slice(0, 32));
  }

  async #read(): Promise<LabelState> {
    const { foldLog } = await import("../core/labels/labelFold.ts");
    const { events, files, unreadable } = await (await this.#open()).readAll();
    for (const { path, problems } of files) {
      if (problems.length > 0)
        this.#log.warn(`${path}: ${problems.length} damaged lines left out.`);
    }
    for (const { path, reason } of unreadable) this.#log.error(`${path}: ${reason}`);
    return foldLog(events);
  }
}
