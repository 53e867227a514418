// Labels in force on their way to the thread that shows them beside rows. No VS Code here.
import type { HeldLabels } from "../../core/labels/labelFold.ts";
import type { Winner } from "../../core/pair.ts";
import { packIds } from "../../data/pairTable/idOrder.ts";
import { labelWords, type LabelWord, type TableLabels } from "../../data/pairTable/rowStates.ts";

const wordOf: Readonly<Record<Winner, LabelWord>> = {
  first: "A",
  second: "B",
  tie: "tie",
  "both-bad": "both bad",
};

/** No labels; `fileSource` as TableLabels has it. */
export function noLabels(fileSource: string | null): TableLabels {
  const empty = { ids: new Uint8Array(), labels: new Uint8Array(), flagged: new Uint8Array() };
  return { ...empty, source: new Uint16Array(), sources: [], fileSource };
}

/** Verdicts, skips and flags, one entry a pair. Of more than 65,534 raters the last ones have no name. */
export function packLabels(state: HeldLabels, fileSource: string | null): TableLabels {
  const { verdicts, skipped, flagged } = state;
  const ids = [...new Set([...verdicts.keys(), ...skipped, ...flagged])];
  const sources = new Map<string, number>();
  const source = new Uint16Array(ids.length);
  const labels = new Uint8Array(ids.length);
  for (const [i, id] of ids.entries()) {
    const verdict = verdicts.get(id);
    const word = verdict === undefined ? null : wordOf[verdict.winner];
    labels[i] = labelWords.indexOf(word ?? (skipped.has(id) ? "skipped" : null));
    const rater = verdict?.event.rater;
    if (rater === undefined) continue;
    if (!sources.has(rater) && sources.size < 0xfffe) sources.set(rater, sources.size + 1);
    source[i] = sources.get(rater) ?? 0;
  }
  return {
    ids: packIds(ids),
    labels,
    flagged: Uint8Array.from(ids, (id) => (flagged.has(id) ? 1 : 0)),
    source,
    sources: [...sources.keys()],
    fileSource,
  };
}
