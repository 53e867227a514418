// Which verdicts may measure how far a model can be trusted: those on pairs that no model had a say in choosing.
import type { FoldedVerdict } from "./labelFold.ts";

/**
 * Whether the verdict may measure calibration. One on a pair that was drawn at random may, and one that does not
 * say how it was drawn (imports, older logs); one on a pair that a model was unsure or sure of, or that somebody
 * picked, may only train. A repeat counts as what it repeats.
 */
export function measuresCalibration({ event, earlier }: FoldedVerdict): boolean {
  const deciding = [...earlier, event].findLast(({ drawn }) => drawn !== "repeat");
  const drawn = deciding?.drawn;
  return drawn === undefined || drawn === "random";
}
