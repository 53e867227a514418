// The supervised child, with a stand-in that dies in every way there is.
import { mkdtempSync, mkdirSync, rmSync, writeFileSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { RunRequest } from "../../src/protocol/engine.ts";
import { EngineProcess, type EngineState } from "../../src/host/engineProcess.ts";
import { RunSupervisor, type RunEvents } from "../../src/host/runSupervisor.ts";
import { defaultRunSettings } from "../../src/data/projectFile.ts";

const module = join(import.meta.dirname, "children/fake.ts");
let folder: string;
let states: EngineState[];
let causes: string[];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "ssrm-engine-"));
  states = [];
  causes = [];
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const events: RunEvents = {
  onRecord: () => undefined,
  onStep: () => undefined,
  onState: (state) => void states.push(state),
  onRestart: (cause) => void causes.push(cause),
  log: () => undefined,
};

function supervisor(deaths: string, options: { stopMs?: number; leastMs?: number } = {}) {
  const count = join(folder, "count");
  writeFileSync(count, "0");
  process.env["FAKE_COUNT"] = count;
  process.env["FAKE_DEATHS"] = deaths;
  return new RunSupervisor(
    {
      module,
      memoryMb: 64,
      limits: { leastMs: options.leastMs ?? 10_000, medianFactor: 20 },
      stopMs: options.stopMs ?? 2000,
    },
    events,
  );
}

function request(): RunRequest {
  return {
    data: [],
    labels: [],
    labeled: [],
    gold: [],
    test: [],
    settings: defaultRunSettings,
    out: join(folder, "run"),
    mapping: null,
    cacheDir: folder,
    version: "0",
  };
}

const starts = (): number => Number(readFileSync(join(folder, "count"), "utf8"));
const noneLeft = (): void => {
  for (const state of states) {
    if ("pid" in state) expect(() => process.kill(state.pid, 0)).toThrow("ESRCH");
  }
};

const ways: readonly { death: string; cause: RegExp; leastMs?: number }[] = [
  { death: "kill", cause: /process \d+\) was killed from outside \(signal SIGKILL\)/ },
  { death: "segv", cause: /died of signal SIGSEGV \(a crash in native code\)/ },
  { death: "abort", cause: /died of signal SIGABRT/ },
  { death: "exit-0", cause: /ended by itself with code 0 although it had work to do/ },
  {
    death: "exit-137",
    cause: /killed from outside \(code 137\): by the system where memory ran out/,
  },
  {
    death: "throw",
    cause: /ended with code 1: RangeError: offset 12 is past the end of weights.bin\./,
  },
  { death: "heap", cause: /ran out of JavaScript memory; raise the setting ssrm.engine.memoryMb/ },
  { death: "hang", cause: /it made no step for [\d.]+ s \(limit [\d.]+ s\)/, leastMs: 1000 },
  {
    death: "hang-with-heartbeat",
    cause: /it made no step for [\d.]+ s \(limit [\d.]+ s\)/,
    leastMs: 1000,
  },
  { death: "crawl", cause: /it made no step for [\d.]+ s \(limit [\d.]+ s\)/, leastMs: 1000 },
  { death: "broken-message", cause: /it sent not a message of the protocol \(null\)/ },
  { death: "broken-event", cause: /it sent a broken event step \(iteration: / },
  { death: "unknown-event", cause: /it sent the unknown event "constructor"/ },
];

describe("every way to die is named, survived, and the run goes on in a new engine", () => {
  test.each(ways)("$death", async ({ death, cause, leastMs }) => {
    const runs = supervisor(`${death},none`, leastMs === undefined ? {} : { leastMs });
    expect(await runs.run({ kind: "start", request: request() })).toEqual({
      state: "done",
      error: null,
    });
    expect(causes).toHaveLength(1);
    expect(causes[0]).toMatch(cause);
    expect(starts()).toBe(2);
    await runs.stop();
    noneLeft();
  });
});

test("a run whose directory is there is resumed, not started again", async () => {
  mkdirSync(join(folder, "run"));
  writeFileSync(join(folder, "run/run.json"), "{}");
  const runs = supervisor("none");
  expect((await runs.run({ kind: "start", request: request() })).state).toBe("done");
  await runs.stop();
});

test("four deaths without progress end it", async () => {
  const runs = supervisor("exit-0");
  const outcome = await runs.run({ kind: "start", request: request() });
  expect(outcome.state).toBe("given-up");
  expect(outcome.error).toMatch(/died 4 times within 10 minutes without progress\.$/);
  expect(starts()).toBe(4);
  noneLeft();
});

test("the same step twice ends it and names the step", async () => {
  const runs = supervisor("same-step");
  const outcome = await runs.run({ kind: "start", request: request() });
  expect(outcome.error).toContain("it died twice at the same step (iteration 2, fit 57 of 300)");
  expect(starts()).toBe(2);
});

test("progress refills the budget", async () => {
  const runs = supervisor(`${"progress-then-kill,".repeat(6)}none`);
  expect((await runs.run({ kind: "start", request: request() })).state).toBe("done");
  expect(starts()).toBe(7);
  await runs.stop();
});

test("stop lets it exit by itself; one that does not is killed after the delay", async () => {
  const willing = supervisor("hang-with-heartbeat");
  const first = willing.run({ kind: "start", request: request() });
  await expect.poll(() => states.at(-1)?.kind).toBe("running");
  await willing.stop();
  expect(await first).toEqual({ state: "stopped", error: null });
  expect(states.at(-1)).toEqual({ kind: "idle" });

  const deaf = supervisor("deaf", { stopMs: 300 });
  const second = deaf.run({ kind: "start", request: request() }).catch((error: unknown) => error);
  await expect.poll(() => states.at(-1)?.kind).toBe("running");
  await deaf.stop();
  await second;
  expect(states.at(-1)?.kind).toBe("dead");
  noneLeft();
});

test("states go idle, starting, running, stopping", async () => {
  const runs = supervisor("none");
  await runs.run({ kind: "start", request: request() });
  await runs.stop();
  expect(states.map((state) => state.kind)).toEqual(["starting", "running", "stopping", "idle"]);
});

test("the engine has flags and an environment of its own", async () => {
  const count = join(folder, "count");
  writeFileSync(count, "0");
  process.env["FAKE_COUNT"] = count;
  process.env["FAKE_DEATHS"] = "none";
  process.env["NODE_OPTIONS"] = "--no-warnings";
  process.env["ELECTRON_RUN_AS_NODE"] = "1";
  try {
    const nothing = () => undefined;
    const engine = new EngineProcess({
      module,
      memoryMb: 77,
      events: { record: nothing, step: nothing, note: nothing },
      onState: nothing,
      log: nothing,
    });
    const { runtime } = await engine.request("doctor", {});
    await engine.stop();
    const { execArgv, env } = JSON.parse(runtime) as {
      readonly execArgv: readonly string[];
      readonly env: Readonly<Record<string, string>>;
    };
    expect(execArgv).toEqual(["--max-old-space-size=77"]);
    expect(env["ORT_DISABLE_TELEMETRY"]).toBe("1");
    expect(env).not.toHaveProperty("NODE_OPTIONS");
    expect(env).not.toHaveProperty("ELECTRON_RUN_AS_NODE");
  } finally {
    delete process.env["NODE_OPTIONS"];
    delete process.env["ELECTRON_RUN_AS_NODE"];
  }
});
