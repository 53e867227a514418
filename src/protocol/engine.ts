// The seam between the extension host and the engine process: one method map per direction. The command
// calls the same handlers in its own process.
import type { RunRecord, RunSettings } from "../core/records.ts";
import type { Step } from "../learn/rewardModel.ts";

/** A run to be made; all paths absolute. */
export interface RunRequest {
  readonly data: readonly string[];
  readonly labels: readonly string[];
  readonly labeled: readonly string[];
  readonly gold: readonly string[];
  readonly test: readonly string[];
  readonly settings: RunSettings;
  /** The run directory itself. */
  readonly out: string;
  readonly mapping: Readonly<Record<string, string>> | null;
  /** Folder for unpacked copies of data files that can't be indexed where they are. */
  readonly cacheDir: string;
  /** Version of this program, for run.json. */
  readonly version: string;
}

export interface RunOutcome {
  readonly state: "done" | "paused" | "failed";
  readonly error: string | null;
}

export interface ProviderReport {
  readonly provider: string;
  readonly works: boolean;
  /** Why it does not work and what to do, or the device's name where it does. */
  readonly detail: string;
}

/** What the host may ask of the engine. */
export interface HostToEngine {
  /** Makes a run; answers when it has ended. Progress comes as EngineToHost notifications. */
  startRun(request: RunRequest): RunOutcome;
  /** Goes on with the run in this directory, from the last thing that it wrote down. */
  resumeRun(request: { readonly dir: string; readonly cacheDir: string }): RunOutcome;
  /** Stops after the current step and keeps everything in memory; `continueRun` goes on. */
  pauseRun(request: { readonly dir: string }): void;
  continueRun(request: { readonly dir: string }): void;
  /** Stops after the current step, writes the checkpoint and ends the run as paused. */
  cancelRun(request: { readonly dir: string }): void;
  doctor(request: Record<string, never>): {
    readonly runtime: string;
    readonly providers: readonly ProviderReport[];
  };
  /** Finishes the step at hand, writes what must be kept, and exits. */
  shutDown(request: Record<string, never>): void;
}

/** What the engine tells the host without being asked. */
export interface EngineToHost {
  /** A record is in the run directory (appended before this is sent). */
  record(event: { readonly dir: string; readonly record: RunRecord }): void;
  step(event: { readonly dir: string; readonly iteration: number; readonly step: Step }): void;
  /** One line for the log, such as how a file was read. */
  note(event: { readonly dir: string; readonly text: string }): void;
  /** From a worker thread, so it arrives while a native call runs. */
  heartbeat(event: { readonly step: number; readonly at: number }): void;
}
