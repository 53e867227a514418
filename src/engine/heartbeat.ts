// The engine's heartbeat. Where the host gave it a pipe of its own, a worker thread writes there, and is heard
// while a native call keeps this thread busy; without one a timer on this thread has to do.
import { fileURLToPath } from "node:url";
import { Worker } from "node:worker_threads";
import type { HeartbeatTask } from "./heartbeatWorker.ts";

const intervalMs = 1000;

/** The host kills what has not ended 4.5 s after it said so; an engine without a host does no worse. */
export const orphanMs = 3500;

export interface Heartbeat {
  /** A step has ended; the next beat says so. */
  stepped(): void;
}

/** Beats into the pipe that the host named on the command line, or else tells `tell` of each beat. */
export function startHeartbeat(tell: (beat: { step: number; at: number }) => void): Heartbeat {
  const steps = new Int32Array(new SharedArrayBuffer(4));
  const fd = pipeOf(process.argv);
  if (fd === null) {
    const beat = (): void => tell({ step: Atomics.load(steps, 0), at: Date.now() });
    setInterval(beat, intervalMs).unref();
  } else {
    const workerData: HeartbeatTask = { fd, steps, intervalMs, orphanMs };
    const worker = new Worker(workerModule(), { workerData, execArgv: [] });
    worker.unref();
    // A machine that has no thread to spare runs without: the host then goes by the steps alone.
    worker.on("error", (error: Error) => console.error(`no heartbeat: ${error.message}`));
  }
  return { stepped: () => void Atomics.add(steps, 0, 1) };
}

/** Only what the host names is its pipe: Node has descriptors of its own from 4 on. */
function pipeOf(words: readonly string[]): number | null {
  const text = words.map((word) => /^--heartbeat-fd=(\d+)$/.exec(word)?.[1]).find(Boolean);
  return text === undefined ? null : Number(text);
}

/** Beside this file: bundled, or from source. */
function workerModule(): string {
  const name = import.meta.url.endsWith(".ts") ? "./heartbeatWorker.ts" : "./heartbeatWorker.mjs";
  return fileURLToPath(new URL(name, import.meta.url));
}
