// Watching what a process does to the network and to the user's folders, by strace and by looking.
import { spawn, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** Why processes can't be cut off from the network here, or null. */
export function whyNoNamespace(): string | null {
  const { status } = spawnSync("unshare", ["-rn", "true"]);
  return status === 0 ? null : "unshare is missing or may not make a network namespace";
}

/** A user's folders, all of them empty, so that whatever is written there shows. */
export interface Home {
  readonly path: string;
  readonly env: NodeJS.ProcessEnv;
  /** Files below them, by relative name. */
  readonly files: () => string[];
}

/** Environment variables by which ONNX Runtime knows a build machine, on which it keeps quiet. */
const buildMachine = ["CI", "TF_BUILD", "GITHUB_ACTIONS"];

export function makeHome(path: string): Home {
  const env: NodeJS.ProcessEnv = { ...process.env, NODE_OPTIONS: "" };
  for (const name of [...buildMachine, "ORT_DISABLE_TELEMETRY", "SSRM_CACHE_DIR"]) {
    Reflect.deleteProperty(env, name);
  }
  const folders = { HOME: ".", XDG_CACHE_HOME: "cache", XDG_CONFIG_HOME: "config", TMPDIR: "tmp" };
  for (const [name, folder] of Object.entries(folders)) {
    env[name] = join(path, folder);
    mkdirSync(env[name], { recursive: true });
  }
  const files = (): string[] =>
    readdirSync(path, { recursive: true, withFileTypes: true })
      .filter((entry) => !entry.isDirectory())
      .map((entry) => join(entry.parentPath, entry.name).slice(path.length + 1))
      .sort();
  return { path, env, files };
}

export interface Ended {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs Node with these arguments under strace. */
export function traceNode(
  args: readonly string[],
  options: { readonly cwd: string; readonly env: NodeJS.ProcessEnv; readonly log: string },
): { readonly ended: Promise<Ended>; readonly stop: () => void } {
  const calls = "trace=socket,connect,sendto,sendmsg,sendmmsg";
  const strace = ["-f", "-s", "120", "-o", options.log, "-e", calls, process.execPath, ...args];
  const stdio: ["ignore", "pipe", "pipe"] = ["ignore", "pipe", "pipe"];
  const child = spawn("strace", strace, { ...options, stdio, detached: true });
  let stdout = "";
  let stderr = "";
  child.stdout.on("data", (chunk: Buffer) => (stdout += chunk.toString()));
  child.stderr.on("data", (chunk: Buffer) => (stderr += chunk.toString()));
  const ended = new Promise<Ended>((resolve) => {
    child.on("close", (status) => resolve({ status, stdout, stderr }));
  });
  // The whole group: strace alone would let go of the process and leave it.
  return { ended, stop: () => void process.kill(-child.pid!, "SIGTERM") };
}

/** The calls of a trace that touch IPv4 or IPv6 beyond this machine; a try counts, and so does a name's look-up. */
export function beyondLoopback(log: string): string[] {
  if (!existsSync(log)) return [];
  return readFileSync(log, "utf8")
    .split("\n")
    .filter((line) => /AF_INET6?\b/.test(line) && !/inet_addr\("127\.|"::1"/.test(line));
}
