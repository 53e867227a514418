// Making a run from end to end: read, train, write down, tell; and going on with one that was interrupted.
import { basename, resolve } from "node:path";
import type { RunInfo, RunRecord } from "../core/records.ts";
import {
  checkFree,
  createRunDirectory,
  removeTemporaries,
  tidyDone,
  writeRunInfo,
} from "../data/runs/runDirectory.ts";
import { explainFault, faultCode } from "../data/fileFault.ts";
import { readRunInfo } from "../data/runs/runFiles.ts";
import { releaseLock, takeLock } from "../data/runs/runLock.ts";
import type { Step } from "../learn/rewardModel.ts";
import type { RunOutcome, RunRequest } from "../protocol/engine.ts";
import { checkUnchanged, identify } from "./fileIdentity.ts";
import { readInputs, type RunInputs } from "./inputs.ts";
import { iterations } from "./iterations.ts";
import { labelsFor } from "./labelSnapshots.ts";
import { modelOf } from "./models.ts";
import { dropOldState, readState, removeState, writeState } from "./runState.ts";
import { RunWriter } from "./runWriter.ts";

/** Who is told of a run's progress, and who may interrupt it. */
export interface RunHooks {
  /** A record is in the run directory. */
  readonly record: (record: RunRecord) => void;
  readonly step: (iteration: number, step: Step) => void;
  readonly note: (text: string) => void;
  readonly signal: RunSignal;
}

/** Asked after each step. */
export interface RunSignal {
  /** A stop is granted once there is a first model. */
  readonly stopRequested: () => "no" | "after-step";
  /** Resolves at once unless the run is paused in memory. */
  readonly waitWhilePaused: () => Promise<void>;
}

/**
 * Makes a new run in request.out.
 * @throws UsageError where the folder is taken or no source of labels is named; Error for inputs that cannot be
 * read. Once the run directory is there, a failure is written into it and returned instead.
 */
export async function makeRun(request: RunRequest, hooks: RunHooks): Promise<RunOutcome> {
  await checkFree(request.out);
  const { settings } = request;
  modelOf(settings);
  const inputs = await readInputs(request, settings, hooks.note);
  try {
    const info: RunInfo = {
      version: 1,
      id: basename(request.out),
      state: "running",
      error: null,
      settings,
      data: await identify(request.data),
      labels: await identify(request.labels),
      labeledData: await identify(request.labeled),
      gold: await identify(request.gold),
      test: await identify(request.test),
      mapping: request.mapping,
      createdAt: new Date().toISOString(),
      finishedAt: null,
      versions: {
        ssrm: request.version,
        node: process.versions.node,
        platform: `${process.platform}-${process.arch}`,
      },
      provider: "cpu",
    };
    await createRunDirectory(request.out, info);
    return await goOn(request.out, info, { inputs, hooks });
  } finally {
    await inputs.close();
  }
}

/**
 * Goes on with a run from the last thing that it wrote down; a finished run stays as it is.
 * @throws DataError where the folder holds no run, RunOwnedError where a living process makes it
 */
export async function resumeRun(
  path: string,
  hooks: RunHooks & { readonly cacheDir: string },
): Promise<RunOutcome> {
  const dir = resolve(path);
  if ((await readRunInfo(dir)).state === "done") {
    await tidyDone(dir);
    return { state: "done", error: null };
  }
  await takeLock(dir);
  try {
    const info = await readRunInfo(dir);
    await removeTemporaries(dir);
    await checkUnchanged([...info.data, ...info.labeledData, ...info.gold, ...info.test]);
    const pathsOf = (files: RunInfo["data"]): string[] => files.map((file) => file.path);
    const inputs = await readInputs(
      {
        data: pathsOf(info.data),
        labels: pathsOf(info.labels),
        labeled: pathsOf(info.labeledData),
        gold: pathsOf(info.gold),
        test: pathsOf(info.test),
        mapping: info.mapping,
        cacheDir: hooks.cacheDir,
      },
      info.settings,
      hooks.note,
    );
    try {
      const running: RunInfo = { ...info, state: "running", error: null };
      await writeRunInfo(dir, running);
      return await goOn(dir, running, { inputs, hooks });
    } finally {
      await inputs.close();
    }
  } finally {
    await releaseLock(dir);
  }
}

/** Runs to the end, to a stop or to a failure, and writes down which; the caller holds the lock. */
async function goOn(
  dir: string,
  info: RunInfo,
  work: { readonly inputs: RunInputs; readonly hooks: RunHooks },
): Promise<RunOutcome> {
  const writer = await RunWriter.open(dir, work.inputs, info);
  try {
    const state = await loop(writer, info, work);
    const finishedAt = state === "done" ? new Date().toISOString() : null;
    const ended: RunInfo = { ...info, state, finishedAt };
    await writer.writeReport(ended);
    await writeRunInfo(dir, ended);
    if (state === "done") await removeState(dir);
    return { state, error: null };
  } catch (error) {
    const message = whyFailed(error, dir);
    // A full disk refuses this as well. What is then said is the first cause, and --resume works all the same.
    await writeRunInfo(dir, { ...info, state: "failed", error: message }).catch(() => undefined);
    return { state: "failed", error: message };
  } finally {
    await releaseLock(dir);
  }
}

async function loop(
  writer: RunWriter,
  info: RunInfo,
  { inputs, hooks }: { readonly inputs: RunInputs; readonly hooks: RunHooks },
): Promise<"done" | "paused"> {
  const { dir } = writer;
  const { settings } = info;
  const model = modelOf(settings);
  const tell = async (record: RunRecord): Promise<void> => {
    if ((await writer.append(record)) === "new") hooks.record(record);
  };
  const resume = await readState(dir, model, inputs.pool);
  const events = iterations(inputs, settings, {
    model,
    resume,
    async labels(iteration) {
      const { labels, record } = await labelsFor(dir, inputs, iteration);
      await tell(record);
      return labels;
    },
  });
  for await (const event of events) {
    switch (event.kind) {
      case "step":
        hooks.step(event.iteration, event.step);
        break;
      case "pseudo-labels":
        await writer.writePseudoLabels(event.iteration, event);
        break;
      case "model":
        // Replacing the only state by itself would leave a moment without any.
        if (event.iteration !== resume?.iteration) await writeState(dir, model, event);
        await writer.writeSaid(event);
        await writer.writeResult(model, event);
        await tell(event.record);
        await writer.writeReport(info);
        await dropOldState(dir, event.iteration);
        break;
      case "ended-early":
        await tell({ kind: "ended-early", iteration: event.iteration, reason: event.reason });
        break;
      default:
        event satisfies never;
    }
    // A turn of the event loop, so that signals and requests are heard between steps.
    await new Promise((resolve) => setImmediate(resolve));
    await hooks.signal.waitWhilePaused();
    const hasModel = writer.records.some((record) => record.kind === "iteration");
    if (hasModel && hooks.signal.stopRequested() === "after-step") return "paused";
  }
  return "done";
}

/** A fault of the system names neither the run nor what to do. */
function whyFailed(error: unknown, dir: string): string {
  if (faultCode(error) === null) return error instanceof Error ? error.message : String(error);
  const { path } = error as NodeJS.ErrnoException;
  return (
    `${path ?? dir}: expected to read and write what the run needs, but ${explainFault(error)}; then go on ` +
    `by \`ssrm run --resume ${dir}\``
  );
}
