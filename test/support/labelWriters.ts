// Starting the writer processes of the fault tests, under strace where faults are injected, and judging what
// they said against what is on disk.
import { spawn, spawnSync } from "node:child_process";
import type { ChildProcessByStdio } from "node:child_process";
import { EventEmitter } from "node:events";
import { readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import type { Readable } from "node:stream";
import { readJournalFolder, readLabelFolder } from "../../src/data/labels/labelFiles.ts";
import type { Outcome, WriterTask } from "../faults/labelWriter.ts";

/** Why faults can't be injected here, or null. */
export function whyNoStrace(): string | null {
  const { status } = spawnSync("strace", ["-f", "-o", "/dev/null", "true"]);
  return status === 0
    ? null
    : "strace is missing or may not trace (Debian: apt-get install strace)";
}

export interface StraceOptions {
  /** Calls on these paths alone are traced, and so counted and faulted. */
  readonly paths: readonly string[];
  /** Such as "write:error=EIO:when=2". */
  readonly inject: string | null;
  readonly log: string;
}

export interface RunningWriter {
  readonly child: ChildProcessByStdio<null, Readable, Readable>;
  readonly outcomes: readonly Outcome[];
  readonly ready: Promise<void>;
  /** Settles when the process has said so much of events, or has ended. */
  readonly said: (count: number) => Promise<void>;
  /** Settles when the process has ended and all that it said is in `outcomes`. */
  readonly ended: Promise<{ readonly code: number | null; readonly stderr: string }>;
}

const script = join(import.meta.dirname, "../faults/labelWriter.ts");
/** Starting takes most of a fault's time. */
const compileCache = join(tmpdir(), "ssrm-fault-tests");
const traced = "openat,write,pwrite64,pread64,fdatasync,fsync,close";

export function startWriter(task: WriterTask, strace: StraceOptions | null = null): RunningWriter {
  const node = [process.execPath, script, JSON.stringify(task)];
  const command =
    strace === null
      ? node
      : [
          ...["strace", "-f", "-s", "100", "-o", strace.log, "-e", `trace=${traced}`],
          ...strace.paths.flatMap((path) => ["-P", path]),
          ...(strace.inject === null ? [] : ["-e", `inject=${strace.inject}`]),
          ...node,
        ];
  const child = spawn(command[0]!, command.slice(1), {
    stdio: ["ignore", "pipe", "pipe"],
    // strace counts the calls of each thread by itself; with one thread, "the second write" is what it says.
    env: { ...process.env, UV_THREADPOOL_SIZE: "1", NODE_COMPILE_CACHE: compileCache },
  });
  const outcomes: Outcome[] = [];
  let stderr = "";
  child.stderr.on("data", (chunk: Buffer) => (stderr += chunk.toString()));
  const heard = new EventEmitter();
  const lines = createInterface({ input: child.stdout });
  const ready = new Promise<void>((resolve) => {
    lines.on("line", (line) => {
      const said = JSON.parse(line) as Outcome | "ready";
      if (said === "ready") resolve();
      else outcomes.push(said);
      heard.emit("line");
    });
    lines.on("close", resolve);
  });
  const isClosed = new Promise<void>((resolve) => lines.on("close", resolve));
  const said = async (count: number): Promise<void> => {
    const enough = new Promise<void>((resolve) => {
      const look = (): void => {
        if (outcomes.length >= count) resolve();
      };
      heard.on("line", look);
      look();
    });
    await Promise.race([enough, isClosed]);
  };
  const ended = Promise.all([
    new Promise<number | null>((resolve) => child.on("close", resolve)),
    isClosed,
  ]).then(([code]) => ({ code, stderr }));
  return { child, outcomes, ready, said, ended };
}

/** Everything wrong with what a writer said, as sentences; none where each event is where it is said to be. */
export async function violations(
  outcomes: readonly Outcome[],
  { dir, journalDir }: Pick<WriterTask, "dir" | "journalDir">,
): Promise<string[]> {
  const log = new Set((await readLabelFolder(dir)).events.map(({ id }) => id));
  const journal = new Set(
    journalDir === null ? [] : (await readJournalFolder(journalDir)).events.map(({ id }) => id),
  );
  return outcomes.flatMap(({ id, state, reason }) => {
    if (state === "saved" && !log.has(id)) return `${id} was called saved and is not in the log`;
    if (state === "journaled-only" && !journal.has(id)) return `${id} is not in the journal`;
    if (state !== "saved" && !reason) return `${id} was ${state} without a reason`;
    return [];
  });
}

/**
 * Events called saved that no successful sync covers, by the strace log: a sync covers what was written through
 * its descriptor since it was opened or since its last failed sync, which may have marked the pages as clean.
 */
export function unsynced(outcomes: readonly Outcome[], straceLog: string): string[] {
  const synced = new Set<string>();
  const pending = new Map<string, string[]>();
  for (const call of callsOf(readFileSync(straceLog, "utf8"))) {
    const [, name, fd] = /^(\w+)\((\d+)/.exec(call) ?? [];
    if (name === undefined || fd === undefined) continue;
    const id = /\{\\"v\\":1,\\"id\\":\\"([0-9a-f]{32})/.exec(call)?.[1];
    if (id !== undefined) pending.set(fd, [...(pending.get(fd) ?? []), id]);
    // An interrupted sync is repeated by libuv and has failed nothing.
    else if (name.includes("sync") && !call.includes("EINTR")) {
      if (/= 0$/.test(call)) for (const written of pending.get(fd) ?? []) synced.add(written);
      pending.delete(fd);
    } else if (name === "close") pending.delete(fd);
  }
  return outcomes
    .filter(({ id, state }) => state === "saved" && !synced.has(id))
    .map(({ id }) => `${id} was called saved and no sync covers it`);
}

/** The calls of a strace log, those in whole that another thread's line cuts in two. */
function* callsOf(log: string): Generator<string> {
  const unfinished = new Map<string, string>();
  for (const line of log.split("\n")) {
    const [, thread, text] = /^(\d+) +(.*)$/.exec(line) ?? [];
    if (thread === undefined || text === undefined) continue;
    if (text.endsWith("<unfinished ...>")) unfinished.set(thread, text);
    else if (text.startsWith("<... ")) yield `${unfinished.get(thread)} ${text}`;
    else yield text;
  }
}

/** Runs the tasks with so many at once. */
export async function inLanes<T>(
  tasks: readonly T[],
  lanes: number,
  run: (task: T) => Promise<void>,
): Promise<void> {
  const queue = [...tasks];
  const lane = async (): Promise<void> => {
    for (let task = queue.shift(); task !== undefined; task = queue.shift()) await run(task);
  };
  await Promise.all(Array.from({ length: lanes }, lane));
}
