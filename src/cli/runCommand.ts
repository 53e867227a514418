// `ssrm run`: makes a run, or goes on with one; the engine's code runs in this process.
import { resolve } from "node:path";
import { readRun } from "../data/runs/runFiles.ts";
import { makeRun, resumeRun, type RunHooks } from "../engine/runJob.ts";
import type { RunOutcome } from "../protocol/engine.ts";
import type { runOptions } from "./options.ts";
import type { Arguments } from "./parseArguments.ts";
import { cacheFolder, newRunFolder } from "./places.ts";
import { Progress } from "./progress.ts";
import { runRequest } from "./runRequest.ts";
import { runJson, runText, type RunOnDisk } from "./runSummary.ts";
import { listenForStop } from "./stopSignal.ts";
import { print, printJson, tell } from "./terminal.ts";
import { UsageError } from "../data/usageError.ts";

/** Exit 0 done, 1 failed, 130 interrupted with a checkpoint written. */
export async function runCommand(args: Arguments<typeof runOptions>): Promise<number> {
  const { values } = args;
  const progress = new Progress();
  const { dir, outcome } =
    values.resume === null ? await start(args, progress) : await resume(args, progress);
  progress.end();
  const run: RunOnDisk = { dir, ...(await readRun(dir)) };
  await (values.json ? printJson(runJson(run)) : print(runText(run)));
  if (outcome.state === "failed") tell(`ssrm: ${outcome.error ?? "the run failed"}`);
  return outcome.state === "done" ? 0 : outcome.state === "paused" ? 130 : 1;
}

interface Ended {
  readonly dir: string;
  readonly outcome: RunOutcome;
}

async function start(
  { operands, values }: Arguments<typeof runOptions>,
  progress: Progress,
): Promise<Ended> {
  const dir = values.out === null ? newRunFolder() : resolve(values.out);
  const request = await runRequest(values, { operands, out: dir });
  return { dir, outcome: await makeRun(request, hooksOf(progress)) };
}

async function resume(
  { operands, values, given }: Arguments<typeof runOptions>,
  progress: Progress,
): Promise<Ended> {
  const others = [...given].filter((name) => name !== "resume" && name !== "json");
  if (operands.length > 0 || others.length > 0) {
    const got = others.length > 0 ? others.map((name) => `--${name}`).join(", ") : operands[0]!;
    throw new UsageError(
      `--resume goes on with the settings and data of its run: expected only --json beside it, got ${got}`,
    );
  }
  const dir = resolve(values.resume!);
  const outcome = await resumeRun(dir, { ...hooksOf(progress), cacheDir: cacheFolder() });
  return { dir, outcome };
}

function hooksOf(progress: Progress): RunHooks {
  return {
    record: (record) => progress.record(record),
    step: (iteration, step) => progress.step(iteration, step),
    note: (text) => progress.line(text),
    signal: listenForStop(() =>
      progress.line("Stopping after this step; once more to stop at once."),
    ),
  };
}
