// The verdicts of this window: one writer session of the label store, and what all logs of the folder say.
import { randomBytes } from "node:crypto";
import { join } from "node:path";
import * as vscode from "vscode";
import type { LabelEvent, LabelPayload } from "../core/labels/labelEvent.ts";
import type { HeldLabels } from "../core/labels/labelFold.ts";
import type { JudgedLog } from "../core/labeling/judgedLog.ts";
import type { LabelStore, Reconciliation } from "../data/labels/labelStore.ts";
import type { Appended, LabelMemory } from "./labeling/labelMemory.ts";
import type { LabelAccess } from "./labeling/personLog.ts";
import type { Project } from "./project.ts";

interface OpenLabels {
  readonly folder: string;
  readonly store: LabelStore;
  readonly memory: LabelMemory;
}

export class Labels implements LabelAccess, vscode.Disposable {
  readonly #project: Project;
  readonly #log: vscode.LogOutputChannel;
  readonly #journal: string;
  readonly #writer = randomBytes(8).toString("hex");
  readonly #changed = new vscode.EventEmitter<void>();
  readonly #changedElsewhere = new vscode.EventEmitter<void>();
  readonly #subscriptions: readonly vscode.Disposable[];
  #opened: OpenLabels | null = null;
  /** Generations of the folders before this one. */
  #generationsBefore = 0;
  #state: Promise<HeldLabels> | null = null;
  #folded: { readonly log: JudgedLog; readonly generation: number; applied: number } | null = null;

  readonly onDidChange = this.#changed.event;
  /** Other hands than `append` wrote, made or deleted a log. */
  readonly onDidChangeElsewhere = this.#changedElsewhere.event;

  constructor(
    project: Project,
    { journal, log }: { readonly journal: string; readonly log: vscode.LogOutputChannel },
  ) {
    this.#project = project;
    this.#journal = journal;
    this.#log = log;
    const refresh = (): void => void this.refresh();
    this.#subscriptions = [project.onDidChange(refresh), project.onDidWriteLogs(refresh)];
  }

  get generation(): number {
    return this.#generationsBefore + (this.#opened?.memory.generation ?? 0);
  }

  /** What all label logs of the folder add up to. */
  state(): Promise<HeldLabels> {
    if (this.#state === null) {
      const folding = this.#fold();
      this.#state = folding;
      folding.catch(() => (this.#state = null));
    }
    return this.#state;
  }

  /** The same as it goes on with each event. */
  async log(): Promise<JudgedLog> {
    const { JudgedLog } = await import("../core/labeling/judgedLog.ts");
    const events = await this.events();
    const { generation } = this;
    if (this.#folded?.generation !== generation) {
      this.#folded = { log: new JudgedLog(events), generation, applied: events.length };
    }
    const folded = this.#folded;
    // Event by event: folding 10,000 anew would take longer than the key press that added one.
    for (; folded.applied < events.length; folded.applied++) {
      folded.log.add(events[folded.applied]!);
    }
    return folded.log;
  }

  async events(): Promise<readonly LabelEvent[]> {
    return (await this.#open()).memory.events();
  }

  /** Every label file of the project, as a run takes them. */
  async files(): Promise<readonly string[]> {
    const { files } = await (await this.#open()).store.readAll();
    return files.map(({ path }) => path);
  }

  async append(payload: LabelPayload, id: string): Promise<Appended> {
    const { memory } = await this.#open();
    const appended = await memory.append(payload, id);
    this.#state = null;
    this.#changed.fire();
    return appended;
  }

  /** Events that this machine has and the folder does not, such as after `git clean`. */
  async missing(): Promise<Reconciliation> {
    return (await this.#open()).store.reconcile();
  }

  /** The logs may have been changed by other hands than `append`. */
  async refresh(): Promise<void> {
    const before = this.#opened;
    const isSame = before !== null && this.#project.folder !== null;
    if (isSame && !(await before.memory.refresh())) return;
    this.#state = null;
    this.#changed.fire();
    this.#changedElsewhere.fire();
  }

  dispose(): void {
    for (const subscription of this.#subscriptions) subscription.dispose();
    this.#changed.dispose();
    this.#changedElsewhere.dispose();
  }

  async #open(): Promise<OpenLabels> {
    const folder = await this.#project.ownFolder();
    await this.#project.ownFolder("labels.jsonl");
    if (this.#opened?.folder === folder) return this.#opened;
    const [{ openLabelStore }, { LabelMemory }, journalDir] = [
      await import("../data/labels/labelStore.ts"),
      await import("./labeling/labelMemory.ts"),
      await this.#journalFolder(),
    ];
    const store = openLabelStore({
      dir: folder,
      journalDir,
      writer: this.#writer,
      now: () => new Date(),
      randomId: () => randomBytes(16).toString("hex"),
    });
    const memory = new LabelMemory(store, {
      folder,
      noted: ({ files, unreadable }) => {
        for (const { path, problems } of files) {
          if (problems.length > 0)
            this.#log.warn(`${path}: ${problems.length} damaged lines left out.`);
        }
        for (const { path, reason } of unreadable) this.#log.error(`${path}: ${reason}`);
      },
    });
    // Another call may have opened it while the modules were loaded.
    if (this.#opened?.folder === folder) return this.#opened;
    this.#generationsBefore = this.generation + 1;
    this.#state = null;
    this.#opened = { folder, store, memory };
    return this.#opened;
  }

  async #journalFolder(): Promise<string> {
    const { sha256Hex } = await import("../core/hash.ts");
    return join(this.#journal, sha256Hex(await this.#project.ownFolder()).slice(0, 32));
  }

  async #fold(): Promise<HeldLabels> {
    const { verdicts, skipped, flagged } = await this.log();
    return { verdicts: new Map(verdicts), skipped: new Set(skipped), flagged: new Set(flagged) };
  }
}
