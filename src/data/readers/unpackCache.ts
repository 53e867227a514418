// Unpacked copies of files that can't be indexed where they are, in one folder of bounded size.
import { createHash, randomUUID } from "node:crypto";
import { mkdir, open, readdir, realpath, rename, rm, stat, statfs, utimes } from "node:fs/promises";
import { join } from "node:path";
import { budgets, showBytes } from "../budgets.ts";
import { DataError } from "../dataError.ts";

export interface CopyRequest {
  /** The file that is unpacked. */
  readonly path: string;
  readonly cacheDir: string;
  /** What is done to it; part of the copy's name, so another way of unpacking makes another copy. */
  readonly kind: string;
  /** About how large the copy becomes, in bytes. */
  readonly estimate: number;
  readonly note: (text: string) => void;
  /** Writes the copy. */
  readonly unpack: (write: (bytes: Buffer) => Promise<void>) => Promise<void>;
}

/**
 * The path of the unpacked copy of a file; made where there is none of this version of the file.
 * @throws DataError where it would be over the budget or the disk is full
 */
export async function unpackedCopy(request: CopyRequest): Promise<string> {
  const { path, cacheDir } = request;
  const info = await stat(path, { bigint: true });
  const key = [
    copyVersion,
    await realpath(path),
    String(info.size),
    String(info.mtimeNs),
    request.kind,
  ];
  const name = createHash("sha256").update(JSON.stringify(key)).digest("hex").slice(0, 32);
  const copy = join(cacheDir, `${name}.unpacked`);
  if (await touch(copy)) return copy;
  await mkdir(cacheDir, { recursive: true });
  request.note(
    `${path}: unpacking ${showBytes(Number(info.size))} to about ${showBytes(request.estimate)} in ${cacheDir}, once.`,
  );
  await makeRoom(cacheDir, request.estimate);
  await checkDisk(request);
  const temporary = join(cacheDir, `${name}.${randomUUID()}.tmp`);
  try {
    await writeCopy(temporary, request, Number(info.size));
    await rename(temporary, copy);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
  return copy;
}

/** Raised when copies are made differently, so that old ones are not used. */
const copyVersion = "1";

async function writeCopy(temporary: string, request: CopyRequest, packed: number): Promise<void> {
  const limit = Math.min(
    budgets.unpackedBytes,
    Math.max(budgets.unpackedFreeBytes, packed * budgets.unpackedRatio),
  );
  const handle = await open(temporary, "wx");
  let size = 0;
  try {
    await request.unpack(async (bytes) => {
      size += bytes.length;
      if (size > limit) {
        throw new DataError(
          `${request.path}: expected at most ${showBytes(limit)} unpacked from ${showBytes(packed)}, got more: it may be made to fill the disk; unpack it yourself if you trust it.`,
        );
      }
      await handle.writeFile(bytes);
    });
    // A copy whose name says that it is whole must be whole after a power cut too.
    await handle.datasync();
    // Whole seconds, which survive being set again by `touch`: readers take a new time for a changed file.
    await handle.utimes(new Date(), Math.floor(Date.now() / 1000));
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOSPC") {
      throw new DataError(
        `${request.path}: expected room for its unpacked copy in ${request.cacheDir}, got a full disk: free some space.`,
        { cause: error },
      );
    }
    throw error;
  } finally {
    await handle.close();
  }
}

/** Marks a copy as just used, by its access time; false where there is none. */
async function touch(copy: string): Promise<boolean> {
  try {
    await utimes(copy, new Date(), (await stat(copy)).mtime);
    return true;
  } catch {
    return false;
  }
}

/** Deletes the copies used longest ago until the new one fits, and what killed processes left half done. */
async function makeRoom(cacheDir: string, bytes: number): Promise<void> {
  const names = await readdir(cacheDir);
  const files = await Promise.all(
    names
      .filter((name) => /\.(?:unpacked|tmp)$/.test(name))
      .map(async (name) => {
        const file = join(cacheDir, name);
        const info = await stat(file).catch(() => null);
        return { file, name, size: info?.size ?? 0, usedAt: info?.atimeMs ?? 0 };
      }),
  );
  const dayAgo = Date.now() - 24 * 60 * 60 * 1000;
  let total = bytes + files.reduce((sum, { size }) => sum + size, 0);
  for (const { file, name, size, usedAt } of files.toSorted((a, b) => a.usedAt - b.usedAt)) {
    const abandoned = name.endsWith(".tmp") && usedAt < dayAgo;
    if (!abandoned && (total <= budgets.cacheBytes || name.endsWith(".tmp"))) continue;
    // On Windows a copy that is open can't be deleted; it stays until the next time.
    await rm(file, { force: true }).catch(() => undefined);
    total -= size;
  }
}

async function checkDisk({ path, cacheDir, estimate }: CopyRequest): Promise<void> {
  const disk = await statfs(cacheDir);
  const free = disk.bavail * disk.bsize;
  if (free - estimate >= budgets.diskReserveBytes) return;
  throw new DataError(
    `${path}: expected ${showBytes(estimate + budgets.diskReserveBytes)} free in ${cacheDir} for its unpacked copy, got ${showBytes(free)}: free some space or unpack it elsewhere.`,
  );
}
