// The defect of the published script, as a control: it computes the confidence, and then takes the data's own
// winner as the pseudo-label. And what a leak would change.
import { byThreshold } from "../../src/core/selection/threshold.ts";
import type { SsrmOptions } from "../../src/learn/ssrm.ts";

/** Selects by the model's confidence and puts gold's winner in the place of the model's. */
export function publishedSelection(gold: Float64Array, threshold: number): SsrmOptions["select"] {
  return (p, index) => {
    for (const [k, i] of index.entries()) {
      const confidence = Math.max(p[k]!, 1 - p[k]!);
      if (gold[i] === 1) p[k] = confidence;
      if (gold[i] === 0) p[k] = 1 - confidence;
    }
    return byThreshold(p, { threshold });
  };
}

/** Names of what differs, in order; none where nothing leaked. */
export function differences(
  one: ReadonlyMap<string, string>,
  other: ReadonlyMap<string, string>,
): string[] {
  const names = [...new Set([...one.keys(), ...other.keys()])].sort();
  return names.filter((name) => one.get(name) !== other.get(name));
}
