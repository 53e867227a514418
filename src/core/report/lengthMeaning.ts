// What the length figures of a model mean, in sentences.
import type { LengthFigures } from "../records.ts";
import { fixed, percent } from "./numbers.ts";

/** Shares closer than this are told as "about as often". */
const clearShift = 0.05;

/** One sentence for the model's choices, one for the selection, one for the reward; none where not known. */
export function lengthSentences(length: LengthFigures): string[] {
  const base = length.data ?? length.labeled;
  const who = length.data !== null ? "the people behind the data" : "those who labeled";
  const sentences: string[] = [];
  if (base !== null && length.model !== null) {
    const shift = length.model - base;
    const size =
      Math.abs(shift) < clearShift
        ? "about as often as"
        : shift > 0
          ? "more often than"
          : "less often than";
    sentences.push(
      `The model prefers the longer response ${percent(length.model)} of the time, ${size} ${who} (${percent(base)}).`,
    );
  }
  if (length.selected !== null && length.labeled !== null) {
    const shift = length.selected - length.labeled;
    sentences.push(
      Math.abs(shift) < clearShift
        ? "The selected pseudo-labels favour length no more than the labels do."
        : `Among the selected pseudo-labels the longer response wins ${percent(length.selected)}, among the labels ${percent(length.labeled)}: what is trained on ${shift > 0 ? "favours" : "disfavours"} length more than what people labeled.`,
    );
  }
  const r = length.rewardCorrelation;
  if (r !== null) {
    sentences.push(
      `Reward and length correlate at ${fixed(r, 2)}: length alone accounts for ${percent(r * r)} of the reward’s variance.`,
    );
  }
  return sentences;
}
