// 200 times kill -9 at random moments: no verdict that was acknowledged is lost, and every next writer heals
// what the last one left.
import { mkdirSync } from "node:fs";
import { afterEach, beforeEach, expect, it } from "vitest";
import { seededRandom } from "../../src/core/random.ts";
import { makeLabelPlace } from "../support/labelPlace.ts";
import type { LabelPlace } from "../support/labelPlace.ts";
import { inLanes, startWriter, violations } from "../support/labelWriters.ts";
import type { Outcome, WriterKind } from "./labelWriter.ts";

let place: LabelPlace;
beforeEach(() => {
  place = makeLabelPlace();
});
afterEach(() => place.remove());

/** Starts writers one after the other in each of two lanes, all on one log, and kills each in its work. */
async function killWriters(kind: WriterKind, kills: number): Promise<readonly Outcome[]> {
  const { dir, journalDir } = place;
  const random = seededRandom(`kill ${kind}`);
  const said: Outcome[] = [];
  const moments = Array.from({ length: kills }, (_, n) => ({
    n,
    events: Math.floor(16 * random()),
    delayMs: 4 * random(),
  }));
  await inLanes(moments, 2, async ({ n, events, delayMs }) => {
    const task = { kind, dir, journalDir, writer: `w${n}`, count: 1_000_000, maxText: 6000 };
    const writer = startWriter(task);
    await writer.ready;
    await writer.said(events);
    await new Promise((resolve) => setTimeout(resolve, delayMs));
    writer.child.kill("SIGKILL");
    const { code, stderr } = await writer.ended;
    expect({ code, stderr }).toEqual({ code: null, stderr: "" });
    said.push(...writer.outcomes);
  });
  return said;
}

it("nothing acknowledged is lost in 200 kills", { timeout: 180_000 }, async () => {
  const said = await killWriters("store", 200);
  expect(await violations(said, place)).toEqual([]);
  expect(said.every(({ state }) => state === "saved")).toBe(true);
  expect(said.length).toBeGreaterThan(1000);
  const { files } = await place.store().readAll();
  const bad = files.flatMap(({ problems }) => problems);
  console.log(
    `200 kills, ${said.length} acknowledged, 0 lost, ${bad.length} torn lines left aside`,
  );
  // What was under way when the process died may be there or not, but nothing else may.
  const { missing } = await place.store().reconcile();
  expect(missing.length).toBeLessThanOrEqual(200);
});

it("a writer that acknowledges before it writes is caught", async () => {
  mkdirSync(place.dir);
  const said = await killWriters("ack before write", 10);
  expect((await violations(said, place)).length).toBeGreaterThan(0);
});
