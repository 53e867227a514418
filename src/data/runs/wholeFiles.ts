// Files that are there whole or not at all: written beside under another name, synced, then renamed.
import { mkdir, open, rename, rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import { syncFolder } from "../syncFolder.ts";
import { faultCode } from "../fileFault.ts";

/** Temporary names hold this, so that what a killed process left can be found. */
export const temporaryMark = ".tmp-";

/** Replaces a file. Chunks are written one after the other. */
export async function writeWhole(
  path: string,
  chunks: Iterable<string | Uint8Array>,
): Promise<void> {
  const temporary = `${path}${temporaryMark}${process.pid}`;
  await writeSynced(temporary, chunks);
  await rename(temporary, path);
  await syncFolder(dirname(path));
}

/** Makes a folder with these files (names may hold folders), replacing what was there. */
export async function writeWholeFolder(
  path: string,
  files: ReadonlyMap<string, Uint8Array>,
): Promise<void> {
  const temporary = `${path}${temporaryMark}${process.pid}`;
  await rm(temporary, { recursive: true, force: true });
  const folders = new Set([temporary]);
  for (const [name, bytes] of files) {
    const file = join(temporary, name);
    await mkdir(dirname(file), { recursive: true });
    for (let folder = dirname(file); !folders.has(folder); folder = dirname(folder)) {
      folders.add(folder);
    }
    await writeSynced(file, [bytes]);
  }
  for (const folder of folders) await syncFolder(folder);
  const old = `${path}${temporaryMark}old-${process.pid}`;
  await rename(path, old).catch(ignoreMissing);
  await rename(temporary, path);
  await syncFolder(dirname(path));
  await rm(old, { recursive: true, force: true });
}

/** Makes a folder and those above it where they are missing; their names then survive a power cut. */
export async function makeFolder(path: string): Promise<void> {
  const first = await mkdir(path, { recursive: true });
  if (first === undefined) return;
  for (let made = path; ; made = dirname(made)) {
    await syncFolder(dirname(made));
    if (made === first) return;
  }
}

/** Creates a file and its bytes on the disk, not yet its name. */
export async function writeSynced(
  path: string,
  chunks: Iterable<string | Uint8Array>,
): Promise<void> {
  const file = await open(path, "w");
  try {
    for (const chunk of chunks) await file.writeFile(chunk);
    await file.sync();
  } finally {
    await file.close();
  }
}

function ignoreMissing(error: unknown): void {
  if (faultCode(error) !== "ENOENT") throw error;
}
