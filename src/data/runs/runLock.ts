// One owner a run: a lock file that names the owning process. A process id may be given out again, so the lock
// also holds when its process was started, where the system tells. A lock appears whole, under a hard link: of
// several processes one makes it, and none ever reads half of it.
import { createHash } from "node:crypto";
import { link, readFile, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { faultCode } from "../fileFault.ts";
import { runFiles } from "./runFiles.ts";
import { temporaryMark } from "./wholeFiles.ts";

export interface RunOwner {
  readonly pid: number;
  /** Kernel clock ticks since boot at which the process started; null where the system does not tell. */
  readonly startedAt: string | null;
}

/** Another living process owns the run. */
export class RunOwnedError extends Error {
  override readonly name = "RunOwnedError";
}

/** The text of this process's lock. */
async function ownLock(): Promise<string> {
  const owner: RunOwner = { pid: process.pid, startedAt: await startOf(process.pid) };
  return `${JSON.stringify(owner)}\n`;
}

/** Puts this process's lock into a run directory that no other process can see yet. */
export async function placeLock(dir: string): Promise<void> {
  await writeFile(join(dir, runFiles.lock), await ownLock(), { flag: "wx" });
}

/**
 * Makes this process the owner of a run. A lock whose process is gone is taken over at once.
 * @throws RunOwnedError where a living process owns it
 */
export async function takeLock(dir: string): Promise<void> {
  const owner = await take(join(dir, runFiles.lock), await ownLock());
  if (owner === null) return;
  throw new RunOwnedError(
    `${dir} is being run by process ${owner.pid}: wait for it, or stop that process first`,
  );
}

/** Gives the run up; does nothing where another process owns it. */
export async function releaseLock(dir: string): Promise<void> {
  const path = join(dir, runFiles.lock);
  if ((await readText(path)) === (await ownLock())) await rm(path, { force: true });
}

/** The process id of the living owner of a run, or null. */
export async function runOwner(dir: string): Promise<number | null> {
  const text = await readText(join(dir, runFiles.lock));
  const owner = text === null ? null : parseLock(text);
  return owner !== null && (await isAlive(owner)) ? owner.pid : null;
}

/** Whether a living process owns the run. */
export async function isRunOwned(dir: string): Promise<boolean> {
  return (await runOwner(dir)) !== null;
}

/**
 * Takes the lock at this path; null, or the living owner. A stale lock is replaced only by whoever holds the claim
 * on it, itself a lock, named after the stale one's content. That content belongs to one dead process and never
 * comes back, so a latecomer that wins the claim again finds another lock and starts over.
 */
async function take(path: string, mine: string): Promise<RunOwner | null> {
  for (;;) {
    if (await createWhole(path, mine)) return null;
    const found = await readText(path);
    if (found === null) continue; // Its owner gave it up just now.
    if (found === mine) return null;
    const owner = parseLock(found);
    if (owner !== null && (await isAlive(owner))) return owner;
    const hash = createHash("sha256").update(found).digest("hex").slice(0, 16);
    const claim = `${path}${temporaryMark}after-${hash}`;
    if ((await take(claim, mine)) !== null) {
      // Whoever holds it is about to be the owner; it needs no more than two renames.
      await new Promise((resolve) => setTimeout(resolve, 2));
      continue;
    }
    try {
      if ((await readText(path)) === found && (await replaceWhole(path, mine))) return null;
    } finally {
      await rm(claim, { force: true });
    }
  }
}

/** Whether the file was made; false where there is one. */
async function createWhole(path: string, text: string): Promise<boolean> {
  const temporary = `${path}${temporaryMark}${process.pid}`;
  await writeFile(temporary, text);
  try {
    await link(temporary, path);
    return true;
  } catch (error) {
    const code = faultCode(error) ?? "";
    // ENOENT: the new owner cleaned our temporary file away.
    if (code === "EEXIST" || code === "ENOENT") return false;
    if (!["EPERM", "ENOTSUP", "EOPNOTSUPP", "ENOSYS", "EMLINK"].includes(code)) throw error;
    return await createInPlace(path, text);
  } finally {
    await rm(temporary, { force: true });
  }
}

/** For file systems without hard links (FAT, some network ones), where a lock may be seen before it is whole. */
async function createInPlace(path: string, text: string): Promise<boolean> {
  try {
    await writeFile(path, text, { flag: "wx" });
    return true;
  } catch (error) {
    if (faultCode(error) === "EEXIST") return false;
    throw error;
  }
}

/** False where the temporary file was cleaned away by another owner. */
async function replaceWhole(path: string, text: string): Promise<boolean> {
  const temporary = `${path}${temporaryMark}${process.pid}`;
  await writeFile(temporary, text);
  try {
    await rename(temporary, path);
    return true;
  } catch (error) {
    if (faultCode(error) === "ENOENT") return false;
    throw error;
  }
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
