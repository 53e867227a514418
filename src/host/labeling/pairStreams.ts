// Sequences of pairs from which the next one is taken: the rows of the data in random order, or a list that a
// run made.
import { Permutation } from "../../core/labeling/order.ts";
import { seededRandom } from "../../core/random.ts";
import type { Candidate, FoundPair, PairReader } from "./pairReader.ts";
import type { PlaceBook } from "./placeBook.ts";

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
  /** How many rows or pairs it has, open or not. */
  readonly size: number;
  /** How many of them may be open, as far as it is known without reading. */
  left(log: OpenPairs): number;
}

/** How much of the front of a growing sequence is closed: 10,000 judged pairs are not walked at each key. */
class ClosedFront {
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
export function listStream(candidates: readonly Candidate[], reader: PairReader): PairStream {
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

export interface DataFileRows {
  readonly path: string;
  readonly rows: number;
  /** Changes when the file does. */
  readonly stamp: string;
}

/**
 * All rows of the files in an order that is fixed by the seed; each row has the same chance. Rows are read as
 * the order reaches them; those reached in an earlier session are known from the book without reading.
 */
export function dataStream(
  files: readonly DataFileRows[],
  {
    seed,
    reader,
    book,
  }: { readonly seed: string; readonly reader: PairReader; readonly book: PlaceBook },
): PairStream {
  const total = files.reduce((sum, { rows }) => sum + rows, 0);
  const order = new Permutation(total, seededRandom(`label order ${seed}`));
  /** Pairs in order as far as it was walked; the same pair in two rows counts once. */
  const walked = new Map<string, Candidate>();
  const walk: Candidate[] = [];
  const front = new ClosedFront();
  let next = 0;

  const place = (at: number): { readonly file: DataFileRows; readonly ordinal: number } => {
    let ordinal = order.at(at);
    for (const file of files) {
      if (ordinal < file.rows) return { file, ordinal };
      ordinal -= file.rows;
    }
    throw new Error(`internal: row ${at} of ${total}`);
  };

  const step = async (): Promise<Candidate | FoundPair | null> => {
    const { file, ordinal } = place(next++);
    const known = book.row(file, ordinal);
    const found = known === undefined ? await reader.inRow(file.path, ordinal) : known;
    if (known === undefined) book.addRow(file, ordinal, found);
    if (found === null || walked.has(found.id)) return null;
    const candidate = { id: found.id, path: found.path, line: found.line };
    walked.set(found.id, candidate);
    walk.push(candidate);
    return found;
  };

  return {
    first: async (log, isPlanned) => {
      const isWanted = (id: string): boolean => log.isOpen(id) && !isPlanned(id);
      for (let i = front.of(walk, log); i < walk.length; i++) {
        const candidate = walk[i]!;
        if (!isWanted(candidate.id)) continue;
        const found = await reader.at(candidate);
        if (found !== null) return found;
      }
      while (next < total) {
        const reached = await step();
        if (reached === null || !isWanted(reached.id)) continue;
        const found = "pair" in reached ? reached : await reader.at(reached);
        if (found !== null) return found;
      }
      return null;
    },
    candidate: (id) => walked.get(id) ?? null,
    size: total,
    left: (log) => {
      const from = front.of(walk, log);
      let closed = next - walk.length + from;
      for (let i = from; i < walk.length; i++) if (!log.isOpen(walk[i]!.id)) closed++;
      return total - closed;
    },
  };
}
