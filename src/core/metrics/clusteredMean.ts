// The mean of one vector per pair and its covariance, with the pairs of one prompt as one cluster.

/** One vector per pair, with at most two neighbouring components that are not 0. */
export interface PairVectors {
  /** How many components a vector has. */
  readonly size: number;
  /** The first component of each pair's vector that is not 0. */
  readonly at: Int32Array;
  /** What each pair's vector adds up to. */
  readonly value: Float64Array;
  /** The part of it that stands in the next component. */
  readonly share: Float64Array;
}

export interface ClusteredMean {
  readonly mean: Float64Array;
  /** size by size, row by row. */
  readonly covariance: Float64Array;
  /** Whether there is any variance beyond rounding. */
  readonly varies: boolean;
}

/** Added to the diagonal, as a part of the largest mean square: a root of the covariance then hangs on no rounding. */
const ridge = 1e-9;

/**
 * The mean over the pairs and its cluster-robust covariance G/(G-1) sum over clusters of d d' / n^2, d the sum of
 * (vector - mean) in the cluster (Liang & Zeger 1986, with the usual small-sample factor). One pass over the
 * pairs: their number times the squared length of a cluster at worst, not times the squared size.
 *
 * @throws {RangeError} for one cluster only, of which nothing follows.
 */
export function clusteredMean(
  { size, at, value, share }: PairVectors,
  clusters: readonly string[],
): ClusteredMean {
  const n = clusters.length;
  const { count, order, ends } = grouped(clusters);
  if (count < 2) throw new RangeError(`metrics: expected 2 clusters or more, got ${count}`);
  const mean = new Float64Array(size);
  const covariance = new Float64Array(size * size);
  // sum of n_g s_g, s_g the sum of the vectors of cluster g, and sum of n_g^2: what centring needs afterwards.
  const weighted = new Float64Array(size);
  let squares = 0;
  const sum = new Float64Array(size);
  for (let g = 0, k = 0; g < count; g++) {
    const touched: number[] = [];
    const length = ends[g]! - k;
    for (; k < ends[g]!; k++) {
      const i = order[k]!;
      const [left, part] = [at[i]!, share[i]!];
      sum[left]! += value[i]! * (1 - part);
      if (!touched.includes(left)) touched.push(left);
      if (part === 0) continue;
      sum[left + 1]! += value[i]! * part;
      if (!touched.includes(left + 1)) touched.push(left + 1);
    }
    for (const a of touched) {
      mean[a]! += sum[a]! / n;
      weighted[a]! += length * sum[a]!;
      for (const b of touched) covariance[a * size + b]! += sum[a]! * sum[b]!;
    }
    for (const a of touched) sum[a] = 0;
    squares += length * length;
  }
  const factor = count / (count - 1) / n / n;
  let [uncentred, largest] = [0, 0];
  for (let a = 0; a < size; a++) {
    uncentred = Math.max(uncentred, factor * covariance[a * size + a]!);
  }
  for (let a = 0; a < size; a++) {
    for (let b = 0; b < size; b++) {
      const centred =
        covariance[a * size + b]! -
        weighted[a]! * mean[b]! -
        mean[a]! * weighted[b]! +
        squares * mean[a]! * mean[b]!;
      covariance[a * size + b] = factor * centred;
    }
    largest = Math.max(largest, covariance[a * size + a]!);
    covariance[a * size + a]! += ridge * uncentred;
  }
  return { mean, covariance, varies: largest > 1e-12 * uncentred };
}

/** Pairs by cluster: `order` lists them, those of cluster g before `ends[g]`. */
function grouped(clusters: readonly string[]): {
  readonly count: number;
  readonly order: Int32Array;
  readonly ends: Int32Array;
} {
  const known = new Map<string, number>();
  const index = new Int32Array(clusters.length);
  for (let i = 0; i < clusters.length; i++) {
    const name = clusters[i]!;
    const g = known.get(name) ?? known.size;
    if (g === known.size) known.set(name, g);
    index[i] = g;
  }
  const ends = new Int32Array(known.size);
  for (const g of index) ends[g]! += 1;
  for (let g = 1; g < ends.length; g++) ends[g]! += ends[g - 1]!;
  const order = new Int32Array(clusters.length);
  const next = ends.slice();
  for (let i = clusters.length - 1; i >= 0; i--) order[--next[index[i]!]!] = i;
  return { count: known.size, order, ends };
}
