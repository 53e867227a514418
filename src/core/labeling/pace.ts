// How fast a person labels, and how long what is left takes at that pace.

/** Verdicts that the pace is taken from, and how few of them say nothing yet. */
const lastVerdicts = 20;
const fewestVerdicts = 3;

/** Median active seconds of the last 20 verdicts; null before the third. `activeMs` in order of time. */
export function secondsPerVerdict(activeMs: readonly number[]): number | null {
  if (activeMs.length < fewestVerdicts) return null;
  const sorted = activeMs.slice(-lastVerdicts).sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  const median =
    sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
  return median / 1000;
}

/** Active seconds for what is left; null where either is not known. */
export function secondsLeft(left: number | null, pace: number | null): number | null {
  return left === null || pace === null ? null : left * pace;
}
