// More than 100 faults injected into the writer's system calls, each once and from then on: every verdict is
// acknowledged and on disk, or plainly refused, and its neighbours are intact.
import {
  appendFileSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { serializeEvent } from "../../src/core/labels/labelEvent.ts";
import type { LabelEvent } from "../../src/core/labels/labelEvent.ts";
import { makeLabelPlace, pairId } from "../support/labelPlace.ts";
import type { LabelPlace } from "../support/labelPlace.ts";
import {
  inLanes,
  startWriter,
  unsynced,
  violations,
  whyNoStrace,
} from "../support/labelWriters.ts";
import type { RunningWriter } from "../support/labelWriters.ts";
import type { WriterKind, WriterTask } from "./labelWriter.ts";

const obstacle = whyNoStrace();
if (obstacle !== null) console.log(`Skipped: faults in system calls: ${obstacle}`);

const places: LabelPlace[] = [];
afterEach(() => places.splice(0).forEach((place) => place.remove()));

const errors: Record<string, readonly string[]> = {
  openat: ["EACCES", "EROFS", "EMFILE", "ENOSPC", "EDQUOT", "EIO"],
  write: ["ENOSPC", "EIO", "EDQUOT", "EROFS"],
  pread64: ["EIO"],
  fdatasync: ["EIO", "ENOSPC", "EDQUOT", "EROFS"],
  fsync: ["EIO", "ENOSPC", "EDQUOT"],
  close: ["EIO", "ENOSPC"],
};
const eventCount = 6;
const once = [1, 2, 4].map(String);
const fromThenOn = [1, 3].map((n) => `${n}+`);
const injections = [
  ...Object.entries(errors).flatMap(([call, codes]) =>
    codes.flatMap((code) =>
      [...once, ...fromThenOn].map((when) => `${call}:error=${code}:when=${when}`),
    ),
  ),
  // libuv repeats an interrupted call by itself, so "from then on" would never end.
  ...["openat", "write", "fdatasync", "fsync", "close"].flatMap((call) =>
    ["1", "2..5"].map((when) => `${call}:error=EINTR:when=${when}`),
  ),
  // strace answers for the call without making it: bytes that are said to be written and are not.
  ...[...once, ...fromThenOn].flatMap((when) => [
    `write:retval=0:when=${when}`,
    `write:retval=1:when=${when}`,
  ]),
  ...once.map((when) => `write:retval=100:when=${when}`),
  ...["openat", "write", "fdatasync", "close"].flatMap((call) =>
    ["1", "3"].map((when) => `${call}:signal=KILL:when=${when}`),
  ),
];

const neighbour = (n: number): LabelEvent => ({
  ...({ v: 1, id: pairId(n), writer: "before", seq: n, time: "2026-01-01T00:00:00.000Z" } as const),
  ...({ kind: "verdict", pair: pairId(n), winner: "first" } as const),
});

interface Faulted {
  readonly writer: RunningWriter;
  readonly place: LabelPlace;
  readonly task: WriterTask;
  readonly straceLog: string;
}

/** A writer with two neighbours' lines before its own, and faults on the log and the folders above. */
function startFaulted(
  inject: string,
  { kind = "store", journal = false }: { kind?: WriterKind; journal?: boolean },
): Faulted {
  const place = makeLabelPlace();
  places.push(place);
  mkdirSync(place.dir);
  writeFileSync(place.log, [1, 2].map((n) => `${serializeEvent(neighbour(n))}\n`).join(""));
  const journalDir = journal ? place.journalDir : null;
  const task = { kind, dir: place.dir, journalDir, writer: "w", count: eventCount, maxText: 300 };
  const straceLog = join(place.workspace, "..", "strace.log");
  const paths = [place.log, place.dir, place.workspace];
  return { writer: startWriter(task, { paths, inject, log: straceLog }), place, task, straceLog };
}

async function judge(faulted: Faulted): Promise<string[]> {
  const { writer, place, task, straceLog } = faulted;
  const { outcomes } = writer;
  const found = [...(await violations(outcomes, task)), ...unsynced(outcomes, straceLog)];
  const next = await place.store({ writer: "after", journal: false }).append({
    ...{ kind: "verdict", pair: pairId(3), winner: "second" },
  });
  const { events } = await place.store().readAll();
  for (const event of [neighbour(1), neighbour(2), next.event]) {
    if (!events.some(({ id }) => id === event.id)) found.push(`neighbour ${event.seq} is gone`);
  }
  return found;
}

describe.skipIf(obstacle !== null)("faults in system calls", () => {
  it(`${injections.length} faults: saved, or plainly refused`, { timeout: 240_000 }, async () => {
    const states = { saved: 0, refused: 0, "journaled-only": 0 };
    const tasks = injections.map((inject, n) => ({ inject, journal: n % 3 === 0 }));
    await inLanes(tasks, 2, async ({ inject, journal }) => {
      const faulted = startFaulted(inject, { journal });
      const { code, stderr } = await faulted.writer.ended;
      const { outcomes } = faulted.writer;
      const isKill = inject.includes("KILL");
      const ended = { code: isKill ? "killed" : code, said: isKill ? "some" : outcomes.length };
      const expected = isKill ? { code: "killed", said: "some" } : { code: 0, said: eventCount };
      expect({ inject, stderr, ...ended }).toEqual({ inject, stderr: "", ...expected });
      if (isKill) expect(code).not.toBe(0);
      expect({ inject, found: await judge(faulted) }).toEqual({ inject, found: [] });
      for (const { state } of outcomes) states[state]++;
      const trace = readFileSync(faulted.straceLog, "utf8");
      const isHit = trace.includes("(INJECTED)") || trace.includes("SIGKILL");
      // A session syncs three things once each: the file, .ssrm and the workspace.
      if (!/fsync.*when=[34]/.test(inject))
        expect({ inject, isHit }).toEqual({ inject, isHit: true });
    });
    console.log(`${injections.length} faults injected: ${JSON.stringify(states)}`);
    expect(states.saved).toBeGreaterThan(0);
    expect(states.refused).toBeGreaterThan(0);
    expect(states["journaled-only"]).toBeGreaterThan(0);
  });

  it.each<[WriterKind, string]>([
    ["ack before sync", "fdatasync:error=EIO:when=2"],
    ["ack before sync", "fdatasync:error=ENOSPC:when=1+"],
    ["one write", "write:retval=3:when=2"],
  ])("a writer that does it wrong is caught: %s", async (kind, inject) => {
    const faulted = startFaulted(inject, { kind });
    await faulted.writer.ended;
    expect((await judge(faulted)).length).toBeGreaterThan(0);
  });

  const own = '"writer":"w"';
  /** More than the writer's own line, so that the file's size shows nothing. */
  const others = Array.from({ length: 20 }, (_, n) => `${serializeEvent(neighbour(n + 1))}\n`).join(
    "",
  );

  /** The file is replaced by one without our line while fdatasync is held up for a second. */
  async function replaceDuringSync(kind: WriterKind): Promise<string[]> {
    const faulted = startFaulted("fdatasync:delay_enter=1000000:when=1", { kind });
    const { writer, place } = faulted;
    await writer.ready;
    while (!readFileSync(place.log, "utf8").includes(own)) await sleep(5);
    const copy = join(place.dir, "copy");
    writeFileSync(copy, others);
    renameSync(copy, place.log);
    await writer.ended;
    return judge(faulted);
  }
  it("a file that is replaced before the acknowledgement gets the line again", async () => {
    expect(await replaceDuringSync("store")).toEqual([]);
  });
  it("a writer that does not look at the inode is caught", async () => {
    expect((await replaceDuringSync("no second look")).length).toBeGreaterThan(0);
  });

  /** Between the two parts of a line, of which the first goes astray, another process appends its own. */
  async function writeBetween(kind: WriterKind): Promise<string[]> {
    const faulted = startFaulted("write:retval=100:delay_exit=1000000:when=1", { kind });
    const { writer, place, straceLog } = faulted;
    await writer.ready;
    while (!existsSync(straceLog) || !readFileSync(straceLog, "utf8").includes("write(")) {
      await sleep(5);
    }
    appendFileSync(place.log, others);
    await writer.ended;
    return judge(faulted);
  }
  it("a line that another process's lines cut in two goes in again", async () => {
    expect(await writeBetween("store")).toEqual([]);
  });
  it("a writer that does not look at the line again is caught", async () => {
    expect((await writeBetween("no second look")).length).toBeGreaterThan(0);
  });
});

function sleep(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
