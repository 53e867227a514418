// What of ONNX Runtime works on this machine: each provider is asked in a child process of its own, so that one
// that crashes or hangs is named and harms nothing.
import { fork } from "node:child_process";
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { ProviderReport } from "../protocol/engine.ts";
import { adviceFor, whatIsMissing } from "./providerAdvice.ts";
import type { ProbeAnswer } from "./providerProbe.ts";

export interface Diagnosis {
  /** "onnxruntime-node 1.30.0", or why it can't be loaded. */
  readonly runtime: string;
  readonly providers: readonly ProviderReport[];
}

/** Loading takes a second, the first start of a GPU up to ten. */
const deadlineMs = 60_000;
/** Enough of what a child says on its way down to name the cause. */
const keptOutput = 4000;

/** The providers that are looked at; others of the list (tensorrt) this program never uses. */
const known = ["cpu", "webgpu", "cuda", "dml"];

/** Never throws: what fails is in the answer. */
export async function diagnose(): Promise<Diagnosis> {
  const list = await ask("list");
  if (list.kind !== "list") {
    const reason = list.kind === "fails" ? list.reason : "no answer";
    return {
      runtime: `ONNX Runtime can't be loaded: ${reason}`,
      providers: [{ provider: "cpu", works: false, detail: adviceFor("load", reason) }],
    };
  }
  const providers: ProviderReport[] = [];
  for (const { name, isBundled } of list.providers) {
    if (!known.includes(name)) continue;
    const missing = isBundled ? null : whatIsMissing(name);
    // Without its library a provider has nothing to run.
    const answer: ProbeAnswer =
      missing === null ? await ask(name) : { kind: "fails", reason: missing };
    providers.push(
      answer.kind === "works"
        ? { provider: name, works: true, detail: "ran a one-op graph" }
        : { provider: name, works: false, detail: detailOf(name, answer) },
    );
  }
  return { runtime: `onnxruntime-node ${list.runtime}`, providers };
}

function detailOf(provider: string, answer: ProbeAnswer): string {
  return adviceFor(provider, answer.kind === "fails" ? answer.reason : "it gave no answer");
}

/** Asks one child; its death and its silence are answers. */
async function ask(question: string): Promise<ProbeAnswer> {
  const probe = probeModule();
  if (!existsSync(probe)) return { kind: "fails", reason: `${probe} is not there: build again` };
  const child = fork(probe, [question], {
    // Read when the native library loads: without it the library calls home.
    env: { ...process.env, ORT_DISABLE_TELEMETRY: "1", NODE_OPTIONS: "" },
    execArgv: [],
    stdio: ["ignore", "pipe", "pipe", "ipc"],
  });
  let said = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on("data", (chunk: Buffer) => (said = (said + chunk.toString()).slice(-keptOutput)));
  }
  return new Promise((resolve) => {
    let answer: ProbeAnswer | null = null;
    const timer = setTimeout(() => {
      answer ??= { kind: "fails", reason: `it gave no answer within ${deadlineMs / 1000} s` };
      child.kill("SIGKILL");
    }, deadlineMs);
    child.on("message", (message) => (answer = message as ProbeAnswer));
    child.on("error", (error) => (answer ??= { kind: "fails", reason: error.message }));
    child.on("close", (code, signal) => {
      clearTimeout(timer);
      const end = signal === null ? `ended with status ${code}` : `crashed (${signal})`;
      resolve(answer ?? { kind: "fails", reason: `its process ${end}${lastWords(said)}` });
    });
  });
}

/** The line that names the error, or the last one. */
function lastWords(said: string): string {
  const lines = said
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "");
  const line = lines.find((text) => /^\w*Error\b/.test(text)) ?? lines.at(-1);
  return line === undefined ? "" : `: ${line}`;
}

/** Beside this file: bundled, or from source. */
function probeModule(): string {
  const name = import.meta.url.endsWith(".ts") ? "./providerProbe.ts" : "./providerProbe.mjs";
  return fileURLToPath(new URL(name, import.meta.url));
}
