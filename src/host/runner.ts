// Runs of this window: starts them in the engine, goes on with those that a dead owner left, and keeps what
// the user sees (views, status bar, context keys) true.
import { randomBytes } from "node:crypto";
import { join } from "node:path";
import * as vscode from "vscode";
import type { RunRequest } from "../protocol/engine.ts";
import type { Labels } from "./labels.ts";
import type { Project } from "./project.ts";
import { withFoundFiles } from "./runFile.ts";
import type { RunSupervisor, RunTask, SupervisedOutcome } from "./runSupervisor.ts";
import type { RunStore, RunView } from "./runStore.ts";

export interface RunnerServices {
  readonly context: vscode.ExtensionContext;
  readonly project: Project;
  readonly labels: Labels;
  readonly runs: RunStore;
  readonly log: vscode.LogOutputChannel;
  readonly cacheDir: string;
}

export interface RunEnd {
  readonly dir: string;
  readonly state: SupervisedOutcome["state"];
}

/** Directories of runs that this folder's windows made and that nobody ended, nor did they end themselves. */
const unfinishedKey = "ssrm.unfinishedRuns";
/** Directories of runs whose engine died too often: a person decides whether to go on. */
const givenUpKey = "ssrm.givenUpRuns";

export class Runner {
  readonly #services: RunnerServices;
  #supervisor: RunSupervisor | null = null;
  #isPaused = false;
  /** From the first thought of a run to its end here: two must not start at once. */
  #isBusy = false;
  #isClosing = false;
  readonly #began = new vscode.EventEmitter<void>();
  readonly #ended = new vscode.EventEmitter<RunEnd>();

  /** Somebody started a run here; going on with one does not count. */
  readonly onDidBegin = this.#began.event;
  /** A run of this window ended by itself; its directory is read already. */
  readonly onDidEnd = this.#ended.event;

  constructor(services: RunnerServices) {
    this.#services = services;
  }

