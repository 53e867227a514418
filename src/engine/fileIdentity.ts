// What a run was made from: real paths and content hashes.
import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { readdir, realpath, stat } from "node:fs/promises";
import { join } from "node:path";
import type { FileIdentity } from "../core/records.ts";

/**
 * Real path, SHA-256 and size of each file; of a folder, over those of its files that are named like label logs
 * (lines `SHA-256 NAME`): a log that another writer adds later belongs to the same folder.
 */
export async function identify(paths: readonly string[]): Promise<FileIdentity[]> {
  const identities: FileIdentity[] = [];
  for (const given of paths) {
    const path = await realpath(given);
    const isFolder = (await stat(path)).isDirectory();
    identities.push({ path, ...(await (isFolder ? digestLogs(path) : digest(path))) });
  }
  return identities;
}

type Digest = Pick<FileIdentity, "sha256" | "bytes">;

async function digest(path: string): Promise<Digest> {
  const hash = createHash("sha256");
  let bytes = 0;
  for await (const chunk of createReadStream(path, { highWaterMark: 1 << 20 })) {
    hash.update(chunk as Buffer);
    bytes += (chunk as Buffer).length;
  }
  return { sha256: hash.digest("hex"), bytes };
}

async function digestLogs(folder: string): Promise<Digest> {
  const names = (await readdir(folder)).filter((name) => /^labels.*\.jsonl$/i.test(name)).sort();
  const hash = createHash("sha256");
  let bytes = 0;
  for (const name of names) {
    const log = await digest(join(folder, name));
    hash.update(`${log.sha256} ${name}\n`);
    bytes += log.bytes;
  }
  return { sha256: hash.digest("hex"), bytes };
}

/**
 * Checks that files are what they were.
 * @throws Error naming the first that is not
 */
export async function checkUnchanged(files: readonly FileIdentity[]): Promise<void> {
  for (const file of files) {
    const now = await identify([file.path]).catch(() => []);
    if (now[0]?.sha256 === file.sha256) continue;
    throw new Error(
      `${file.path}: expected the file that the run began with (SHA-256 ${file.sha256.slice(0, 12)}...), got ` +
        `${now[0] ? "one that was changed since" : "no readable file"}: put it back, or start a new run`,
    );
  }
}
