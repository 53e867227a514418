// What verdicts of people say of a run's guesses: overrides in review, precision in an audit. The label page and
// the dashboard both show what is worked out here.
import { reasonOf } from "../../core/labels/drawn.ts";
import type { FoldedVerdict } from "../../core/labels/labelFold.ts";
import {
  agrees,
  auditPrecision,
  checksUntil,
  overrideRate,
  type Checked,
} from "../../core/labeling/review.ts";
import type { IterationRecord, RunInfo, RunRecord } from "../../core/records.ts";
import type { AgreementFigures } from "../../protocol/page/labelPage.ts";

/** An audit is told how many more checks would bring its interval to this much to each side. */
const auditNarrowTo = 0.05;

/** The time in which a run's model was the newest, so that it had the say in choosing pairs; ISO texts. */
export interface Reign {
  readonly from: string;
  /** Null while it lasts. */
  readonly until: string | null;
}

/** A run as far as its reign needs it. */
interface Ruler {
  readonly info: Pick<RunInfo, "createdAt">;
  readonly records: readonly RunRecord[];
}

/** From the run's start until the next one that has a model by now: before that, pairs still come from this run. */
export function reignOf(run: Ruler, runs: readonly Ruler[]): Reign {
  const from = run.info.createdAt;
  const later = runs
    .filter(({ info, records }) => info.createdAt > from && records.some(isIteration))
    .map(({ info }) => info.createdAt)
    .sort();
  return { from, until: later[0] ?? null };
}

/** Verdicts of the reign on pairs that were shown for this reason, repeats of them included. */
export function judgedIn(
  { from, until }: Reign,
  drawn: "unsure" | "audit",
  verdicts: Iterable<FoldedVerdict>,
): FoldedVerdict[] {
  const judged: FoldedVerdict[] = [];
  for (const verdict of verdicts) {
    const { time } = verdict.event;
    if (time < from || (until !== null && time >= until)) continue;
    if (reasonOf(verdict) === drawn) judged.push(verdict);
  }
  return judged;
}

/** How often verdicts differ from the guess (p of the first); null where no guess was judged. */
export function reviewFigures(
  judged: readonly FoldedVerdict[],
  guessOf: (pair: string) => number | null,
): AgreementFigures | null {
  const checked = checkedOf(judged, guessOf);
  const rate = overrideRate(checked);
  if (rate === null) return null;
  return { rate, overrides: overridesIn(checked), moreChecks: null, narrowTo: null };
}

/** How right pseudo-labels are by the verdicts of an audit; null where none was judged. */
export function auditFigures(
  judged: readonly FoldedVerdict[],
  guessOf: (pair: string) => number | null,
): AgreementFigures | null {
  const checked = checkedOf(judged, guessOf);
  const rate = auditPrecision(checked);
  if (rate === null) return null;
  return {
    rate,
    overrides: overridesIn(checked),
    moreChecks: checksUntil(auditNarrowTo, rate),
    narrowTo: auditNarrowTo,
  };
}

function checkedOf(
  judged: readonly FoldedVerdict[],
  guessOf: (pair: string) => number | null,
): Checked[] {
  return judged.flatMap(({ pair, winner }) => {
    const p = guessOf(pair);
    return p === null ? [] : [{ winner, p }];
  });
}

function overridesIn(checked: readonly Checked[]): number {
  return checked.filter((one) => !agrees(one)).length;
}

function isIteration(record: RunRecord): record is IterationRecord {
  return record.kind === "iteration";
}
