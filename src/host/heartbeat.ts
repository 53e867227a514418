// Reads the engine's heartbeat, which comes through a pipe of its own: lines `STEP TIME`.
import type { ChildProcess } from "node:child_process";
import { createInterface } from "node:readline";
import type { Readable } from "node:stream";

/** Place of the pipe among the engine's descriptors; 3 is the channel of messages. */
const heartbeatFd = 4;

/** For `fork`: the pipe beside the others, and the argument that tells the engine of it. */
export const heartbeatPipe = {
  stdio: ["ignore", "pipe", "pipe", "ipc", "pipe"] as const,
  argument: `--heartbeat-fd=${heartbeatFd}`,
};

/** Tells of each beat how many steps had ended; what is no beat is dropped. */
export function onHeartbeat(child: ChildProcess, beat: (step: number) => void): void {
  const pipe = child.stdio[heartbeatFd] as Readable | null | undefined;
  if (!pipe) return;
  // A child that is killed resets the pipe; its exit is what is reported.
  pipe.on("error", () => undefined);
  createInterface({ input: pipe }).on("line", (line) => {
    const step = /^(\d+) \d+$/.exec(line)?.[1];
    if (step !== undefined) beat(Number(step));
  });
}
