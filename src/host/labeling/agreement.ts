// What the verdicts of a person say of a run's guesses: overrides in review, precision in an audit.
import type { Act } from "../../core/labeling/judgedLog.ts";
import {
  agrees,
  auditPrecision,
  checksUntil,
  overrideRate,
  type Checked,
} from "../../core/labeling/review.ts";
import type { AgreementFigures } from "../../protocol/page/labelPage.ts";

/** An audit is told how many more checks would bring its interval to this much to each side. */
const auditNarrowTo = 0.05;

/** Verdicts on pairs that were drawn for this reason and that the model had an opinion of. */
function checkedOf(
  acts: readonly Act[],
  drawn: "unsure" | "audit",
  guessOf: (pair: string) => number | null,
): Checked[] {
  const byPair = new Map<string, Checked>();
  for (const act of acts) {
    if (act.kind !== "verdict" || act.drawn !== drawn) continue;
    const p = guessOf(act.pair);
    if (p !== null) byPair.set(act.pair, { winner: act.winner, p });
  }
  return [...byPair.values()];
}

/** How often verdicts on unsure pairs differ from the guess; null where there are none. */
export function reviewFigures(
  acts: readonly Act[],
  guessOf: (pair: string) => number | null,
): AgreementFigures | null {
  const checked = checkedOf(acts, "unsure", guessOf);
  const rate = overrideRate(checked);
  if (rate === null) return null;
  return { rate, overrides: overridesIn(checked), moreChecks: null, narrowTo: null };
}

/** How right the pseudo-labels are by the verdicts of the audit; null where there are none. */
export function auditFigures(
  acts: readonly Act[],
  guessOf: (pair: string) => number | null,
): AgreementFigures | null {
  const checked = checkedOf(acts, "audit", guessOf);
  const rate = auditPrecision(checked);
  if (rate === null) return null;
  return {
    rate,
    overrides: overridesIn(checked),
    moreChecks: checksUntil(auditNarrowTo, rate),
    narrowTo: auditNarrowTo,
  };
}

function overridesIn(checked: readonly Checked[]): number {
  return checked.filter((one) => !agrees(one)).length;
}
