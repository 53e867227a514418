// The command `ssrm` as this extension brings it, run on the Node of the extension host. No VS Code here.
import { execFile, spawn } from "node:child_process";
import { closeSync, openSync } from "node:fs";
import { promisify } from "node:util";
import type { RunRequest } from "../protocol/engine.ts";
import { engineEnvironment } from "./engineProcess.ts";

/** The arguments of `ssrm run` that make the same run as the request. */
export function runArguments(request: RunRequest): string[] {
  const { settings } = request;
  const each = (option: string, values: readonly string[]): string[] =>
    values.flatMap((value) => [option, value]);
  const given = (option: string, value: string | number | null): string[] =>
    value === null ? [] : [option, String(value)];
  return [
    "run",
    ...request.data,
    ...each("--labels", request.labels),
    ...each("--labeled", request.labeled),
    ...each("--gold", request.gold),
    ...each("--test", request.test),
    ...given("--seed-fraction", settings.seedFraction),
    ...given("--seed-count", settings.seedCount),
    ...given("--model", settings.model),
    ...given("--threshold", settings.threshold),
    ...given("--confidence", settings.confidence),
    ...given("--iterations", settings.iterations),
    ...given("--start", settings.start),
    ...given("--keep", settings.keep),
    ...given("--seed", settings.seed),
    ...given("--l2", settings.lexical.l2),
    ...(settings.lexical.length ? [] : ["--no-length"]),
    ...given("--out", request.out),
  ];
}

/**
 * Starts the command so that it outlives this process; what it prints goes to the log file. Answers its
 * process id, or throws where it could not be started.
 */
export async function startDetached(
  args: readonly string[],
  place: { readonly cwd: string; readonly logFile: string; readonly cacheDir: string },
): Promise<number> {
  const log = openSync(place.logFile, "a");
  try {
    const child = spawn(process.execPath, args, {
      cwd: place.cwd,
      detached: true,
      env: commandEnvironment(place.cacheDir),
      stdio: ["ignore", log, log],
      windowsHide: true,
    });
    await new Promise<void>((resolve, reject) => {
      child.once("spawn", resolve);
      child.once("error", reject);
    });
    child.unref();
    return child.pid!;
  } finally {
    closeSync(log);
  }
}

/**
 * Runs the command to its end, or until the signal, which kills it. Throws an Error with what it printed to
 * stderr where it fails.
 */
export async function runCommand(
  args: readonly string[],
  {
    cwd,
    cacheDir,
    signal,
  }: { readonly cwd: string; readonly cacheDir: string; readonly signal?: AbortSignal },
): Promise<string> {
  try {
    const { stdout, stderr } = await promisify(execFile)(process.execPath, args, {
      cwd,
      env: commandEnvironment(cacheDir),
      maxBuffer: 64 << 20,
      windowsHide: true,
      ...(signal === undefined ? {} : { signal }),
    });
    return `${stdout}${stderr}`.trim();
  } catch (error) {
    const { stderr } = error as { readonly stderr?: string };
    throw new Error(stderr?.trim() || String(error), { cause: error });
  }
}

/** Without its own cache folder the command would write into the user's. */
function commandEnvironment(cacheDir: string): NodeJS.ProcessEnv {
  return { ...engineEnvironment(), SSRM_CACHE_DIR: cacheDir };
}

/** Whether a process is the command `ssrm`, by its command line; false where the system does not tell. */
export async function isOwnCommand(pid: number): Promise<boolean> {
  try {
    const { stdout } = await promisify(execFile)("ps", ["-p", String(pid), "-o", "args="]);
    return /(^|[/\s])ssrm(\.mjs)?\s/.test(stdout);
  } catch {
    return false;
  }
}
