// Makes one run in the engine process and carries it over the engine's deaths. Knows nothing of VS Code.
import { existsSync } from "node:fs";
import { join } from "node:path";
import { RestartBudget } from "../core/restartBudget.ts";
import type { RunRecord } from "../core/records.ts";
import type { Step } from "../learn/rewardModel.ts";
import type { RunOutcome, RunRequest } from "../protocol/engine.ts";
import { EngineDiedError, EngineProcess, type EngineState } from "./engineProcess.ts";

/** What to run: a new run, or the rest of one that is in its directory already. */
export type RunTask =
  | { readonly kind: "start"; readonly request: RunRequest }
  | { readonly kind: "resume"; readonly dir: string; readonly cacheDir: string };

export interface RunEvents {
  onRecord(record: RunRecord): void;
  onStep(iteration: number, step: Step): void;
  onState(state: EngineState): void;
  /** The engine died and the run goes on in a new one. */
  onRestart(cause: string): void;
  log(line: string): void;
}

export interface SupervisorOptions {
  readonly module: string;
  readonly memoryMb: number;
  readonly budget?: RestartBudget;
  readonly limits?: { readonly leastMs: number; readonly medianFactor: number };
  readonly stopMs?: number;
}

/** How a run ended here: `stopped` leaves it on disk as it is, for a later window. */
export type SupervisedOutcome =
  | RunOutcome
  | { readonly state: "stopped"; readonly error: null }
  /** The engine died too often; `error` says how and why. */
  | { readonly state: "given-up"; readonly error: string };

export class RunSupervisor {
  readonly #engine: EngineProcess;
  readonly #budget: RestartBudget;
  readonly #events: RunEvents;
  #best = -1;
  #dir: string | null = null;
  #stopping = false;

  constructor(options: SupervisorOptions, events: RunEvents) {
    this.#budget = options.budget ?? new RestartBudget();
    this.#events = events;
    this.#engine = new EngineProcess({
      module: options.module,
      memoryMb: options.memoryMb,
      ...(options.limits === undefined ? {} : { limits: options.limits }),
      ...(options.stopMs === undefined ? {} : { stopMs: options.stopMs }),
      events: {
        record: ({ record }) => this.#recorded(record),
        step: ({ iteration, step }) => {
          this.#budget.atStep(
            `iteration ${iteration}, ${step.phase} ${step.done} of ${step.total}`,
          );
          events.onStep(iteration, step);
        },
        note: ({ text }) => events.log(text),
      },
      onState: (state) => events.onState(state),
      log: (line) => events.log(line),
    });
  }

  /** The run that is going on here, null where there is none. */
  get dir(): string | null {
    return this.#dir;
  }

  /** Makes the run; one at a time. Rejects with the engine's own error where it refuses. */
  async run(task: RunTask): Promise<SupervisedOutcome> {
    if (this.#dir !== null) {
      throw new Error(`A run is going on already (${this.#dir}); cancel it or wait for its end.`);
    }
    const dir = task.kind === "start" ? task.request.out : task.dir;
    this.#dir = dir;
    this.#best = -1;
    this.#stopping = false;
    try {
      return await this.#runWithRestarts(task, dir);
    } finally {
      this.#dir = null;
    }
  }

  async pause(): Promise<void> {
    if (this.#dir === null) return;
    await this.#engine.request("pauseRun", { dir: this.#dir });
    this.#engine.setPaused("paused");
  }

  async goOn(): Promise<void> {
    if (this.#dir === null) return;
    this.#engine.setPaused("going");
    await this.#engine.request("continueRun", { dir: this.#dir });
  }

  /** Ends the run as paused, with its checkpoint written. */
  async cancel(): Promise<void> {
    if (this.#dir !== null) await this.#engine.request("cancelRun", { dir: this.#dir });
  }

  /** The window closes: the engine finishes its step and exits; `run` answers `stopped`. */
  async stop(): Promise<void> {
    this.#stopping = true;
    await this.#engine.stop();
  }

  async #runWithRestarts(task: RunTask, dir: string): Promise<SupervisedOutcome> {
    const cacheDir = task.kind === "start" ? task.request.cacheDir : task.cacheDir;
    for (;;) {
      try {
        // The directory appears by one rename: without it there is nothing yet to go on with.
        if (task.kind === "start" && !existsSync(join(dir, "run.json"))) {
          return await this.#engine.request("startRun", task.request);
        }
        return await this.#engine.request("resumeRun", { dir, cacheDir });
      } catch (error) {
        if (this.#stopping) return { state: "stopped", error: null };
        if (!(error instanceof EngineDiedError)) throw error;
        const after = this.#budget.died(performance.now());
        if (after.kind === "stop") {
          return {
            state: "given-up",
            error: `${error.message} The run is not started again, because ${after.reason}.`,
          };
        }
        this.#events.onRestart(error.message);
      }
    }
  }

  #recorded(record: RunRecord): void {
    // A resumed run may say old records again; only a new iteration is progress.
    if (record.kind === "iteration" && record.iteration > this.#best) {
      this.#best = record.iteration;
      this.#budget.progressed();
    }
    this.#events.onRecord(record);
  }
}
