// Writing a run directory: everything is on the disk before anybody is told of it.
import { mkdir, readdir, rename, rm } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import type { RunInfo, RunRecord } from "../../core/records.ts";
import { DurableAppender } from "../durableAppend.ts";
import { faultCode } from "../fileFault.ts";
import { runFiles } from "./runFiles.ts";
import { isRunOwned, placeLock, releaseLock, RunOwnedError, takeLock } from "./runLock.ts";
import { syncFolder } from "../syncFolder.ts";
import { UsageError } from "../usageError.ts";
import {
  makeFolder,
  temporaryMark,
  writeSynced,
  writeWhole,
  writeWholeFolder,
} from "./wholeFiles.ts";

/**
 * Makes a run directory with its run.json and this process's lock; it appears complete, by one rename.
 * @throws UsageError where the folder holds something already
 */
export async function createRunDirectory(dir: string, info: RunInfo): Promise<void> {
  await checkFree(dir);
  const temporary = join(dirname(dir), `.${basename(dir)}${temporaryMark}${process.pid}`);
  await makeFolder(dirname(dir));
  await removeAbandoned(dirname(dir));
  await mkdir(temporary);
  await writeSynced(join(temporary, runFiles.info), [infoText(info)]);
  await placeLock(temporary);
  await syncFolder(temporary);
  try {
    await rename(temporary, dir);
  } catch (error) {
    await rm(temporary, { recursive: true, force: true });
    if (["ENOTEMPTY", "EEXIST"].includes(faultCode(error) ?? "")) throw occupied(dir);
    throw error;
  }
  await syncFolder(dirname(dir));
}

/** @throws UsageError where a run could not be made in this folder */
export async function checkFree(dir: string): Promise<void> {
  let names: string[];
  try {
    names = await readdir(dir);
  } catch (error) {
    if (faultCode(error) === "ENOENT") return;
    if (faultCode(error) === "ENOTDIR") throw occupied(dir);
    throw error;
  }
  if (names.length > 0) throw occupied(dir);
}

function occupied(dir: string): UsageError {
  return new UsageError(
    `--out ${dir}: expected a folder that does not exist or is empty, got one that holds a run or other ` +
      `files: name another, or go on with it by \`ssrm run --resume ${dir}\``,
  );
}

/** Replaces run.json. */
export async function writeRunInfo(dir: string, info: RunInfo): Promise<void> {
  await writeWhole(join(dir, runFiles.info), [infoText(info)]);
}

/** Appends a record; it is on the disk when this resolves. */
export async function appendRecord(dir: string, record: RunRecord): Promise<void> {
  const appender = new DurableAppender({ path: join(dir, runFiles.records), folders: "own" });
  await appender.append(Buffer.from(`${JSON.stringify(record)}\n`));
}

/** Replaces a file of JSON lines below the run directory. */
export async function writeLines(
  dir: string,
  name: string,
  rows: Iterable<unknown>,
): Promise<void> {
  const path = join(dir, name);
  await makeFolder(dirname(path));
  await writeWhole(path, lineChunks(rows));
}

/** Replaces a folder below the run directory. */
export async function writeFolder(
  dir: string,
  name: string,
  files: ReadonlyMap<string, Uint8Array>,
): Promise<void> {
  await makeFolder(dirname(join(dir, name)));
  await writeWholeFolder(join(dir, name), files);
}

/** Replaces a text file below the run directory. */
export async function writeText(dir: string, name: string, text: string): Promise<void> {
  await writeWhole(join(dir, name), [text]);
}

/** Removes what a killed owner left half-written. Only the run's owner may call it. */
export async function removeTemporaries(dir: string): Promise<void> {
  for (const name of await readdir(dir, { recursive: true })) {
    if (!basename(name).includes(temporaryMark)) continue;
    await rm(join(dir, name), { recursive: true, force: true });
  }
}

/**
 * Finishes the tidying up of a run that is done, whose process was killed in the middle of it. Nothing is touched
 * where there is nothing to remove, or where that process is still at it.
 */
export async function tidyDone(dir: string): Promise<void> {
  const names = await readdir(dir);
  const isLeft = (name: string): boolean =>
    name === runFiles.state || name === runFiles.lock || name.includes(temporaryMark);
  if (!names.some(isLeft) || (await isRunOwned(dir))) return;
  try {
    await takeLock(dir);
  } catch (error) {
    if (error instanceof RunOwnedError) return;
    throw error;
  }
  try {
    await removeTemporaries(dir);
    await rm(join(dir, runFiles.state), { recursive: true, force: true });
  } finally {
    await releaseLock(dir);
  }
}

/** Removes run directories of this folder that never appeared because their process was killed before. */
async function removeAbandoned(parent: string): Promise<void> {
  const begun: readonly string[] = [runFiles.info, runFiles.lock];
  for (const name of await readdir(parent)) {
    const pid = unfinishedName.exec(name)?.[1];
    if (pid === undefined || (Number(pid) !== process.pid && isProcess(Number(pid)))) continue;
    const path = join(parent, name);
    const inside = await readdir(path).catch(() => null);
    // Somebody else's folder may have such a name, too.
    if (inside?.every((file) => begun.includes(file))) await rm(path, { recursive: true });
  }
}

/** A run directory before it appears, as createRunDirectory names it. */
const unfinishedName = /^\..+\.tmp-(\d+)$/;

function isProcess(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return faultCode(error) !== "ESRCH";
  }
}

function infoText(info: RunInfo): string {
  return `${JSON.stringify(info, null, 2)}\n`;
}

/** Joined to chunks of about a megabyte: a million rows must not stand in memory as one text. */
function* lineChunks(rows: Iterable<unknown>): Generator<string> {
  let chunk = "";
  for (const row of rows) {
    chunk += `${JSON.stringify(row)}\n`;
    if (chunk.length < 1 << 20) continue;
    yield chunk;
    chunk = "";
  }
  yield chunk;
}
