// How long a running run may still take.
import type { RunRecord } from "../records.ts";

export interface RunningRun {
  readonly iterations: number;
  readonly records: readonly RunRecord[];
  /** Seconds since the last model was done, or since the run began. */
  readonly elapsed: number;
  /** What earlier runs let expect of the whole run; null where nothing is known. */
  readonly expected: number | null;
}

/**
 * Seconds until the run's end: each model that is still to come takes as long as the last one did; before the
 * first, what earlier runs took. Null where neither is known.
 */
export function secondsLeft({ iterations, records, elapsed, expected }: RunningRun): number | null {
  const last = records.findLast((record) => record.kind === "iteration");
  if (last === undefined) return expected === null ? null : Math.max(0, expected - elapsed);
  const toCome = Math.max(0, iterations - last.iteration);
  if (toCome === 0) return 0;
  return (toCome - 1) * last.seconds + Math.max(0, last.seconds - elapsed);
}
