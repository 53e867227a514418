// The fold against a naive model, and as a function of the set of events alone.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { serializeEvent } from "../../src/core/labels/labelEvent.ts";
import type { LabelEvent } from "../../src/core/labels/labelEvent.ts";
import {
  foldLabels,
  foldLog,
  mergeEvents,
  sequenceGaps,
  undoTarget,
} from "../../src/core/labels/labelFold.ts";
import { crowdedLabelEvent } from "../support/labelEvents.ts";

const log = fc.array(crowdedLabelEvent, { maxLength: 30 });
const idOf = (n: number): string => n.toString(16).padStart(32, "0");
const stamp = (seq: number): { v: 1; id: string; writer: string; seq: number; time: string } => ({
  v: 1,
  id: idOf(seq),
  writer: "w",
  seq,
  time: new Date(seq).toISOString(),
});
const pair = idOf(999);

/** Straight from the definition: quadratic, recursive, without any of the fold's structures. */
function naiveFold(events: readonly LabelEvent[]): Map<string, string> {
  const order = (e: LabelEvent): string =>
    JSON.stringify([e.time, e.writer, String(e.seq).padStart(20, "0"), e.id, serializeEvent(e)]);
  const sorted = [...events].sort((a, b) => (order(a) < order(b) ? -1 : 1));
  const distinct = sorted.filter((e, i) => sorted.findIndex((f) => f.id === e.id) === i);
  const isOnCircle = (e: LabelEvent): boolean => {
    let at: LabelEvent | undefined = e;
    for (let i = 0; i <= distinct.length; i++) {
      if (at?.kind !== "undo") return false;
      const target: string = at.target;
      at = distinct.find((f) => f.id === target);
      if (at === e) return true;
    }
    return false;
  };
  const isActive = (e: LabelEvent): boolean =>
    !isOnCircle(e) && !distinct.some((u) => u.kind === "undo" && u.target === e.id && isActive(u));
  const result = new Map<string, string>();
  for (const e of distinct) if (e.kind === "verdict" && isActive(e)) result.set(e.pair, e.id);
  return result;
}

const decisions = (events: Iterable<LabelEvent>): Map<string, string> =>
  new Map([...foldLabels(events)].map(([id, verdict]) => [id, verdict.event.id]));

describe("foldLabels", () => {
  it("equals the naive model", () => {
    fc.assert(
      fc.property(log, (events) => {
        expect(decisions(events)).toEqual(naiveFold(events));
      }),
      { numRuns: 5000 },
    );
  });

  it("depends on the set of events alone", () => {
    fc.assert(
      fc.property(log, log, log, (a, b, c) => {
        const whole = foldLog([...a, ...b, ...c]);
        expect(foldLog([...c, ...b, ...a])).toEqual(whole);
        expect(foldLog([...b, ...a, ...c, ...a, ...b])).toEqual(whole);
        const merge = (x: LabelEvent[], y: LabelEvent[]): LabelEvent[] => mergeEvents([...x, ...y]);
        expect(merge(a, b)).toEqual(merge(b, a));
        expect(merge(merge(a, b), c)).toEqual(merge(a, merge(b, c)));
        expect(merge(a, a)).toEqual(mergeEvents(a));
        expect(foldLog(merge(merge(a, b), c))).toEqual(whole);
      }),
      { numRuns: 1000 },
    );
  });

  it("takes the last verdict, keeps those before it, and follows undo and redo", () => {
    const first: LabelEvent = { ...stamp(1), kind: "verdict", pair, winner: "first", strength: 3 };
    const second: LabelEvent = { ...stamp(2), kind: "verdict", pair, winner: "tie" };
    const undo: LabelEvent = { ...stamp(3), kind: "undo", target: second.id };
    const redo: LabelEvent = { ...stamp(4), kind: "undo", target: undo.id };
    expect(foldLabels([second, first]).get(pair)).toEqual({
      pair,
      winner: "tie",
      strength: null,
      event: second,
      earlier: [first],
    });
    expect(foldLabels([undo, second, first]).get(pair)).toMatchObject({
      winner: "first",
      strength: 3,
    });
    expect(foldLabels([undo, redo, second, first]).get(pair)).toMatchObject({ winner: "tie" });
  });

  it("keeps skip and flag apart from verdicts", () => {
    const skip: LabelEvent = { ...stamp(1), kind: "skip", pair };
    const flag: LabelEvent = { ...stamp(2), kind: "flag", pair };
    const verdict: LabelEvent = { ...stamp(3), kind: "verdict", pair, winner: "both-bad" };
    expect(foldLog([skip, flag])).toMatchObject({
      skipped: new Set([pair]),
      flagged: new Set([pair]),
    });
    expect(foldLog([skip, flag, verdict]).skipped).toEqual(new Set());
    expect(foldLog([verdict, { ...skip, ...stamp(4) }]).verdicts.size).toBe(1);
  });

  it("folds an undo chain of 100,000", () => {
    const chain: LabelEvent[] = [{ ...stamp(0), kind: "verdict", pair, winner: "first" }];
    for (let i = 1; i <= 100_000; i++)
      chain.push({ ...stamp(i), kind: "undo", target: idOf(i - 1) });
    expect(foldLabels(chain).size).toBe(1);
    expect(foldLabels(chain.slice(0, -1)).size).toBe(0);
  });
});

describe("undoTarget", () => {
  it("walks back through the log as a stack does", () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -1, max: 3 }), { maxLength: 60 }), (steps) => {
        const events: LabelEvent[] = [];
        const stack: string[] = [];
        steps.forEach((step, i) => {
          const target = undoTarget(foldLog(events), null);
          expect(target?.id).toBe(stack.at(-1));
          if (step >= 0) {
            const event = {
              ...stamp(i),
              kind: "verdict",
              pair: idOf(step),
              winner: "first",
            } as const;
            events.push(event);
            stack.push(event.id);
          } else if (target !== null) {
            events.push({ ...stamp(i), kind: "undo", target: target.id });
            stack.pop();
          }
        });
      }),
    );
  });

  it("looks at one writer's events where asked to", () => {
    const mine: LabelEvent = { ...stamp(1), kind: "flag", pair };
    const theirs: LabelEvent = { ...stamp(2), writer: "x", kind: "flag", pair };
    expect(undoTarget(foldLog([mine, theirs]), "w")).toBe(mine);
    expect(undoTarget(foldLog([mine, theirs]), null)).toBe(theirs);
    expect(undoTarget(foldLog([mine]), "x")).toBeNull();
  });
});

it("sequenceGaps names the numbers that a writer has left out", () => {
  const events = [2, 3, 6, 3].map((seq): LabelEvent => ({ ...stamp(seq), kind: "flag", pair }));
  expect(sequenceGaps(events)).toEqual([
    { writer: "w", from: 1, to: 1 },
    { writer: "w", from: 4, to: 5 },
  ]);
  expect(sequenceGaps([])).toEqual([]);
});
