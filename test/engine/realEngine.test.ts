// The supervisor with the engine that is shipped: a run, deaths in the middle of it, and a dead parent.
import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { defaultRunSettings } from "../../src/data/projectFile.ts";
import { RunSupervisor, type RunEvents } from "../../src/host/runSupervisor.ts";
import type { RunRequest } from "../../src/protocol/engine.ts";

const root = join(import.meta.dirname, "../..");
const module = join(root, "dist/engine.mjs");
const isBuilt = existsSync(module);
if (!isBuilt) console.log("skipped: no dist/engine.mjs; run `npm run build`");

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "ssrm-real-engine-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }));

/** The sample, three times over: a run of about a second. */
function request(name: string): RunRequest {
  const data = join(folder, "pairs.jsonl");
  if (!existsSync(data)) {
    const rows = readFileSync(join(root, "media/sample/pairs.jsonl"), "utf8").trimEnd().split("\n");
    const copies = rows.flatMap((row) => {
      const values = JSON.parse(row) as { readonly prompt: string };
      return [0, 1, 2].map((k) =>
        JSON.stringify(k === 0 ? values : { ...values, prompt: `${values.prompt} ${k}` }),
      );
    });
    writeFileSync(data, `${copies.join("\n")}\n`);
  }
  return {
    data: [data],
    labels: [join(root, "media/sample/.ssrm/labels.jsonl")],
    labeled: [],
    gold: [],
    test: [],
    settings: defaultRunSettings,
    out: join(folder, name),
    mapping: null,
    cacheDir: join(folder, "cache"),
    version: "0",
  };
}

interface Watched {
  pid: number;
  readonly restarts: string[];
  readonly records: number[];
}

function watched(): { watch: Watched; events: RunEvents } {
  const watch: Watched = { pid: 0, restarts: [], records: [] };
  const events: RunEvents = {
    onRecord: (record) =>
      void (record.kind === "iteration" && watch.records.push(record.iteration)),
    onStep: () => undefined,
    onState: (state) => void ("pid" in state && (watch.pid = state.pid)),
    onRestart: (cause) => void watch.restarts.push(cause),
    log: () => undefined,
  };
  return { watch, events };
}

const resultOf = (dir: string): Record<string, string> =>
  Object.fromEntries(
    ["checkpoint", "pseudo-labels"].flatMap((name) =>
      readdirSync(join(dir, name)).map((file) => [
        `${name}/${file}`,
        readFileSync(join(dir, name, file), "base64"),
      ]),
    ),
  );

describe.skipIf(!isBuilt)("the shipped engine", () => {
  test("makes a run, and one that is killed in each iteration ends with the same bytes", async () => {
    const calm = watched();
    const first = new RunSupervisor({ module, memoryMb: 2048 }, calm.events);
    expect(await first.run({ kind: "start", request: request("calm") })).toEqual({
      state: "done",
      error: null,
    });
    await first.stop();
    expect(calm.watch.records).toEqual([0, 1, 2, 3]);

    const rough = watched();
    const killing: RunEvents = {
      ...rough.events,
      onRecord: (record) => {
        rough.events.onRecord(record);
        if (record.kind === "iteration" && record.iteration < 3) process.kill(rough.watch.pid, 9);
      },
    };
    const second = new RunSupervisor({ module, memoryMb: 2048 }, killing);
    const outcome = await second.run({ kind: "start", request: request("rough") });
    await second.stop();
    expect(outcome).toEqual({ state: "done", error: null });
    expect(rough.watch.restarts).toHaveLength(3);
    expect(rough.watch.restarts[0]).toContain("killed from outside (signal SIGKILL)");
    expect(Object.keys(resultOf(join(folder, "calm"))).length).toBeGreaterThan(3);
    expect(resultOf(join(folder, "rough"))).toEqual(resultOf(join(folder, "calm")));
  });

  test("pause keeps it, continue goes on, cancel ends it as paused, resume finishes it", async () => {
    const { watch, events } = watched();
    const runs = new RunSupervisor({ module, memoryMb: 2048 }, events);
    const first = runs.run({ kind: "start", request: request("run") });
    await expect.poll(() => watch.records.length, { timeout: 30_000 }).toBeGreaterThan(0);
    await runs.pause();
    const before = watch.records.length;
    await new Promise((resolve) => setTimeout(resolve, 500));
    // The step at hand is finished before a pause.
    expect(watch.records.length).toBeLessThanOrEqual(before + 1);
    await runs.goOn();
    await runs.cancel();
    expect((await first).state).toBe("paused");
    const dir = join(folder, "run");
    expect((await runs.run({ kind: "resume", dir, cacheDir: folder })).state).toBe("done");
    await runs.stop();
    expect(watch.restarts).toEqual([]);
  });

  test("an engine that cannot begin says why, and the run is not tried again", async () => {
    const { watch, events } = watched();
    const runs = new RunSupervisor({ module, memoryMb: 2048 }, events);
    const missing = { ...request("run"), data: [join(folder, "nothing.jsonl")] };
    const outcome = await runs.run({ kind: "start", request: missing });
    expect(outcome.state).toBe("failed");
    expect(outcome.error).toContain("nothing.jsonl");
    expect(watch.restarts).toEqual([]);
    await runs.stop();
  });

  test("no engine outlives a parent that is killed", async () => {
    const script = join(folder, "parent.ts");
    const supervisor = JSON.stringify(join(root, "src/host/runSupervisor.ts"));
    writeFileSync(
      script,
      `import { RunSupervisor } from ${supervisor};
      const nothing = () => undefined;
      const runs = new RunSupervisor({ module: ${JSON.stringify(module)}, memoryMb: 2048 }, {
        onRecord: nothing, onStep: nothing, onRestart: nothing, log: nothing,
        onState: (state) => "pid" in state && process.stdout.write(state.kind + " " + state.pid + "\\n"),
      });
      await runs.run({ kind: "start", request: ${JSON.stringify(request("run"))} });`,
    );
    const parent = spawn(process.execPath, [script], { stdio: ["ignore", "pipe", "inherit"] });
    let said = "";
    parent.stdout.setEncoding("utf8").on("data", (text: string) => (said += text));
    await expect.poll(() => said, { timeout: 30_000 }).toContain("running ");
    const pid = Number(/running (\d+)/.exec(said)![1]);
    parent.kill("SIGKILL");
    const isAlive = (): boolean => {
      try {
        process.kill(pid, 0);
        return true;
      } catch {
        return false;
      }
    };
    await expect.poll(isAlive, { timeout: 5000 }).toBe(false);
  });
});
