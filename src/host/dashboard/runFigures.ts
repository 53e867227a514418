// A run as the dashboard shows it: what its directory says, and what people's checks say of it. No VS Code here.
import type { FoldedVerdict } from "../../core/labels/labelFold.ts";
import type { AgreementFigures } from "../../protocol/page/labelPage.ts";
import type { RunFigures, RunSummary } from "../../protocol/page/dashboardPage.ts";
import { pack } from "../../protocol/page/figures.ts";
import { lastIteration, runLabel } from "../runText.ts";
import { auditFigures, judgedIn, reignOf, reviewFigures } from "../labeling/agreement.ts";
import type { RunView } from "../runStore.ts";

export type Verdicts = ReadonlyMap<string, FoldedVerdict>;

interface Agreement {
  readonly audit: AgreementFigures | null;
  readonly review: AgreementFigures | null;
}

/** Verdicts on what the run was unsure of, and on what it was sure of. */
interface Judged {
  readonly unsure: readonly FoldedVerdict[];
  readonly audited: readonly FoldedVerdict[];
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
    const reign = reignOf(run, runs);
    const { audit, review } = await this.#agreement(run, {
      unsure: judgedIn(reign, "unsure", verdicts.values()),
      audited: judgedIn(reign, "audit", verdicts.values()),
    });
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

  async #agreement(run: RunView, judged: Judged): Promise<Agreement> {
    const all = [...judged.unsure, ...judged.audited];
    if (all.length === 0) return { audit: null, review: null };
    const key = `${stampOf(run)} ${all.map(({ event }) => event.id).join()}`;
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

async function agreementOf(run: RunView, { unsure, audited }: Judged): Promise<Agreement> {
  const { pseudoLabelsOf, scoresOf } = await import("../../data/runs/runFiles.ts");
  const ids = new Set([...unsure, ...audited].map(({ pair }) => pair));
  const scores = new Map<string, number>();
  for await (const { id, p } of scoresOf(run.dir)) if (ids.has(id)) scores.set(id, p);
  const pseudo = new Map<string, number>();
  const last = lastIteration(run.records)?.iteration ?? 0;
  for await (const { id, p, selected } of pseudoLabelsOf(run.dir, last)) {
    if (selected && ids.has(id)) pseudo.set(id, p);
  }
  return {
    review: reviewFigures(unsure, (id) => scores.get(id) ?? null),
    audit: auditFigures(audited, (id) => pseudo.get(id) ?? null),
  };
}
