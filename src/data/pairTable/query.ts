// Which rows a filter leaves, and in which order a sort puts them. No I/O: a million rows take a tenth of a second.
import type { RowIndex } from "./rowIndex.ts";
import { rowStateNames, type RowStates, type RowStateName } from "./rowStates.ts";
import { sortByKey } from "./sortByKey.ts";

export type TableSort = "file" | "confidence" | "length" | "length difference" | "disagreement";

export interface TableQuery {
  /** Only these states; empty for any. */
  readonly states: readonly RowStateName[];
  /** Only flagged rows. */
  readonly isFlagged: boolean;
  /** Confidence from, to (inclusive); null for any. */
  readonly confidence: readonly [number, number] | null;
  /** Characters of both responses together from, to (inclusive); null for any. */
  readonly length: readonly [number, number] | null;
  /** Only rows where person and model prefer different responses. */
  readonly disagrees: boolean;
  readonly sort: TableSort;
  readonly isDescending: boolean;
}

/**
 * Ordinals of the rows that pass the query and every given set (1 where a row is in it), in the query's order.
 * Rows that tie in the sort stay in the file's order; rows without the sorted value come last.
 */
export function selectRows(
  { index, states }: { readonly index: RowIndex; readonly states: RowStates },
  query: TableQuery,
  sets: readonly Uint8Array[],
): Uint32Array<ArrayBuffer> {
  const passing = filterRows({ index, states }, query, sets);
  if (query.sort === "file") return query.isDescending ? passing.reverse() : passing;
  const keyOf = sortKeys[query.sort];
  const keys = new Float64Array(passing.length);
  for (let i = 0; i < keys.length; i++) keys[i] = keyOf({ index, states }, passing[i]!);
  const order = sortByKey(keys, query.isDescending ? "descending" : "ascending");
  for (let i = 0; i < order.length; i++) order[i] = passing[order[i]!]!;
  return order;
}

/** Whether a query lets every row through in the file's order, so that no index is needed. */
export function isWholeFile(query: TableQuery): boolean {
  const { states, isFlagged, confidence, length, disagrees, sort, isDescending } = query;
  const isOpen = states.length === 0 && !isFlagged && !disagrees;
  return isOpen && confidence === null && length === null && sort === "file" && !isDescending;
}

interface Rows {
  readonly index: RowIndex;
  readonly states: RowStates;
}

type Key = (rows: Rows, i: number) => number;

const sortKeys: Readonly<Record<Exclude<TableSort, "file">, Key>> = {
  confidence: ({ states }, i) => states.confidence(i),
  length: ({ index }, i) => (isBad(index, i) ? NaN : index.aLength[i]! + index.bLength[i]!),
  "length difference": ({ index }, i) =>
    isPairRow(index, i) ? Math.abs(index.aLength[i]! - index.bLength[i]!) : NaN,
  disagreement: ({ states }, i) => states.disagreement(i),
};

function filterRows(
  { index, states }: Rows,
  query: TableQuery,
  sets: readonly Uint8Array[],
): Uint32Array<ArrayBuffer> {
  const wanted = new Uint8Array(rowStateNames.length);
  for (const state of query.states) wanted[rowStateNames.indexOf(state)] = 1;
  const anyState = query.states.length === 0;
  const { isFlagged, disagrees, confidence, length } = query;
  const passing = new Uint32Array(index.count);
  let count = 0;
  for (let i = 0; i < index.count; i++) {
    if (!anyState && wanted[states.state(i)] === 0) continue;
    if (isFlagged && !states.isFlagged(i)) continue;
    if (disagrees && !states.disagrees(i)) continue;
    if (confidence !== null && !isWithin(states.confidence(i), confidence)) continue;
    if (length !== null) {
      const total = isBad(index, i) ? NaN : index.aLength[i]! + index.bLength[i]!;
      if (!isWithin(total, length)) continue;
    }
    if (!sets.every((set) => set[i] === 1)) continue;
    passing[count++] = i;
  }
  return passing.slice(0, count);
}

function isWithin(value: number, [from, to]: readonly [number, number]): boolean {
  return value >= from && value <= to;
}

function isBad({ facts }: RowIndex, i: number): boolean {
  return (facts[i]! & 3) === 2;
}

function isPairRow({ facts }: RowIndex, i: number): boolean {
  return (facts[i]! & 3) === 0;
}
