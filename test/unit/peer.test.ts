// The four promises of a peer, between two of them in one process and with a real forked child.
import { fork } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { type Channel, Peer } from "../../src/protocol/peer.ts";
import type { Echo } from "../engine/children/echo.ts";

interface Left {
  add(numbers: { readonly a: number; readonly b: number }): number;
  fail(parameter: { readonly with: unknown }): never;
  wait(parameter: Record<string, never>): string;
}

interface Right {
  noticed(event: { readonly n: number }): void;
}

/** Two ends of one pipe; messages arrive a turn later, copied, as they would between processes. */
function pipe(): { a: Channel; b: Channel; sent: unknown[]; close: (reason: string) => void } {
  const sent: unknown[] = [];
  const listeners = { a: [] as ((m: unknown) => void)[], b: [] as ((m: unknown) => void)[] };
  const onClose: ((reason: string) => void)[] = [];
  const end = (own: "a" | "b", other: "a" | "b"): Channel => ({
    post: (message) => {
      const copy = structuredClone(message);
      sent.push(copy);
      setImmediate(() => listeners[other].forEach((listener) => listener(copy)));
    },
    onMessage: (listener) => void listeners[own].push(listener),
    onClose: (listener) => void onClose.push(listener),
  });
  const close = (reason: string): void => onClose.forEach((listener) => listener(reason));
  return { a: end("a", "b"), b: end("b", "a"), sent, close };
}

class OddError extends Error {
  override readonly name = "OddError";
}

function pair() {
  const { a, b, sent, close } = pipe();
  const seen = { aborted: 0, noticed: [] as number[] };
  const left = new Peer<Left, Right>(a, {
    add: (numbers) => numbers.a + numbers.b,
    fail: ({ with: what }) => {
      throw what;
    },
    wait: (_parameter, signal) =>
      new Promise((resolve) => {
        signal.addEventListener("abort", () => {
          seen.aborted++;
          resolve(signal.aborted ? "stopped" : "?");
        });
      }),
  });
  const right = new Peer<Right, Left>(b, {
    noticed: ({ n }) => {
      if (n < 0) throw new Error("not a number that can be noticed");
      seen.noticed.push(n);
    },
  });
  return { left, right, seen, sent, close };
}

const failure = (promise: Promise<unknown>): Promise<unknown> =>
  promise.then(
    () => "no error",
    (error: unknown) => error,
  );

describe("requests", () => {
  it("are answered each with its own answer, whatever their order", async () => {
    const { right } = pair();
    const sums = await Promise.all(
      Array.from({ length: 50 }, (_, a) => right.request("add", { a, b: 1 })),
    );
    expect(sums).toEqual(Array.from({ length: 50 }, (_, a) => a + 1));
  });

  it("an error crosses with name, message and stack", async () => {
    const { right } = pair();
    const error = await failure(
      right.request("fail", { with: Object.assign(new RangeError("row 7 of 5"), {}) }),
    );
    expect(error).toMatchObject({ name: "RangeError", message: "row 7 of 5" });
    expect((error as Error).stack).toContain("peer.test.ts");
  });

  it("an error of a class of its own keeps its name; what is no error becomes one", async () => {
    const { a, b } = pipe();
    new Peer<Left, Right>(a, {
      add: () => 0,
      fail: () => {
        throw new OddError("odd");
      },
      wait: () => "",
    });
    const right = new Peer<Right, Left>(b, { noticed: () => undefined });
    expect(await failure(right.request("fail", { with: 0 }))).toMatchObject({
      ...{ name: "OddError", message: "odd" },
    });
    const other = pair();
    expect(await failure(other.right.request("fail", { with: "a text" }))).toMatchObject({
      ...{ name: "Error", message: "a text" },
    });
  });

  it("of an unknown method fail and say which there are", async () => {
    const { right } = pair();
    const anyPeer = right as unknown as { request(method: string, p: unknown): Promise<unknown> };
    for (const method of ["ad", "toString", "constructor", "__proto__"]) {
      expect(await failure(anyPeer.request(method, {}))).toMatchObject({
        message: `Unknown method "${method}"; this side answers add, fail, wait`,
      });
    }
  });

  it("are cancelled: the handler hears it, and a signal that had fired before counts", async () => {
    const { right, seen } = pair();
    const controller = new AbortController();
    const waiting = right.request("wait", {}, controller.signal);
    await new Promise((resolve) => setTimeout(resolve, 10));
    expect(seen.aborted).toBe(0);
    controller.abort();
    expect(await waiting).toBe("stopped");
    expect(await right.request("wait", {}, AbortSignal.abort())).toBe("stopped");
    expect(seen.aborted).toBe(2);
  });

  it("that are answered already are not cancelled any more", async () => {
    const { right, sent } = pair();
    const controller = new AbortController();
    await right.request("add", { a: 1, b: 2 }, controller.signal);
    controller.abort();
    await new Promise((resolve) => setTimeout(resolve, 10));
    expect(sent.filter((message) => (message as { t: string }).t === "cancel")).toEqual([]);
  });
});

