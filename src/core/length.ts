// How long a response is, and how much preferences and rewards follow length.
import { type Message, trimBlanks } from "./pair.ts";

/**
 * The length of a response in characters: UTF-16 code units of its contents, without the blanks around each
 * (which transcript formats cannot carry), so that a pair has the same length in every file format.
 * Characters, because they need no tokenizer and mean the same for every model.
 */
export function lengthOf(messages: readonly Message[]): number {
  return messages.reduce((sum, { content }) => sum + trimBlanks(content).length, 0);
}

/**
 * How often the longer response is preferred: 1 for the longer, 0 for the shorter, 1/2 for ties (target 1/2).
 * Pairs of equal length are left out; null where no pair is left.
 */
export function longerWinsRate(
  lengthFirst: ArrayLike<number>,
  lengthSecond: ArrayLike<number>,
  target: ArrayLike<number>,
): number | null {
  let [sum, n] = [0, 0];
  for (let i = 0; i < target.length; i++) {
    const difference = lengthFirst[i]! - lengthSecond[i]!;
    if (difference === 0) continue;
    sum += difference > 0 ? target[i]! : 1 - target[i]!;
    n++;
  }
  return n === 0 ? null : sum / n;
}

/** Pearson's correlation; null below two points, or where either side does not vary. */
export function pearson(x: ArrayLike<number>, y: ArrayLike<number>): number | null {
  const n = x.length;
  // Counted from the first point, so that values that are all alike vary by exactly 0.
  let [meanX, meanY] = [0, 0];
  for (let i = 0; i < n; i++) {
    meanX += (x[i]! - x[0]!) / n;
    meanY += (y[i]! - y[0]!) / n;
  }
  let [xx, xy, yy] = [0, 0, 0];
  for (let i = 0; i < n; i++) {
    const dx = x[i]! - x[0]! - meanX;
    const dy = y[i]! - y[0]! - meanY;
    xx += dx * dx;
    xy += dx * dy;
    yy += dy * dy;
  }
  const scale = Math.sqrt(xx) * Math.sqrt(yy);
  return scale > 0 ? Math.min(Math.max(xy / scale, -1), 1) : null;
}
