// What the rows of data files say of their pairs. A pair that stands there more than once has what most of its
// rows say, as a row with several raters has, so that the order of the rows decides nothing.
import type { Winner } from "../core/pair.ts";
import { majorityOf } from "../data/forms/verdictWords.ts";
import type { Place } from "../data/rows.ts";

/** A verdict as one row gives it. */
export interface JudgedRow {
  readonly index: number;
  readonly winner: Winner;
  readonly subset: string | null;
  readonly place: Place;
}

/** For the user. */
export function disputedNote(count: number): string {
  return (
    `${count} ${count === 1 ? "pair repeats" : "pairs repeat"} with different verdicts: what most rows say ` +
    `counts; where none leads, the pair has no verdict.`
  );
}

export class RowVerdicts<Key> {
  readonly #first = new Map<Key, Winner>();
  /** All verdicts of pairs that have more than one. */
  readonly #repeated = new Map<Key, Winner[]>();

  add(key: Key, winner: Winner): void {
    const first = this.#first.get(key);
    if (first === undefined) {
      this.#first.set(key, winner);
      return;
    }
    const all = this.#repeated.get(key);
    if (all) all.push(winner);
    else this.#repeated.set(key, [first, winner]);
  }

  /** Pairs of which rows say different things. */
  get disputed(): number {
    return [...this.#repeated.values()].filter((all) => new Set(all).size > 1).length;
  }

  /** One verdict per pair; none where two lead equally. */
  settled(): Map<Key, Winner> {
    const verdicts = new Map(this.#first);
    for (const [key, all] of this.#repeated) {
      const winner = majorityOf(all);
      if (winner === null) verdicts.delete(key);
      else verdicts.set(key, winner);
    }
    return verdicts;
  }
}
