// The log kept up event by event, against the fold of all of it; what a person can take back, against a list.
import fc from "fast-check";
import { expect, test } from "vitest";
import { JudgedLog } from "../../src/core/labeling/judgedLog.ts";
import { OwnActs } from "../../src/core/labeling/ownActs.ts";
import type { LabelEvent } from "../../src/core/labels/labelEvent.ts";
import { foldLog } from "../../src/core/labels/labelFold.ts";

const id = (n: number): string => n.toString(16).padStart(32, "0");

/** Event i of a log; undos name any event, also one that is yet to come or never does. */
const action = fc.record({
  kind: fc.constantFrom("verdict", "skip", "flag", "undo", "undo", "undo"),
  pair: fc.nat(5),
  target: fc.oneof(fc.nat(8), fc.nat(45)),
  rater: fc.constantFrom("ada", "grace"),
});

function eventsOf(actions: readonly (typeof action extends fc.Arbitrary<infer T> ? T : never)[]) {
  return actions.map(({ kind, pair, target, rater }, i): LabelEvent => {
    const stamp = {
      ...({ v: 1, id: id(i), writer: "w", seq: i + 1, rater } as const),
      time: new Date(1e12 + i).toISOString(),
    } as const;
    if (kind === "undo") {
      // Circles, which only a forged log has, are left out: an undo names an earlier event, or a missing one.
      return { ...stamp, kind: "undo", target: id(target < i ? target : target + 1000) };
    }
    const facts = { ...stamp, pair: id(9000 + pair) };
    if (kind === "verdict") return { ...facts, kind: "verdict", winner: "first" };
    return { ...facts, kind: kind === "skip" ? "skip" : "flag" };
  });
}

test("adding events one by one, in any order, ends where folding all of them does", () => {
  fc.assert(
    fc.property(
      fc.array(action, { maxLength: 40 }),
      fc.nat(40),
      fc.boolean(),
      (actions, known, isReversed) => {
        const events = eventsOf(actions);
        const log = new JudgedLog(events.slice(0, known));
        const later = events.slice(known);
        for (const event of isReversed ? later.reverse() : later) {
          log.add(event);
          log.add(event);
        }
        const state = foldLog(events);
        expect(new Map(log.verdicts)).toEqual(new Map(state.verdicts));
        expect(new Set(log.flagged)).toEqual(state.flagged);
        expect(new Set(log.judged)).toEqual(new Set(state.verdicts.keys()));
        expect(new Set(log.skipped)).toEqual(state.skipped);
        for (const event of events) {
          expect(log.isInForce(event.id)).toBe(state.active.some((one) => one.id === event.id));
          if (event.kind === "undo") continue;
          expect(log.verdictOf(event.pair)).toEqual(state.verdicts.get(event.pair)?.event ?? null);
          expect(log.flagsOf(event.pair).length > 0).toBe(state.flagged.has(event.pair));
          expect(log.isOpen(event.pair)).toBe(
            !state.verdicts.has(event.pair) && !state.skipped.has(event.pair),
          );
        }
      },
    ),
    { numRuns: 1000 },
  );
});

test("undo and redo walk through the log as through a list, also where it is read again", () => {
  const step = fc.record({
    what: fc.constantFrom("judge", "undo", "redo", "read"),
    pair: fc.nat(8),
  });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 80 }), (steps) => {
      const events: LabelEvent[] = [];
      let log = new JudgedLog([]);
      const isOwn = (event: LabelEvent): boolean => "rater" in event && event.rater === "ada";
      let own = new OwnActs(log, isOwn);
      let done: string[] = [];
      let undone: string[] = [];
      const append = (payload: object): void => {
        const i = events.length;
        const event = {
          ...{ v: 1, id: id(i), writer: "w", seq: i + 1, time: new Date(1e12 + i).toISOString() },
          rater: "ada",
          ...payload,
        } as LabelEvent;
        events.push(event);
        log.add(event);
        own.add(event);
      };
      for (const { what, pair } of steps) {
        if (what === "judge") {
          append({ kind: pair % 3 === 0 ? "skip" : "verdict", pair: id(pair), winner: "tie" });
          done = [...done, events.at(-1)!.id];
          undone = [];
        } else if (what === "undo" && own.undoable !== null) {
          append({ kind: "undo", target: own.undoable.id });
          undone = [...undone, done.at(-1)!];
          done = done.slice(0, -1);
        } else if (what === "redo" && own.redoable !== null) {
          append({ kind: "undo", target: own.redoable.undo.id });
          done = [...done, undone.at(-1)!];
          undone = undone.slice(0, -1);
        } else if (what === "read") {
          log = new JudgedLog(events);
          own = new OwnActs(log, isOwn);
        }
        expect(own.inForce.map((act) => act.id)).toEqual(done);
        expect(own.undoable?.id ?? null).toBe(done.at(-1) ?? null);
        expect(own.redoable?.act.id ?? null).toBe(undone.at(-1) ?? null);
      }
      const inForce = foldLog(events).active.filter(({ kind }) => kind !== "undo");
      expect(new Set(inForce.map((event) => event.id))).toEqual(new Set(done));
    }),
  );
});
