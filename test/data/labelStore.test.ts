// The label log on disk in the ordinary course, and with the workspace out of reach.
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { serializeEvent } from "../../src/core/labels/labelEvent.ts";
import type { LabelEvent } from "../../src/core/labels/labelEvent.ts";
import { explainFault, faultCode } from "../../src/data/fileFault.ts";
import { LabelFileError, readLabelFile } from "../../src/data/labels/labelFiles.ts";
import { LabelsNotSavedError } from "../../src/data/labels/labelStore.ts";
import { makeLabelPlace, pairId, verdict } from "../support/labelPlace.ts";
import type { LabelPlace } from "../support/labelPlace.ts";

let place: LabelPlace;
beforeEach(() => {
  place = makeLabelPlace();
});
afterEach(() => place.remove());

describe("append", () => {
  it("writes the event to the workspace and the journal before it resolves", async () => {
    const labels = place.store();
    const { event, state, reason } = await labels.append(verdict(1));
    expect({ state, reason }).toEqual({ state: "saved", reason: null });
    expect(event).toMatchObject({ v: 1, writer: "w1", seq: 1, time: "2026-01-01T00:00:00.000Z" });
    const line = `${serializeEvent(event)}\n`;
    expect(readFileSync(place.log, "utf8")).toBe(line);
    expect(readFileSync(join(place.journalDir, "w1.jsonl"), "utf8")).toBe(line);
    expect((await labels.append(verdict(2))).event.seq).toBe(2);
    expect((await labels.readAll()).events).toHaveLength(2);
  });

  it("keeps calls in their order, and time from running backwards", async () => {
    const labels = place.store();
    const results = await Promise.all(
      Array.from({ length: 20 }, (_, n) => {
        if (n === 10) place.setBack(1_000_000);
        return labels.append(verdict(n));
      }),
    );
    const { events } = await labels.readAll();
    expect(events).toEqual(results.map(({ event }) => event));
    expect((await readLabelFile(place.log)).events).toEqual(events);
  });

  it("puts a newline first where the last line is torn, and touches nothing before it", async () => {
    mkdirSync(place.dir);
    writeFileSync(place.log, '{"v":1,"id":"00');
    const { event } = await place.store().append(verdict(1));
    expect(readFileSync(place.log, "utf8")).toBe(`{"v":1,"id":"00\n${serializeEvent(event)}\n`);
  });

  it("writes merge rules inside .ssrm once, and leaves those that are there", async () => {
    writeFileSync(join(place.workspace, ".gitattributes"), "* text=auto\n");
    await place.store().append(verdict(1));
    expect(readFileSync(join(place.dir, ".gitattributes"), "utf8")).toBe(
      "labels*.jsonl text eol=lf merge=union\n",
    );
    writeFileSync(join(place.dir, ".gitattributes"), "mine\n");
    await place.store().append(verdict(2));
    expect(readFileSync(join(place.dir, ".gitattributes"), "utf8")).toBe("mine\n");
    expect(readFileSync(join(place.workspace, ".gitattributes"), "utf8")).toBe("* text=auto\n");
  });

  it("refuses what is no event, and goes on", async () => {
    const labels = place.store();
    await expect(labels.append({ ...verdict(1), pair: "x" })).rejects.toThrow(
      /expects pair as 32 hex digits/,
    );
    expect((await labels.append(verdict(2))).state).toBe("saved");
    expect(() => place.store({ writer: "../x" })).toThrow(/can't name a file/);
  });
});

describe("append under a given id", () => {
  const given = "0123456789abcdef".repeat(2);

  it("makes one event, however often and from however many windows it is sent", async () => {
    const labels = place.store();
    const asked = [
      labels.append(verdict(1), given),
      labels.append(verdict(2)),
      labels.append(verdict(1), given),
    ];
    const results = await Promise.all(asked);
    results.push(await labels.append(verdict(1), given));
    results.push(await place.store({ writer: "reloaded" }).append(verdict(1), given));
    const [first, second] = results;
    expect(first!.event).toMatchObject({ id: given, writer: "w1", seq: 1 });
    expect(second!.event.seq).toBe(2);
    const others = [results[2], results[3], results[4]];
    expect(others).toEqual(others.map(() => first));
    const lines = [first!, second!].map(({ event }) => `${serializeEvent(event)}\n`).join("");
    expect(readFileSync(place.log, "utf8")).toBe(lines);
    expect(readFileSync(join(place.journalDir, "w1.jsonl"), "utf8")).toBe(lines);
    expect(readdirSync(place.journalDir)).toEqual(["w1.jsonl"]);
    expect((await labels.append(verdict(3))).event.seq).toBe(3);
  });

  it("stays one event where it reached nothing, or the journal alone, at first", async () => {
    mkdirSync(place.log, { recursive: true });
    const alone = place.store({ journal: false });
    const refused = await alone.append(verdict(1), given).catch((e: unknown) => e);
    expect(refused).toBeInstanceOf(LabelsNotSavedError);
    const both = place.store({ writer: "w2" });
    const other = "f".repeat(32);
    expect((await both.append(verdict(2), other)).state).toBe("journaled-only");
    rmSync(place.log, { recursive: true });

    const { event, state } = await alone.append(verdict(1), given);
    expect(state).toBe("saved");
    expect([event]).toEqual((refused as LabelsNotSavedError).events);
    const again = await both.append(verdict(2), other);
    expect(again).toMatchObject({ state: "saved", event: { id: other, writer: "w2", seq: 1 } });
    expect((await both.readAll()).events).toEqual([event, again.event]);
    expect((await both.reconcile()).missing).toEqual([]);
  });

  it("writes it again where the log has lost it", async () => {
    const labels = place.store();
    const { event } = await labels.append(verdict(1), given);
    writeFileSync(place.log, "");
    const again = await labels.append(verdict(1), given);
    expect(again.event.id).toBe(event.id);
    expect((await labels.readAll()).events).toEqual([again.event]);
  });

  it("refuses an id that is none, and keeps nothing of what it refused", async () => {
    const labels = place.store();
    await expect(labels.append(verdict(1), "7")).rejects.toThrow(/expects id as 32 hex digits/);
    const long = { ...verdict(1), rationale: "x".repeat(1 << 20) };
    await expect(labels.append(long, given)).rejects.toThrow(/shorten the rationale/);
    const { event } = await labels.append({ ...verdict(1), rationale: "x" }, given);
    expect((await labels.readAll()).events).toEqual([event]);
  });
});

describe("where the workspace is out of reach", () => {
  const blocked: [string, () => void, RegExp][] = [
    ["a folder in the log's place", () => mkdirSync(place.log, { recursive: true }), /is a folder/],
    ["a file in .ssrm's place", () => writeFileSync(place.dir, ""), /folders is a file/],
    [
      "a link in the log's place",
      () => {
        mkdirSync(place.dir);
        symlinkSync(join(place.workspace, "elsewhere"), place.log);
      },
      /symbolic link/,
    ],
    ["the workspace gone", () => rmSync(place.workspace, { recursive: true }), /is not there/],
  ];
  it.each(blocked)("keeps the event in the journal and says why: %s", async (_name, block, why) => {
    block();
    const labels = place.store();
    const { state, reason, event } = await labels.append(verdict(1));
    expect(state).toBe("journaled-only");
    expect(reason).toMatch(why);
    expect((await readLabelFile(join(place.journalDir, "w1.jsonl"))).events).toEqual([event]);
    await expect(place.store({ journal: false }).append(verdict(2))).rejects.toThrow(why);
    expect(existsSync(join(place.workspace, "elsewhere"))).toBe(false);
    rmSync(place.dir, { recursive: true, force: true });
    mkdirSync(place.workspace, { recursive: true });
    const { missing, restore } = await labels.reconcile();
    expect(missing).toEqual([event]);
    expect((await restore()).state).toBe("saved");
    expect((await labels.readAll()).events).toEqual([event]);
  });

  it("says not saved where neither takes it, and the same event can be tried again", async () => {
    mkdirSync(place.log, { recursive: true });
    mkdirSync(join(place.journalDir, ".."), { recursive: true });
    writeFileSync(place.journalDir, "");
    const labels = place.store();
    const error = await labels.append(verdict(1)).catch((e: unknown) => e);
    expect(error).toBeInstanceOf(LabelsNotSavedError);
    expect(String(error)).toMatch(/Not saved: Could not append to .*labels\.jsonl: it is a folder/);
    rmSync(place.log, { recursive: true });
    const { events } = error as LabelsNotSavedError;
    expect(await labels.appendEvents(events)).toMatchObject({
      state: "saved",
      reason: expect.stringMatching(/second copy is missing/) as string,
    });
    expect((await labels.readAll()).events).toEqual(events);
  });
});

describe("readAll", () => {
  it("reads every copy and reports what it can't read", async () => {
    const labels = place.store();
    const { event } = await labels.append(verdict(1));
    const copy = (id: number): LabelEvent => ({ ...event, id: pairId(id), seq: id });
    const names = [
      "labels.sync-conflict-20260101-120000-ABC.jsonl",
      "labels-PC.jsonl",
      "labels (x's conflicted copy).jsonl",
      "labels.w2.jsonl",
    ];
    names.forEach((name, n) =>
      writeFileSync(
        join(place.dir, name),
        `${serializeEvent(event)}\nbad\n${serializeEvent(copy(n + 2))}\n`,
      ),
    );
    writeFileSync(join(place.dir, "other.jsonl"), `${serializeEvent(copy(9))}\n`);
    symlinkSync("/dev/zero", join(place.dir, "labels.link.jsonl"));
    const { events, files, unreadable } = await labels.readAll();
    expect(events.map(({ seq }) => seq)).toEqual([1, 2, 3, 4, 5]);
    expect(files.map(({ problems }) => problems.length)).toEqual([1, 1, 0, 1, 1]);
    expect(unreadable).toEqual([
      { path: join(place.dir, "labels.link.jsonl"), reason: "it is not a plain file" },
    ]);
  });

  it("has no events where there is no folder; a named file that is missing is an error", async () => {
    expect(await place.store().readAll()).toEqual({ events: [], files: [], unreadable: [] });
    await expect(readLabelFile(join(place.dir, "x.jsonl"))).rejects.toThrow(LabelFileError);
    await expect(readLabelFile(join(place.dir, "x.jsonl"))).rejects.toThrow(
      /x\.jsonl.*no such file/,
    );
    await expect(readLabelFile(place.workspace)).rejects.toThrow(/folder, expected a file/);
  });
});

describe("faults in plain English", () => {
  it("are told by number where Node has no name for them", () => {
    const edquot = Object.assign(new Error("Unknown system error -122"), {
      errno: -122,
      code: "Unknown system error -122",
    });
    if (process.platform === "linux") expect(faultCode(edquot)).toBe("EDQUOT");
    const enospc = Object.assign(new Error("x"), { code: "ENOSPC" });
    expect(explainFault(enospc)).toMatch(/^the disk is full.*\(ENOSPC\)$/);
    expect(explainFault(new Error("else"))).toBe("else");
    expect(explainFault("text")).toBe("text");
  });
});
