// The pairs that come next, read ahead, so that the page paints the next one without asking.
import { mayRepeat, repeatAfter, type PastShowing } from "../../core/labeling/order.ts";
import { textOf, type Pair } from "../../core/pair.ts";
import type { Deck } from "./deck.ts";
import type { Candidate, FoundPair, PairReader } from "./pairReader.ts";
import type { Person } from "./personLog.ts";
import type { PlaceBook } from "./placeBook.ts";
import { secondLooks, skipsOf } from "./secondLooks.ts";
import { showingFor, ticketOf, type Showing } from "./tickets.ts";

export interface Planned {
  readonly ticket: string;
  readonly showing: Showing;
  readonly found: FoundPair;
  /** How often the person had skipped the pair by then, null before that is known: another skip ends the showing. */
  readonly skips: number | null;
}

/** The pair that is shown and four after it: four key presses faster than the host answers. */
const plannedPairs = 5;
/** Characters of the pairs after the one that is shown, but for the very next. */
const aheadCharacters = 512 * 1024;
const noTickets: ReadonlySet<string> = new Set();

export class Planner {
  readonly #reader: PairReader;
  readonly #book: PlaceBook;
  #plan: Planned[] = [];

  constructor({ reader, book }: { readonly reader: PairReader; readonly book: PlaceBook }) {
    this.#reader = reader;
    this.#book = book;
  }

  /** The one that is shown, then those after it. */
  get plan(): readonly Planned[] {
    return this.#plan;
  }

  clear(): void {
    this.#plan = [];
  }

  /** Plans anew behind the pair that is shown. */
  keepFirst(): void {
    this.#plan = this.#plan.slice(0, 1);
  }

  remove(ticket: string): void {
    this.#plan = this.#plan.filter((planned) => planned.ticket !== ticket);
  }

  /** Leaves out what was judged elsewhere since. */
  prune(person: Person): void {
    this.#plan = this.#plan
      .map((planned) => ({ ...planned, skips: planned.skips ?? skipsOf(person, planned.found.id) }))
      .filter(({ showing, skips }) => {
        // What somebody picked stays until it is judged, or judged once more.
        if (showing.drawn === "chosen" || isPending(showing, person)) return true;
        const { log } = person;
        return !log.judged.has(showing.pair) && skipsOf(person, showing.pair) <= skips;
      });
  }

  /** Puts a showing in front; answers whether its pair was found. */
  async pin(showing: Showing, candidate: Candidate | null): Promise<boolean> {
    const ticket = ticketOf(showing);
    const known = this.#plan.find((planned) => planned.ticket === ticket);
    const found = known?.found ?? (candidate === null ? null : await this.#reader.at(candidate));
    if (found === null) return false;
    // The same pair for another reason would show it twice.
    const others = this.#plan.filter((planned) => planned.found.id !== found.id);
    this.#plan = [{ ticket, showing, found, skips: null }, ...others].slice(0, plannedPairs);
    this.#book.addPair(found);
    return true;
  }

  /** Where a pair stands, as far as it is known without reading the data. */
  candidate(deck: Deck, id: string): Candidate | null {
    return deck.candidate(id) ?? this.#book.pair(id);
  }

  /** Where a pair stands that somebody waits for. */
  async find(deck: Deck, id: string): Promise<Candidate | null> {
    return this.candidate(deck, id) ?? (await deck.find(id).catch(() => null));
  }

  /**
   * Reads ahead, beyond the tickets whose verdicts wait for the disk. Throws where the data can't be read.
   */
  async fill(deck: Deck, person: Person, waiting: ReadonlySet<string> = noTickets): Promise<void> {
    for (;;) {
      const open = this.#plan.filter(({ ticket }) => !waiting.has(ticket));
      if (open.length >= plannedPairs) return;
      const next = await this.#next(deck, person);
      if (next === null) return;
      const ahead = [...open.slice(1), next];
      const characters = ahead.reduce((sum, { found }) => sum + lengthOf(found.pair), 0);
      if (open.length >= 2 && characters > aheadCharacters) return;
      this.#plan.push(next);
      this.#book.addPair(next.found);
    }
  }

  async #next(deck: Deck, person: Person): Promise<Planned | null> {
    const showing = person.own.inForce.length + this.#plan.length;
    const planned = new Set(this.#plan.map(({ found }) => found.id));
    const draw = { seed: `${deck.seed} ${person.rater}`, share: deck.repeatShare };
    // Most showings do without a list of all that went before.
    const repeated = mayRepeat(showing, draw)
      ? repeatAfter([...pastOf(person), ...this.#plan.map(asPast)], draw)
      : null;
    if (repeated !== null && !planned.has(repeated)) {
      const candidate = this.candidate(deck, repeated);
      const found = candidate === null ? null : await this.#reader.at(candidate);
      if (found !== null) return planOf(found, showingFor(found.id, "repeat", person.rater));
    }
    const wish = { log: person.log, isPlanned: (id: string) => planned.has(id) };
    const next = await deck.next(showing, wish);
    if (next === null) return this.#secondLook(deck, { person, planned });
    return planOf(next.found, showingFor(next.found.id, next.drawn, person.rater));
  }

  async #secondLook(
    deck: Deck,
    { person, planned }: { readonly person: Person; readonly planned: ReadonlySet<string> },
  ): Promise<Planned | null> {
    for (const { pair, drawn = "chosen" } of secondLooks(person)) {
      const candidate = planned.has(pair) ? null : deck.candidate(pair);
      const found = candidate === null ? null : await this.#reader.at(candidate);
      if (found !== null) return planOf(found, showingFor(pair, drawn, person.rater), 1);
    }
    return null;
  }
}

/** Whether a showing still waits for this person's verdict. */
export function isPending({ pair, drawn }: Showing, { log, own }: Person): boolean {
  if (drawn !== "repeat" && drawn !== "chosen") return log.isOpen(pair);
  return !own.inForce.some((act) => act.pair === pair && act.drawn === drawn);
}

function planOf(found: FoundPair, showing: Showing, skips = 0): Planned {
  return { ticket: ticketOf(showing), showing, found, skips };
}

function pastOf({ own }: Person): PastShowing[] {
  return own.inForce.map(({ pair, kind, drawn }) => ({
    pair,
    isVerdict: kind === "verdict",
    isRepeat: drawn === "repeat",
  }));
}

function asPast({ showing: { pair, drawn } }: Planned): PastShowing {
  return { pair, isVerdict: true, isRepeat: drawn === "repeat" };
}

function lengthOf({ prompt, first, second }: Pair): number {
  return textOf(prompt).length + textOf(first).length + textOf(second).length;
}
