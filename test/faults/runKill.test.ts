// kill -9 of a run, at random moments of its whole life and at chosen system calls, some of them again while it
// goes on: in the end the bytes, the records and the files are those of a run that nobody disturbed.
import { existsSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { seededRandom } from "../../src/core/random.ts";
import { inLanes, whyNoStrace } from "../support/labelWriters.ts";
import {
  appeared,
  changing,
  countCalls,
  finish,
  killableRun,
  stageOf,
  wrongNow,
} from "../support/runKills.ts";
import { makeRunPlace, type RunPlace } from "../support/runs.ts";

const obstacle = whyNoStrace();
if (obstacle !== null) console.log(`Skipped: kills at system calls: ${obstacle}`);

const kills = 50;
const seed = process.env["SSRM_KILL_SEED"] ?? String(Date.now());

let place: RunPlace;
let whole: string;
/** How long an undisturbed run takes in all, and how long its directory is there before it is done. */
let lifeMs = 0;
let workMs = 0;
beforeAll(async () => {
  place = makeRunPlace();
  // The first one fills the compile cache.
  for (const name of ["first", "whole"]) {
    const run = killableRun(place, name);
    const startedAt = performance.now();
    const started = run.start();
    await appeared(run, started);
    const appearedAt = performance.now();
    await started.ended;
    [lifeMs, workMs] = [performance.now() - startedAt, performance.now() - appearedAt];
    whole = run.dir;
  }
  expect(await finish(killableRun(place, "first"), whole)).toEqual([]);
});
afterAll(() => place.remove());

it(
  `${kills} kills at random moments: every run ends as if undisturbed`,
  { timeout: 240_000 },
  async () => {
    const random = seededRandom(seed);
    const plans = Array.from({ length: 2 * kills }, (_, n) => ({
      n,
      // Starting Node takes most of a run's life: of five, one is killed at any moment of it, the others once the
      // directory is there. A fifth is killed twice, some of them three times. Two at once take longer than one.
      from: n % 5 === 1 ? ("start" as const) : ("directory" as const),
      moments: Array.from({ length: n % 5 === 0 ? 2 + (n % 2) : 1 }, () => 1.2 * random()),
    }));
    const stages = new Map<string, number>();
    let died = 0;
    await inLanes(plans, 2, async ({ n, from, moments }) => {
      if (died >= kills) return;
      const run = killableRun(place, `random-${n}`);
      for (const moment of moments) {
        const started = run.start();
        // A resume reads everything before it goes on, so it has no other mark than its start.
        const isResumed = existsSync(run.dir);
        if (from === "directory") await appeared(run, started);
        const ms = moment * (from === "directory" && !isResumed ? workMs : lifeMs);
        const timer = setTimeout(() => started.child.kill("SIGKILL"), ms);
        const { killed } = await started.ended;
        clearTimeout(timer);
        expect({ seed, n, moments, wrong: await wrongNow(run.dir) }).toMatchObject({ wrong: [] });
        if (!killed) continue;
        died++;
        const stage = await stageOf(run.dir);
        stages.set(stage, (stages.get(stage) ?? 0) + 1);
      }
      expect({ seed, n, moments, wrong: await finish(run, whole) }).toMatchObject({ wrong: [] });
    });
    const counts = [...stages].sort().map(([stage, count]) => `${count} ${stage}`);
    console.log(`SSRM_KILL_SEED=${seed}: ${died} kills: ${counts.join(", ")}`);
    expect(died).toBeGreaterThanOrEqual(kills);
    expect(stages.size).toBeGreaterThan(2);
  },
);

describe.skipIf(obstacle !== null)("kills at system calls", () => {
  /** Every call of a run, as "rename:when=3". */
  async function pointsOf(writer: "right" | "in place"): Promise<string[]> {
    const run = killableRun(place, `traced ${writer}`, writer);
    const trace = place.at(`${writer}.trace`);
    await run.start({ trace }).ended;
    const counts = countCalls(trace);
    return changing.flatMap((call) =>
      Array.from({ length: counts.get(call) ?? 0 }, (_, i) => `${call}:signal=KILL:when=${i + 1}`),
    );
  }

  it("every rename, and a sample of the rest", { timeout: 240_000 }, async () => {
    const points = await pointsOf("right");
    expect(points.length).toBeGreaterThan(100);
    const chosen = points.filter((point, i) => point.startsWith("rename") || i % 6 === 0);
    expect(chosen.length).toBeGreaterThanOrEqual(30);
    await inLanes([...chosen.entries()], 2, async ([n, inject]) => {
      const run = killableRun(place, `call-${n}`);
      expect((await run.start({ inject }).ended).killed, inject).toBe(true);
      expect({ inject, wrong: await wrongNow(run.dir) }).toEqual({ inject, wrong: [] });
      // A resume comes by the same calls, though not as many; where it gets to the end there is no harm done.
      if (n % 3 === 0) await run.start({ inject: chosen[(7 * n) % chosen.length]! }).ended;
      expect({ inject, wrong: await finish(run, whole) }).toEqual({ inject, wrong: [] });
    });
    console.log(`killed at ${chosen.length} of ${points.length} calls that change the disk`);
  });

  it("a writer that writes in place is caught", { timeout: 120_000 }, async () => {
    const points = (await pointsOf("in place")).filter((point) => point.startsWith("fsync"));
    const chosen = points.filter((_, i) => i % Math.ceil(points.length / 10) === 5);
    const caught: string[] = [];
    await inLanes([...chosen.entries()], 2, async ([n, inject]) => {
      const run = killableRun(place, `control-${n}`, "in place");
      await run.start({ inject }).ended;
      const wrong = [...(await wrongNow(run.dir)), ...(await finish(run, whole))];
      if (wrong.length > 0) caught.push(inject);
    });
    console.log(`writing in place: caught at ${caught.length} of ${chosen.length} calls`);
    expect(caught.length).toBeGreaterThan(0);
  });
});
