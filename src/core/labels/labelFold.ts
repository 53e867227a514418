// What label events add up to. Everything here depends on the set of events alone: order, repeats and how
// they are spread over files do not matter, so logs merge through git without a conflict of meaning.
import { serializeEvent } from "./labelEvent.ts";
import type { LabelEvent, Strength, VerdictEvent } from "./labelEvent.ts";
import type { Winner } from "../pair.ts";

/** The verdict that holds for a pair, and where it comes from. */
export interface FoldedVerdict {
  readonly pair: string;
  /** Relative to the pair's canonical order. */
  readonly winner: Winner;
  readonly strength: Strength | null;
  /** The event that decides: the last one that was not taken back. */
  readonly event: VerdictEvent;
  /** Verdicts before it that were not taken back either, oldest first; of several raters, for example. */
  readonly earlier: readonly VerdictEvent[];
}

/** What holds of the pairs. */
export interface HeldLabels {
  /** By pair id. */
  readonly verdicts: ReadonlyMap<string, FoldedVerdict>;
  /** Pairs that were skipped and have no verdict: a skip takes nothing back, an undo does. */
  readonly skipped: ReadonlySet<string>;
  readonly flagged: ReadonlySet<string>;
}

export interface LabelState extends HeldLabels {
  /** Events in force, in order; undos that took something back included. */
  readonly active: readonly LabelEvent[];
}

/** The verdicts in force by pair id (see foldLog). */
export function foldLabels(events: Iterable<LabelEvent>): ReadonlyMap<string, FoldedVerdict> {
  return foldLog(events).verdicts;
}

/**
 * The state that the events add up to, in the order (time, writer, seq). An undo names an event by its id, so
 * it holds wherever either of them stands; an undo of an undo is a redo; an undo of an event that is not
 * there waits for it. Undos that take each other back in a circle, which only a forged log has, count as none.
 */
export function foldLog(events: Iterable<LabelEvent>): LabelState {
  const active = activeEvents(mergeEvents(events));
  const verdicts = new Map<string, FoldedVerdict>();
  const skipped = new Set<string>();
  const flagged = new Set<string>();
  for (const event of active) {
    if (event.kind === "verdict") verdicts.set(event.pair, withVerdict(event, verdicts));
    else if (event.kind === "skip") skipped.add(event.pair);
    else if (event.kind === "flag") flagged.add(event.pair);
  }
  for (const pair of verdicts.keys()) skipped.delete(pair);
  return { verdicts, skipped, flagged, active };
}

/**
 * The events of several logs as one, each id once, ordered by (time, writer, seq, id). Where two events have
 * the same id and differ, the one that stands first in that order holds.
 */
export function mergeEvents(events: Iterable<LabelEvent>): LabelEvent[] {
  const byId = new Map<string, LabelEvent>();
  for (const event of events) {
    const known = byId.get(event.id);
    if (known === undefined || compareVersions(event, known) < 0) byId.set(event.id, event);
  }
  return [...byId.values()].sort(compareEvents);
}

/**
 * What "Undo" takes back: the last event in force that is no undo itself, of this writer or, with null, of
 * any; null where nothing is left. Undoing again and again walks back through the whole log.
 */
export function undoTarget(state: LabelState, writer: string | null): LabelEvent | null {
  return (
    state.active.findLast(
      (event) => event.kind !== "undo" && (writer === null || event.writer === writer),
    ) ?? null
  );
}

/** Numbers that a writer used before others of its own which are there: events that were lost, or refused. */
export interface SequenceGap {
  readonly writer: string;
  readonly from: number;
  readonly to: number;
}

/** The gaps in the writers' own counts, which start at 1. */
export function sequenceGaps(events: Iterable<LabelEvent>): SequenceGap[] {
  const byWriter = new Map<string, Set<number>>();
  for (const { writer, seq } of events) {
    byWriter.set(writer, (byWriter.get(writer) ?? new Set<number>()).add(seq));
  }
  const gaps: SequenceGap[] = [];
  for (const [writer, seen] of [...byWriter].sort(([a], [b]) => (a < b ? -1 : 1))) {
    let expected = 1;
    for (const seq of [...seen].sort((a, b) => a - b)) {
      if (seq > expected) gaps.push({ writer, from: expected, to: seq - 1 });
      expected = seq + 1;
    }
  }
  return gaps;
}

function withVerdict(
  event: VerdictEvent,
  verdicts: ReadonlyMap<string, FoldedVerdict>,
): FoldedVerdict {
  const before = verdicts.get(event.pair);
  return {
    pair: event.pair,
    winner: event.winner,
    strength: event.strength ?? null,
    event,
    earlier: before === undefined ? [] : [...before.earlier, before.event],
  };
}

/**
 * The events that no undo in force takes back, in their order. Undos form a forest, each pointing at its
 * target: it is settled from the leaves, without recursion, since a chain of undo and redo may be long.
 */
function activeEvents(events: readonly LabelEvent[]): LabelEvent[] {
  const byId = new Map(events.map((event) => [event.id, event]));
  const unsettledUndos = new Map<string, number>();
  for (const event of events) {
    if (event.kind === "undo") {
      unsettledUndos.set(event.target, (unsettledUndos.get(event.target) ?? 0) + 1);
    }
  }
  const takenBack = new Set<string>();
  const settled = new Set<string>();
  const ready = events.filter((event) => !unsettledUndos.has(event.id));
  for (let event = ready.pop(); event !== undefined; event = ready.pop()) {
    settled.add(event.id);
    if (event.kind !== "undo") continue;
    if (!takenBack.has(event.id)) takenBack.add(event.target);
    const left = unsettledUndos.get(event.target)! - 1;
    unsettledUndos.set(event.target, left);
    const target = byId.get(event.target);
    if (left === 0 && target !== undefined) ready.push(target);
  }
  return events.filter((event) => settled.has(event.id) && !takenBack.has(event.id));
}

function compareEvents(a: LabelEvent, b: LabelEvent): number {
  return (
    compareValues(a.time, b.time) ||
    compareValues(a.writer, b.writer) ||
    compareValues(a.seq, b.seq) ||
    compareValues(a.id, b.id)
  );
}

function compareVersions(a: LabelEvent, b: LabelEvent): number {
  if (a === b) return 0;
  return compareEvents(a, b) || compareValues(serializeEvent(a), serializeEvent(b));
}

function compareValues<T extends string | number>(a: T, b: T): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
