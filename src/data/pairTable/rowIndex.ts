// What is known of every row of a file beside its text, in typed arrays: a million pairs take 37 MB (33 here,
// 4 for the order of their ids), where objects would take 200.
import { rowIdBytes, type IdOrder } from "./idOrder.ts";

/** Per row, by ordinal. */
export interface RowIndex {
  readonly count: number;
  /** 16 bytes a row, the pair's (or response's) id; zeros for a bad row. */
  readonly ids: Uint8Array;
  /** Characters without the blanks around them, A and B in the file's own order. */
  readonly promptLength: Uint32Array;
  readonly aLength: Uint32Array;
  readonly bLength: Uint32Array;
  /** Line or row number from 1. */
  readonly line: Uint32Array;
  /** See packFacts. */
  readonly facts: Uint8Array;
}

/** A whole index, in which ids can be sought. */
export interface SearchableIndex extends RowIndex {
  readonly order: IdOrder;
}

export const rowKinds = ["pair", "response", "bad"] as const;
export type RowKind = (typeof rowKinds)[number];

/** The row's own verdict, in the file's own order. */
export const golds = [null, "a", "b", "tie", "both-bad"] as const;
export type Gold = (typeof golds)[number];

/** What the index knows of a row in one byte: kind in bits 0-1, swapped in bit 2, gold in bits 3-5. */
export interface RowFacts {
  readonly kind: RowKind;
  /** True where the file's own A is the canonical second. */
  readonly isSwapped: boolean;
  readonly gold: Gold;
}

/** The facts in one byte. */
export function packFacts({ kind, isSwapped, gold }: RowFacts): number {
  return rowKinds.indexOf(kind) | (isSwapped ? swappedBit : 0) | (golds.indexOf(gold) << 3);
}

/** The reverse of packFacts. */
export function unpackFacts(byte: number): RowFacts {
  return {
    kind: rowKinds[byte & 3] ?? "bad",
    isSwapped: (byte & swappedBit) !== 0,
    gold: golds[(byte >> 3) & 7] ?? null,
  };
}

/** Set in facts where the file's own A is the canonical second. */
export const swappedBit = 4;

/** Whether facts are those of a pair. */
export function isPair(facts: number): boolean {
  return (facts & 3) === 0;
}

/** An index of this many rows, all zeros. */
export function emptyIndex(count: number): RowIndex {
  return {
    count,
    ids: new Uint8Array(count * rowIdBytes),
    promptLength: new Uint32Array(count),
    aLength: new Uint32Array(count),
    bLength: new Uint32Array(count),
    line: new Uint32Array(count),
    facts: new Uint8Array(count),
  };
}

/** The arrays of an index in one fixed order, as they stand in its file. */
export function arraysOf(index: RowIndex): readonly (Uint8Array | Uint32Array)[] {
  const { ids, promptLength, aLength, bLength, line, facts } = index;
  return [ids, promptLength, aLength, bLength, line, facts];
}
