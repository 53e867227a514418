// Pause, go on and stop, per run of this process. A run looks here after each step.
import type { RunOutcome } from "../protocol/engine.ts";
import type { RunSignal } from "./runJob.ts";

interface Control {
  stop: boolean;
  /** Wakes the run where it is paused; null where it is not. */
  resume: (() => void) | null;
  paused: Promise<void> | null;
  done: Promise<unknown>;
}

export class RunControls {
  readonly #controls = new Map<string, Control>();

  /**
   * Runs `work` as the one run in this directory.
   * @throws Error where this process makes a run there already
   */
  async run(dir: string, work: () => Promise<RunOutcome>): Promise<RunOutcome> {
    if (this.#controls.has(dir)) throw new Error(`${dir}: this engine makes that run already`);
    const control: Control = { stop: false, resume: null, paused: null, done: Promise.resolve() };
    this.#controls.set(dir, control);
    const outcome = work();
    control.done = outcome.catch(() => undefined);
    try {
      return await outcome;
    } finally {
      this.#controls.delete(dir);
    }
  }

  signalOf(dir: string): RunSignal {
    return {
      stopRequested: () => (this.#controls.get(dir)?.stop === true ? "after-step" : "no"),
      waitWhilePaused: async () => {
        await this.#controls.get(dir)?.paused;
      },
    };
  }

  pause(dir: string): void {
    const control = this.#known(dir);
    control.paused ??= new Promise((resolve) => (control.resume = resolve));
  }

  continue(dir: string): void {
    const control = this.#known(dir);
    control.resume?.();
    control.resume = null;
    control.paused = null;
  }

  stop(dir: string): void {
    this.#known(dir).stop = true;
    this.continue(dir);
  }

  /** Stops every run after its step; resolves when all are written down. */
  async stopAll(): Promise<void> {
    const running = [...this.#controls];
    for (const [dir] of running) this.stop(dir);
    await Promise.all(running.map(([, control]) => control.done));
  }

  #known(dir: string): Control {
    const control = this.#controls.get(dir);
    if (!control) throw new Error(`${dir}: expected a run of this engine, got none`);
    return control;
  }
}
