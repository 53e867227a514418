// What the pages say in words, written here once more from the log and the run's files.
import { foldLog } from "../../../src/core/labels/labelFold.ts";
import type { LabelEvent, VerdictEvent } from "../../../src/core/labels/labelEvent.ts";

const z = 1.959963984540054;

/** "60 % (23 to 88 %, 5 pairs)", with Wilson's 95 % interval. */
function shareText(right: number, n: number): string {
  const share = right / n;
  const middle = (share + (z * z) / (2 * n)) / (1 + (z * z) / n);
  const half = ((z / (1 + (z * z) / n)) * Math.sqrt(n * share * (1 - share) + (z * z) / 4)) / n;
  const percent = (value: number): string => `${Math.round(100 * value)}`;
  return `${percent(share)} % (${percent(middle - half)} to ${percent(middle + half)} %, ${n} pairs)`;
}

/** Verdicts in force on pairs that were drawn so, with what a model said of them. */
function checked(
  events: readonly LabelEvent[],
  drawn: "unsure" | "audit",
  guesses: ReadonlyMap<string, number>,
): { readonly verdict: VerdictEvent; readonly guess: "first" | "second" }[] {
  return foldLog(events).active.flatMap((verdict) => {
    if (verdict.kind !== "verdict" || verdict.drawn !== drawn) return [];
    const p = guesses.get(verdict.pair);
    if (p === undefined) return [];
    return [{ verdict, guess: p > 0.5 ? ("first" as const) : ("second" as const) }];
  });
}

/** "3 overridden, 43 % (16 to 75 %, 7 pairs)" */
export function reviewText(
  events: readonly LabelEvent[],
  guesses: ReadonlyMap<string, number>,
): string {
  const all = checked(events, "unsure", guesses);
  const overridden = all.filter(({ verdict, guess }) => verdict.winner !== guess).length;
  return `${overridden} overridden, ${shareText(overridden, all.length)}`;
}

/** "60 % (23 to 88 %, 5 pairs)": ties and both bad count 1/2. */
export function auditText(
  events: readonly LabelEvent[],
  guesses: ReadonlyMap<string, number>,
): string {
  const all = checked(events, "audit", guesses);
  const right = all.map(({ verdict: { winner }, guess }) =>
    winner === "tie" || winner === "both-bad" ? 0.5 : winner === guess ? 1 : 0,
  );
  return shareText(
    right.reduce<number>((sum, one) => sum + one, 0),
    all.length,
  );
}

/** What is told of the pair before, once there is a verdict on it. */
export function revealText(
  { winner, shown }: { readonly winner?: string; readonly shown: string },
  p: number,
): string {
  const guess = p > 0.5 ? "first" : "second";
  const side = (guess === "first") === (shown === "first-second") ? "A" : "B";
  const agrees = winner === guess ? "You agree." : "You differ.";
  return `the model ${side} better (${Math.round(100 * Math.max(p, 1 - p))} %). ${agrees}`;
}