describe("a closed channel", () => {
  it("rejects everything that is pending, and everything after it, with the reason", async () => {
    const { right, close } = pair();
    const pending = [right.request("wait", {}), right.request("wait", {})].map(failure);
    close("the engine is gone");
    for (const error of await Promise.all(pending)) {
      expect(error).toMatchObject({ name: "ChannelClosedError", message: "the engine is gone" });
    }
    expect(await failure(right.request("add", { a: 1, b: 1 }))).toMatchObject({
      name: "ChannelClosedError",
    });
    right.notify("add", { a: 1, b: 1 });
  });

  it("stops what runs here for the other side, and answers it no more", async () => {
    const { right, seen, sent, close } = pair();
    void failure(right.request("wait", {}));
    await new Promise((resolve) => setTimeout(resolve, 10));
    const before = sent.length;
    close("gone");
    await new Promise((resolve) => setTimeout(resolve, 10));
    expect(seen.aborted).toBe(1);
    expect(sent).toHaveLength(before);
  });
});

describe("notifications", () => {
  it("arrive in order; a handler that throws harms nothing", async () => {
    const { left, seen } = pair();
    for (const n of [1, 2, -1, 3]) left.notify("noticed", { n });
    await expect.poll(() => seen.noticed).toEqual([1, 2, 3]);
  });
});

describe("over a real forked child", () => {
  it("typed arrays keep every bit, NaN and Infinity included; errors cross; its death rejects", async () => {
    const child = fork(join(import.meta.dirname, "../engine/children/echo.ts"), {
      ...{
        serialization: "advanced",
        execArgv: [],
        stdio: ["ignore", "inherit", "inherit", "ipc"],
      },
    });
    const peer = new Peer<Record<string, never>, Echo>(
      {
        post: (message) => void child.send(message as object),
        onMessage: (listener) => void child.on("message", listener),
        onClose: (listener) =>
          void child.on("exit", (_code, signal) => listener(`died: ${signal}`)),
      },
      {},
    );
    const floats = Float64Array.of(NaN, Infinity, -Infinity, -0, 1 / 3, 5e-324);
    const ints = Int32Array.of(-(2 ** 31), 2 ** 31 - 1);
    const back = await peer.request("echo", { floats, ints });
    expect(back.floats).toBeInstanceOf(Float64Array);
    expect(Buffer.from(back.floats.buffer, back.floats.byteOffset, 48)).toEqual(
      Buffer.from(floats.buffer),
    );
    expect(back.ints).toEqual(ints);
    expect(await failure(peer.request("fail", { message: "over there" }))).toMatchObject({
      ...{
        name: "TypeError",
        message: "over there",
        stack: expect.stringContaining("echo.ts") as string,
      },
    });
    const hanging = failure(peer.request("hang", {}));
    child.kill("SIGKILL");
    expect(await hanging).toMatchObject({ name: "ChannelClosedError", message: "died: SIGKILL" });
    if (child.exitCode === null && child.signalCode === null) await once(child, "exit");
  });
});
