// Bins over confidence. All are closed on the right, so that the pairs beyond an edge are those that pass it
// as a (strict) threshold; the first bin of a diagram holds a confidence of exactly 1/2 too.
import type { ReliabilityBin } from "../records.ts";
import { wilson } from "./accuracy.ts";
import type { Outcomes } from "./outcomes.ts";

/** Sums per bin. */
export interface BinSums {
  readonly n: Float64Array;
  readonly confidence: Float64Array;
  readonly correct: Float64Array;
  /** Of squares of correct, which differ from correct for ties. */
  readonly correctSquared: Float64Array;
}

/** Upper edges of equal-width bins over [from, 1]; each the double nearest to its decimal. */
export function equalWidthEdges(from: 0 | 0.5, count: number): Float64Array {
  const [parts, skipped] = from === 0 ? [count, 0] : [2 * count, count];
  return Float64Array.from({ length: count }, (_, i) => (skipped + i + 1) / parts);
}

/**
 * Upper edges of bins with equally many pairs: at most `count`, the first n mod count of them with one more.
 * Equal confidences stay together, in the lower bin, so that the order of rows does not matter.
 */
export function equalMassEdges(confidence: Float64Array, count: number): Float64Array {
  const sorted = confidence.slice().sort();
  const bins = Math.min(count, sorted.length);
  const edges = new Set<number>();
  let end = 0;
  for (let b = 0; b < bins; b++) {
    end += Math.floor(sorted.length / bins) + (b < sorted.length % bins ? 1 : 0);
    edges.add(sorted[end - 1]!);
  }
  return Float64Array.from(edges);
}

/** The first bin whose upper edge is not below the value. */
function binOf(value: number, edges: Float64Array): number {
  let [low, high] = [0, edges.length - 1];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (edges[middle]! < value) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Counts and sums of outcomes per bin, edges as equalWidthEdges or equalMassEdges gives them. */
export function binSums({ n, confidence, correct }: Outcomes, edges: Float64Array): BinSums {
  const zeros = (): Float64Array => new Float64Array(edges.length);
  const sums = { n: zeros(), confidence: zeros(), correct: zeros(), correctSquared: zeros() };
  for (let i = 0; i < n; i++) {
    const b = binOf(confidence[i]!, edges);
    const score = correct[i]!;
    sums.n[b]! += 1;
    sums.confidence[b]! += confidence[i]!;
    sums.correct[b]! += score;
    sums.correctSquared[b]! += score * score;
  }
  return sums;
}

/** The bins of a reliability diagram: 10 of equal width over [0.5, 1]. */
export function reliabilityBins(outcomes: Outcomes): ReliabilityBin[] {
  const edges = equalWidthEdges(0.5, 10);
  const sums = binSums(outcomes, edges);
  return Array.from(edges, (to, b): ReliabilityBin => {
    const [n, correct] = [sums.n[b]!, sums.correct[b]!];
    const bounds = { from: b === 0 ? 0.5 : edges[b - 1]!, to, n };
    if (n === 0) return { ...bounds, meanConfidence: null, accuracy: null, low: null, high: null };
    return {
      ...bounds,
      meanConfidence: sums.confidence[b]! / n,
      accuracy: correct / n,
      ...wilson(correct, n),
    };
  });
}

/** Pairs per bin of confidence: 20 bins of equal width over [0.5, 1]. */
export function confidenceHistogram(confidence: Float64Array): number[] {
  const edges = equalWidthEdges(0.5, 20);
  const counts = new Array<number>(edges.length).fill(0);
  for (const c of confidence) counts[binOf(c, edges)]! += 1;
  return counts;
}
