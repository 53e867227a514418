// The pairs of a run's data files as one pool: distinct by content, read again from disk when they are many.
import type { Pair } from "../core/pair.ts";
import { lengthOf } from "../core/length.ts";
import type { Dataset, PairRow, Place } from "../data/rows.ts";
import type { PairPool } from "../learn/rewardModel.ts";

/** Texts of files up to this size together stay in memory; above it they are read when they are asked for. */
const keptBytes = 256 * 2 ** 20;

/** Files that are read together: one of run.json's lists. */
export interface FileList {
  readonly name: "data" | "labeled" | "test";
  readonly dataset: Dataset;
}

/** Where a pair of the pool came from. */
export interface PairSource {
  readonly list: FileList;
  readonly place: Place;
}

/** Collects the pairs of datasets; the same content twice is one pair. */
export class PoolBuilder {
  readonly ids: string[] = [];
  readonly promptIds: string[] = [];
  readonly sources: PairSource[] = [];
  readonly lengthFirst: number[] = [];
  readonly lengthSecond: number[] = [];
  /** Rows whose pair was there already. */
  repeats = 0;
  readonly #indexOf = new Map<string, number>();
  #kept: Pair[] | null = [];

  /** The pair's index, new or known. */
  add(row: PairRow, list: FileList): number {
    const { pair } = row;
    const known = this.#indexOf.get(pair.id);
    if (known !== undefined) {
      this.repeats++;
      return known;
    }
    const index = this.ids.length;
    this.#indexOf.set(pair.id, index);
    this.ids.push(pair.id);
    this.promptIds.push(pair.promptId);
    this.sources.push({ list, place: { file: row.file, line: row.line } });
    this.lengthFirst.push(lengthOf(pair.first));
    this.lengthSecond.push(lengthOf(pair.second));
    this.#kept?.push(pair);
    return index;
  }

  /** Index of the pair with this id; undefined where it is not in the pool. */
  find(pairId: string): number | undefined {
    return this.#indexOf.get(pairId);
  }

  /** Says how large the files are that will be added, so that large ones are not kept in memory. */
  expect(dataset: Dataset): void {
    const bytes = dataset.files.reduce((sum, file) => sum + file.bytes, 0);
    if (bytes > keptBytes) this.#kept = null;
  }

  build(): PairPool {
    const { ids, promptIds, sources } = this;
    const kept = this.#kept;
    return {
      size: ids.length,
      ids,
      promptIds,
      async *read(indices) {
        const wanted = [...indices];
        if (kept !== null) yield* wanted.map((index) => kept[index]!);
        else if (isMostOf(wanted, ids.length)) yield* streamPairs(wanted, { sources, ids });
        else for (const index of wanted) yield await readPair(sources[index]!, ids[index]!);
      },
    };
  }
}

/** The pairs of a pool at these indices, as a pool. */
export function subPool(pool: PairPool, indices: readonly number[]): PairPool {
  return {
    size: indices.length,
    ids: indices.map((i) => pool.ids[i]!),
    promptIds: indices.map((i) => pool.promptIds[i]!),
    read: (wanted) => pool.read([...wanted].map((k) => indices[k]!)),
  };
}

/** Reading on is six times as fast as seeking each row, so it pays from a sixth of the pool on. */
function isMostOf(wanted: readonly number[], size: number): boolean {
  const ascends = wanted.every((index, k) => k === 0 || wanted[k - 1]! < index);
  return ascends && 6 * wanted.length > size;
}

/** The pairs at ascending indices, which is the order of the files. */
async function* streamPairs(
  wanted: readonly number[],
  pool: { readonly sources: readonly PairSource[]; readonly ids: readonly string[] },
): AsyncGenerator<Pair> {
  let next = 0;
  while (next < wanted.length) {
    const { dataset } = pool.sources[wanted[next]!]!.list;
    const before = next;
    for await (const row of dataset.rows()) {
      const index = wanted[next];
      const source = index === undefined ? undefined : pool.sources[index];
      if (index === undefined || source?.list.dataset !== dataset) break;
      if (row.line !== source.place.line || row.file !== source.place.file) continue;
      if (row.kind !== "pair" || row.pair.id !== pool.ids[index])
        throw changed(source, pool.ids[index]!);
      yield row.pair;
      next++;
    }
    if (next === before) throw changed(pool.sources[wanted[next]!]!, pool.ids[wanted[next]!]!);
  }
}

async function readPair({ list, place }: PairSource, id: string): Promise<Pair> {
  const row = await list.dataset.rowAt(place);
  if (row.kind === "pair" && row.pair.id === id) return row.pair;
  throw changed({ list, place }, id);
}

function changed({ list, place }: PairSource, id: string): Error {
  return new Error(
    `${list.dataset.files[place.file]!.path}, line ${place.line}: expected the pair ${id} that stood there when ` +
      `the run began, got another row: the file was changed meanwhile; start a new run`,
  );
}
