// A planned pair as the page gets it: A and B, and nothing of where they come from.
import type { PairCard, Reveal } from "../../protocol/page/labelPage.ts";
import { confidenceOf } from "../../core/confidence.ts";
import { guessOf } from "../../core/labeling/review.ts";
import type { Winner } from "../../core/pair.ts";
import type { Draft } from "./drafts.ts";
import type { Person } from "./personLog.ts";
import type { Planned } from "./planner.ts";
import type { Showing } from "./tickets.ts";
import { judgmentOf } from "./verdicts.ts";

/** The card of a planned pair, with what was typed or said before. */
export function cardOf(
  { ticket, showing, found }: Planned,
  { log, own }: Person,
  draft: Draft | null,
): PairCard {
  const { id, pair } = found;
  const { shown } = showing;
  const [a, b] = shown === "first-second" ? [pair.first, pair.second] : [pair.second, pair.first];
  const before =
    own.takenBack(id) ??
    (showing.drawn === "chosen" ? own.inForce.findLast((act) => act.pair === id) : null) ??
    null;
  return {
    ticket,
    pairId: id,
    prompt: pair.prompt,
    a,
    b,
    isFlagged: log.flagsOf(id).length > 0,
    given: before === null ? null : judgmentOf(before, shown),
    rationale: draft?.rationale ?? before?.rationale ?? "",
    activeMs: draft?.activeMs ?? before?.activeMs ?? 0,
  };
}

/** What the model had said, in the order that was shown; null where it said nothing or the pair was skipped. */
export function revealOf(
  { ticket, showing }: { readonly ticket: string; readonly showing: Showing },
  p: number | null,
  winner: Winner | null,
): Reveal | null {
  if (p === null || winner === null) return null;
  const guess = guessOf(p);
  const isA = (guess === "first") === (showing.shown === "first-second");
  return {
    ticket,
    guess: guess === "tie" ? "tie" : isA ? "a" : "b",
    confidence: confidenceOf(p),
    agrees: winner === guess,
  };
}
