// One owner a run: a living one is refused, a dead one is followed at once, and of many that race for what a
// dead one left, exactly one wins.
import { createHash } from "node:crypto";
import { type ChildProcess, fork, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import {
  isRunOwned,
  placeLock,
  releaseLock,
  RunOwnedError,
  runOwner,
  takeLock,
} from "../../src/data/runs/runLock.ts";
import type { LockAnswer } from "./lockTaker.ts";

const script = join(import.meta.dirname, "lockTaker.ts");
const children: ChildProcess[] = [];
let dir: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), "ssrm-lock-"));
});
afterEach(() => {
  for (const child of children.splice(0)) child.kill("SIGKILL");
  rmSync(dir, { recursive: true, force: true });
});

const lock = (): string => join(dir, "lock.json");

/** A process that takes locks when it is told to, and answers whether it has them. */
async function taker(): Promise<ChildProcess> {
  const child = fork(script, { stdio: ["ignore", "inherit", "inherit", "ipc"], execArgv: [] });
  children.push(child);
  await once(child, "message");
  return child;
}

async function ask(child: ChildProcess, what: "take" | "release", path = dir): Promise<LockAnswer> {
  child.send({ what, dir: path });
  return ((await once(child, "message")) as [LockAnswer])[0];
}

describe("a living owner", () => {
  it("is refused with its process named, until it gives the run up", async () => {
    const owner = await taker();
    expect(await ask(owner, "take")).toEqual({ state: "owner" });
    expect(await runOwner(dir)).toBe(owner.pid);
    await expect(takeLock(dir)).rejects.toThrow(RunOwnedError);
    await expect(takeLock(dir)).rejects.toThrow(`${dir} is being run by process ${owner.pid}`);
    await releaseLock(dir);
    expect(await isRunOwned(dir)).toBe(true);
    await ask(owner, "release");
    await takeLock(dir);
    expect(await runOwner(dir)).toBe(process.pid);
    await takeLock(dir);
    await releaseLock(dir);
    expect(readdirSync(dir)).toEqual([]);
  });

  it("that placed its lock before the directory appeared counts as well", async () => {
    await placeLock(dir);
    const other = await taker();
    expect(await ask(other, "take")).toMatchObject({ state: "refused" });
    expect((await ask(other, "take")).reason).toContain(`process ${process.pid}`);
  });
});

describe("a dead owner", () => {
  it("killed by -9 is followed at once", async () => {
    const owner = await taker();
    await ask(owner, "take");
    owner.kill("SIGKILL");
    await once(owner, "exit");
    expect(await isRunOwned(dir)).toBe(false);
    await takeLock(dir);
    expect(await runOwner(dir)).toBe(process.pid);
    expect(readdirSync(dir)).toEqual(["lock.json"]);
  });

  it.skipIf(process.platform !== "linux")(
    "whose parent has not noticed yet is followed",
    async () => {
      // A shell that never waits for its child: killed, the child stays as a zombie.
      const shell = spawn("sh", ["-c", "sleep 60 & echo $!; exec sleep 60"], {
        stdio: ["ignore", "pipe", "inherit"],
      });
      children.push(shell);
      const [chunk] = (await once(shell.stdout, "data")) as [Buffer];
      const pid = Number(chunk.toString());
      writeFileSync(lock(), `${JSON.stringify({ pid, startedAt: startOf(pid) })}\n`);
      await expect(takeLock(dir)).rejects.toThrow(`process ${pid}`);
      process.kill(pid, "SIGKILL");
      await expect.poll(() => stateOf(pid)).toBe("Z");
      await takeLock(dir);
      expect(await runOwner(dir)).toBe(process.pid);
    },
  );

  it.skipIf(process.platform !== "linux")(
    "whose number was given out again is followed",
    async () => {
      const other = await taker();
      writeFileSync(lock(), `${JSON.stringify({ pid: other.pid, startedAt: "1" })}\n`);
      expect(await isRunOwned(dir)).toBe(false);
      await takeLock(dir);
      const mine = { pid: process.pid, startedAt: startOf(process.pid) };
      expect(JSON.parse(readFileSync(lock(), "utf8"))).toEqual(mine);
    },
  );

  it.each(["", "{", "null", '{"pid":"7"}', '{"pid":-1}', '{"pid":1.5}'])(
    "whose lock reads %j is followed",
    async (text) => {
      writeFileSync(lock(), text);
      await takeLock(dir);
      expect(await runOwner(dir)).toBe(process.pid);
    },
  );

  it("that died while it took a dead one's lock is followed, however often", async () => {
    const dead = (n: number): string => `{"pid":${999_999_000 + n},"startedAt":"1"}\n`;
    writeFileSync(lock(), dead(0));
    // What a process leaves that was killed between its claim and the lock, and another after it.
    const after = (text: string): string =>
      createHash("sha256").update(text).digest("hex").slice(0, 16);
    const claim = `${lock()}.tmp-after-${after(dead(0))}`;
    writeFileSync(claim, dead(1));
    writeFileSync(`${claim}.tmp-after-${after(dead(1))}`, dead(2));
    await takeLock(dir);
    expect(await runOwner(dir)).toBe(process.pid);
    expect(readdirSync(dir)).toEqual(["lock.json"]);
  });
});

it(
  "8 processes race for 40 stale locks: each time exactly one wins",
  { timeout: 120_000 },
  async () => {
    const racers = await Promise.all(Array.from({ length: 8 }, taker));
    const wins = new Map<number, number>();
    for (let round = 0; round < 40; round++) {
      const path = join(dir, `run-${round}`);
      mkdirSync(path);
      // Now and then there is no lock, or the torn one of a file system without links.
      const dead = '{"pid":999999999,"startedAt":"1"}\n';
      if (round % 5 < 4) writeFileSync(join(path, "lock.json"), round % 5 === 3 ? "" : dead);
      const answers = await Promise.all(racers.map((racer) => ask(racer, "take", path)));
      const winners = racers.filter((_, i) => answers[i]!.state === "owner");
      expect({ round, winners: winners.length, answers }).toMatchObject({ round, winners: 1 });
      const [winner] = winners;
      expect(await runOwner(path)).toBe(winner!.pid);
      for (const { state, reason } of answers) {
        if (state === "refused") expect(reason).toContain(`process ${winner!.pid}`);
      }
      expect(readdirSync(path)).toEqual(["lock.json"]);
      wins.set(winner!.pid!, (wins.get(winner!.pid!) ?? 0) + 1);
    }
    console.log(`40 races of 8 processes: wins ${[...wins.values()].sort().join(", ")}`);
  },
);

function stat(pid: number): readonly string[] {
  const text = readFileSync(`/proc/${pid}/stat`, "utf8");
  return text.slice(text.lastIndexOf(")") + 2).split(" ");
}
const startOf = (pid: number): string => stat(pid)[19]!;
const stateOf = (pid: number): string => stat(pid)[0]!;
