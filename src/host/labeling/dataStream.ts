// The rows of the data in random order. 10,000 labels that came by git are passed over without reading their
// rows: who labels does not wait for what others did.
import { Permutation } from "../../core/labeling/order.ts";
import { seededRandom } from "../../core/random.ts";
import type { Candidate, FoundPair, PairReader } from "./pairReader.ts";
import { ClosedFront, type OpenPairs, type PairStream, type ReadPairs } from "./pairStreams.ts";
import type { PlaceBook } from "./placeBook.ts";

export interface DataFileRows {
  readonly path: string;
  readonly rows: number;
  /** Changes when the file does. */
  readonly stamp: string;
}

/** The files with how many rows they have; reads each to its end. */
export async function countedRows(
  files: readonly Omit<DataFileRows, "rows">[],
  reader: Pick<PairReader, "rows">,
): Promise<readonly DataFileRows[]> {
  const counted: DataFileRows[] = [];
  for (const file of files) counted.push({ ...file, rows: await reader.rows(file) });
  return counted;
}

export interface DataStream extends PairStream {
  /** The first open pairs of the order; fewer where there are not so many. */
  open(log: OpenPairs, count: number): Promise<readonly Candidate[]>;
}

/** So many rows one after the other that were read only to find them judged are the begin of a long stretch. */
const stretch = 8;
/** Rows passed over that are read at one time, while nobody waits: about 1 ms. */
const caughtUp = 8;

/**
 * All rows of the files in an order that is fixed by the seed; each row has the same chance. Rows are read as
 * the order reaches them; those reached in an earlier session are known from the book without reading. Where
 * nobody knows the rows of a long stretch of judged pairs, its end is looked for by halving; what is passed over
 * comes when the rest is through, or as it is read by and by.
 */
export function dataStream(
  files: readonly DataFileRows[],
  {
    seed,
    reader,
    book,
  }: {
    readonly seed: string;
    readonly reader: ReadPairs;
    readonly book: Pick<PlaceBook, "row" | "addRow" | "pair">;
  },
): DataStream {
  const total = files.reduce((sum, { rows }) => sum + rows, 0);
  const order = new Permutation(total, seededRandom(`label order ${seed}`));
  /** Pairs as they were reached; the same pair in two rows counts once. */
  const walked = new Map<string, Candidate>();
  const walk: Candidate[] = [];
  const front = new ClosedFront();
  let next = 0;
  /** Positions passed over, from and to before which; read from the end, where what was judged last stands. */
  const gaps: { readonly from: number; to: number }[] = [];
  let reached = 0;

  const place = (at: number): { readonly file: DataFileRows; readonly ordinal: number } => {
    let ordinal = order.at(at);
    for (const file of files) {
      if (ordinal < file.rows) return { file, ordinal };
      ordinal -= file.rows;
    }
    throw new Error(`internal: row ${at} of ${total}`);
  };

  const look = async (at: number) => {
    const { file, ordinal } = place(at);
    const known = book.row(file, ordinal);
    if (known !== undefined) return { found: known, isRead: false };
    const found = await reader.inRow(file.path, ordinal);
    book.addRow(file, ordinal, found);
    return { found, isRead: true };
  };

  /** Takes a position into the walk; `found` is null where it adds no pair. */
  const visit = async (at: number) => {
    const { found, isRead } = await look(at);
    reached++;
    if (found === null || walked.has(found.id)) return { found: null, isRead };
    const candidate = { id: found.id, path: found.path, line: found.line };
    walked.set(found.id, candidate);
    walk.push(candidate);
    return { found, isRead };
  };

  /** From the begin of a stretch to its end: judged at one position, open at the next. */
  const jump = async (log: OpenPairs): Promise<void> => {
    const isOpenAt = async (at: number): Promise<boolean> => {
      const { found } = await look(at);
      return found !== null && log.isOpen(found.id);
    };
    let closed = next - 1;
    let open = total;
    for (let by = 2 * stretch; open === total && closed + by < total; by *= 2) {
      if (await isOpenAt(closed + by)) open = closed + by;
      else closed += by;
    }
    while (open - closed > 1) {
      const middle = Math.floor((closed + open) / 2);
      if (await isOpenAt(middle)) open = middle;
      else closed = middle;
    }
    if (open > next) gaps.push({ from: next, to: open });
    next = open;
  };

  const takeFromGap = (): number | null => {
    const gap = gaps.at(-1);
    if (gap === undefined) return null;
    gap.to--;
    if (gap.to === gap.from) gaps.pop();
    return gap.to;
  };

  /** Goes on to the next open pair that was not reached before; null at the end of all rows. */
  const goOn = async (log: OpenPairs): Promise<Candidate | FoundPair | null> => {
    for (let inVain = 0; ;) {
      const isAhead = next < total;
      const at = isAhead ? next++ : takeFromGap();
      if (at === null) return null;
      const { found, isRead } = await visit(at);
      if (found !== null && log.isOpen(found.id)) return found;
      inVain = isRead && isAhead ? inVain + 1 : 0;
      if (inVain < stretch) continue;
      await jump(log);
      inVain = 0;
    }
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
      for (;;) {
        const one = await goOn(log);
        if (one === null) return null;
        if (isPlanned(one.id)) continue;
        const found = "pair" in one ? one : await reader.at(one);
        if (found !== null) return found;
      }
    },
    open: async (log, count) => {
      const open = walk.slice(front.of(walk, log)).filter(({ id }) => log.isOpen(id));
      while (open.length < count) {
        const one = await goOn(log);
        if (one === null) break;
        open.push({ id: one.id, path: one.path, line: one.line });
      }
      return open.slice(0, count);
    },
    candidate: (id) => {
      const known = walked.get(id);
      if (known !== undefined || gaps.length === 0) return known ?? null;
      // It may stand among the rows that were passed over.
      const shown = book.pair(id);
      return shown !== null && files.some(({ path }) => path === shown.path) ? shown : null;
    },
    find: async (id) => {
      for (;;) {
        const known = walked.get(id);
        const at = known === undefined ? takeFromGap() : null;
        if (at === null) return known ?? null;
        await visit(at);
      }
    },
    catchUp: async () => {
      for (let rows = 0; rows < caughtUp; rows++) {
        const at = takeFromGap();
        if (at === null) return;
        await visit(at);
      }
    },
    size: total,
    left: (log) => {
      let open = 0;
      for (let i = front.of(walk, log); i < walk.length; i++) if (log.isOpen(walk[i]!.id)) open++;
      return total - reached + open;
    },
  };
}
