// What a model says of labels that it was not trained on, and which of them may measure how far to trust it.
import type { LabelSet } from "./labelSet.ts";

/** Labels and what a model says of them. */
export interface Judged {
  /** Pool indices. */
  readonly index: Int32Array;
  readonly margin: Float64Array;
  /** P(first preferred) by the label. */
  readonly target: Float64Array;
}

/** The parts as one, by id, as a fit has them: the temperature is a result too, and sums depend on their order. */
export function joined(parts: readonly Judged[], ids: readonly string[]): Judged {
  const rows = parts
    .flatMap(({ index, margin, target }) =>
      Array.from(index, (i, k) => ({ id: ids[i]!, i, margin: margin[k]!, target: target[k]! })),
    )
    .sort((a, b) => (a.id < b.id ? -1 : 1));
  return {
    index: Int32Array.from(rows, ({ i }) => i),
    margin: Float64Array.from(rows, ({ margin }) => margin),
    target: Float64Array.from(rows, ({ target }) => target),
  };
}

/**
 * The held-out labels that may measure calibration, or all of them where none may: how right a model is where it
 * was unsure says little of how right it is elsewhere.
 */
export function measuringOf(
  heldOut: Judged,
  { index, measures }: LabelSet,
): { readonly validation: Judged; readonly validationOf: "random" | "all" } {
  const may = new Set(index.filter((_, k) => measures[k] === 1));
  const keep = Array.from(heldOut.index, (i) => may.has(i));
  if (!keep.includes(true)) return { validation: heldOut, validationOf: "all" };
  return {
    validation: {
      index: heldOut.index.filter((_, k) => keep[k]),
      margin: heldOut.margin.filter((_, k) => keep[k]),
      target: heldOut.target.filter((_, k) => keep[k]),
    },
    validationOf: "random",
  };
}
