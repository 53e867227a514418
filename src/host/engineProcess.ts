// The engine as a supervised child: started on first need, watched, stopped, and its death explained. Whether
// it is started again is decided by runSupervisor.ts. Knows nothing of VS Code.
import { fork, type ChildProcess } from "node:child_process";
import { defaultStepLimits, StepWatch, type StepLimits } from "../core/stepWatch.ts";
import type { EngineToHost, HostToEngine } from "../protocol/engine.ts";
import { Peer, type Handlers, type Parameter, type Result } from "../protocol/peer.ts";
import { deathCause } from "./deathCause.ts";
import { engineChannel, type EngineChannel } from "./engineChannel.ts";
import { heartbeatPipe, onHeartbeat } from "./heartbeat.ts";

export type EngineState =
  | { readonly kind: "idle" }
  | { readonly kind: "starting"; readonly pid: number }
  | { readonly kind: "running"; readonly pid: number }
  | { readonly kind: "stopping"; readonly pid: number }
  | { readonly kind: "dead"; readonly cause: string };

/** What a caller gets whose request died with the engine. */
export class EngineDiedError extends Error {
  override readonly name = "EngineDiedError";
}

export interface EngineOptions {
  /** The bundle to fork (dist/engine.mjs). */
  readonly module: string;
  /** Limit of the JavaScript heap, MB; typed arrays live outside it. */
  readonly memoryMb: number;
  readonly events: Handlers<Omit<EngineToHost, "heartbeat">>;
  onState(state: EngineState): void;
  log(line: string): void;
  readonly limits?: StepLimits;
  /** How long the engine may take to finish its step and write it down once told to stop. */
  readonly stopMs?: number;
}

/** `deactivate` is cut off after 5 s, so the kill must come before. */
const defaultStopMs = 4_500;
/** How often the watch looks, as a part of its limit; a hang is found at most this late. */
const watchesPerLimit = 10;
const keptStderr = 8_192;

interface Child {
  readonly process: ChildProcess;
  readonly peer: Peer<EngineToHost, HostToEngine>;
  readonly channel: EngineChannel;
  readonly gone: Promise<void>;
  killedBecause: string | null;
}

export class EngineProcess {
  readonly #options: EngineOptions;
  #state: EngineState = { kind: "idle" };
  #child: Child | null = null;
  #pending = 0;
  #paused = false;
  #watch = new StepWatch(0);
  #heartbeatStep = -1;
  /** Steps that had ended when the work at hand began. */
  #stepsBefore = 0;

  constructor(options: EngineOptions) {
    this.#options = options;
  }

  get state(): EngineState {
    return this.#state;
  }

