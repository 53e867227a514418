// Several writers on one log, a log that other programs replace all the time, and a disk that is full.
import { execFileSync, spawnSync } from "node:child_process";
import { appendFileSync, existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { sequenceGaps } from "../../src/core/labels/labelFold.ts";
import { seededRandom } from "../../src/core/random.ts";
import { readJournalFolder } from "../../src/data/labels/labelFiles.ts";
import { LabelsNotSavedError } from "../../src/data/labels/labelStore.ts";
import { makeLabelPlace, verdict } from "../support/labelPlace.ts";
import type { LabelPlace } from "../support/labelPlace.ts";
import { startWriter, violations } from "../support/labelWriters.ts";

let place: LabelPlace;
beforeEach(() => {
  place = makeLabelPlace();
});
afterEach(() => place.remove());

it("8 processes append to one log, every line whole", { timeout: 120_000 }, async () => {
  const { dir } = place;
  const count = 250;
  const writers = Array.from({ length: 8 }, (_, n) =>
    startWriter({ kind: "store", dir, journalDir: null, writer: `w${n}`, count, maxText: 3000 }),
  );
  await Promise.all(writers.map(({ ended }) => ended));
  const said = writers.flatMap(({ outcomes }) => outcomes);
  expect(said.filter(({ state }) => state === "saved")).toHaveLength(8 * count);
  expect(await violations(said, { dir, journalDir: null })).toEqual([]);
  const { events, files } = await place.store().readAll();
  expect(files).toMatchObject([{ events: 8 * count, problems: [] }]);
  expect(events).toHaveLength(8 * count);
  expect(sequenceGaps(events)).toEqual([]);
});

it(
  "100 swaps of the file lose nothing: what the log lacks is offered back",
  { timeout: 120_000 },
  async () => {
    const { dir, log, journalDir, workspace } = place;
    const git = (...args: string[]): void => {
      const identity = [
        "-c",
        "user.name=t",
        "-c",
        "user.email=t@t",
        "-c",
        "init.defaultBranch=main",
      ];
      execFileSync("git", [...identity, ...args], { cwd: workspace, stdio: "ignore" });
    };
    mkdirSync(dir);
    writeFileSync(log, "");
    git("init");
    git("add", "-A");
    git("commit", "-m", "start");
    const acts: readonly (() => void)[] = [
      () => rmSync(log, { force: true }),
      () => rmSync(dir, { recursive: true, force: true }),
      () => existsSync(log) && renameSync(log, join(workspace, "moved")),
      () => git("checkout", "--", ".ssrm/labels.jsonl"),
      () => {
        mkdirSync(dir, { recursive: true });
        writeFileSync(join(dir, "tmp"), "half a line");
        renameSync(join(dir, "tmp"), log);
      },
      () => existsSync(log) && writeFileSync(log, ""),
    ];
    const writer = startWriter({
      kind: "store",
      dir,
      journalDir,
      writer: "w",
      count: 1e6,
      maxText: 200,
    });
    await writer.ready;
    const random = seededRandom("swaps");
    let swaps = 0;
    for (let n = 0; swaps < 100; n++) {
      try {
        acts[n % acts.length]!();
        swaps++;
      } catch {
        // The writer made the file or the folder at the same moment.
      }
      await new Promise((resolve) => setTimeout(resolve, 20 * random()));
    }
    writer.child.kill("SIGKILL");
    await writer.ended;
    const acknowledged = writer.outcomes.filter(({ state }) => state !== "refused");
    expect(acknowledged.length).toBeGreaterThan(50);
    expect(writer.outcomes.filter(({ state }) => state === "refused")).toEqual([]);
    const store = place.store({ writer: "next" });
    const { missing, restore } = await store.reconcile();
    expect(missing.length).toBeGreaterThan(0);
    await restore();
    const kept = new Set((await store.readAll()).events.map(({ id }) => id));
    expect(acknowledged.filter(({ id }) => !kept.has(id))).toEqual([]);
    expect((await store.reconcile()).missing).toEqual([]);
  },
);

describe("a disk that is full", () => {
  let mounted: string | null = null;
  afterEach(() => {
    if (mounted !== null) spawnSync("umount", [mounted]);
    mounted = null;
  });

  it("keeps the neighbours, and the same verdict goes in once there is space", async (context) => {
    const { workspace, journalDir } = place;
    const mount = ["-t", "tmpfs", "-o", "size=256k", "tmpfs", workspace];
    if (spawnSync("mount", mount).status !== 0) {
      console.log("Skipped: a full disk: needs the right to mount a tmpfs");
      context.skip();
    }
    mounted = workspace;
    const store = place.store({ journal: false });
    const withJournal = place.store({ writer: "w2" });
    const filler = join(workspace, "filler");
    const saved: string[] = [];
    // A page of tmpfs ends at another place in the line in each round.
    for (let round = 0; round < 30; round++) {
      const payload = { ...verdict(round), rationale: "x".repeat(700 - 20 * round) };
      saved.push((await store.append(payload)).event.id);
      fill(filler);
      let refusal: LabelsNotSavedError | null = null;
      while (refusal === null) {
        try {
          saved.push((await store.append(payload)).event.id);
        } catch (error) {
          if (!(error instanceof LabelsNotSavedError)) throw error;
          refusal = error;
        }
      }
      expect(refusal.message).toMatch(/the disk is full.*ENOSPC/);
      const journaled = await withJournal.append({ ...payload, rationale: "y".repeat(5000) });
      expect(journaled.state).toBe("journaled-only");
      rmSync(filler);
      await store.appendEvents(refusal.events);
      saved.push(refusal.events[0]!.id);
      const { events } = await store.readAll();
      expect(events.map(({ id }) => id).sort()).toEqual(saved.toSorted());
    }
    expect((await readJournalFolder(journalDir)).events).toHaveLength(30);
  });
});

function fill(path: string): void {
  try {
    for (;;) appendFileSync(path, Buffer.alloc(4096));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ENOSPC") throw error;
  }
}
