// The real engine child over the protocol, without the host's supervisor: for tests of what the child does.
import { type ChildProcess, fork } from "node:child_process";
import { join } from "node:path";
import type { RunRecord } from "../../src/core/records.ts";
import type { EngineToHost, HostToEngine } from "../../src/protocol/engine.ts";
import { Peer } from "../../src/protocol/peer.ts";

export interface EngineChild {
  readonly child: ChildProcess;
  readonly peer: Peer<EngineToHost, HostToEngine>;
  readonly heard: {
    readonly records: RunRecord[];
    /** Iterations of the steps, in order. */
    readonly steps: number[];
    readonly notes: string[];
    /** Step counts of the beats, through the messages and through the pipe. */
    readonly beats: number[];
    readonly pipeBeats: number[];
  };
  /** Resolves when the process has ended. */
  readonly ended: Promise<{ readonly code: number | null; readonly signal: string | null }>;
}

const module = join(import.meta.dirname, "../../src/engine/main.ts");

/** Starts the engine from source; with a heartbeat pipe as the host gives it, or without. */
export function startEngine({ pipe }: { readonly pipe: "pipe" | "no pipe" }): EngineChild {
  const args = pipe === "pipe" ? ["--heartbeat-fd=4"] : [];
  const child = fork(module, args, {
    ...{ serialization: "advanced", execArgv: [], env: { ...process.env, NODE_OPTIONS: "" } },
    stdio: ["ignore", "inherit", "inherit", "ipc", ...(pipe === "pipe" ? (["pipe"] as const) : [])],
  });
  const heard: EngineChild["heard"] = {
    ...{ records: [], steps: [], notes: [], beats: [], pipeBeats: [] },
  };
  child.stdio[4]?.on("data", (chunk: Buffer) => {
    for (const line of chunk.toString().trim().split("\n")) {
      heard.pipeBeats.push(Number(line.split(" ")[0]));
    }
  });
  const ended = new Promise<{ code: number | null; signal: string | null }>((resolve) => {
    child.once("exit", (code, signal) => resolve({ code, signal }));
  });
  const peer = new Peer<EngineToHost, HostToEngine>(
    {
      post: (message) => void (child.connected && child.send(message as object, () => undefined)),
      onMessage: (listener) => void child.on("message", listener),
      onClose: (listener) => void child.once("exit", () => listener("the engine is gone")),
    },
    {
      record: ({ record }) => void heard.records.push(record),
      step: ({ iteration }) => void heard.steps.push(iteration),
      note: ({ text }) => void heard.notes.push(text),
      heartbeat: ({ step }) => void heard.beats.push(step),
    },
  );
  return { child, peer, heard, ended };
}
