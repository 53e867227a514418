// The design matrix phi(first) - phi(second) of many pairs, compressed, and weights by bucket.
import { bucketCount, countValue, lengthValue } from "./features.ts";
import type { PairFeatures } from "./featureStore.ts";

/**
 * Rows of phi(first) - phi(second) over the columns that occur. Buckets that occur in one row alone (six in ten)
 * are one column together: their weights can only be in proportion to their values, so a rotation makes one
 * column of length |values| out of them and changes neither the loss nor the L2 penalty.
 */
export interface Design {
  /** Row r holds entries start[r] .. start[r + 1]. */
  readonly start: Int32Array;
  readonly column: Int32Array;
  readonly value: Float32Array;
  /** Columns without the length feature, which comes after them. */
  readonly columnCount: number;
  /** Column and share of it per bucket that occurs: weight of bucket = share * weight of column. */
  readonly buckets: Int32Array;
  readonly columnOf: Int32Array;
  readonly shareOf: Float64Array;
  readonly hasLength: boolean;
  /** Difference of the length feature per row. */
  readonly length: Float64Array;
}

export interface Weights {
  /** Ascending buckets with a weight. */
  readonly buckets: Int32Array;
  readonly values: Float32Array;
  readonly length: number;
}

/** Number of parameters: columns and, where used, the length feature. */
export function parameterCount({ columnCount, hasLength }: Design): number {
  return columnCount + (hasLength ? 1 : 0);
}

/** Columns that occur in many rows come first, so that most of what training touches stays in the cache. */
export function designOf(rows: readonly PairFeatures[], options: { hasLength: boolean }): Design {
  const differences = rows.map(differenceOf);
  const occurrences = occurrencesOf(differences);
  const total = differences.reduce((n, { buckets }) => n + buckets.length, 0);
  const numbering = numberColumns(occurrences);
  const { buckets, columnOf, shareOf, columnOfBucket } = numbering;
  const start = new Int32Array(rows.length + 1);
  const column = new Int32Array(total);
  const value = new Float32Array(total);
  let { columnCount } = numbering;
  let known = columnCount;
  let entries = 0;
  for (let r = 0; r < rows.length; r++) {
    const own = differences[r]!;
    const from = known;
    let square = 0;
    for (let k = 0; k < own.buckets.length; k++) {
      const bucket = own.buckets[k]!;
      const difference = own.values[k]!;
      const shared = columnOfBucket[bucket]!;
      if (shared === -1) {
        square += difference * difference;
        buckets[known] = bucket;
        shareOf[known] = difference;
        columnOf[known++] = columnCount;
        continue;
      }
      column[entries] = shared;
      value[entries++] = difference;
    }
    if (known > from) {
      const norm = Math.fround(Math.sqrt(square));
      for (let k = from; k < known; k++) shareOf[k] = shareOf[k]! / norm;
      column[entries] = columnCount++;
      value[entries++] = norm;
    }
    start[r + 1] = entries;
  }
  return {
    start,
    column: column.slice(0, entries),
    value: value.slice(0, entries),
    columnCount,
    buckets,
    columnOf,
    shareOf,
    hasLength: options.hasLength,
    length: Float64Array.from(
      rows,
      ({ first, second }) => lengthValue(first.tokens) - lengthValue(second.tokens),
    ),
  };
}

function occurrencesOf(differences: readonly Difference[]): Int32Array {
  const occurrences = new Int32Array(bucketCount);
  for (const { buckets } of differences) {
    for (let k = 0; k < buckets.length; k++) occurrences[buckets[k]!]!++;
  }
  return occurrences;
}

/**
 * Numbers for the buckets that occur in more than one row, by falling power of two of their occurrences. The
 * arrays have room for the other buckets that occur; columnOfBucket is -1 for these.
 */
function numberColumns(occurrences: Int32Array): Pick<
  Design,
  "buckets" | "columnOf" | "shareOf" | "columnCount"
