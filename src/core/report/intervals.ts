// Intervals that the report works out from figures in the records: of pooled bins and of a difference.
import { wilson } from "../metrics/accuracy.ts";
import type { ReliabilityBin } from "../records.ts";

export interface Estimate {
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

/** Pairs of several bins taken together. */
export interface Pooled extends Estimate {
  readonly n: number;
  readonly meanConfidence: number;
}

/** The bins taken together, with the Wilson interval of their accuracy; null where they hold no pair. */
export function pool(bins: readonly ReliabilityBin[]): Pooled | null {
  let n = 0;
  let right = 0;
  let confidence = 0;
  for (const bin of bins) {
    if (bin.accuracy === null || bin.meanConfidence === null) continue;
    n += bin.n;
    right += bin.n * bin.accuracy;
    confidence += bin.n * bin.meanConfidence;
  }
  if (n === 0) return null;
  return { n, value: right / n, meanConfidence: confidence / n, ...wilson(Math.min(right, n), n) };
}

/** The bins above a threshold, from the first edge at or above it: that edge, and the bins as one. */
export interface Sure {
  /** The beginning of the last bin where no bin begins at or above the threshold. */
  readonly edge: number;
  readonly pooled: Pooled | null;
}

/** Takes the bins above a threshold together. */
export function poolAbove(bins: readonly ReliabilityBin[], threshold: number): Sure {
  const edge = (bins.find((bin) => bin.from >= threshold - 1e-9) ?? bins.at(-1))?.from ?? 1;
  return { edge, pooled: pool(bins.filter((bin) => bin.from >= edge)) };
}

/**
 * The 95 % interval of `after - before` from the intervals of both (MOVER: Zou and Donner 2008; Newcombe
 * 1998, method 10, where these are Wilson intervals). It takes the two as independent. Two models judged on
 * the same pairs are usually not: they err on the same ones, so this interval is wider than it need be.
 */
export function difference(before: Estimate, after: Estimate): Estimate {
  const value = after.value - before.value;
  return {
    value,
    low: value - Math.hypot(after.value - after.low, before.high - before.value),
    high: value + Math.hypot(after.high - after.value, before.value - before.low),
  };
}
