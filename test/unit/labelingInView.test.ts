// What a page that loads shows first: what it kept, unless that is older than where somebody typed.
import { describe, expect, it } from "vitest";
import type { Drawn, LabelEvent } from "../../src/core/labels/labelEvent.ts";
import { JudgedLog } from "../../src/core/labeling/judgedLog.ts";
import { OwnActs } from "../../src/core/labeling/ownActs.ts";
import { showingInView } from "../../src/host/labeling/inView.ts";
import type { Person } from "../../src/host/labeling/personLog.ts";
import { ticketOf } from "../../src/host/labeling/tickets.ts";

const pair = (digit: string): string => digit.repeat(32);
const ticket = (digit: string, drawn: Drawn): string =>
  ticketOf({ pair: pair(digit), shown: "first-second", drawn });

/** A person who has judged these pairs. */
function judged(...digits: readonly string[]): Person {
  const events = digits.map((digit, at): LabelEvent => ({
    ...{ v: 1, id: pair(String(at)), writer: "w", seq: at + 1 },
    ...{ time: "2026-01-31T12:00:00.000Z", kind: "verdict", rater: "me" },
    ...{ pair: pair(digit), winner: "tie", shown: "first-second", drawn: "random" },
  }));
  const log = new JudgedLog(events);
  return { rater: "me", log, own: new OwnActs(log, () => true) };
}

const kept = ticket("a", "random");
const typed = ticket("b", "random");
const audited = ticket("c", "audit");
const nothing = { mode: "label", kept: null, typed: null, planned: [], isTurned: false } as const;
const pairOf = (...asked: Parameters<typeof showingInView>): string | null =>
  showingInView(...asked)?.pair ?? null;

describe("the pair that a page begins with", () => {
  it("is the one that it kept while that waits, whatever was typed elsewhere", () => {
    expect(pairOf({ ...nothing, kept, typed }, judged())).toBe(pair("a"));
    expect(pairOf(nothing, judged())).toBe(null);
  });

  it("is where a reason was typed, once what the page kept is judged or of another use", () => {
    expect(pairOf({ ...nothing, kept, typed }, judged("a"))).toBe(pair("b"));
    expect(pairOf({ ...nothing, kept: audited, typed }, judged())).toBe(pair("b"));
    expect(pairOf({ ...nothing, kept: null, typed }, judged())).toBe(pair("b"));
  });

  it("is no pair that is judged, and no reason of another use", () => {
    expect(pairOf({ ...nothing, kept, typed }, judged("a", "b"))).toBe(null);
    expect(pairOf({ ...nothing, mode: "audit", kept: null, typed }, judged())).toBe(null);
  });

  it("is none of the use before, once the page was turned to another while it was hidden", () => {
    expect(pairOf({ ...nothing, mode: "review", kept, typed, isTurned: true }, judged())).toBe(
      null,
    );
    const planned = [kept];
    expect(pairOf({ ...nothing, kept, typed, planned, isTurned: true }, judged())).toBe(pair("a"));
  });

  it("stays what is in view in this session, of whatever use, as after an undo", () => {
    expect(pairOf({ ...nothing, kept: audited, typed, planned: [audited] }, judged())).toBe(
      pair("c"),
    );
  });
});
