// The figures on the label page, from the log and the deck.
import { leftRate, repeatConsistency } from "../../core/labeling/consistency.ts";
import type { Act } from "../../core/labeling/judgedLog.ts";
import { secondsLeft, secondsPerVerdict } from "../../core/labeling/pace.ts";
import type { VerdictEvent } from "../../core/labels/labelEvent.ts";
import type { LabelProgress } from "../../protocol/page/labelPage.ts";
import type { Deck } from "./deck.ts";
import type { Person } from "./personLog.ts";
import { secondLooks } from "./secondLooks.ts";

/** `guideline`: the version of the guidelines as they are now, null without any. */
export function progressOf(deck: Deck, person: Person, guideline: string | null): LabelProgress {
  const { log, own } = person;
  const acts = own.inForce;
  const verdicts = acts.filter((act): act is VerdictEvent => act.kind === "verdict");
  const done = verdicts.filter((verdict) => isOfUse(verdict, deck));
  const pace = secondsPerVerdict(verdicts.slice(-20).flatMap(({ activeMs }) => activeMs ?? []));
  const fresh = deck.left(log);
  const again = secondLooks(person).filter(({ pair }) => deck.candidate(pair) !== null).length;
  const left = fresh === null ? null : fresh + again;
  return {
    done: done.length,
    left,
    secondsPerVerdict: pace,
    secondsLeft: secondsLeft(left, pace),
    labels: log.judged.size,
    canUndo: own.undoable !== null,
    canRedo: own.redoable !== null,
    stale: guideline === null ? 0 : staleIn(verdicts, guideline),
    leftRate: leftRate(verdicts),
    consistency: repeatConsistency(verdicts),
    agreement: deck.agreement(log.verdicts.values()),
  };
}

/** Whether a verdict was given in this use of the page. */
function isOfUse({ pair, drawn }: Act, deck: Deck): boolean {
  if (deck.mode === "label") return drawn !== "audit";
  if (deck.guessOf(pair) === null) return false;
  return (drawn === "audit") === (deck.mode === "audit");
}

/** Verdicts given under another text of the guidelines than the one that is there now. */
function staleIn(verdicts: readonly VerdictEvent[], current: string): number {
  return verdicts.filter(({ guideline }) => guideline !== undefined && guideline !== current)
    .length;
}
