// What `run` says at its end: one JSON object, or a table and what to do next. All of it from the run
// directory, so a run that was resumed or is long done says the same.
import { relative } from "node:path";
import type { IterationRecord, RunInfo, RunRecord } from "../core/records.ts";
import { duration, fixed, percent, thousands } from "../core/report/numbers.ts";
import { summarize } from "../core/report/summary.ts";
import { accuracyText } from "./figures.ts";
import { table } from "./terminal.ts";

export interface RunOnDisk {
  readonly dir: string;
  readonly info: RunInfo;
  readonly records: readonly RunRecord[];
}

/** The object of `ssrm run --json`: every record of every model, in order. */
export function runJson({ dir, info, records }: RunOnDisk): object {
  const { iterations, ended, result } = summarize(info, records);
  return {
    dir,
    state: info.state,
    error: info.error,
    iterations: iterations.map(({ kind: _kind, ...figures }) => figures),
    endedEarly: ended === null ? null : { iteration: ended.iteration, reason: ended.reason },
    result: result?.iteration ?? null,
    settings: info.settings,
    provider: info.provider,
  };
}

/** The same for people. */
export function runText(run: RunOnDisk): string {
  const { dir, info, records } = run;
  const { iterations, ended, judge } = summarize(info, records);
  const near = relative(process.cwd(), dir) || ".";
  const folder = near.startsWith("..") ? dir : near;
  const held = judge === "test" ? "test accuracy" : "held-out accuracy";
  const rows = iterations.map((record) => rowOf(record, judge));
  const lines = [
    table([["model", "labels", "pseudo", "right", "T", held, "NLL", "ECE", "time"], ...rows]),
  ];
  if (ended !== null) lines.push(`Ended before iteration ${ended.iteration}: ${ended.reason}.\n`);
  lines.push("\n", ...nextSteps(info, folder).map((line) => `${line}\n`));
  return lines.join("");
}

function rowOf(record: IterationRecord, judge: "test" | "validation" | null): string[] {
  const metrics = judge === null ? null : record[judge];
  return [
    String(record.iteration),
    thousands(record.labeled),
    thousands(record.selected),
    percent(record.pseudoLabelAccuracy),
    fixed(record.temperature, 2),
    accuracyText(metrics),
    fixed(metrics?.nll ?? null, 3),
    fixed(metrics?.ece ?? null, 3),
    duration(record.seconds),
  ];
}

function nextSteps(info: RunInfo, folder: string): string[] {
  if (info.state !== "done") {
    return [`The run is ${info.state}. Go on with it: ssrm run --resume ${folder}`];
  }
  return [
    `Run directory: ${folder} (report.html, checkpoint/, pseudo-labels/, queue.jsonl)`,
    `Score pairs:   ssrm score DATA --model ${folder}`,
    `Its labels:    ssrm labels export --run ${folder} --out labeled.jsonl`,
  ];
}
