// The thread behind heartbeat.ts: one line `STEP TIME` per beat, and the end of a process that nobody waits for.
import { writeSync } from "node:fs";
import { workerData } from "node:worker_threads";

export interface HeartbeatTask {
  /** The pipe to the host. */
  readonly fd: number;
  /** One number in shared memory: how many steps have ended. */
  readonly steps: Int32Array;
  readonly intervalMs: number;
  /** How long the process may live on once the host is gone. */
  readonly orphanMs: number;
}

const { fd, steps, intervalMs, orphanMs } = workerData as HeartbeatTask;

const timer = setInterval(() => {
  try {
    writeSync(fd, `${Atomics.load(steps, 0)} ${Date.now()}\n`);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code !== "EPIPE" && code !== "ECONNRESET") return;
    // The main thread is told, too, and writes down what it can; a native call may keep it from that for
    // minutes. Being killed is safe at every moment.
    clearInterval(timer);
    setTimeout(() => process.kill(process.pid, "SIGKILL"), orphanMs);
  }
}, intervalMs);
