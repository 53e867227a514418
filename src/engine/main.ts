// The engine process: wires the host's requests to the runs. Started by fork; lives as long as its channel.
import { pathToFileURL } from "node:url";
import type { EngineToHost, HostToEngine, RunOutcome } from "../protocol/engine.ts";
import { type Channel, type Handlers, Peer } from "../protocol/peer.ts";
import { orphanMs, startHeartbeat } from "./heartbeat.ts";
import { diagnose } from "./doctor.ts";
import { makeRun, type RunHooks, resumeRun } from "./runJob.ts";
import { RunControls } from "./runControls.ts";

/** Answers on this channel until `exit` is called. */
export function serveEngine(channel: Channel, exit: () => void): void {
  const controls = new RunControls();
  const hooksFor = (dir: string): RunHooks => ({
    record: (record) => peer.notify("record", { dir, record }),
    step: (iteration, step) => {
      heartbeat.stepped();
      peer.notify("step", { dir, iteration, step });
    },
    note: (text) => peer.notify("note", { dir, text }),
    signal: controls.signalOf(dir),
  });
  const handlers: Handlers<HostToEngine> = {
    startRun: (request) =>
      controls.run(request.out, () => makeRun(request, hooksFor(request.out)).catch(asFailure)),
    resumeRun: ({ dir, cacheDir }) =>
      controls.run(dir, () => resumeRun(dir, { ...hooksFor(dir), cacheDir }).catch(asFailure)),
    pauseRun: ({ dir }) => controls.pause(dir),
    continueRun: ({ dir }) => controls.continue(dir),
    cancelRun: ({ dir }) => controls.stop(dir),
    doctor: () => diagnose(),
    shutDown: async () => {
      await controls.stopAll();
      exit();
    },
  };
  const peer: Peer<HostToEngine, EngineToHost> = new Peer(channel, handlers);
  const heartbeat = startHeartbeat((beat) => peer.notify("heartbeat", beat));
  channel.onClose(() => {
    setTimeout(exit, orphanMs);
    void controls.stopAll().finally(exit);
  });
}

/** A run that could not even begin has no directory to hold its failure, so the failure is the answer. */
function asFailure(error: unknown): RunOutcome {
  return { state: "failed", error: error instanceof Error ? error.message : String(error) };
}

function processChannel(): Channel {
  return {
    // The host may be gone already; its end of the pipe then closes, and that is what ends this process.
    post: (message) =>
      void (process.connected && process.send?.(message, undefined, {}, () => undefined)),
    onMessage: (listener) => void process.on("message", listener),
    onClose: (listener) => void process.once("disconnect", () => listener("the host is gone")),
  };
}

const isEntry =
  process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href;
if (isEntry && process.send) serveEngine(processChannel(), () => process.exit(0));
