// The host's end of the seam to a page: sessions, hiding, and messages of other shapes.
import { beforeEach, describe, expect, it } from "vitest";
import { z } from "zod";
import { PageConnection } from "../../src/host/pages/pageConnection.ts";

interface PageToHost {
  double(request: { readonly n: number }): number;
  wait(request: Record<string, never>): string;
}
interface HostToPage {
  tell(event: { readonly text: string }): void;
}

let sent: { session: string; wire: Record<string, unknown> }[] = [];
let logged: string[] = [];
let aborted = 0;

function connect() {
  let listener: (message: unknown) => void = () => undefined;
  const connection = new PageConnection<PageToHost, HostToPage>(
    {
      postMessage: (message) => {
        sent.push(message as (typeof sent)[number]);
        return Promise.resolve(true);
      },
      onDidReceiveMessage: (given) => {
        listener = given;
        return { dispose: () => (listener = () => undefined) };
      },
    },
    {
      schemas: {
        double: z.strictObject({ n: z.number() }),
        wait: z.strictObject({}),
      },
      handlers: {
        double: ({ n }) => 2 * n,
        wait: (_request, signal) =>
          new Promise(() => {
            signal.addEventListener("abort", () => aborted++);
          }),
      },
    },
    (text) => logged.push(text),
  );
  const say = (session: string, wire: unknown): void => listener({ session, wire });
  return { connection, say, sayRaw: (message: unknown) => listener(message) };
}

const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
const request = (id: number, method: string, parameter: unknown) => ({
  t: "request",
  id,
  method,
  parameter,
});

beforeEach(() => {
  sent = [];
  logged = [];
  aborted = 0;
});

describe("a page's requests", () => {
  it("are answered to the load that asked", async () => {
    const { say } = connect();
    say("load-0001", request(1, "double", { n: 21 }));
    await settled();
    expect(sent).toEqual([{ session: "load-0001", wire: { t: "result", id: 1, value: 42 } }]);
  });

  it("with a parameter of another shape fail, and the handler never sees it", async () => {
    const { say } = connect();
    say("load-0001", request(1, "double", { n: 21, path: "/etc/passwd" }));
    say("load-0001", request(2, "double", { n: "21" }));
    say("load-0001", request(3, "run", {}));
    await settled();
    const messages = sent.map(({ wire }) => [wire["t"], wire["message"]]);
    expect(messages[0]).toEqual(["error", expect.stringContaining("path")]);
    expect(messages[1]).toEqual(["error", expect.stringContaining("expected number")]);
    expect(messages[2]).toEqual(["error", expect.stringContaining("Unknown method")]);
  });

  it("that are no messages at all are left out and logged", async () => {
    const { sayRaw } = connect();
    for (const message of [null, 1, "x", {}, { session: 1, wire: {} }, { session: "load-0001" }]) {
      sayRaw(message);
    }
    sayRaw({ session: "load-0001", wire: { t: "eval", code: "1" } });
    await settled();
    expect(sent).toEqual([]);
    expect(logged).toHaveLength(7);
  });
});

describe("a page that goes", () => {
  it("takes its open requests with it, by reload, by hiding and at the end", async () => {
    const { connection, say } = connect();
    say("load-0001", request(1, "wait", {}));
    say("load-0002", request(1, "wait", {}));
    expect(aborted).toBe(1);
    connection.hidden();
    expect(aborted).toBe(2);
    say("load-0003", request(1, "wait", {}));
    connection.dispose();
    expect(aborted).toBe(3);
    say("load-0004", request(1, "double", { n: 1 }));
    await settled();
    expect(sent).toEqual([]);
  });

  it("is told nothing while it is hidden, and again when it is back", () => {
    const { connection, say } = connect();
    expect(connection.page).toBeNull();
    say("load-0001", { t: "cancel", id: 9 });
    connection.page?.notify("tell", { text: "first" });
    connection.hidden();
    connection.page?.notify("tell", { text: "lost" });
    say("load-0002", { t: "cancel", id: 9 });
    connection.page?.notify("tell", { text: "second" });
    expect(sent.map(({ session, wire }) => [session, wire["parameter"]])).toEqual([
      ["load-0001", { text: "first" }],
      ["load-0002", { text: "second" }],
    ]);
  });
});
