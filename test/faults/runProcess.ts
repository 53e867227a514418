// A run in a process of its own, for the tests that kill it: makes the run of a request, or goes on with one.
// Writers that do it wrong stand beside the right one, and must be caught.
import fs from "node:fs/promises";
import { syncBuiltinESMExports } from "node:module";
import { readFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import type { RunRequest } from "../../src/protocol/engine.ts";

/** What the process is told on its command line. */
export interface RunTask {
  readonly kind: "make" | "resume";
  /** File with the RunRequest. */
  readonly request: string;
  /** `in place`: files and folders are written under their own names, not beside and then renamed. */
  readonly writer: "right" | "in place";
}

const task = JSON.parse(process.argv[2]!) as RunTask;
const request = JSON.parse(readFileSync(task.request, "utf8")) as RunRequest;

if (task.writer === "in place") {
  // The same content goes through the same calls; only the moment at which its name shows is another.
  const rename = fs.rename;
  fs.rename = async (from, to) => {
    const name = basename(String(from));
    if (!name.includes(".tmp-") || name.includes(".tmp-old-")) return rename(from, to);
    const isRun = dirname(String(to)) === dirname(request.out);
    if (isRun) return rename(from, to);
    await copySlowly(String(from), String(to));
    await fs.rm(from, { recursive: true });
  };
  syncBuiltinESMExports();
}

/** A folder goes file by file, a file in two halves, each of them synced. */
async function copySlowly(from: string, to: string): Promise<void> {
  if ((await fs.stat(from)).isDirectory()) {
    await fs.mkdir(to, { recursive: true });
    for (const file of await fs.readdir(from)) await copySlowly(join(from, file), join(to, file));
    return;
  }
  const bytes = await fs.readFile(from);
  const half = bytes.length >> 1;
  const file = await fs.open(to, "w");
  for (const part of [bytes.subarray(0, half), bytes.subarray(half)]) {
    await file.write(part);
    await file.sync();
  }
  await file.close();
}

// Loaded only now, so that it sees the functions above.
const { makeRun, resumeRun } = await import("../../src/engine/runJob.ts");
const hooks = {
  record: () => undefined,
  step: () => undefined,
  note: () => undefined,
  signal: { stopRequested: () => "no" as const, waitWhilePaused: () => Promise.resolve() },
};
const outcome = await (task.kind === "make"
  ? makeRun(request, hooks)
  : resumeRun(request.out, { ...hooks, cacheDir: request.cacheDir }));
console.log(JSON.stringify(outcome));
