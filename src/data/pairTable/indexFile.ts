// An index on the disk, so that a file is read whole only once: named after the file, its size, its time and
// the mapping; header, then the arrays, with a checksum. One that is damaged counts as absent.
import { createHash } from "node:crypto";
import {
  mkdir,
  open,
  readdir,
  realpath,
  rm,
  stat,
  utimes,
  type FileHandle,
} from "node:fs/promises";
import { join } from "node:path";
import { crc32 } from "node:zlib";
import type { FieldMapping } from "../../core/fieldMapping.ts";
import { writeWhole } from "../runs/wholeFiles.ts";
import { arraysOf, emptyIndex, type RowIndex } from "./rowIndex.ts";

export interface IndexPlace {
  /** The data file. */
  readonly path: string;
  readonly mapping: FieldMapping | null;
  readonly cacheDir: string;
}

/** Raised when rows are read or packed differently, so that old indices are not used. */
const version = 1;
const extension = ".rows";
/** Indices that are kept; a million pairs take 33 MB. */
const keptFiles = 16;
/** "SSRM" as this machine writes it: another order of bytes reads as another number. */
const magic = 0x4d525353;

/** Where the index of this version of the file stands, whether it is there or not. */
export async function indexPath({ path, mapping, cacheDir }: IndexPlace): Promise<string> {
  const info = await stat(path, { bigint: true });
  const key = [version, await realpath(path), String(info.size), String(info.mtimeNs), mapping];
  const name = createHash("sha256").update(JSON.stringify(key)).digest("hex").slice(0, 32);
  return join(cacheDir, `${name}${extension}`);
}

/** The index in this file; null where it is absent, damaged or of another version. */
export async function readIndex(path: string): Promise<RowIndex | null> {
  const handle = await open(path, "r").catch(() => null);
  if (handle === null) return null;
  try {
    const header = new Uint32Array(headerWords);
    if (!(await readInto(handle, header, 0))) return null;
    const [mark, writtenBy, count, checksum] = header;
    if (mark !== magic || writtenBy !== version) return null;
    const { size } = await handle.stat();
    if (size !== header.byteLength + count! * bytesPerRow) return null;
    const index = emptyIndex(count!);
    let at = header.byteLength;
    for (const array of arraysOf(index)) {
      if (!(await readInto(handle, array, at))) return null;
      at += array.byteLength;
    }
    if (checksumOf(index) !== checksum) return null;
    await utimes(path, new Date(), new Date()).catch(() => undefined);
    return index;
  } finally {
    await handle.close();
  }
}

/** Writes an index, and deletes those used longest ago. A disk that is full is no reason to fail: false then. */
export async function writeIndex(path: string, index: RowIndex): Promise<boolean> {
  const header = Uint32Array.of(magic, version, index.count, checksumOf(index));
  const folder = join(path, "..");
  try {
    await mkdir(folder, { recursive: true });
    await writeWhole(path, [bytesOf(header), ...arraysOf(index).map(bytesOf)]);
    await removeOldest(folder);
    return true;
  } catch {
    return false;
  }
}

const headerWords = 4;
/** id, three lengths, line, facts. */
const bytesPerRow = 16 + 3 * 4 + 4 + 1;

function checksumOf(index: RowIndex): number {
  return arraysOf(index).reduce((sum, array) => crc32(bytesOf(array), sum), 0);
}

function bytesOf(array: Uint8Array | Uint32Array): Uint8Array {
  return new Uint8Array(array.buffer, array.byteOffset, array.byteLength);
}

/** False where the file ends before. */
async function readInto(
  handle: FileHandle,
  array: Uint8Array | Uint32Array,
  at: number,
): Promise<boolean> {
  const bytes = bytesOf(array);
  let done = 0;
  while (done < bytes.length) {
    const { bytesRead } = await handle.read(bytes, done, bytes.length - done, at + done);
    if (bytesRead === 0) return false;
    done += bytesRead;
  }
  return true;
}

async function removeOldest(folder: string): Promise<void> {
  const names = (await readdir(folder)).filter((name) => name.endsWith(extension));
  const files = await Promise.all(
    names.map(async (name) => {
      const file = join(folder, name);
      const info = await stat(file).catch(() => null);
      return { file, usedAt: info?.mtimeMs ?? 0 };
    }),
  );
  const oldest = files.sort((a, b) => b.usedAt - a.usedAt).slice(keptFiles);
  for (const { file } of oldest) await rm(file, { force: true }).catch(() => undefined);
}
