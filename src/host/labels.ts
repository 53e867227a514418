// The verdicts of this window: one writer session of the label store, and what all logs of the folder say.
import { randomBytes } from "node:crypto";
import { join } from "node:path";
import * as vscode from "vscode";
import type { LabelEvent, LabelPayload } from "../core/labelEvent.ts";
import type { LabelState } from "../core/labelFold.ts";
import type { LabelStore, Reconciliation } from "../data/labelStore.ts";
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

  /** The verdict or skip that Undo would take back: the last one of this window, else of anybody. */
  async undoable(): Promise<LabelEvent | null> {
    const { undoTarget } = await import("../core/labelFold.ts");
    const state = await this.state();
    return undoTarget(state, this.#writer) ?? undoTarget(state, null);
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
    const [{ openLabelStore }, { sha256Hex }] = await Promise.all([
      import("../data/labelStore.ts"),
      import("../core/hash.ts"),
    ]);
    const store = openLabelStore({
      dir: folder,
      journalDir: join(this.#journal, sha256Hex(folder).slice(0, 32)),
      writer: this.#writer,
      now: () => new Date(),
      randomId: () => randomBytes(16).toString("hex"),
    });
    this.#store = { folder, store };
    return store;
  }

  async #read(): Promise<LabelState> {
    const { foldLog } = await import("../core/labelFold.ts");
    const { events, files, unreadable } = await (await this.#open()).readAll();
    for (const { path, problems } of files) {
      if (problems.length > 0)
        this.#log.warn(`${path}: ${problems.length} damaged lines left out.`);
    }
    for (const { path, reason } of unreadable) this.#log.error(`${path}: ${reason}`);
    return foldLog(events);
  }
}
