// Runs the built command as a user would, and makes small data for it.
import { spawn, spawnSync, type ChildProcess } from "node:child_process";
import { existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { seededRandom } from "../../src/core/random.ts";

const root = join(import.meta.dirname, "../..");
const command = join(root, "dist/ssrm.mjs");

export interface Ended {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Builds once where nothing is built; `npm test` has built before. */
function expectBuilt(): void {
  if (existsSync(join(root, "dist/ssrm-main.mjs"))) return;
  const built = spawnSync(process.execPath, [join(root, ".scripts/build.ts")], {
    stdio: "inherit",
  });
  if (built.status !== 0) throw new Error("the build failed");
}

function environment(cwd: string): NodeJS.ProcessEnv {
  return { ...process.env, SSRM_CACHE_DIR: join(cwd, "cache"), NODE_OPTIONS: "" };
}

/** Runs the command to its end in this folder. */
export function ssrm(cwd: string, ...args: readonly string[]): Ended {
  expectBuilt();
  const { status, stdout, stderr } = spawnSync(process.execPath, [command, ...args], {
    cwd,
    env: environment(cwd),
    encoding: "utf8",
    maxBuffer: 1 << 28,
  });
  return { status, stdout, stderr };
}

/** Runs the command, which must end with 0, and parses the one JSON object on its stdout. */
export function ssrmJson(cwd: string, ...args: readonly string[]): Record<string, unknown> {
  const { status, stdout, stderr } = ssrm(cwd, ...args, "--json");
  if (status !== 0) throw new Error(`ssrm ${args.join(" ")} ended with ${status}: ${stderr}`);
  if (!/^\{.*\}\n$/.test(stdout)) throw new Error(`expected one line of JSON, got ${stdout}`);
  return JSON.parse(stdout) as Record<string, unknown>;
}

/** Starts the command; `ended` resolves with what it printed. */
export function startSsrm(
  cwd: string,
  ...args: readonly string[]
): { child: ChildProcess; ended: Promise<Ended> } {
  expectBuilt();
  const child = spawn(process.execPath, [command, ...args], {
    cwd,
    env: environment(cwd),
    stdio: ["ignore", "pipe", "pipe"],
  });
  let stdout = "";
  let stderr = "";
  child.stdout.on("data", (chunk: Buffer) => (stdout += chunk.toString()));
  child.stderr.on("data", (chunk: Buffer) => (stderr += chunk.toString()));
  const ended = new Promise<Ended>((resolve) => {
    child.on("close", (status) => resolve({ status, stdout, stderr }));
  });
  return { child, ended };
}

export interface PlainRow {
  readonly id: string;
  readonly prompt: string;
  readonly chosen: string;
  readonly rejected: string;
  readonly subset: string;
}

/** Pairs whose chosen response has more of the good words, mostly; ids from p0 (or the prefix). */
export function plainRows(count: number, seed: string): PlainRow[] {
  const random = seededRandom(seed);
  const pick = (words: readonly string[]): string => words[Math.floor(random() * words.length)]!;
  const text = (goodness: number): string =>
    Array.from({ length: 8 + Math.floor(random() * 8) }, () =>
      pick(random() < goodness ? good : random() < 0.5 ? bad : filler),
    ).join(" ");
  return Array.from({ length: count }, (_, i) => {
    const [chosen, rejected] = [text(0.45), text(0.2)];
    const prompt = `Question ${seed} ${i}: ${pick(filler)} ${pick(filler)}?`;
    return { id: `${seed}${i}`, prompt, chosen, rejected, subset: i % 3 === 0 ? "easy" : "hard" };
  });
}

const good = ["clear", "careful", "kind", "exact", "sourced", "tested"];
const bad = ["rude", "vague", "wrong", "lazy", "harsh", "random"];
const filler = ["table", "river", "garden", "music", "winter", "paper", "train", "bread"];

/** Writes rows as JSON lines. */
export function writeRows(path: string, rows: readonly object[]): string {
  writeFileSync(path, rows.map((row) => `${JSON.stringify(row)}\n`).join(""));
  return path;
}
