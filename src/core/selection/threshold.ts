// The paper's rule: confidence strictly above a threshold.
import { confidenceOf, writtenBeside } from "../confidence.ts";
import { countOf, noWinner, type Selection } from "./rule.ts";

export interface ThresholdOptions {
  readonly threshold: number;
}

/** Selects where confidence > threshold. */
export function byThreshold(p: Float64Array, { threshold }: ThresholdOptions): Selection {
  const selected = Uint8Array.from(p, (x) => (x !== 0.5 && confidenceOf(x) > threshold ? 1 : 0));
  return {
    selected,
    count: countOf(selected),
    reason(i) {
      if (p[i] === 0.5) return noWinner;
      const confidence = writtenBeside(confidenceOf(p[i]!), threshold);
      return `confidence ${confidence} ${selected[i] === 1 ? ">" : "<="} ${threshold}`;
    },
  };
}
