// Starting runs as processes, killing them, going on with them, and judging what is there in the end.
import { type ChildProcess, spawn } from "node:child_process";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readRun, readRunInfo } from "../../src/data/runs/runFiles.ts";
import { openModel } from "../../src/engine/openModel.ts";
import type { RunTask } from "../faults/runProcess.ts";
import { makeRows, open, writeLog, writeRowsTo } from "./pairFiles.ts";
import { everythingOf, leftovers, recordsOf, type RunPlace } from "./runs.ts";

const script = join(import.meta.dirname, "../faults/runProcess.ts");
/** Starting takes most of a short run's time. */
const compileCache = join(tmpdir(), "ssrm-fault-tests");
/** The calls by which a run changes what is on the disk. */
export const changing = [
  "rename",
  "fsync",
  "fdatasync",
  "mkdir",
  "rmdir",
  "unlink",
  "link",
] as const;

export interface RunProcess {
  readonly child: ChildProcess;
  readonly ended: Promise<{
    readonly killed: boolean;
    readonly stdout: string;
    readonly stderr: string;
  }>;
}

export interface KillableRun {
  readonly dir: string;
  /** Makes the run, or goes on with it where it is there; under strace where faults or a trace are wanted. */
  start(options?: { readonly inject?: string; readonly trace?: string }): RunProcess;
}

/** A short run of 40 pairs in a folder of its own, about as many iterations as make every kind of file twice. */
export function killableRun(
  place: RunPlace,
  name: string,
  writer: RunTask["writer"] = "right",
): KillableRun {
  const rows = makeRows(40, "kill");
  const data = place.at("kill.jsonl");
  const log = place.at("kill-log.jsonl");
  if (!existsSync(log)) {
    writeRowsTo(data, open(rows));
    // Some of them only train: a resumed run must know which.
    writeLog(
      log,
      rows.slice(0, 12).map((row, i) => (i % 3 === 0 ? { ...row, drawn: "unsure" } : row)),
    );
  }
  const request = place.request(
    join(name, "run"),
    { data: [data], labels: [log] },
    { threshold: 0.6, iterations: 2 },
  );
  const dir = request.out;
  const requestFile = place.at(`${name}.json`);
  writeFileSync(requestFile, JSON.stringify(request));
  return {
    dir,
    start: ({ inject, trace } = {}) => {
      const kind = existsSync(join(dir, "run.json")) ? "resume" : "make";
      const task: RunTask = { kind, request: requestFile, writer };
      const node = [process.execPath, script, JSON.stringify(task)];
      const strace = [
        "strace",
        "-f",
        "-o",
        trace ?? "/dev/null",
        "-e",
        `trace=${changing.join(",")}`,
      ];
      const faults = inject === undefined ? [] : ["-e", `inject=${inject}`];
      const isTraced = inject !== undefined || trace !== undefined;
      return startProcess(isTraced ? [...strace, ...faults, ...node] : node);
    },
  };
}

function startProcess(command: readonly string[]): RunProcess {
  const child = spawn(command[0]!, command.slice(1), {
    stdio: ["ignore", "pipe", "pipe"],
    // strace counts the calls of each thread by itself; with one thread, "the second" is what it says.
    env: { ...process.env, UV_THREADPOOL_SIZE: "1", NODE_COMPILE_CACHE: compileCache },
  });
  let stdout = "";
  let stderr = "";
  child.stdout.on("data", (chunk: Buffer) => (stdout += chunk.toString()));
  child.stderr.on("data", (chunk: Buffer) => (stderr += chunk.toString()));
  const ended = new Promise<{ killed: boolean; stdout: string; stderr: string }>((resolve) => {
    child.on("close", (_code, signal) => resolve({ killed: signal !== null, stdout, stderr }));
  });
  return { child, ended };
}

/** Resolves once the run's directory is there, or its process has ended without. */
export async function appeared(run: KillableRun, { child }: RunProcess): Promise<void> {
  while (!existsSync(run.dir) && child.exitCode === null && child.signalCode === null) {
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
}

/** How often each call stands in a trace, by the thread that makes it most: strace counts by thread as well. */
export function countCalls(trace: string): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const line of readFileSync(trace, "utf8").split("\n")) {
    const [call] = /^\d+ +\w+(?=\()/.exec(line) ?? [];
    if (call !== undefined) counts.set(call, (counts.get(call) ?? 0) + 1);
  }
  const most = new Map<string, number>();
  for (const [call, count] of counts) {
    const name = call.replace(/^\d+ +/, "");
    most.set(name, Math.max(count, most.get(name) ?? 0));
  }
  return most;
}

/** How far a run had come when it died. */
export async function stageOf(dir: string): Promise<string> {
  if (!existsSync(dir)) return "before its directory";
  const { info, records } = await readRun(dir);
  if (info.state === "done") return "done";
  const models = records.filter((record) => record.kind === "iteration").length;
  return `${models} models`;
}

/** What is wrong right after a death: run.json and the checkpoint are whole, or not there yet. */
export async function wrongNow(dir: string): Promise<string[]> {
  if (!existsSync(dir)) return [];
  const wrong: string[] = [];
  const tell = (error: unknown): void => void wrong.push(String(error));
  await readRunInfo(dir).catch(tell);
  const checkpoint = join(dir, "checkpoint");
  if (existsSync(checkpoint)) await openModel(checkpoint).catch(tell);
  return wrong;
}

/** What is wrong in the end: everything in which the run differs from one that nobody disturbed. */
async function wrongInTheEnd(dir: string, whole: string): Promise<string[]> {
  const wrong: string[] = [];
  const { state, error } = await readRunInfo(dir);
  if (state !== "done") wrong.push(`it is ${state}: ${error ?? ""}`);
  const [got, wanted] = [everythingOf(dir), everythingOf(whole)];
  for (const name of new Set([...Object.keys(got), ...Object.keys(wanted)])) {
    if (got[name] !== wanted[name]) wrong.push(`${name} differs`);
  }
  const [records, expected] = [await recordsOf(dir), await recordsOf(whole)];
  if (JSON.stringify(records) !== JSON.stringify(expected)) {
    wrong.push(`its records differ: ${JSON.stringify(records)}`);
  }
  return [...wrong, ...leftovers(dir).map((name) => `${name} is left`)];
}

/** Goes on until the run says that it has ended; tells what is wrong then. */
export async function finish(run: KillableRun, whole: string): Promise<string[]> {
  const { stdout, stderr } = await run.start().ended;
  if (stdout.trim() !== '{"state":"done","error":null}') return [`it said ${stdout} ${stderr}`];
  return wrongInTheEnd(run.dir, whole);
}
