// The real engine child over the protocol: runs, pause, cancel, resume, its heartbeat, and that it never
// outlives its host.
import { fork } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import type { Socket } from "node:net";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { readRun } from "../../src/data/runs/runFiles.ts";
import { resumeRun } from "../../src/engine/runJob.ts";
import type { RunRequest } from "../../src/protocol/engine.ts";
import { type EngineChild, startEngine } from "../support/engineChild.ts";
import { judged, makeRows, writeRowsTo } from "../support/pairFiles.ts";
import {
  hooks,
  leftovers,
  makeRunPlace,
  modelsOf,
  recordsOf,
  resultOf,
  type RunPlace,
} from "../support/runs.ts";

let place: RunPlace;
let data: string;
const engines: EngineChild[] = [];
beforeEach(() => {
  place = makeRunPlace();
  data = writeRowsTo(place.at("data.jsonl"), judged(makeRows(400, "engine")));
});
afterEach(async () => {
  for (const { child, ended } of engines.splice(0)) {
    child.kill("SIGKILL");
    await ended;
  }
  place.remove();
});

const start = (pipe: "pipe" | "no pipe" = "pipe"): EngineChild => {
  const engine = startEngine({ pipe });
  engines.push(engine);
  return engine;
};
const requestOf = (out: string): RunRequest =>
  place.request(out, { data: [data] }, { seedCount: 60, threshold: 0.6 });
const dirOf = (out: string): string => place.at("runs", out);
const done = { state: "done", error: null };
const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

async function expectAsUndisturbed(out: string): Promise<void> {
  const whole = start();
  expect(await whole.peer.request("startRun", requestOf("whole"))).toEqual(done);
  expect(resultOf(dirOf(out))).toEqual(resultOf(dirOf("whole")));
  expect(await recordsOf(dirOf(out))).toEqual(await recordsOf(dirOf("whole")));
  expect(leftovers(dirOf(out))).toEqual([]);
}

describe("a run", () => {
  test("is made; its records arrive as they stand in the directory, and so do steps and notes", async () => {
    const { peer, heard } = start();
    expect(await peer.request("startRun", requestOf("run"))).toEqual(done);
    expect((await readRun(dirOf("run"))).records).toEqual(heard.records);
    expect(heard.records.filter((record) => record.kind === "iteration")).toHaveLength(4);
    expect(heard.steps.length).toBeGreaterThan(50);
    expect(heard.steps).toEqual([...heard.steps].sort((a, b) => a - b));
    expect(heard.notes.some((note) => note.includes("data.jsonl: read as pairs"))).toBe(true);
  });

  test("that cannot begin is a failure with the reason", async () => {
    const { peer } = start();
    const request = { ...requestOf("none"), data: [place.at("gone.jsonl")] };
    const outcome = await peer.request("startRun", request);
    expect(outcome.state).toBe("failed");
    expect(outcome.error).toContain("gone.jsonl");
    expect(existsSync(dirOf("none"))).toBe(false);
  });

  test("is refused where this engine makes it already, and where another process does", async () => {
    const { peer, heard, child } = start();
    const first = peer.request("startRun", requestOf("run"));
    await expect.poll(() => heard.steps.length, { timeout: 30_000 }).toBeGreaterThan(0);
    const again = peer.request("startRun", requestOf("run"));
    await expect(again).rejects.toThrow(/this engine makes that run already/);
    await peer.request("pauseRun", { dir: dirOf("run") });
    const other = start();
    const outcome = await other.peer.request("resumeRun", {
      ...{ dir: dirOf("run"), cacheDir: place.cacheDir },
    });
    expect(outcome.state).toBe("failed");
    expect(outcome.error).toContain(`is being run by process ${child.pid}`);
    await peer.request("continueRun", { dir: dirOf("run") });
    expect(await first).toEqual(done);
  });

  test("paused makes no steps, goes on where it was, and ends with the same bytes", async () => {
    const { peer, heard } = start();
    const running = peer.request("startRun", requestOf("run"));
    await expect.poll(() => heard.steps.length, { timeout: 30_000 }).toBeGreaterThan(5);
    await peer.request("pauseRun", { dir: dirOf("run") });
    await sleep(200);
    const steps = heard.steps.length;
    await sleep(700);
    expect(heard.steps).toHaveLength(steps);
    expect((await readRun(dirOf("run"))).info.state).toBe("running");
    await peer.request("continueRun", { dir: dirOf("run") });
    expect(await running).toEqual(done);
    expect(heard.steps.length).toBeGreaterThan(steps);
    await expectAsUndisturbed("run");
  });

  test("cancelled is paused with a checkpoint; resumed it ends with the same bytes", async () => {
    const { peer, heard } = start();
    const running = peer.request("startRun", requestOf("run"));
    await expect.poll(() => heard.steps.at(-1), { timeout: 30_000 }).toBe(1);
    await peer.request("cancelRun", { dir: dirOf("run") });
    expect(await running).toEqual({ state: "paused", error: null });
    expect((await readRun(dirOf("run"))).info.state).toBe("paused");
    expect(existsSync(place.at("runs/run/checkpoint/ssrm.json"))).toBe(true);
    expect(existsSync(place.at("runs/run/lock.json"))).toBe(false);
    const again = { dir: dirOf("run"), cacheDir: place.cacheDir };
    expect(await peer.request("resumeRun", again)).toEqual(done);
    await expectAsUndisturbed("run");
  });

  test("that is not there cannot be paused, continued or cancelled", async () => {
    const { peer } = start();
    for (const method of ["pauseRun", "continueRun", "cancelRun"] as const) {
      await expect(peer.request(method, { dir: dirOf("none") })).rejects.toThrow(
        `${dirOf("none")}: expected a run of this engine, got none`,
      );
    }
  });
});