  /** Asks the engine, starting it where it is not there. Rejects with EngineDiedError when it dies. */
  async request<K extends keyof HostToEngine>(
    method: K,
    parameter: Parameter<HostToEngine, K>,
  ): Promise<Result<HostToEngine, K>> {
    const child = this.#child ?? this.#start();
    if (this.#pending === 0) {
      this.#watch.restart(performance.now());
      this.#stepsBefore = Math.max(0, this.#heartbeatStep);
    }
    this.#pending++;
    try {
      return await child.peer.request(method, parameter);
    } catch (error) {
      if (this.#child === child) throw error;
      throw new EngineDiedError(causeOf(this.#state), { cause: error });
    } finally {
      this.#pending--;
    }
  }

  /** A paused engine makes no steps and is not to be killed for it. */
  setPaused(state: "paused" | "going"): void {
    this.#paused = state === "paused";
    this.#watch.restart(performance.now());
  }

  /** Tells the engine to finish its step and exit, and kills it where that takes too long. */
  async stop(): Promise<void> {
    const child = this.#child;
    if (child === null) return;
    const stopMs = this.#options.stopMs ?? defaultStopMs;
    this.#setState({ kind: "stopping", pid: child.process.pid ?? 0 });
    child.peer.notify("shutDown", {});
    const timer = setTimeout(() => {
      this.#kill(child, `it did not stop within ${stopMs / 1000} s`);
    }, stopMs);
    await child.gone;
    clearTimeout(timer);
  }

  #start(): Child {
    const limits = this.#options.limits ?? defaultStepLimits;
    const process_ = fork(this.#options.module, [heartbeatPipe.argument], {
      serialization: "advanced",
      // Own flags: the host's (a debug port above all) must not be inherited.
      execArgv: [`--max-old-space-size=${this.#options.memoryMb}`],
      env: engineEnvironment(),
      stdio: [...heartbeatPipe.stdio],
      windowsHide: true,
    });
    const channel = engineChannel(process_, (wrong) => this.#kill(child, `it sent ${wrong}`));
    let stderr = "";
    process_.stderr?.setEncoding("utf8").on("data", (text: string) => {
      stderr = (stderr + text).slice(-keptStderr);
      this.#options.log(text.trimEnd());
    });
    process_.stdout?.setEncoding("utf8").on("data", (text: string) => {
      this.#options.log(text.trimEnd());
    });
    onHeartbeat(process_, (step) => {
      if (this.#child === child) this.#beat(step);
    });
    const watch = new StepWatch(performance.now(), limits);
    const timer = setInterval(() => this.#check(child), limits.leastMs / watchesPerLimit);
    const gone = new Promise<void>((resolve) => {
      const end = (code: number | null, signal: string | null): void => {
        clearInterval(timer);
        const { killedBecause } = child;
        this.#buried(
          child,
          deathCause({ pid: process_.pid ?? 0, code, signal, stderr, killedBecause }),
        );
        resolve();
      };
      // `close`, not `exit`: by then everything that it wrote and sent has been read.
      process_.once("close", end);
      process_.once("error", (error) => {
        if (process_.pid !== undefined) return;
        child.killedBecause = `it could not be started (${error.message})`;
        end(null, null);
      });
    });
    // Before the peer listens, so that the time of the start counts as no step.
    process_.once("message", () => {
      watch.restart(performance.now());
      if (this.#child === child && this.#state.kind === "starting") {
        this.#setState({ kind: "running", pid: process_.pid ?? 0 });
      }
    });
    const peer = new Peer<EngineToHost, HostToEngine>(channel, this.#handlers());
    const child: Child = { process: process_, peer, channel, gone, killedBecause: null };
    this.#child = child;
    this.#watch = watch;
    this.#heartbeatStep = -1;
    this.#paused = false;
    this.#setState({ kind: "starting", pid: process_.pid ?? 0 });
    return child;
  }

  #handlers(): Handlers<EngineToHost> {
    const { events } = this.#options;
    const stepped = (): void => this.#watch.stepped(performance.now());
    return {
      record: (event, signal) => {
        stepped();
        return events.record(event, signal);
      },
      step: (event, signal) => {
        stepped();
        return events.step(event, signal);
      },
      note: events.note,
      heartbeat: ({ step }) => this.#beat(step),
    };
  }

  /**
   * A beat proves that the process lives, not that it gets on: only a new step number counts. Before the first
   * step, while a large file is being read, there is nothing else to go by.
   */
  #beat(step: number): void {
    const now = performance.now();
    if (step === this.#stepsBefore) this.#watch.restart(now);
    else if (step !== this.#heartbeatStep) this.#watch.stepped(now);
    this.#heartbeatStep = step;
  }

  #check(child: Child): void {
    if (this.#child !== child || this.#pending === 0 || this.#paused) return;
    const overdue = this.#watch.overdueMs(performance.now());
    if (overdue === null) return;
    const seconds = (ms: number): string => `${Math.round(ms / 100) / 10} s`;
    this.#kill(
      child,
      `it made no step for ${seconds(overdue)} (limit ${seconds(this.#watch.limitMs())})`,
    );
  }

  #kill(child: Child, because: string): void {
    if (this.#child !== child || child.killedBecause !== null) return;
    child.killedBecause = because;
    child.process.kill("SIGKILL");
  }

  #buried(child: Child, cause: string): void {
    if (this.#child !== child) return;
    this.#child = null;
    const wasStopped = this.#state.kind === "stopping" && child.killedBecause === null;
    this.#setState(wasStopped ? { kind: "idle" } : { kind: "dead", cause });
    child.channel.close(cause);
  }

  #setState(state: EngineState): void {
    this.#state = state;
    this.#options.onState(state);
  }
}

/** The engine's environment: no debugger, no telemetry of ONNX Runtime, and Node rather than Electron. */
export function engineEnvironment(): NodeJS.ProcessEnv {
  const env: NodeJS.ProcessEnv = { ...process.env, ORT_DISABLE_TELEMETRY: "1" };
  delete env["NODE_OPTIONS"];
  // Only the desktop's extension host is Electron; on a server the variable may be there all the same.
  if (process.versions["electron"] === undefined) delete env["ELECTRON_RUN_AS_NODE"];
  else env["ELECTRON_RUN_AS_NODE"] = "1";
  return env;
}

function causeOf(state: EngineState): string {
  return state.kind === "dead" ? state.cause : "The engine was stopped.";
}
