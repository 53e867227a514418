// The label file changed, taken away or replaced under an open store, by hand and by git.
import { execFileSync } from "node:child_process";
import { appendFileSync, existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { foldLabels } from "../../src/core/labels/labelFold.ts";
import { makeLabelPlace, verdict } from "../support/labelPlace.ts";
import type { LabelPlace } from "../support/labelPlace.ts";

let place: LabelPlace;
beforeEach(() => {
  place = makeLabelPlace();
});
afterEach(() => place.remove());

describe("where the file is changed under the store", () => {
  const changes: [string, () => void][] = [
    ["deleted", () => rmSync(place.log)],
    ["folder deleted", () => rmSync(place.dir, { recursive: true })],
    ["renamed", () => renameSync(place.log, join(place.workspace, "old"))],
    ["emptied", () => writeFileSync(place.log, "")],
    [
      "replaced by a sync program",
      () => {
        writeFileSync(`${place.log}.tmp`, "something else");
        renameSync(`${place.log}.tmp`, place.log);
      },
    ],
  ];
  it.each(changes)("offers back what is missing: %s", async (_name, change) => {
    const labels = place.store();
    const before = await Promise.all([1, 2, 3].map((n) => labels.append(verdict(n))));
    change();
    const after = await labels.append(verdict(4));
    expect(after.state).toBe("saved");
    expect((await labels.readAll()).events).toEqual([after.event]);
    const { missing, restore } = await place.store({ writer: "w2" }).reconcile();
    expect(missing).toEqual(before.map(({ event }) => event));
    await restore();
    const { events } = await labels.readAll();
    expect(events).toHaveLength(4);
    expect(foldLabels(events).size).toBe(4);
    expect((await labels.reconcile()).missing).toEqual([]);
  });

  it("brings what only the journal has into the log with the next verdict that gets there", async () => {
    const labels = place.store();
    const first = await labels.append(verdict(1));
    renameSync(place.log, `${place.log}.aside`);
    mkdirSync(place.log);
    const late = await Promise.all([2, 3].map((n) => labels.append(verdict(n))));
    expect(late.map(({ state }) => state)).toEqual(["journaled-only", "journaled-only"]);
    rmSync(place.log, { recursive: true });
    renameSync(`${place.log}.aside`, place.log);
    const next = await labels.append(verdict(4));
    expect(next).toMatchObject({ state: "saved", reason: null });
    expect((await labels.readAll()).events).toEqual(
      [first, ...late, next].map(({ event }) => event),
    );
    expect((await labels.reconcile()).missing).toEqual([]);
  });

  it("git: a branch without the log, and back, and a union merge", async () => {
    const git = (...args: string[]): void => {
      const identity = [
        "-c",
        "user.name=t",
        "-c",
        "user.email=t@t",
        "-c",
        "init.defaultBranch=main",
      ];
      execFileSync("git", [...identity, ...args], { cwd: place.workspace, stdio: "ignore" });
    };
    git("init");
    git("commit", "--allow-empty", "-m", "empty");
    git("branch", "theirs");
    const labels = place.store();
    const commitAll = (): void => {
      git("add", "-A");
      git("commit", "-m", "labels");
    };
    const mine = await labels.append(verdict(1));
    commitAll();
    git("checkout", "theirs");
    expect(existsSync(place.log)).toBe(false);
    const theirs = await labels.append(verdict(2));
    appendFileSync(place.log, '{"torn');
    const second = await labels.append(verdict(3));
    commitAll();
    git("checkout", "main");
    const { missing } = await labels.reconcile();
    expect(missing).toEqual([theirs.event, second.event]);
    git("merge", "theirs", "-m", "merge");
    const { events, files } = await labels.readAll();
    expect(events).toEqual([mine.event, theirs.event, second.event]);
    expect(files[0]?.problems).toHaveLength(1);
    expect((await labels.reconcile()).missing).toEqual([]);
  });
});
