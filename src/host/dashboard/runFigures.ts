// A run as the dashboard shows it: what its directory says, and what people's checks say of it. No VS Code here.
import type { FoldedVerdict } from "../../core/labels/labelFold.ts";
import { agrees, auditPrecision, checksUntil, overrideRate } from "../../core/labeling/review.ts";
import type { Checked } from "../../core/labeling/review.ts";
import type { AgreementFigures } from "../../protocol/page/labelPage.ts";
import type { RunFigures, RunSummary } from "../../protocol/page/dashboardPage.ts";
import { pack } from "../../protocol/page/figures.ts";
import { lastIteration, runLabel } from "../runText.ts";
import type { RunView } from "../runStore.ts";

/** An audit is told how many more checks would bring its interval to this much to each side. */
const auditNarrowTo = 0.05;

export type Verdicts = ReadonlyMap<string, FoldedVerdict>;

interface Agreement {
  readonly audit: AgreementFigures | null;
  readonly review: AgreementFigures | null;
}

/** A run in the list. */
export function runSummary({ dir, info, owner }: RunView): RunSummary {
  return { dir, title: runLabel(info), state: info.state, owner, error: info.error };
}

/** Reads what the figures of a run need beside its records, and keeps it until the run goes on. */
export class RunReader {
  readonly #queues = new Map<string, { readonly stamp: string; readonly length: number }>();
  readonly #guesses = new Map<string, { readonly key: string; readonly figures: Agreement }>();

  /** The figures of one of the runs; `verdicts` are those in force. */
  async figures(
    run: RunView,
    { runs, verdicts }: { readonly runs: readonly RunView[]; readonly verdicts: Verdicts },
  ): Promise<RunFigures> {
    const { dir, info, records, hasReport } = run;
    const { audit, review } = await this.#agreement(run, judgedSince(run, { runs, verdicts }));
    return {
      dir,
      title: runLabel(info),
      info: pack(info),
      records: pack(records),
      audit: audit === null ? null : pack(audit),
      review: review === null ? null : pack(review),
      queueLength: await this.#queueLength(run),
      hasReport,
    };
  }

  async #queueLength(run: RunView): Promise<number> {
    const stamp = stampOf(run);
    const known = this.#queues.get(run.dir);
    if (known?.stamp === stamp) return known.length;
    const { readRunQueue } = await import("../../data/runs/runFiles.ts");
    const { length } = await readRunQueue(run.dir);
    this.#queues.set(run.dir, { stamp, length });
    return length;
  }

  async #agreement(run: RunView, judged: readonly FoldedVerdict[]): Promise<Agreement> {
    if (judged.length === 0) return { audit: null, review: null };
    const key = `${stampOf(run)} ${judged.map(({ event }) => event.id).join()}`;
    const known = this.#guesses.get(run.dir);
    if (known?.key === key) return known.figures;
    const figures = await agreementOf(run, judged);
    this.#guesses.set(run.dir, { key, figures });
    return figures;
  }
}

/** The run's files change only where its records, its state or its report do. */
function stampOf({ info, records, hasReport }: RunView): string {
  return `${records.length} ${info.state} ${hasReport}`;
}

/**
 * Verdicts on pairs that a model had a say in choosing, given while this run was the newest: then they were
 * chosen by it.
 */
function judgedSince(
  run: RunView,
  { runs, verdicts }: { readonly runs: readonly RunView[]; readonly verdicts: Verdicts },
): FoldedVerdict[] {
  const from = run.info.createdAt;
  const next = runs
    .map(({ info }) => info.createdAt)
    .filter((createdAt) => createdAt > from)
    .sort()[0];
  return [...verdicts.values()].filter(({ event: { drawn, time } }) => {
    if (drawn !== "unsure" && drawn !== "audit") return false;
    return time >= from && (next === undefined || time < next);
  });
}

async function agreementOf(run: RunView, judged: readonly FoldedVerdict[]): Promise<Agreement> {
  const { pseudoLabelsOf, scoresOf } = await import("../../data/runs/runFiles.ts");
  const ids = new Set(judged.map(({ pair }) => pair));
  const scores = new Map<string, number>();
  for await (const { id, p } of scoresOf(run.dir)) if (ids.has(id)) scores.set(id, p);
  const pseudo = new Map<string, number>();
  const last = lastIteration(run.records)?.iteration ?? 0;
  for await (const { id, p, selected } of pseudoLabelsOf(run.dir, last)) {
    if (selected && ids.has(id)) pseudo.set(id, p);
  }
  const checked = (drawn: "unsure" | "audit", guesses: ReadonlyMap<string, number>): Checked[] =>
    judged.flatMap(({ event, pair, winner }) => {
      const p = guesses.get(pair);
      return event.drawn === drawn && p !== undefined ? [{ winner, p }] : [];
    });
  return {
    review: reviewFigures(checked("unsure", scores)),
    audit: auditFigures(checked("audit", pseudo)),
  };
}

function reviewFigures(checked: readonly Checked[]): AgreementFigures | null {
  const rate = overrideRate(checked);
  if (rate === null) return null;
  return { rate, overrides: overridesIn(checked), moreChecks: null, narrowTo: null };
}

function auditFigures(checked: readonly Checked[]): AgreementFigures | null {
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
