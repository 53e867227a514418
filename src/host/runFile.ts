// A run names its files by absolute paths. Where its project was moved, copied or cloned, they are found again in
// the folder as it is now. No VS Code here.
import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import type { FileIdentity, RunInfo } from "../core/records.ts";
import { guardPath, type GuardedPath } from "./pathGuard.ts";

/** A file of run.json; without size and hash where its content may have changed since, as a label log's does. */
export type RunFile = Pick<FileIdentity, "path"> & Partial<FileIdentity>;

/**
 * Where a file of a run may be read. Where its path is gone or leads out of the folder, and the same file (size
 * and SHA-256) stands in the folder under the longest possible end of that path, it is that one: of
 * /old/home/data/pairs.jsonl these are data/pairs.jsonl, then pairs.jsonl.
 */
export async function guardRunFile(
  file: RunFile,
  guard: { readonly folder: string; readonly approved: ReadonlySet<string> },
): Promise<GuardedPath> {
  const asNamed = await guardPath(file.path, guard);
  if (asNamed.kind === "ok") return asNamed;
  const parts = file.path.split(/[\\/]/).filter((part) => part !== "" && part !== "..");
  for (let from = 0; from < parts.length; from++) {
    const found = await guardPath(parts.slice(from).join("/"), guard);
    if (found.kind === "ok" && (await isSame(found.path, file))) {
      return { ...found, given: file.path };
    }
  }
  return asNamed;
}

/**
 * A run with the paths that its files have now; null where all are as it names them. A file that is gone stays as
 * it is named: the engine says so.
 * @throws Error where a file is there and may not be read
 */
export async function withFoundFiles(
  info: RunInfo,
  guard: Parameters<typeof guardRunFile>[1],
): Promise<RunInfo | null> {
  let isMoved = false;
  const found = async (files: readonly FileIdentity[], sought: (file: FileIdentity) => RunFile) => {
    const now: FileIdentity[] = [];
    for (const file of files) {
      const guarded = await guardRunFile(sought(file), guard);
      if (guarded.kind === "outside") {
        throw new Error(
          `The run reads ${file.path}, which is outside of the folder. Name it in project.json and run ` +
            "SSRM: Allow Files Outside the Folder, or start a new run.",
        );
      }
      const path = guarded.kind === "ok" ? guarded.path : file.path;
      isMoved ||= path !== file.path;
      now.push({ ...file, path });
    }
    return now;
  };
  const same = (file: FileIdentity): RunFile => file;
  const moved = {
    ...info,
    data: await found(info.data, same),
    // Verdicts are added to a log all the time.
    labels: await found(info.labels, ({ path }) => ({ path })),
    labeledData: await found(info.labeledData, same),
    gold: await found(info.gold, same),
    test: await found(info.test, same),
  };
  return isMoved ? moved : null;
}

/** Hashes of files by path, size and time of change: a queue asks for its file again and again. */
const hashes = new Map<string, Promise<string>>();

async function isSame(path: string, { bytes, sha256 }: RunFile): Promise<boolean> {
  const { size, mtimeMs } = await stat(path);
  if (bytes !== undefined && bytes !== size) return false;
  if (sha256 === undefined) return true;
  const key = `${path} ${size} ${mtimeMs}`;
  const known = hashes.get(key) ?? hashOf(path);
  hashes.set(key, known);
  return (await known.catch(() => null)) === sha256;
}

async function hashOf(path: string): Promise<string> {
  const hash = createHash("sha256");
  for await (const chunk of createReadStream(path)) hash.update(chunk as Buffer);
  return hash.digest("hex");
}
