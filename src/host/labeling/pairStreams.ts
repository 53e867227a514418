// Sequences of pairs from which the next one is taken: the rows of the data in random order (dataStream.ts), or
// a list that a run made.
import type { Candidate, FoundPair, PairReader } from "./pairReader.ts";

/** What the log says of pairs, as far as a stream asks (JudgedLog). */
export interface OpenPairs {
  isOpen(pair: string): boolean;
  /** Another number once a pair is open that was not. */
  readonly reopened: number;
}

export interface PairStream {
  /** The first open pair of the sequence that is not planned yet and still stands where it should; null for none. */
  first(log: OpenPairs, isPlanned: (id: string) => boolean): Promise<FoundPair | null>;
  /** A pair that this stream holds or gave. */
  candidate(id: string): Candidate | null;
  /** The same, also where it must be looked for behind what was passed over. */
  find(id: string): Promise<Candidate | null>;
  /** Reads a few of the rows that were passed over, where there are any. */
  catchUp(): Promise<void>;
  /** How many rows or pairs it has, open or not. */
  readonly size: number;
  /** How many of them may be open, as far as it is known without reading. */
  left(log: OpenPairs): number;
}

/** What a stream reads pairs with. */
export type ReadPairs = Pick<PairReader, "at" | "inRow">;

/** How much of the front of a growing sequence is closed: 10,000 judged pairs are not walked at each key. */
export class ClosedFront {
  #log: OpenPairs | null = null;
  #reopened = 0;
  #length = 0;

  of(pairs: readonly Candidate[], log: OpenPairs): number {
    if (log !== this.#log || log.reopened !== this.#reopened) this.#length = 0;
    this.#log = log;
    this.#reopened = log.reopened;
    while (this.#length < pairs.length && !log.isOpen(pairs[this.#length]!.id)) this.#length++;
    return this.#length;
  }
}

/** The pairs of a list, in its order. */
export function listStream(candidates: readonly Candidate[], reader: ReadPairs): PairStream {
  const byId = new Map(candidates.map((candidate) => [candidate.id, candidate]));
  const list = [...byId.values()];
  const front = new ClosedFront();
  /** Another row stands at their places now. */
  const gone = new Set<string>();
  return {
    first: async (log, isPlanned) => {
      for (let i = front.of(list, log); i < list.length; i++) {
        const candidate = list[i]!;
        const { id } = candidate;
        if (gone.has(id) || !log.isOpen(id) || isPlanned(id)) continue;
        const found = await reader.at(candidate);
        if (found !== null) return found;
        gone.add(id);
      }
      return null;
    },
    candidate: (id) => byId.get(id) ?? null,
    find: (id) => Promise.resolve(byId.get(id) ?? null),
    catchUp: () => Promise.resolve(),
    size: list.length,
    left: (log) => {
      let left = 0;
      for (let i = front.of(list, log); i < list.length; i++) {
        const { id } = list[i]!;
        if (!gone.has(id) && log.isOpen(id)) left++;
      }
      return left;
    },
  };
}
