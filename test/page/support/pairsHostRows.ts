// Rows made by arithmetic, and what a query leaves of them, the slow obvious way.
import type { RowQuery, RowState, RowView } from "../../../src/protocol/page/pairsPage.ts";

const states: readonly RowState[] = ["labeled", "pseudo-labeled", "unsure", "unlabeled", "bad"];

/** The row at a position of the file. */
export function rowOf(ordinal: number): RowView {
  const state = states[stateAt(ordinal)]!;
  const isBad = state === "bad";
  const isLabeled = state === "labeled";
  const words = "the quick brown fox jumps over a lazy dog while seven wizards quietly vex";
  const prompt = isBad ? "" : `Prompt ${ordinal}: ${words}?`;
  const a = isBad ? "" : `Answer A ${ordinal} ${words.slice(ordinal % 20)}`;
  const b = isBad ? "" : `Answer B ${ordinal} ${words.slice(ordinal % 31)}`;
  return {
    ordinal,
    line: ordinal + 1,
    kind: isBad ? "bad" : "pair",
    pairId: isBad ? null : ordinal.toString(16).padStart(32, "0"),
    prompt,
    a,
    b,
    textLength: prompt.length + a.length + b.length,
    state,
    label: isLabeled ? (["A", "B", "tie", "both bad"] as const)[ordinal % 4]! : null,
    isFlagged: ordinal % 37 === 0,
    source: isLabeled ? (ordinal % 2 === 0 ? "ada" : "pairs.jsonl") : null,
    reason: isBad ? "expected a text in “chosen”, got null" : null,
  };
}

/** P(A preferred) of a row; NaN where the model did not say. */
export function pOf(ordinal: number): number {
  return ["bad", "labeled"].includes(states[stateAt(ordinal)]!)
    ? NaN
    : ((ordinal * 37) % 101) / 100;
}

/** Mostly unlabeled; neighbours differ. */
function stateAt(ordinal: number): number {
  const mixed = (ordinal * 2654435761) % 4294967296;
  const share = mixed / 4294967296;
  return share < 0.1 ? 0 : share < 0.4 ? 1 : share < 0.55 ? 2 : share < 0.99 ? 3 : 4;
}

/** The file's positions that a query leaves, in its order: the slow obvious way. */
export function ordinalsOf(count: number, { filter, sort, isDescending }: RowQuery): number[] {
  const kept: number[] = [];
  for (let i = 0; i < count; i++) {
    const row = rowOf(i);
    const confidence = Math.max(pOf(i), 1 - pOf(i));
    const text = `${row.prompt} ${row.a} ${row.b}`.toLowerCase();
    const [least, most] = filter.confidence ?? [0, 1];
    if (filter.states.length > 0 && !filter.states.includes(row.state)) continue;
    if (filter.isFlagged && !row.isFlagged) continue;
    if (filter.confidence !== null && !(confidence >= least && confidence <= most)) continue;
    if (!text.includes(filter.text.toLowerCase())) continue;
    kept.push(i);
  }
  const key = (i: number): number => (sort === "confidence" ? Math.max(pOf(i), 1 - pOf(i)) : i);
  if (sort === "confidence") kept.sort((a, b) => key(a) - key(b) || a - b);
  return isDescending ? kept.reverse() : kept;
}
