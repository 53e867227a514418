// The runs of the project as their directories say, read again when the directories change. No watcher:
// the sizes of a few files are looked at, each second while a run is live, so a run of another window or of
// the command shows as well.
import { readdir, stat } from "node:fs/promises";
import { join } from "node:path";
import * as vscode from "vscode";
import type { RunInfo, RunRecord } from "../core/records.ts";
import type { Step } from "../learn/rewardModel.ts";
import type { Project } from "./project.ts";

export interface RunProgress {
  readonly iteration: number;
  readonly step: Step;
}

export interface RunView {
  readonly dir: string;
  readonly info: RunInfo;
  readonly records: readonly RunRecord[];
  /** Who makes it: this window, a process that lives elsewhere, or nobody. */
  readonly owner: "here" | "elsewhere" | "nobody";
  readonly progress: RunProgress | "paused" | null;
  readonly hasReport: boolean;
}

interface Known {
  readonly stamp: string;
  readonly info: RunInfo;
  readonly records: readonly RunRecord[];
  readonly isOwned: boolean;
  readonly hasReport: boolean;
}

const liveMs = 1000;
/** Watchers are told of steps no oftener: the engine makes hundreds a second. */
const stepMs = 100;
/** How often the list itself is read, in ticks of liveMs. */
const listEvery = 5;

export class RunStore implements vscode.Disposable {
  readonly #project: Project;
  readonly #log: vscode.LogOutputChannel;
  readonly #changed = new vscode.EventEmitter<void>();
  readonly #timer: NodeJS.Timeout;
  readonly #known = new Map<string, Known>();
  #here: { readonly dir: string; readonly progress: RunView["progress"] } | null = null;
  #tick = 0;
  #reading: Promise<void> = Promise.resolve();
  /** A reading of the whole list that has not begun. */
  #waiting: Promise<void> | null = null;
  #toldSteps: NodeJS.Timeout | null = null;

  readonly onDidChange = this.#changed.event;

  constructor(project: Project, log: vscode.LogOutputChannel) {
    this.#project = project;
    this.#log = log;
    this.#timer = setInterval(() => {
      this.#tick++;
      const isLive = [...this.#known.values()].some(({ info }) => info.state === "running");
      if (isLive || this.#tick % listEvery === 0) void this.refresh();
    }, liveMs);
  }

  /** All runs, newest first. */
  get runs(): readonly RunView[] {
    return [...this.#known]
      .map(([dir, { info, records, isOwned, hasReport }]): RunView => {
        const isHere = this.#here?.dir === dir;
        const owner = isHere ? "here" : isOwned ? "elsewhere" : "nobody";
        const progress = isHere ? this.#here!.progress : null;
        return { dir, info, records, owner, progress, hasReport };
      })
      .sort((a, b) => (a.info.createdAt < b.info.createdAt ? 1 : -1));
  }

  /** The run that this window makes, and how far it is; null where it makes none. */
  setHere(dir: string | null, progress: RunView["progress"] = null): void {
    const before = this.#here;
    this.#here = dir === null ? null : { dir, progress };
    const isStep = (at: RunView["progress"]): boolean => at !== null && at !== "paused";
    if (before?.dir === dir && isStep(before?.progress ?? null) && isStep(progress)) {
      this.#toldSteps ??= setTimeout(() => this.#tell(), stepMs);
    } else this.#tell();
  }

  /** Reads what has changed. */
  refresh(): Promise<void> {
    this.#waiting ??= this.#inTurn(() => {
      this.#waiting = null;
      return this.#read();
    });
    return this.#waiting;
  }

  /** Reads one run, of which it is known that something was appended. */
  refreshRun(dir: string): Promise<void> {
    return this.#inTurn(async () => {
      if (await this.#readRun(dir)) this.#tell();
    });
  }

  dispose(): void {
    clearInterval(this.#timer);
    if (this.#toldSteps !== null) clearTimeout(this.#toldSteps);
    this.#changed.dispose();
  }

  #tell(): void {
    if (this.#toldSteps !== null) clearTimeout(this.#toldSteps);
    this.#toldSteps = null;
    this.#changed.fire();
  }

  /** One reading at a time, so that none puts older records in place of newer ones. */
  #inTurn(read: () => Promise<void>): Promise<void> {
    this.#reading = this.#reading
      .then(read)
      .catch((error: unknown) => this.#log.error(error instanceof Error ? error : String(error)));
    return this.#reading;
  }

  async #read(): Promise<void> {
    if (this.#project.state.kind !== "ready") return this.#forgetAll();
    const folder = await this.#project.ownFolder("runs");
    const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
    // A link would lead out of the folder.
    const dirs = entries
      .filter((entry) => entry.isDirectory())
      .map(({ name }) => join(folder, name));
    let hasChanged = false;
    for (const dir of dirs) hasChanged = (await this.#readRun(dir)) || hasChanged;
    for (const dir of this.#known.keys()) {
      if (dirs.includes(dir)) continue;
      this.#known.delete(dir);
      hasChanged = true;
    }
    if (hasChanged) this.#tell();
  }

  async #readRun(dir: string): Promise<boolean> {
    const { readRunInfo, readRunRecords } = await import("../data/runs/runFiles.ts");
    const { isRunOwned } = await import("../data/runs/runLock.ts");
    const known = this.#known.get(dir);
    try {
      const report = await stampOf(join(dir, "report.html"));
      const stamps = [
        await stampOf(join(dir, "run.json")),
        await stampOf(join(dir, "iterations.jsonl")),
      ];
      const isOwned = known?.info.state === "done" ? false : await isRunOwned(dir);
      const stamp = [...stamps, report, isOwned].join(" ");
      if (stamps[0] === "none" || stamp === known?.stamp) return false;
      const info = await readRunInfo(dir);
      const records = await readRunRecords(dir);
      this.#known.set(dir, { stamp, info, records, isOwned, hasReport: report !== "none" });
      return true;
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      if (known === undefined) this.#log.debug(`${dir} is left out: ${reason}`);
      return false;
    }
  }

  #forgetAll(): void {
    if (this.#known.size === 0) return;
    this.#known.clear();
    this.#tell();
  }
}

async function stampOf(path: string): Promise<string> {
  try {
    const { mtimeMs, size } = await stat(path);
    return `${mtimeMs}/${size}`;
  } catch {
    return "none";
  }
}
