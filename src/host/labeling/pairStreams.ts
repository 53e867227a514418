// Sequences of pairs from which the next one is taken: the rows of the data in random order, or a list that a
// run made.
import { Permutation } from "../../core/labeling/order.ts";
import { seededRandom } from "../../core/random.ts";
import type { Candidate, FoundPair, PairReader } from "./pairReader.ts";
import type { PlaceBook } from "./placeBook.ts";

export interface PairStream {
  /** The first pair of the sequence that is wanted and still stands where it should; null where none is left. */
  first(isWanted: (id: string) => boolean): Promise<FoundPair | null>;
  /** A pair that this stream holds or gave. */
  candidate(id: string): Candidate | null;
  /** How many rows or pairs it has, wanted or not. */
  readonly size: number;
  /** How many of them may be wanted, as far as it is known without reading. */
  left(isWanted: (id: string) => boolean): number;
}

/** The pairs of a list, in its order. */
export function listStream(candidates: readonly Candidate[], reader: PairReader): PairStream {
  const byId = new Map(candidates.map((candidate) => [candidate.id, candidate]));
  /** Another row stands at their places now. */
  const gone = new Set<string>();
  return {
    first: async (isWanted) => {
      for (const candidate of byId.values()) {
        if (gone.has(candidate.id) || !isWanted(candidate.id)) continue;
        const found = await reader.at(candidate);
        if (found !== null) return found;
        gone.add(candidate.id);
      }
      return null;
    },
    candidate: (id) => byId.get(id) ?? null,
    size: byId.size,
    left: (isWanted) => {
      let left = 0;
      for (const id of byId.keys()) if (!gone.has(id) && isWanted(id)) left++;
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
    walked.set(found.id, { id: found.id, path: found.path, line: found.line });
    return found;
  };

  return {
    first: async (isWanted) => {
      for (const candidate of walked.values()) {
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
    left: (isWanted) => {
      let closed = next - walked.size;
      for (const id of walked.keys()) if (!isWanted(id)) closed++;
      return total - closed;
    },
  };
}
