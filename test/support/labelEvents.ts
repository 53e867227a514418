// Arbitrary label events, for property tests.
import fc from "fast-check";
import { eventOf } from "../../src/core/labels/labelEvent.ts";
import type { LabelEvent } from "../../src/core/labels/labelEvent.ts";

/** Events with random ids, times and texts. */
export const anyLabelEvent: fc.Arbitrary<LabelEvent> = events({
  id: fc.bigInt({ min: 0n, max: 2n ** 128n - 1n }).map(idOf),
  pair: fc.bigInt({ min: 0n, max: 2n ** 128n - 1n }).map(idOf),
  writer: text(1),
  seq: fc.nat(),
  time: fc
    .date({ min: new Date(0), max: new Date("9999-12-31"), noInvalidDate: true })
    .map((date) => date.toISOString()),
});

/** Events with few distinct ids, pairs, writers and times, so that repeats, ties and undos meet. */
export const crowdedLabelEvent: fc.Arbitrary<LabelEvent> = events({
  id: fc.bigInt({ min: 0n, max: 12n }).map(idOf),
  pair: fc.bigInt({ min: 100n, max: 102n }).map(idOf),
  writer: fc.constantFrom("a", "b"),
  seq: fc.nat({ max: 4 }),
  time: fc.nat({ max: 3 }).map((ms) => new Date(ms).toISOString()),
});

interface Parts {
  readonly id: fc.Arbitrary<string>;
  readonly pair: fc.Arbitrary<string>;
  readonly writer: fc.Arbitrary<string>;
  readonly seq: fc.Arbitrary<number>;
  readonly time: fc.Arbitrary<string>;
}

function events({ id, pair, writer, seq, time }: Parts): fc.Arbitrary<LabelEvent> {
  const fields = {
    v: fc.constant(1),
    id,
    writer,
    seq,
    time,
    kind: fc.constantFrom("verdict", "verdict", "skip", "flag", "undo", "undo"),
    pair,
    target: id,
    winner: fc.constantFrom("first", "second", "tie", "both-bad"),
    strength: fc.constantFrom(1, 2, 3),
    shown: fc.constantFrom("first-second", "second-first"),
    activeMs: fc.double({ min: 0, max: 1e9, noNaN: true }),
    rationale: text(0),
    rater: text(1),
    suggestionVisible: fc.boolean(),
    guideline: text(1),
    drawn: fc.constantFrom("random", "unsure", "audit", "repeat", "chosen"),
  };
  const requiredKeys = ["v", "id", "writer", "seq", "time", "kind", "pair", "target", "winner"];
  // eventOf keeps of the fields those that the kind has.
  return fc
    .record(fields, { requiredKeys: requiredKeys as (keyof typeof fields)[] })
    .map((value) => {
      const event = eventOf(value);
      if ("reason" in event) throw new Error(event.reason);
      return event;
    });
}

/** Texts with quotes, newlines, controls, lone surrogates, and texts that look like a line's bounds. */
function text(minLength: number): fc.Arbitrary<string> {
  const unit = fc.integer({ min: 0, max: 0xffff }).map((code) => String.fromCharCode(code));
  return fc.oneof(
    fc.string({ unit: "binary", minLength, maxLength: 40 }),
    fc.string({ unit, minLength, maxLength: 20 }),
    fc.constantFrom('{"v":1,', ',"crc":"00000000"}', "\n\r\0", "\ud800", "e\u0301", "\ufeff"),
  );
}

function idOf(n: bigint): string {
  return n.toString(16).padStart(32, "0");
}
