// What pressing Run would do with the project as it stands: labels, unlabeled pairs, time. Counts come from the
// newest run on the same files, else from counting their rows. No VS Code here.
import { estimateSeconds } from "../../core/dashboard/outlook.ts";
import type { PastRun } from "../../core/dashboard/outlook.ts";
import { measuresCalibration } from "../../core/labels/drawn.ts";
import type { RunInfo } from "../../core/records.ts";
import type { FormSettings, RunOutlook } from "../../protocol/page/dashboardPage.ts";
import type { RunView } from "../runStore.ts";
import { lastIteration } from "../runText.ts";
import type { Verdicts } from "./runFigures.ts";

/** A data file as it is on the disk now. */
export interface FileNow {
  readonly path: string;
  readonly bytes: number;
  /** Null while its rows are being counted, and where they can't be. */
  readonly rows: number | null;
}

export interface OutlookFacts {
  readonly form: FormSettings;
  readonly runs: readonly RunView[];
  readonly verdicts: Verdicts;
  readonly data: readonly FileNow[];
  readonly labeled: readonly FileNow[];
  readonly problem: string | null;
  readonly device: string;
}

/** The outlook of a run with these settings. */
export function outlookOf(facts: OutlookFacts): RunOutlook {
  const { form, runs, problem, device } = facts;
  const same = runs.find(({ info, records }) => {
    const isSame = hasFiles(info.data, facts.data) && hasFiles(info.labeledData, facts.labeled);
    return isSame && lastIteration(records) !== null;
  });
  const { labels, randomLabels } = labelsOf(facts, same);
  const pairs = pairsOf(facts, same);
  return {
    labels,
    randomLabels,
    unlabeled: pairs === null ? null : Math.max(0, pairs - labels),
    seconds: estimateSeconds(runs.map(pastRun), {
      model: form.model,
      iterations: form.iterations,
      pairs,
    }),
    problem,
    device,
  };
}

/** A run as what it took. */
export function pastRun({ info, records }: RunView): PastRun {
  const whole = (Date.parse(info.finishedAt ?? "") - Date.parse(info.createdAt)) / 1000;
  const isDone = info.state === "done" && Number.isFinite(whole);
  return { model: info.settings.model, records, wholeSeconds: isDone ? whole : null };
}

function labelsOf(
  facts: OutlookFacts,
  same: RunView | undefined,
): { labels: number; randomLabels: number } {
  const people = [...facts.verdicts.values()].filter(({ winner }) => winner !== "both-bad");
  const fromFiles = sum(facts.labeled) ?? 0;
  const drawn = drawnLabels(facts, same);
  const random = people.filter(measuresCalibration).length;
  return {
    labels: people.length + fromFiles + drawn,
    // Rows of files say nothing of how they were drawn, and a simulation draws at random.
    randomLabels: random + fromFiles + drawn,
  };
}

/** How many labels a simulation draws from the data. */
function drawnLabels({ form, data }: OutlookFacts, same: RunView | undefined): number {
  if (form.seedCount !== null) return form.seedCount;
  if (form.seedFraction !== null) {
    const before = same?.info.settings.seedFraction === form.seedFraction ? same : undefined;
    const known = before && lastIteration(before.records)?.labeled;
    return known ?? Math.round(form.seedFraction * (sum(data) ?? 0));
  }
  return 0;
}

/** Labeled and unlabeled pairs together; rows of the same pair are told apart only by a run. */
function pairsOf({ data, labeled }: OutlookFacts, same: RunView | undefined): number | null {
  const last = same && lastIteration(same.records);
  if (last) return last.labeled + last.unlabeled;
  const rows = sum(data);
  const more = sum(labeled);
  return rows === null || more === null ? null : rows + more;
}

function hasFiles(files: RunInfo["data"], now: readonly FileNow[]): boolean {
  return (
    files.length === now.length &&
    files.every(({ path, bytes }, i) => path === now[i]!.path && bytes === now[i]!.bytes)
  );
}

function sum(files: readonly FileNow[]): number | null {
  let total = 0;
  for (const { rows } of files) {
    if (rows === null) return null;
    total += rows;
  }
  return total;
}
