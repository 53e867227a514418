// Text of a response -> hashed counts of its words and word pairs, packed for many responses.

/** Number of hash buckets, 2^18: HH's 23,574 responses hold about 190,000 distinct 1- and 2-grams. */
export const bucketCount = 1 << 18;

/** Hashed n-gram counts of one text. */
export interface TextFeatures {
  /** Ascending distinct columns in [0, bucketCount). */
  readonly columns: Int32Array;
  /** How often each stands in the text, capped at 255. */
  readonly counts: Uint8Array;
  /** Number of tokens, for the length feature. */
  readonly tokens: number;
}

/** log(1 + count) by count: what a feature's value is. */
export const countValue: Float64Array = Float64Array.from({ length: 256 }, (_, n) => Math.log1p(n));

/** log(1 + tokens): the length feature of a response. */
export function lengthValue(tokens: number): number {
  return Math.log1p(tokens);
}

/**
 * Words in lower case and single punctuation marks, in order. Measured on HH-harmless with all labels: without
 * punctuation 0.625 test accuracy, with it 0.634, with apostrophes splitting words ("don ' t") and marks for
 * beginning and end (so that "I'm sorry" at the start is a feature of its own) 0.653.
 */
export function tokensOf(text: string): string[] {
  return text.toLowerCase().match(tokenPattern) ?? [];
}

// Letters with their marks, digits and underscores, or one other visible sign.
const tokenPattern = /[\p{L}\p{M}\p{N}_]+|[^\s\p{L}\p{M}\p{N}_]/gu;

// Stand before the first token and after the last, in word pairs only; no token holds a blank.
const beginMark = "< begin";
const endMark = "< end";

/** Counts of the hashed 1- and 2-grams of a text's tokens. */
export function textFeatures(text: string): TextFeatures {
  const tokens = tokensOf(text);
  const all = new Int32Array(2 * tokens.length + 1);
  let previous = hashText(beginMark);
  let n = 0;
  for (const token of tokens) {
    const hash = hashText(token);
    all[n++] = bucketOf(hash);
    all[n++] = pairBucket(previous, hash);
    previous = hash;
  }
  all[n++] = pairBucket(previous, hashText(endMark));
  return { ...countColumns(all.sort()), tokens: tokens.length };
}

function countColumns(sorted: Int32Array): { columns: Int32Array; counts: Uint8Array } {
  const columns = new Int32Array(sorted.length);
  const counts = new Uint8Array(sorted.length);
  let n = 0;
  for (let i = 0; i < sorted.length;) {
    let end = i + 1;
    while (end < sorted.length && sorted[end] === sorted[i]) end++;
    columns[n] = sorted[i]!;
    counts[n++] = Math.min(255, end - i);
    i = end;
  }
  return { columns: columns.slice(0, n), counts: counts.slice(0, n) };
}

/** FNV-1a over UTF-16 code units, 32 bits. */
function hashText(text: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return hash;
}

function pairBucket(left: number, right: number): number {
  return bucketOf(Math.imul(left, 0x9e3779b1) ^ right);
}

/** Spreads the 32 bits (murmur3's finalizer) and keeps as many as there are buckets. */
function bucketOf(hash: number): number {
  let h = hash ^ (hash >>> 16);
  h = Math.imul(h, 0x85ebca6b);
  h ^= h >>> 13;
  h = Math.imul(h, 0xc2b2ae35);
  return ((h ^ (h >>> 16)) >>> 0) & (bucketCount - 1);
}
