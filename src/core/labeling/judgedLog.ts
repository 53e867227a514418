// What the label log adds up to, kept up event by event: the same as labelFold.ts says of the whole log
// (test/unit/labelingLog.test.ts), without folding 10,000 events for each key press.
import type { FlagEvent, LabelEvent, SkipEvent, VerdictEvent } from "../labels/labelEvent.ts";
import { foldLog, mergeEvents, type FoldedVerdict } from "../labels/labelFold.ts";

/** What a person did with a pair and can take back. */
export type Act = VerdictEvent | SkipEvent;

export class JudgedLog {
  readonly #events = new Map<string, LabelEvent>();
  readonly #active = new Set<string>();
  /** Undos in force by what they take back. */
  readonly #undosOf = new Map<string, Set<string>>();
  /** Events in force by pair, in order; undos have none. */
  readonly #ofPair = new Map<string, (Act | FlagEvent)[]>();
  readonly #verdicts = new Map<string, FoldedVerdict>();
  readonly #judged = new Set<string>();
  readonly #skipped = new Set<string>();
  readonly #flagged = new Set<string>();
  #version = 0;
  #reopened = 0;

  constructor(events: Iterable<LabelEvent>) {
    const merged = mergeEvents(events);
    for (const event of merged) this.#events.set(event.id, event);
    for (const event of foldLog(merged).active) {
      this.#active.add(event.id);
      if (event.kind === "undo") this.#undosAt(event.target).add(event.id);
      else this.#setOfPair(event.pair, [...(this.#ofPair.get(event.pair) ?? []), event]);
    }
  }

  /** Another number after each event that was added. */
  get version(): number {
    return this.#version;
  }

  /** All events, taken back or not, in order. */
  get events(): Iterable<LabelEvent> {
    return this.#events.values();
  }

  /** The verdicts that hold, by pair id; goes on with the log. */
  get verdicts(): ReadonlyMap<string, FoldedVerdict> {
    return this.#verdicts;
  }

  /** Pairs with a flag in force. */
  get flagged(): ReadonlySet<string> {
    return this.#flagged;
  }

  /** Pairs with a verdict in force. */
  get judged(): ReadonlySet<string> {
    return this.#judged;
  }

  /** Pairs that were skipped and have no verdict. */
  get skipped(): ReadonlySet<string> {
    return this.#skipped;
  }

  /** Another number once a pair is open that was not. */
  get reopened(): number {
    return this.#reopened;
  }

  has(id: string): boolean {
    return this.#events.has(id);
  }

  isInForce(id: string): boolean {
    return this.#active.has(id);
  }

  /** Whether nobody has judged or skipped the pair. */
  isOpen(pair: string): boolean {
    return !this.#judged.has(pair) && !this.#skipped.has(pair);
  }

  /** The verdict that holds for a pair. */
  verdictOf(pair: string): VerdictEvent | null {
    return this.#verdicts.get(pair)?.event ?? null;
  }

  /** The flags in force of a pair. */
  flagsOf(pair: string): readonly FlagEvent[] {
    return this.#of(pair).filter((event) => event.kind === "flag");
  }

  /** Adds an event; one that is there already changes nothing. */
  add(event: LabelEvent): void {
    if (this.#events.has(event.id)) return;
    this.#events.set(event.id, event);
    this.#version++;
    if (this.#undosAt(event.id).size === 0) this.#enforce(event);
  }

  #enforce(event: LabelEvent): void {
    this.#active.add(event.id);
    if (event.kind !== "undo") {
      const all = mergeEvents([...this.#of(event.pair), event]);
      this.#setOfPair(event.pair, all as (Act | FlagEvent)[]);
      return;
    }
    const undos = this.#undosAt(event.target);
    undos.add(event.id);
    if (undos.size === 1) this.#lift(event.target);
  }

  #lift(id: string): void {
    const event = this.#events.get(id);
    if (event === undefined || !this.#active.delete(id)) return;
    if (event.kind !== "undo") {
      this.#setOfPair(
        event.pair,
        this.#of(event.pair).filter((other) => other.id !== id),
      );
      return;
    }
    const undos = this.#undosAt(event.target);
    undos.delete(id);
    const target = this.#events.get(event.target);
    if (undos.size === 0 && target !== undefined) this.#enforce(target);
  }

  #setOfPair(pair: string, events: (Act | FlagEvent)[]): void {
    const wasOpen = this.isOpen(pair);
    this.#ofPair.set(pair, events);
    const verdicts = events.filter((event) => event.kind === "verdict");
    const event = verdicts.pop();
    if (event === undefined) {
      this.#verdicts.delete(pair);
      this.#judged.delete(pair);
    } else {
      const { winner, strength = null } = event;
      this.#verdicts.set(pair, { pair, winner, strength, event, earlier: verdicts });
      this.#judged.add(pair);
    }
    const has = (kind: LabelEvent["kind"]): boolean => events.some((one) => one.kind === kind);
    if (event === undefined && has("skip")) this.#skipped.add(pair);
    else this.#skipped.delete(pair);
    if (!wasOpen && this.isOpen(pair)) this.#reopened++;
    if (has("flag")) this.#flagged.add(pair);
    else this.#flagged.delete(pair);
  }

  #of(pair: string): readonly (Act | FlagEvent)[] {
    return this.#ofPair.get(pair) ?? [];
  }

  #undosAt(id: string): Set<string> {
    let undos = this.#undosOf.get(id);
    if (undos === undefined) this.#undosOf.set(id, (undos = new Set()));
    return undos;
  }
}
