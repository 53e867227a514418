// Appending lines to a file so that they survive a crash and a power cut, while other processes append to the
// same file and other programs replace it. What the lines mean is not known here.
import { constants } from "node:fs";
import { mkdir, open, stat } from "node:fs/promises";
import type { FileHandle } from "node:fs/promises";
import { dirname } from "node:path";
import { faultCode } from "./fileFault.ts";
import { syncFolder } from "./syncFolder.ts";

/** An append that did not reach the disk; `cause` is the system's error. */
export class AppendError extends Error {
  override readonly name = "AppendError";
}

export interface DurableFile {
  readonly path: string;
  /**
   * Which folders are made where they are absent: the file's own alone, or all above it too. `own` keeps a
   * project whose disk was unplugged from being made anew on the disk below.
   */
  readonly folders: "own" | "all";
}

/** Appends to one file, one append at a time; the caller waits for each. */
export class DurableAppender {
  readonly #file: DurableFile;
  /** The inode that is known to have survived its creation. */
  #settled: string | null = null;
  /** Inode and size after the last append, where nobody had written since: the file then ends in a newline. */
  #end: string | null = null;

  constructor(file: DurableFile) {
    this.#file = file;
  }

  /**
   * Appends whole lines (each with its newline). Once it resolves they are on the disk, under this path, each
   * in one piece. They may stand there more than once, and after a failure none, some or torn: lines carry
   * ids and checksums.
   * @throws AppendError where they could not be made safe.
   */
  async append(lines: Uint8Array): Promise<void> {
    let cause: unknown;
    for (let attempt = 0; attempt < attempts; attempt++) {
      try {
        const unsafe = await this.#appendOnce(lines);
        if (unsafe === null) return;
        cause = new Error(unsafe);
      } catch (error) {
        cause = error;
        if (!isWorthAnotherTry(error)) break;
      }
    }
    const error = cause instanceof UnsyncedError ? cause.cause : cause;
    throw new AppendError(`Could not append to ${this.#file.path}`, { cause: error });
  }

  /** Null, or why the lines are not, or not in one piece, under the path and must be appended again. */
  async #appendOnce(lines: Uint8Array): Promise<string | null> {
    const { path } = this.#file;
    const file = await this.#open();
    try {
      const before = await file.stat({ bigint: true });
      if (!before.isFile()) throw new Error(`${path} is not a plain file`);
      const size = Number(before.size);
      const inode = `${before.dev} ${before.ino}`;
      const isWhole = this.#end === `${inode} ${size}` || (await endsInLine(file, size));
      // A line that was torn by a crash ends here, instead of swallowing ours.
      const chunk = isWhole ? lines : Buffer.concat([newline, lines]);
      await writeAll(file, chunk);
      // After a short write another process may have come in between; libuv goes on by itself and does not
      // say so, and the line would be in pieces.
      if (!(await holdsAfter(file, size, lines))) {
        return "the system kept writing lines in pieces";
      }
      await this.#sync(file, inode);
      // A checkout or a sync client may have put another file in place: ours is then an unlinked inode.
      const after = await statOrNull(path);
      const end = size + chunk.length;
      if (after?.inode !== inode || after.size < end) {
        return "another program kept replacing or cutting it";
      }
      this.#end = `${inode} ${end}`;
      return null;
    } finally {
      // Not waited for: what is synced is safe whatever close says, what is not was refused already.
      void file.close().catch(() => undefined);
    }
  }

  async #sync(file: FileHandle, inode: string): Promise<void> {
    try {
      await file.datasync();
      if (this.#settled === inode) return;
      await file.sync();
      for (const folder of foldersToSync(this.#file)) await syncFolder(folder);
    } catch (error) {
      // The kernel may have marked the pages as clean (Rebello et al., ATC 2020): a second sync of this
      // descriptor proves nothing, so the lines go in again.
      throw new UnsyncedError("not synced", { cause: error });
    }
    this.#settled = inode;
  }

  async #open(): Promise<FileHandle> {
    const { path, folders } = this.#file;
    const flags = constants.O_RDWR | constants.O_APPEND | constants.O_CREAT | noFollow;
    try {
      return await open(path, flags, 0o644);
    } catch (error) {
      if (faultCode(error) !== "ENOENT") throw error;
    }
    await mkdir(dirname(path), { recursive: folders === "all" }).catch((error: unknown) => {
      if (faultCode(error) !== "EEXIST") throw error;
    });
    return open(path, flags, 0o644);
  }
}

const attempts = 4;
const newline = Uint8Array.of(0x0a);
// Absent on Windows.
const noFollow = (constants as { readonly O_NOFOLLOW?: number }).O_NOFOLLOW ?? 0;

class UnsyncedError extends Error {}

function isWorthAnotherTry(error: unknown): boolean {
  return error instanceof UnsyncedError || ["EINTR", "EAGAIN"].includes(faultCode(error) ?? "");
}

async function endsInLine(file: FileHandle, size: number): Promise<boolean> {
  if (size === 0) return true;
  const { bytesRead, buffer } = await file.read(Buffer.alloc(1), 0, 1, size - 1);
  // Cut meanwhile by another program: a blank line does no harm.
  return bytesRead === 1 && buffer[0] === 0x0a;
}

/** Writes everything, however little the system takes at once. */
async function writeAll(file: FileHandle, bytes: Uint8Array): Promise<void> {
  let idle = 0;
  for (let done = 0; done < bytes.length;) {
    const { bytesWritten } = await file.write(bytes, done, bytes.length - done, null);
    idle = bytesWritten === 0 ? idle + 1 : 0;
    if (idle === 10) throw new Error("the system takes no more bytes and does not say why");
    done += bytesWritten;
  }
}

/** Whether the lines stand whole somewhere behind the offset, where other processes may have written too. */
async function holdsAfter(file: FileHandle, offset: number, lines: Uint8Array): Promise<boolean> {
  // Nearly always they are the next thing, with a newline before them or without.
  const next = await readUpTo(file, offset, lines.length + 1);
  if (standsIn(next, lines)) return true;
  const { size } = await file.stat();
  return standsIn(await readUpTo(file, offset, Math.max(0, size - offset)), lines);
}

/** A line starts after a newline, or at the very place where the append began. */
function standsIn(bytes: Buffer, lines: Uint8Array): boolean {
  const at = bytes.indexOf(lines);
  return at === 0 || (at > 0 && bytes[at - 1] === 0x0a);
}

async function readUpTo(file: FileHandle, offset: number, length: number): Promise<Buffer> {
  const buffer = Buffer.alloc(length);
  let done = 0;
  while (done < length) {
    const { bytesRead } = await file.read(buffer, done, length - done, offset + done);
    if (bytesRead === 0) break;
    done += bytesRead;
  }
  return buffer.subarray(0, done);
}

async function statOrNull(path: string): Promise<{ inode: string; size: number } | null> {
  try {
    const { dev, ino, size } = await stat(path, { bigint: true });
    return { inode: `${dev} ${ino}`, size: Number(size) };
  } catch (error) {
    if (faultCode(error) === "ENOENT") return null;
    throw error;
  }
}

/** The file's name is in its folder, that folder's name in the next; more of them where all may be new. */
function foldersToSync({ path, folders }: DurableFile): string[] {
  const list = [dirname(path)];
  for (let n = folders === "own" ? 1 : 3; n > 0; n--) list.push(dirname(list.at(-1)!));
  return [...new Set(list)];
}
