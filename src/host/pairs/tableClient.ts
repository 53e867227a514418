// The host's side of the thread that reads a data file. A thread that dies is started once more; what it was
// told last it is told again. No VS Code here.
import { fileURLToPath } from "node:url";
import { Worker } from "node:worker_threads";
import type { TableLabels } from "../../data/pairTable/rowStates.ts";
import type { View } from "../../protocol/page/pairsPage.ts";
import { Peer, type Parameter, type Result } from "../../protocol/peer.ts";
import type { HostToPairsWorker, PairsWorkerToHost, WorkerTask } from "./workerMethods.ts";

/**
 * MB of the thread's memory for young objects. Rows are garbage as soon as they are read; a small nursery keeps
 * the whole host below its 300 MB while a file of 1 GB goes through. Old objects need room for rows of 64 MB.
 */
const resourceLimits = { maxYoungGenerationSizeMb: 8, maxOldGenerationSizeMb: 1024 };

export interface TableEvents {
  /** Index, labels or model are new, or the thread was started anew. */
  readonly changed: () => void;
  readonly viewChanged: (page: string, view: View) => void;
  readonly log: (text: string) => void;
}

interface Thread {
  readonly worker: Worker;
  readonly peer: Peer<PairsWorkerToHost, HostToPairsWorker>;
}

export class TableClient {
  readonly task: WorkerTask;
  readonly #events: TableEvents;
  #thread: Thread | null = null;
  #labels: TableLabels | null = null;
  #runDir: string | null = null;
  #deaths = 0;
  #isClosed = false;

  constructor(task: WorkerTask, events: TableEvents) {
    this.task = task;
    this.#events = events;
  }

  /** Asks the thread. Rejects where it died, or where the table was closed. */
  ask<K extends keyof HostToPairsWorker>(
    method: K,
    parameter: Parameter<HostToPairsWorker, K>,
  ): Promise<Result<HostToPairsWorker, K>> {
    if (this.#isClosed) return Promise.reject(new Error("The data file was closed."));
    return this.#started().peer.request(method, parameter);
  }

  /** What people said; kept for a thread that is started later. */
  setLabels(labels: TableLabels): void {
    this.#labels = labels;
    this.#thread?.peer.notify("setLabels", labels);
  }

  /** The run whose newest model the rows show; telling the same run again makes the thread read it again. */
  setModel(runDir: string | null): void {
    this.#runDir = runDir;
    this.#thread?.peer.notify("setModel", { runDir });
  }

  /** The file is another one than it was: it is opened anew. */
  restart(): void {
    const thread = this.#thread;
    this.#thread = null;
    this.#deaths = 0;
    void thread?.worker.terminate();
    if (!this.#isClosed) this.#events.changed();
  }

  /** Ends the thread; it only reads, but for its index, which is written beside and renamed. */
  async close(): Promise<void> {
    this.#isClosed = true;
    await this.#thread?.worker.terminate();
  }

  #started(): Thread {
    if (this.#thread !== null) return this.#thread;
    if (this.#deaths > 1) {
      throw new Error(
        `${this.task.path}: its reader died twice; the log says why. Close the file and open it again.`,
      );
    }
    const thread = this.#start();
    this.#thread = thread;
    if (this.#labels !== null) thread.peer.notify("setLabels", this.#labels);
    if (this.#runDir !== null) thread.peer.notify("setModel", { runDir: this.#runDir });
    return thread;
  }

  #start(): Thread {
    const worker = new Worker(workerModule(), {
      workerData: this.task,
      execArgv: [],
      resourceLimits,
      name: "SSRM pairs",
    });
    worker.unref();
    const peer = new Peer<PairsWorkerToHost, HostToPairsWorker>(
      {
        post: (message) => worker.postMessage(message),
        onMessage: (listener) => void worker.on("message", listener),
        onClose: (listener) =>
          void worker.on("exit", (code) =>
            listener(`The reader of ${this.task.path} ended (${code}).`),
          ),
      },
      {
        changed: () => {
          if (this.#thread?.worker === worker) this.#events.changed();
        },
        viewChanged: ({ page, view }) => this.#events.viewChanged(page, view),
      },
    );
    worker.on("error", (error: Error) => {
      this.#events.log(`The reader of ${this.task.path} died: ${error.stack ?? error.message}`);
      if (this.#thread?.worker !== worker) return;
      this.#thread = null;
      this.#deaths++;
      this.#events.changed();
    });
    return { worker, peer };
  }
}

/** Beside this file: bundled, or from source. */
function workerModule(): string {
  const name = import.meta.url.endsWith(".ts") ? "./pairsWorker.ts" : "./pairsWorker.mjs";
  return fileURLToPath(new URL(name, import.meta.url));
}