  /** What the run of this window does. */
  get activity(): "idle" | "running" | "paused" {
    if ((this.#supervisor?.dir ?? null) === null) return "idle";
    return this.#isPaused ? "paused" : "running";
  }

  /** What a run of the project as it stands would ask of the engine. Throws with what is missing. */
  async request(): Promise<RunRequest> {
    const { project, labels, context, cacheDir } = this.#services;
    if (project.state.kind !== "ready") throw new Error("This folder has no project to run.");
    const { file } = project.state;
    const [{ runSettingsOf }, paths] = [
      await import("../data/projectFile.ts"),
      project.readablePaths(),
    ];
    const settings = runSettingsOf(file);
    const state = await labels.state();
    const simulates = settings.seedCount !== null || settings.seedFraction !== null;
    if (state.verdicts.size === 0 && paths.labeled.length === 0 && !simulates) {
      throw new Error(
        "There are no labels to start from: judge some pairs (SSRM: Label), name a file under `labeled` " +
          "in project.json, or set settings.seedFraction there to draw labels from the data itself.",
      );
    }
    const now = new Date().toISOString().slice(0, 19).replaceAll(":", "").replace("T", "-");
    const mapping = Object.entries(file.mapping ?? {}).filter(([, column]) => column !== undefined);
    return {
      ...paths,
      labels: await labels.files(),
      settings,
      out: join(await project.ownFolder("runs"), `${now}-${randomBytes(2).toString("hex")}`),
      mapping:
        mapping.length === 0 ? null : (Object.fromEntries(mapping) as Record<string, string>),
      cacheDir,
      version: String((context.extension.packageJSON as { version?: unknown }).version),
    };
  }

  /** Starts a run of the project as it stands; resolves when the run has ended. */
  async start(): Promise<void> {
    await this.#make({ kind: "start", request: await this.request() });
  }

  /** Goes on with a run that is on disk; resolves when it has ended. */
  async resume(run: RunView): Promise<void> {
    await this.#checkData(run);
    await this.#make({ kind: "resume", dir: run.dir, cacheDir: this.#services.cacheDir });
  }

  async pause(): Promise<void> {
    await this.#supervisor?.pause();
    this.#isPaused = true;
    this.#services.runs.setHere(this.#supervisor?.dir ?? null, "paused");
  }

  /** Goes on with the run that was paused in this window. */
  async goOn(): Promise<void> {
    this.#isPaused = false;
    await this.#supervisor?.goOn();
    this.#services.runs.setHere(this.#supervisor?.dir ?? null);
  }

  /** Ends this window's run as paused, its checkpoint written. */
  async cancel(): Promise<void> {
    await this.#supervisor?.cancel();
  }

  /**
   * Goes on by itself with a run whose owner has died, be it a window or the command, or that a window paused
   * because it was closed.
   */
  async resumeUnfinished(): Promise<void> {
    const { runs, log } = this.#services;
    const isWanted = vscode.workspace.getConfiguration("ssrm").get("resumeAutomatically", true);
    if (!isWanted || !vscode.workspace.isTrusted || this.#isBusy) return;
    const run = runs.runs.find((candidate) => this.#isLeft(candidate));
    if (run === undefined) return;
    log.info(`Going on with ${run.dir}, which was left unfinished.`);
    try {
      await this.resume(run);
    } catch (error) {
      const { isRunOwned } = await import("../data/runs/runLock.ts");
      if (!(await isRunOwned(run.dir))) throw error;
      log.info(`${run.dir}: another window was first.`);
    }
  }

  /** The window closes: finish the step, write it down, exit. */
  async stop(): Promise<void> {
    this.#isClosing = true;
    await this.#supervisor?.stop();
  }

  async #make(task: RunTask): Promise<void> {
    const { runs } = this.#services;
    if (!vscode.workspace.isTrusted) {
      throw new Error("The engine does not start in Restricted Mode: trust this folder first.");
    }
    if (this.#isBusy) throw new Error("A run is going on already: cancel it or wait for its end.");
    this.#isBusy = true;
    const dir = task.kind === "start" ? task.request.out : task.dir;
    let state: SupervisedOutcome["state"] = "failed";
    try {
      const supervisor = (this.#supervisor ??= await this.#supervise());
      await this.#change(givenUpKey, { remove: dir });
      await this.#change(unfinishedKey, { add: dir });
      this.#isPaused = false;
      runs.setHere(dir);
      if (task.kind === "start") this.#began.fire();
      const outcome = await supervisor.run(task);
      state = outcome.state;
      await this.#settle(dir, outcome);
    } finally {
      this.#isBusy = false;
      this.#isPaused = false;
      await runs.refresh();
      runs.setHere(null);
      if (!this.#isClosing) this.#ended.fire({ dir, state });
    }
  }

  async #settle(dir: string, outcome: SupervisedOutcome): Promise<void> {
    this.#services.log.info(`${dir}: ${outcome.state}`);
    if (this.#isClosing || outcome.state === "stopped") return;
    await this.#change(unfinishedKey, { remove: dir });
    if (outcome.state === "given-up") await this.#change(givenUpKey, { add: dir });
    if (outcome.state === "failed" || outcome.state === "given-up") {
      throw new Error(outcome.error ?? "The run failed; the log says more.");
    }
  }

  #isLeft({ dir, info, owner }: RunView): boolean {
    if (owner !== "nobody" || this.#remembered(givenUpKey).includes(dir)) return false;
    if (info.state === "running") return true;
    return info.state === "paused" && this.#remembered(unfinishedKey).includes(dir);
  }

  async #supervise(): Promise<RunSupervisor> {
    const { RunSupervisor } = await import("./runSupervisor.ts");
    const { context, runs, log } = this.#services;
    const options = {
      module: context.asAbsolutePath("dist/engine.mjs"),
      memoryMb: vscode.workspace.getConfiguration("ssrm").get("engine.memoryMb", 8192),
    };
    return new RunSupervisor(options, {
      onRecord: () => {
        const dir = this.#supervisor?.dir ?? null;
        void (dir === null ? runs.refresh() : runs.refreshRun(dir));
      },
      // A step that was under way when Pause came may still tell of itself.
      onStep: (iteration, step) =>
        runs.setHere(
          this.#supervisor?.dir ?? null,
          this.#isPaused ? "paused" : { iteration, step },
        ),
      onState: (state) =>
        log.info(`Engine: ${state.kind}${"pid" in state ? ` (${state.pid})` : ""}`),
      onRestart: (cause) => log.warn(`${cause} The run goes on in a new engine.`),
      log: (line) => log.info(line),
    });
  }

  /**
   * run.json lies in the folder, so what it names is guarded as project.json is. Where files are found again in a
   * folder that was moved, their paths of now are written into it: the engine reads these.
   */
  async #checkData({ dir }: RunView): Promise<void> {
    const { project } = this.#services;
    const guard = { folder: project.folder!, approved: project.approved };
    const { readRunInfo } = await import("../data/runs/runFiles.ts");
    const info = await readRunInfo(dir);
    const found = await withFoundFiles(info, guard);
    if (found === null) return;
    const { isRunOwned } = await import("../data/runs/runLock.ts");
    if (await isRunOwned(dir)) return;
    const { writeRunInfo } = await import("../data/runs/runDirectory.ts");
    await writeRunInfo(dir, found);
  }

  #remembered(key: string): readonly string[] {
    return this.#services.context.workspaceState.get<string[]>(key) ?? [];
  }

  async #change(key: string, change: { readonly add?: string; readonly remove?: string }) {
    const kept = this.#remembered(key).filter((dir) => dir !== change.remove && dir !== change.add);
    const next = change.add === undefined ? kept : [...kept, change.add];
    await this.#services.context.workspaceState.update(key, next);
  }
}
