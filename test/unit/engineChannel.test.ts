import fc from "fast-check";
import { expect, test } from "vitest";
import { whatIsWrong } from "../../src/host/engineChannel.ts";

test("the engine's own messages pass", () => {
  const dir = "/run";
  const notify = (method: string, parameter: unknown) => ({ t: "notify", method, parameter });
  for (const message of [
    { t: "result", id: 1, value: { state: "done", error: null } },
    { t: "error", id: 1, name: "Error", message: "no", stack: undefined },
    notify("heartbeat", { step: 3, at: 1 }),
    notify("note", { dir, text: "read" }),
    notify("step", { dir, iteration: 1, step: { phase: "fit", done: 1, total: 2 } }),
    notify("record", { dir, record: { kind: "ended-early", iteration: 1, reason: "none" } }),
  ]) {
    expect(whatIsWrong(message)).toBeNull();
  }
});

test("whatever comes, it is judged and nothing throws; little of it is of the protocol", () => {
  fc.assert(
    fc.property(fc.anything({ withNullPrototype: true, withTypedArray: true }), (message) => {
      expect(whatIsWrong(message)).not.toBeNull();
    }),
  );
  fc.assert(
    fc.property(
      fc.constantFrom("record", "step", "note", "heartbeat", "__proto__", "toString"),
      fc.anything(),
      (method, parameter) => {
        const wrong = whatIsWrong({ t: "notify", method, parameter });
        expect(wrong === null || wrong.length > 0).toBe(true);
      },
    ),
  );
});
