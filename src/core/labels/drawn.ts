// Which verdicts may measure how far a model can be trusted: those on pairs that no model had a say in choosing.
import type { Drawn } from "./labelEvent.ts";
import type { FoldedVerdict } from "./labelFold.ts";

/**
 * Whether the verdict may measure calibration. One on a pair that was drawn at random may, and one that does not
 * say how it was drawn (imports, older logs); one on a pair that a model was unsure or sure of, or that somebody
 * picked, may only train. A repeat counts as what it repeats.
 */
export function measuresCalibration(verdict: FoldedVerdict): boolean {
  const drawn = reasonOf(verdict);
  return drawn === undefined || drawn === "random";
}

/** Why the pair was shown; of a repeat, why the pair was shown that it repeats. */
export function reasonOf({ event, earlier }: FoldedVerdict): Drawn | undefined {
  if (event.drawn !== "repeat") return event.drawn;
  return earlier.findLast(({ drawn }) => drawn !== "repeat")?.drawn;
}
