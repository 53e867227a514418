// From what a person says of A and B to the label log, and back.
import type { LabelPayload, Strength } from "../../core/labels/labelEvent.ts";
import type { Act } from "../../core/labeling/judgedLog.ts";
import { winnerOf } from "../../core/shownPair.ts";
import type { Judgment } from "../../protocol/page/judging.ts";
import type { JudgeRequest } from "../../protocol/page/labelPage.ts";
import type { Showing } from "./tickets.ts";

const sideAndStrength: Readonly<
  Record<
    Exclude<Judgment, "tie" | "both-bad">,
    { readonly side: "a" | "b"; readonly strength: Strength }
  >
> = {
  "a-much": { side: "a", strength: 3 },
  "a-better": { side: "a", strength: 2 },
  "a-slightly": { side: "a", strength: 1 },
  "b-slightly": { side: "b", strength: 1 },
  "b-better": { side: "b", strength: 2 },
  "b-much": { side: "b", strength: 3 },
};

/** What an act writes into the log. */
export function actPayload(
  { judgment, activeMs, rationale }: JudgeRequest,
  { pair, shown, drawn }: Showing,
  by: { readonly rater: string; readonly guideline: string | null },
): LabelPayload {
  const facts = {
    pair,
    shown,
    activeMs: Math.round(activeMs),
    ...(rationale.trim() === "" ? {} : { rationale }),
    rater: by.rater,
    suggestionVisible: false,
    ...(by.guideline === null ? {} : { guideline: by.guideline }),
    drawn,
  };
  if (judgment === "skip") return { kind: "skip", ...facts };
  if (judgment === "both-bad") return { kind: "verdict", winner: "both-bad", ...facts };
  if (judgment === "tie") return { kind: "verdict", winner: "tie", ...facts };
  const { side, strength } = sideAndStrength[judgment];
  return { kind: "verdict", winner: winnerOf(side, shown), strength, ...facts };
}

/** What an act says of A and B as they are shown now. */
export function judgmentOf(act: Act, shown: Showing["shown"]): Judgment | "skip" {
  if (act.kind === "skip") return "skip";
  if (act.winner === "tie" || act.winner === "both-bad") return act.winner;
  const side = (act.winner === "first") === (shown === "first-second") ? "a" : "b";
  // A verdict without a strength, from another tool, is plainly better.
  const degree = ({ 1: "slightly", 2: "better", 3: "much" } as const)[act.strength ?? 2];
  return `${side}-${degree}`;
}
