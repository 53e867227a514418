// What is said of the rows on a range of lines, for the text editor: lines are ascending, so they are sought by
// halving.
import { rowStateNames, type RowStates } from "../../data/pairTable/rowStates.ts";
import type { RowIndex } from "../../data/pairTable/rowIndex.ts";
import type { LineMarks } from "./workerMethods.ts";

/** The rows that start on lines from, to (inclusive, from 1) and are pairs; none without an index. */
export function lineMarks(
  ready: { readonly index: RowIndex; readonly states: RowStates } | null,
  { from, to }: { readonly from: number; readonly to: number },
): LineMarks {
  const ordinals: number[] = [];
  if (ready !== null) {
    const { count, line, facts } = ready.index;
    for (let i = firstFrom(line, from); i < count && line[i]! <= to; i++) {
      if ((facts[i]! & 3) === 0) ordinals.push(i);
    }
  }
  const { index, states } = ready ?? { index: null, states: null };
  return {
    line: Uint32Array.from(ordinals, (i) => index?.line[i] ?? 0),
    p: Float64Array.from(ordinals, (i) => states?.p[i] ?? NaN),
    states: ordinals.map((i) => rowStateNames[states?.state(i) ?? 3]!),
    labels: ordinals.map((i) => states?.label(i) ?? null),
  };
}

function firstFrom(lines: Uint32Array, from: number): number {
  let low = 0;
  let high = lines.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (lines[middle]! < from) low = middle + 1;
    else high = middle;
  }
  return low;
}
