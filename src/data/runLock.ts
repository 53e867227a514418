// One owner a run: a lock file that names the owning process. A process id may be given out again, so the lock
// also holds when its process was started, where the system tells.
import { readFile, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { faultCode } from "./fileFault.ts";

export interface RunOwner {
  readonly pid: number;
  /** Kernel clock ticks since boot at which the process started; null where the system does not tell. */
  readonly startedAt: string | null;
}

const lockName = "lock.json";

/** Another living process owns the run. */
export class RunOwnedError extends Error {
  override readonly name = "RunOwnedError";
}

/** The text of this process's lock. */
export async function ownLock(): Promise<string> {
  const owner: RunOwner = { pid: process.pid, startedAt: await startOf(process.pid) };
  return `${JSON.stringify(owner)}\n`;
}

/** Puts this process's lock into a run directory that no other process can see yet. */
export async function placeLock(dir: string): Promise<void> {
  await writeFile(join(dir, lockName), await ownLock(), { flag: "wx" });
}

/**
 * Makes this process the owner of a run. A lock whose process is gone is taken over at once.
 * @throws RunOwnedError where a living process owns it
 */
export async function takeLock(dir: string): Promise<void> {
  const path = join(dir, lockName);
  const mine = await ownLock();
  for (;;) {
    try {
      await writeFile(path, mine, { flag: "wx" });
      return;
    } catch (error) {
      if (faultCode(error) !== "EEXIST") throw error;
    }
    const found = await readText(path);
    if (found === null) continue; // Its owner gave it up just now.
    if (found === mine) return;
    const owner = parseLock(found);
    if (owner !== null && (await isAlive(owner))) {
      throw new RunOwnedError(
        `${dir} is being run by process ${owner.pid}: wait for it, or stop that process first`,
      );
    }
    await removeStale(path, found);
  }
}

/** Gives the run up; does nothing where another process owns it. */
export async function releaseLock(dir: string): Promise<void> {
  const path = join(dir, lockName);
  if ((await readText(path)) === (await ownLock())) await rm(path, { force: true });
}

/** The process id of the living owner of a run, or null. */
export async function runOwner(dir: string): Promise<number | null> {
  const text = await readText(join(dir, lockName));
  const owner = text === null ? null : parseLock(text);
  return owner !== null && (await isAlive(owner)) ? owner.pid : null;
}

/** Whether a living process owns the run. */
export async function isRunOwned(dir: string): Promise<boolean> {
  return (await runOwner(dir)) !== null;
}

/**
 * Of several processes that find the same stale lock, the rename lets one through. Should it have carried off a
 * lock that another process placed in between, that one is put back.
 */
async function removeStale(path: string, stale: string): Promise<void> {
  const aside = `${path}.stale-${process.pid}`;
  try {
    await rename(path, aside);
  } catch (error) {
    if (faultCode(error) === "ENOENT") return;
    throw error;
  }
  if ((await readText(aside)) === stale) await rm(aside, { force: true });
  else await rename(aside, path);
}

function parseLock(text: string): RunOwner | null {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value !== "object" || value === null) return null;
    const { pid, startedAt } = value as Record<string, unknown>;
    if (typeof pid !== "number" || !Number.isInteger(pid) || pid <= 0) return null;
    return { pid, startedAt: typeof startedAt === "string" ? startedAt : null };
  } catch {
    return null; // Torn: its writer died while it wrote.
  }
}

async function isAlive({ pid, startedAt }: RunOwner): Promise<boolean> {
  try {
    process.kill(pid, 0);
  } catch (error) {
    // EPERM: somebody else's process lives there.
    if (faultCode(error) !== "EPERM") return false;
  }
  const now = await startOf(pid);
  return now === null ? process.platform !== "linux" : startedAt === null || startedAt === now;
}

/**
 * Field 22 of /proc/PID/stat, counted after the name in brackets, which may hold blanks. Null for a process that
 * is gone or a zombie (state Z or X: it is dead, its parent has not noticed), and outside Linux.
 */
async function startOf(pid: number): Promise<string | null> {
  const text = await readText(`/proc/${pid}/stat`);
  const fields = text?.slice(text.lastIndexOf(")") + 2).split(" ");
  if (!fields || fields[0] === "Z" || fields[0] === "X") return null;
  return fields[19] ?? null;
}

async function readText(path: string): Promise<string | null> {
  try {
    return await readFile(path, "utf8");
  } catch (error) {
    if (faultCode(error) === "ENOENT" || faultCode(error) === "ESRCH") return null;
    throw error;
  }
}