> & {
  readonly columnOfBucket: Int32Array;
} {
  // next[c]: where the next bucket of c leading zeros goes; 32-bit counts with fewer come first.
  const next = new Int32Array(33);
  let distinct = 0;
  for (let bucket = 0; bucket < bucketCount; bucket++) {
    const count = occurrences[bucket]!;
    if (count > 0) distinct++;
    if (count > 1) next[Math.clz32(count) + 1]!++;
  }
  for (let c = 1; c < next.length; c++) next[c] = next[c]! + next[c - 1]!;
  const columnCount = next[32]!;
  const buckets = new Int32Array(distinct);
  const columnOf = new Int32Array(distinct);
  const columnOfBucket = new Int32Array(bucketCount).fill(-1);
  for (let bucket = 0; bucket < bucketCount; bucket++) {
    const count = occurrences[bucket]!;
    if (count <= 1) continue;
    const column = next[Math.clz32(count)]!++;
    buckets[column] = bucket;
    columnOf[column] = column;
    columnOfBucket[bucket] = column;
  }
  const shareOf = new Float64Array(distinct).fill(1, 0, columnCount);
  return { buckets, columnOf, shareOf, columnCount, columnOfBucket };
}

interface Difference {
  /** Ascending. */
  readonly buckets: Int32Array;
  readonly values: Float32Array;
}

/** A pair is in the design of every chain of every iteration: 24 times in a run of three. */
const differences = new WeakMap<PairFeatures, Difference>();

/** phi(first) - phi(second), without the buckets where both are equal. */
function differenceOf(pair: PairFeatures): Difference {
  let difference = differences.get(pair);
  if (!difference) differences.set(pair, (difference = subtract(pair)));
  return difference;
}

function subtract({ first, second }: PairFeatures): Difference {
  const buckets = new Int32Array(first.columns.length + second.columns.length);
  const values = new Float32Array(buckets.length);
  let n = 0;
  let i = 0;
  let j = 0;
  while (i < first.columns.length || j < second.columns.length) {
    const a = i < first.columns.length ? first.columns[i]! : bucketCount;
    const b = j < second.columns.length ? second.columns[j]! : bucketCount;
    const inFirst = a <= b ? countValue[first.counts[i++]!]! : 0;
    const inSecond = b <= a ? countValue[second.counts[j++]!]! : 0;
    if (inFirst === inSecond) continue;
    buckets[n] = Math.min(a, b);
    values[n++] = inFirst - inSecond;
  }
  return { buckets: buckets.slice(0, n), values: values.slice(0, n) };
}

/** Parameters -> weights by bucket, rounded to float32 (as they are saved), zeros left out. */
export function packWeights(design: Design, w: Float64Array): Weights {
  const byBucket = new Float32Array(bucketCount);
  for (let k = 0; k < design.buckets.length; k++) {
    byBucket[design.buckets[k]!] = design.shareOf[k]! * w[design.columnOf[k]!]!;
  }
  const buckets = new Int32Array(design.buckets.length);
  const values = new Float32Array(design.buckets.length);
  let n = 0;
  for (let bucket = 0; bucket < bucketCount; bucket++) {
    if (byBucket[bucket] === 0) continue;
    buckets[n] = bucket;
    values[n++] = byBucket[bucket]!;
  }
  return {
    buckets: buckets.slice(0, n),
    values: values.slice(0, n),
    length: design.hasLength ? Math.fround(w[design.columnCount]!) : 0,
  };
}

/** The reverse of packWeights: where a solver may start; unknown columns start at 0. */
export function unpackWeights(design: Design, weights: Weights): Float64Array {
  const byBucket = new Float32Array(bucketCount);
  for (const [j, bucket] of weights.buckets.entries()) byBucket[bucket] = weights.values[j]!;
  const w = new Float64Array(parameterCount(design));
  for (const [k, bucket] of design.buckets.entries()) {
    const column = design.columnOf[k]!;
    w[column] = w[column]! + design.shareOf[k]! * byBucket[bucket]!;
  }
  if (design.hasLength) w[design.columnCount] = weights.length;
  return w;
}
