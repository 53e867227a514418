// A stand-in for the engine that dies in the way that its environment names: no bundle is needed, and every
// way to die can be had at will. FAKE_DEATHS: deaths in order of starts, counted in the file FAKE_COUNT.
import { readFileSync, writeFileSync } from "node:fs";
import { Worker } from "node:worker_threads";

interface Request {
  readonly t: "request" | "notify";
  readonly id: number;
  readonly method: string;
  readonly parameter: { readonly out?: string; readonly dir?: string };
}

const countFile = process.env["FAKE_COUNT"]!;
const starts = Number(readFileSync(countFile, "utf8"));
writeFileSync(countFile, String(starts + 1));
const deaths = process.env["FAKE_DEATHS"]!.split(",");
const death: string = deaths[Math.min(starts, deaths.length - 1)]!;

const send = (message: unknown): void => void process.send!(message);
const notify = (method: string, parameter: unknown): void =>
  send({ t: "notify", method, parameter });
const blockForever = (): void => {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
};
const fillMemory = (): void => {
  const kept: unknown[] = [];
  while (kept.length < 1e9) kept.push(new Array(1000).fill(kept.length));
};

process.on("disconnect", () => process.exit(0));
process.on("message", (request: Request) => {
  if (request.method === "shutDown") {
    if (death === "deaf") return;
    process.exit(0);
  }
  const dir = request.parameter.out ?? request.parameter.dir ?? "";
  const done = (value: unknown): void => send({ t: "result", id: request.id, value });
  if (request.method === "doctor") {
    done({
      runtime: JSON.stringify({ execArgv: process.execArgv, env: process.env }),
      providers: [],
    });
    return;
  }
  notify("heartbeat", { step: 0, at: 0 });
  notify("step", { dir, iteration: 1, step: { phase: "fit", done: starts, total: 10 } });
  // Told before it dies: a message that is in the pipe arrives before the end does.
  setTimeout(() => die(dir, done), 50);
});

function die(dir: string, done: (value: unknown) => void): void {
  switch (death) {
    case "none":
      done({ state: "done", error: null });
      break;
    case "progress-then-kill":
      notify("record", { dir, record: { kind: "iteration", iteration: starts } });
      setTimeout(() => process.kill(process.pid, "SIGKILL"), 50);
      break;
    case "kill":
      process.kill(process.pid, "SIGKILL");
      break;
    case "segv":
      process.kill(process.pid, "SIGSEGV");
      break;
    case "abort":
      process.abort();
    case "exit-0":
      process.exit(0);
    case "exit-137":
      process.exit(137);
    case "throw":
      throw new RangeError("offset 12 is past the end of weights.bin");
    case "heap":
      fillMemory();
      break;
    case "same-step":
      notify("step", { dir, iteration: 2, step: { phase: "fit", done: 57, total: 300 } });
      setTimeout(() => process.kill(process.pid, "SIGKILL"), 50);
      break;
    case "hang":
      // A native call that never returns; the heartbeat thread goes on.
      blockForever();
      break;
    case "hang-with-heartbeat":
      beatFromThread();
      break;
    case "crawl": {
      // Ten short steps, then longer and longer ones.
      let wait = 5;
      let n = 0;
      const next = (): void => {
        notify("step", { dir, iteration: 1, step: { phase: "fit", done: n++, total: 100 } });
        if (n > 10) wait *= 4;
        setTimeout(next, wait);
      };
      next();
      break;
    }
    case "deaf":
      setInterval(() => undefined, 1000);
      break;
    case "broken-message":
      send(null);
      setInterval(() => undefined, 1000);
      break;
    case "broken-event":
      notify("step", { dir, iteration: "one" });
      setInterval(() => undefined, 1000);
      break;
    case "unknown-event":
      notify("constructor", {});
      setInterval(() => undefined, 1000);
      break;
    default:
      throw new Error(`unknown death ${death}`);
  }
}

/** The same step number again and again: alive, but not getting on. */
function beatFromThread(): void {
  const worker = new Worker(
    `const { parentPort } = require("node:worker_threads"); setInterval(() => parentPort.postMessage(0), 20);`,
    { eval: true },
  );
  worker.on("message", () => notify("heartbeat", { step: 1, at: 0 }));
}
