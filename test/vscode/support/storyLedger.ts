// What the log must say, kept while keys are pressed: a slow obvious model of labeling that shares nothing with
// the product but the events' names.
import type { Drawn, LabelEvent } from "../../../src/core/labels/labelEvent.ts";

/** A pair as the page showed it. */
export interface Showing {
  readonly pair: string;
  readonly shown: "first-second" | "second-first";
  readonly drawn: Drawn;
}

interface Told extends Showing {
  readonly kind: "verdict" | "skip" | "flag";
  readonly winner?: string;
  readonly strength?: number;
  readonly rationale?: string;
}

/** `target` counts the expected events from 0. */
type Expected = Told | { readonly kind: "undo"; readonly target: number };

/** Side A or B, or neither, and how much better, for each key. */
const meanings: Readonly<
  Record<string, readonly [side: "a" | "b" | "tie" | "both-bad", by?: number]>
> = {
  "1": ["a", 3],
  "2": ["a", 2],
  "3": ["a", 1],
  "4": ["tie"],
  "5": ["b", 1],
  "6": ["b", 2],
  "7": ["b", 3],
  "0": ["both-bad"],
};

export class Ledger {
  readonly expected: Expected[] = [];
  /** Verdicts and skips that hold, as places in `expected`. */
  #holds: number[] = [];

  /** The verdict of a pair that holds, null where there is none. */
  verdictOn(pair: string): Told | null {
    const place = this.#holds.findLast((at) => {
      const one = this.expected[at]!;
      return one.kind === "verdict" && one.pair === pair;
    });
    return place === undefined ? null : (this.expected[place] as Told);
  }

  /** Pairs that need no verdict any more. */
  get closed(): ReadonlySet<string> {
    return new Set(this.#holds.map((at) => (this.expected[at] as Told).pair));
  }

  /** Pairs that were skipped once and not judged since: they come back when no other is left. */
  get secondLooks(): ReadonlySet<string> {
    const told = this.#holds.map((at) => this.expected[at] as Told);
    const skips = told.filter(({ kind }) => kind === "skip").map(({ pair }) => pair);
    const judged = new Set(this.verdicts.map(({ pair }) => pair));
    return new Set(
      skips.filter((pair) => skips.indexOf(pair) === skips.lastIndexOf(pair) && !judged.has(pair)),
    );
  }

  /** Verdicts that hold, oldest first. */
  get verdicts(): readonly Told[] {
    return this.#holds
      .map((at) => this.expected[at] as Told)
      .filter(({ kind }) => kind === "verdict");
  }

  /** A key of the page that says something of the pair in view. */
  press(key: string, showing: Showing, rationale = ""): void {
    const why = rationale === "" ? {} : { rationale };
    if (key === "f") return void this.expected.push({ kind: "flag", ...showing });
    this.#holds.push(this.expected.length);
    if (key === " ") return void this.expected.push({ kind: "skip", ...showing, ...why });
    const [side, strength] = meanings[key]!;
    const isFirst = (side === "a") === (showing.shown === "first-second");
    const winner = side === "a" || side === "b" ? (isFirst ? "first" : "second") : side;
    const by = strength === undefined ? {} : { strength };
    this.expected.push({ kind: "verdict", ...showing, winner, ...by, ...why });
  }

  /** U: the last verdict or skip is taken back; answers with what it was. */
  undo(): Told {
    const target = this.#holds.pop()!;
    this.expected.push({ kind: "undo", target });
    return this.expected[target] as Told;
  }

  /** Ctrl+Shift+Z right after U. */
  redo(): void {
    const target = this.expected.length - 1;
    const undo = this.expected[target]!;
    if (undo.kind !== "undo") throw new Error("the story redoes only what it has just undone");
    this.expected.push({ kind: "undo", target });
    this.#holds.push(undo.target);
  }
}

/** Events of the log in the form of `Ledger.expected`: the other facts left out, undos by place. */
export function asExpected(events: readonly LabelEvent[]): unknown[] {
  const places = new Map(events.map(({ id }, at) => [id, at]));
  return events.map((event) => {
    if (event.kind === "undo") return { kind: "undo", target: places.get(event.target) };
    const { kind, pair, shown, drawn, rationale } = event;
    const why = rationale === undefined ? {} : { rationale };
    if (kind !== "verdict") return { kind, pair, shown, drawn, ...why };
    const { winner, strength } = event;
    const by = strength === undefined ? {} : { strength };
    return { kind, pair, shown, drawn, winner, ...by, ...why };
  });
}
