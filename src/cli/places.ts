// Where files are: paths as the user meant them, the folder for unpacked copies, and new files that appear
// whole or not at all.
import { mkdir, open, realpath, rename, rm } from "node:fs/promises";
import { homedir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { randomBytes } from "node:crypto";
import { explainFault } from "../data/fileFault.ts";
import { UsageError } from "../data/usageError.ts";

/** Paths relative to the caller's folder; the scripts start this program there. */
export function absolute(paths: readonly string[]): string[] {
  return paths.map((path) => resolve(path));
}

/** Folder for unpacked copies of data files: SSRM_CACHE_DIR, or below the user's cache folder. */
export function cacheFolder(): string {
  const own = process.env["SSRM_CACHE_DIR"];
  if (own) return resolve(own);
  const { platform, env } = process;
  if (platform === "win32") {
    return join(env["LOCALAPPDATA"] ?? join(homedir(), "AppData/Local"), "ssrm/cache");
  }
  if (platform === "darwin") return join(homedir(), "Library/Caches/ssrm");
  return join(env["XDG_CACHE_HOME"] || join(homedir(), ".cache"), "ssrm");
}

/** A new run directory below this folder; names sort by time. */
export function newRunFolder(): string {
  const time = new Date()
    .toISOString()
    .replace(/\.\d+Z$/, "")
    .replaceAll(/[-:]/g, "")
    .replace("T", "-");
  return resolve(".ssrm/runs", `${time}-${randomBytes(3).toString("hex")}`);
}

/** Takes lines; ends as a whole file, or as nothing where the work failed. */
export interface Output {
  write(text: string): Promise<void>;
  finish(): Promise<void>;
  /** After finish it does nothing. */
  discard(): Promise<void>;
}

/**
 * A file that is written beside its place and renamed at the end.
 * @throws UsageError where it would take the place of one of the inputs; Error where it can't be made
 */
export async function openOutput(path: string, inputs: readonly string[]): Promise<Output> {
  const target = resolve(path);
  const real = await realPathOf(target);
  for (const input of inputs) {
    if ((await realPathOf(resolve(input))) === real) {
      throw new UsageError(
        `--out: ${path} is an input file, which is never written over: name another file`,
      );
    }
  }
  const part = `${target}.${process.pid}.part`;
  try {
    await mkdir(dirname(target), { recursive: true });
    const file = await open(part, "wx");
    const named = async <T>(work: Promise<T>): Promise<T> => {
      try {
        return await work;
      } catch (error) {
        throw unwritable(path, error);
      }
    };
    let isOpen = true;
    return {
      write: (text) => named(file.appendFile(text)),
      finish: async () => {
        await named(file.sync());
        await file.close();
        await named(rename(part, target));
        isOpen = false;
      },
      discard: async () => {
        if (!isOpen) return;
        await file.close();
        await rm(part, { force: true });
      },
    };
  } catch (error) {
    throw unwritable(path, error);
  }
}

function unwritable(path: string, error: unknown): Error {
  return new Error(`${path}: expected a file that can be written, but ${explainFault(error)}.`, {
    cause: error,
  });
}

async function realPathOf(path: string): Promise<string> {
  return realpath(path).catch(() => path);
}
