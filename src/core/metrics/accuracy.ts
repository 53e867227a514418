// Proportions and their 95 % intervals, with pairs independent or clustered by prompt.
import type { Proportion } from "../records.ts";

const z = 1.959963984540054; // the 97.5 % quantile of the standard normal distribution

export interface Interval {
  readonly low: number;
  readonly high: number;
}

/**
 * Wilson's score interval, 95 %. `successes` may be fractional (ties count 1/2); the interval is then a
 * little too wide, because a tie varies less than a coin.
 *
 * @throws {RangeError} unless n is positive and successes from 0 to n.
 */
export function wilson(successes: number, n: number): Interval {
  if (!(n > 0 && successes >= 0 && successes <= n)) {
    throw new RangeError(
      `wilson: expected successes from 0 to n and n above 0, got ${successes} of ${n}`,
    );
  }
  const share = successes / n;
  const scale = 1 + (z * z) / n;
  const middle = (share + (z * z) / (2 * n)) / scale;
  const half = (z / scale) * Math.sqrt((share * (1 - share)) / n + (z * z) / (4 * n * n));
  // The interval reaches 0 and 1 exactly where all pairs agree; rounding must not miss that.
  return {
    low: successes === 0 ? 0 : Math.max(middle - half, 0),
    high: successes === n ? 1 : Math.min(middle + half, 1),
  };
}

/** A proportion with its Wilson interval; throws like wilson. */
export function proportion(successes: number, n: number): Proportion {
  return { value: successes / n, ...wilson(successes, n), n };
}

/**
 * The 95 % interval of a mean score, with the pairs of one prompt as one cluster: mean +- 1.96 sqrt(V),
 * V = G/(G-1) * sum over the G clusters of (sum of (score - mean) in the cluster)^2 / n^2, the
 * cluster-robust variance (Liang & Zeger 1986, with the usual small-sample factor), cut off at 0 and 1.
 *
 * Where V says nothing, Wilson's interval stands in with the clusters as trials: one cluster only, or
 * residuals that are all zero (every pair right).
 */
export function clusteredInterval(score: Float64Array, clusters: readonly string[]): Interval {
  const n = score.length;
  if (clusters.length !== n) {
    throw new RangeError(`metrics: expected ${n} clusters, one per pair, got ${clusters.length}`);
  }
  const mean = score.reduce((a, b) => a + b, 0) / n;
  const residuals = new Map<string, number>();
  let varies = false;
  for (const [i, cluster] of clusters.entries()) {
    const residual = score[i]! - mean;
    varies ||= score[i] !== score[0];
    residuals.set(cluster, (residuals.get(cluster) ?? 0) + residual);
  }
  const g = residuals.size;
  if (g === 1 || !varies) return wilson(mean * g, g);
  let squares = 0;
  for (const residual of residuals.values()) squares += residual * residual;
  const half = z * Math.sqrt(((g / (g - 1)) * squares) / (n * n));
  return { low: Math.max(mean - half, 0), high: Math.min(mean + half, 1) };
}