describe("the end of the engine", () => {
  test("told to shut down in mid-run it writes down what must be kept and exits with 0", async () => {
    const { peer, heard, ended } = start();
    const running = peer.request("startRun", requestOf("run")).catch(() => null);
    await expect.poll(() => heard.steps.at(-1), { timeout: 30_000 }).toBe(1);
    peer.notify("shutDown", {});
    expect(await ended).toEqual({ code: 0, signal: null });
    await running;
    expect((await readRun(dirOf("run"))).info.state).toBe("paused");
    expect(existsSync(place.at("runs/run/lock.json"))).toBe(false);
  });

  test("without a run it exits at once when told to, and when its host is gone", async () => {
    const told = start();
    told.peer.notify("shutDown", {});
    expect(await told.ended).toEqual({ code: 0, signal: null });
    const left = start();
    await left.peer.request("pauseRun", { dir: "x" }).catch(() => undefined);
    const closedAt = performance.now();
    left.child.disconnect();
    expect(await left.ended).toEqual({ code: 0, signal: null });
    expect(performance.now() - closedAt).toBeLessThan(5000);
  });

  test.each(["going on", "paused"])(
    "a host that goes away while a run is %s: no orphan after 5 s",
    async (how) => {
      const { child, peer, heard, ended } = start();
      void peer.request("startRun", requestOf("run")).catch(() => undefined);
      await expect.poll(() => heard.steps.at(-1), { timeout: 30_000 }).toBe(1);
      if (how === "paused") await peer.request("pauseRun", { dir: dirOf("run") });
      const closedAt = performance.now();
      child.disconnect();
      await ended;
      expect(performance.now() - closedAt).toBeLessThan(5000);
      expect(() => process.kill(child.pid!, 0)).toThrow("ESRCH");
      const { cacheDir } = place;
      expect(await resumeRun(dirOf("run"), { ...hooks(), cacheDir })).toEqual(done);
      await expectAsUndisturbed("run");
    },
  );

  test("killed by -9 in mid-run, the run goes on in the next engine with the same bytes", async () => {
    const { child, peer, heard, ended } = start();
    void peer.request("startRun", requestOf("run")).catch(() => undefined);
    await expect.poll(() => heard.steps.at(-1), { timeout: 30_000 }).toBe(2);
    child.kill("SIGKILL");
    await ended;
    expect((await readRun(dirOf("run"))).info.state).toBe("running");
    const next = start();
    const again = { dir: dirOf("run"), cacheDir: place.cacheDir };
    expect(await next.peer.request("resumeRun", again)).toEqual(done);
    // What had been told before is not told again.
    const told = [...heard.records, ...next.heard.records];
    expect(told).toEqual((await readRun(dirOf("run"))).records);
    expect(await modelsOf(dirOf("run"))).toHaveLength(4);
    await expectAsUndisturbed("run");
  });
});

describe("the heartbeat", () => {
  test("comes through its pipe and says how many steps there were", async () => {
    const { peer, heard } = start("pipe");
    await expect.poll(() => heard.pipeBeats.length, { timeout: 30_000 }).toBeGreaterThan(0);
    expect(heard.pipeBeats[0]).toBe(0);
    await peer.request("startRun", requestOf("run"));
    await expect.poll(() => heard.pipeBeats.at(-1), { timeout: 30_000 }).toBe(heard.steps.length);
    expect(heard.beats).toEqual([]);
  });

  test("comes as messages where the host gave no pipe", async () => {
    const { heard } = start("no pipe");
    await expect.poll(() => heard.beats.length, { timeout: 30_000 }).toBeGreaterThan(1);
  });

  test("goes on while a native call blocks the engine, and ends it once the host is gone", async () => {
    const child = fork(join(import.meta.dirname, "children/blocked.ts"), ["--heartbeat-fd=4"], {
      ...{ execArgv: [], stdio: ["ignore", "inherit", "inherit", "ipc", "pipe"] },
    });
    let beats = "";
    child.stdio[4]!.on("data", (chunk: Buffer) => (beats += chunk.toString()));
    await once(child, "message");
    await sleep(200);
    beats = "";
    await expect.poll(() => beats, { timeout: 10_000 }).toMatch(/^1 \d+\n1 \d+\n/);
    const closedAt = performance.now();
    (child.stdio[4] as Socket).destroy();
    child.disconnect();
    expect(await once(child, "exit")).toEqual([null, "SIGKILL"]);
    expect(performance.now() - closedAt).toBeLessThan(5000);
  });
});
