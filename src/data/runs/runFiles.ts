// Where everything in a run directory stands, and reading it. Writing is in runDirectory.ts.
import { open, readdir, readFile, realpath } from "node:fs/promises";
import { join } from "node:path";
import type { Winner } from "../../core/pair.ts";
import type {
  HeldOutRow,
  IterationRecord,
  Metrics,
  PseudoLabel,
  QueueItem,
  RunInfo,
  RunRecord,
  ScoreRow,
} from "../../core/records.ts";
import { DataError } from "../dataError.ts";
import { faultCode } from "../fileFault.ts";

export const runFiles = {
  info: "run.json",
  records: "iterations.jsonl",
  pseudoLabels: "pseudo-labels",
  checkpoint: "checkpoint",
  queue: "queue.jsonl",
  /** What the newest model says of all of U. */
  scores: "scores.jsonl",
  /** What each model was judged on. */
  heldOut: "held-out",
  report: "report.html",
  /** Labels as they were at the start of each iteration: what a resumed run repeats. */
  labels: "labels",
  /** Models of the last complete iteration, for resuming; gone when the run is done. */
  state: "state",
  /** Names the process that makes the run (runLock.ts). */
  lock: "lock.json",
} as const;

/** The file of the pseudo-labels that model k was trained on. */
export function pseudoLabelFile(iteration: number): string {
  return join(runFiles.pseudoLabels, `iteration-${iteration}.jsonl`);
}

/** The file of the pairs that model k was judged on. */
export function heldOutFile(iteration: number): string {
  return join(runFiles.heldOut, `iteration-${iteration}.jsonl`);
}

/**
 * run.json of a run directory.
 * @throws DataError where there is none or it is not one
 */
export async function readRunInfo(dir: string): Promise<RunInfo> {
  const path = join(dir, runFiles.info);
  const text = await readTextOrNull(path);
  if (text === null) {
    throw new DataError(
      `${dir}: expected a run directory, got no run.json in it: name the folder that \`ssrm run\` wrote.`,
    );
  }
  try {
    const info = JSON.parse(text) as RunInfo;
    if (info.version === 1 && typeof info.settings === "object") return info;
  } catch {
    // Said below: run.json is only ever replaced whole, so somebody else wrote this.
  }
  throw new DataError(`${path}: expected version 1 of a run's settings, got something else.`);
}

/** The records of a run in order, each once; a line torn by a crash is left out. */
export async function readRunRecords(dir: string): Promise<RunRecord[]> {
  const records = new Map<string, RunRecord>();
  for (const record of await readLines<RunRecord>(join(dir, runFiles.records))) {
    const key = `${record.kind} ${record.iteration}`;
    if (!records.has(key)) records.set(key, record);
  }
  return [...records.values()].map((record) =>
    record.kind === "iteration" ? completed(record) : record,
  );
}

/** A record with the fields that runs of earlier versions did not write. */
function completed(record: IterationRecord): IterationRecord {
  const metrics = (of: Metrics | null): Metrics | null => of && { ...absentMetrics, ...of };
  return {
    ...absentInOlder,
    ...record,
    test: metrics(record.test),
    validation: metrics(record.validation),
    testCalibrated: metrics(record.testCalibrated),
    validationCalibrated: metrics(record.validationCalibrated),
  };
}

const absentInOlder: Pick<IterationRecord, "validationOf" | "thresholds"> = {
  validationOf: "all",
  thresholds: [],
};

const absentMetrics: Pick<
  Metrics,
  "brierLow" | "brierHigh" | "eceLow" | "eceHigh" | "smeceLow" | "smeceHigh"
> = {
  ...{ brierLow: null, brierHigh: null, eceLow: null, eceHigh: null },
  ...{ smeceLow: null, smeceHigh: null },
};

/** run.json and the records. */
export async function readRun(dir: string): Promise<{ info: RunInfo; records: RunRecord[] }> {
  return { info: await readRunInfo(dir), records: await readRunRecords(dir) };
}

/** The review queue, least sure first; empty before the first model is there. */
export async function readRunQueue(dir: string): Promise<QueueItem[]> {
  return readLines<QueueItem>(join(dir, runFiles.queue));
}

/** The pairs that model k was judged on, held-out labels first; empty where there is no such model (yet). */
export async function readHeldOut(dir: string, iteration: number): Promise<HeldOutRow[]> {
  return readLines<HeldOutRow>(join(dir, heldOutFile(iteration)));
}

/** The labels that model k was trained on, winners in canonical order; empty where there is no such model (yet). */
export async function readRunLabels(
  dir: string,
  iteration: number,
): Promise<{ readonly id: string; readonly winner: Winner }[]> {
  return readLines(join(dir, runFiles.labels, `iteration-${iteration}.jsonl`));
}

/** What the newest model says of all of U, row by row; nothing where there is no model yet. */
export function scoresOf(dir: string): AsyncGenerator<ScoreRow, void> {
  return linesOf<ScoreRow>(join(dir, runFiles.scores));
}

/** What model k-1 said of U, row by row; nothing where it has not spoken. */
export function pseudoLabelsOf(dir: string, iteration: number): AsyncGenerator<PseudoLabel, void> {
  return linesOf<PseudoLabel>(join(dir, pseudoLabelFile(iteration)));
}

/** What model k-1 said of U; empty where it has not spoken. */
export async function readPseudoLabels(dir: string, iteration: number): Promise<PseudoLabel[]> {
  return readLines<PseudoLabel>(join(dir, pseudoLabelFile(iteration)));
}

/** All files below a folder by relative name with `/`; null where there is no such folder. */
export async function readFolder(path: string): Promise<Map<string, Uint8Array> | null> {
  try {
    const entries = await readdir(path, { recursive: true, withFileTypes: true });
    const root = await realpath(path);
    const files = new Map<string, Uint8Array>();
    for (const entry of entries) {
      if (!entry.isFile()) continue;
      const full = join(await realpath(entry.parentPath), entry.name);
      files.set(full.slice(root.length + 1).replaceAll("\\", "/"), await readFile(full));
    }
    return files;
  } catch (error) {
    if (faultCode(error) === "ENOENT") return null;
    throw error;
  }
}

/** Lines of JSON; a last line without its end, or one that is no JSON, is left out. */
export async function readLines<T>(path: string): Promise<T[]> {
  const text = (await readTextOrNull(path)) ?? "";
  return parsedLines<T>(text.split("\n").slice(0, -1));
}

/** As readLines, without the whole file in memory. A file that is replaced meanwhile is read as it was. */
async function* linesOf<T>(path: string): AsyncGenerator<T, void> {
  const file = await open(path, "r").catch((error: unknown) => {
    if (faultCode(error) === "ENOENT") return null;
    throw error;
  });
  if (file === null) return;
  let rest = "";
  const stream = file.createReadStream({ encoding: "utf8", highWaterMark: 1 << 20 });
  for await (const chunk of stream) {
    const lines = (rest + (chunk as string)).split("\n");
    rest = lines.pop()!;
    yield* parsedLines<T>(lines);
  }
}

function parsedLines<T>(lines: readonly string[]): T[] {
  return lines.flatMap((line) => {
    try {
      return line === "" ? [] : [JSON.parse(line) as T];
    } catch {
      return [];
    }
  });
}

async function readTextOrNull(path: string): Promise<string | null> {
  try {
    return await readFile(path, "utf8");
  } catch (error) {
    if (faultCode(error) === "ENOENT") return null;
    throw error;
  }
}
