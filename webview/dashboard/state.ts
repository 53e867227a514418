// What the dashboard knows: the host's last snapshot taken apart, what is being edited, and how it is looked
// at. Pure; the page is drawn from it.
import type { RunInfo, RunRecord } from "../../src/core/records.ts";
import { summarize, type Judge, type Summary } from "../../src/core/report/summary.ts";
import type {
  DashboardSnapshot,
  FormSettings,
  RunFigures,
  RunOutlook,
  RunSteps,
} from "../../src/protocol/page/dashboardPage.ts";
import { unpack } from "../../src/protocol/page/figures.ts";
import type { AgreementFigures } from "../../src/protocol/page/labelPage.ts";

/** A run as the page shows it; the summary is another object only where a record or the run itself changed. */
export interface ShownRun {
  readonly dir: string;
  readonly title: string;
  readonly info: RunInfo;
  readonly records: readonly RunRecord[];
  readonly summary: Summary;
  readonly audit: AgreementFigures | null;
  readonly review: AgreementFigures | null;
  readonly queueLength: number;
  readonly hasReport: boolean;
}

export interface Shown extends Omit<
  DashboardSnapshot,
  "form" | "outlook" | "selected" | "compared" | "steps"
> {
  readonly form: FormSettings;
  readonly outlook: RunOutlook;
  readonly selected: ShownRun | null;
  readonly compared: ShownRun | null;
  readonly steps: RunSteps | null;
}

export type CalibrationError = "ece" | "smece";

/** How the figures are looked at; survives reloading. */
export interface View {
  /** The model whose charts are shown; null for the newest. */
  readonly iteration: number | null;
  /** Null for the one that the words at the top go by: the test set where there is one. */
  readonly judge: Judge | null;
  readonly calibration: CalibrationError;
  /** What the slider tries out; null for the run's own threshold. */
  readonly threshold: number | null;
  /** Whether the form is unfolded; null for "as the page thinks best". */
  readonly isFormOpen: boolean | null;
}

export const firstView: View = {
  iteration: null,
  judge: null,
  calibration: "smece",
  threshold: null,
  isFormOpen: null,
};

/** Takes a snapshot apart. What is the same as before stays the same object, so that nothing is drawn anew. */
export function shownOf(snapshot: DashboardSnapshot, before: Shown | null): Shown {
  return {
    ...snapshot,
    form: unpack(snapshot.form),
    outlook: unpack(snapshot.outlook),
    selected: runOf(snapshot.selected, before),
    compared: runOf(snapshot.compared, before),
    steps: snapshot.steps && unpack(snapshot.steps),
  };
}

/** The state after a record was appended to a run; one that is there already is left out. */
export function withRecord(shown: Shown, dir: string, record: RunRecord): Shown {
  const add = (run: ShownRun | null): ShownRun | null => {
    if (run?.dir !== dir) return run;
    if (run.records.some((old) => isSame(old, record))) return run;
    return withSummary({ ...run, records: [...run.records, record] });
  };
  return { ...shown, selected: add(shown.selected), compared: add(shown.compared) };
}

/** The judge that a run can be shown by: the one asked for, or the one that it has. */
export function judgeOf({ summary }: ShownRun, asked: Judge | null): Judge | null {
  if (asked === null) return summary.judge;
  const has = (judge: Judge): boolean =>
    summary.iterations.some(
      (record) => (judge === "test" ? record.test : record.validation) !== null,
    );
  if (has(asked)) return asked;
  const other = asked === "test" ? "validation" : "test";
  return has(other) ? other : null;
}

function runOf(figures: RunFigures | null, before: Shown | null): ShownRun | null {
  if (figures === null) return null;
  const old = [before?.selected, before?.compared].find((run) => run?.dir === figures.dir);
  const records = unpack(figures.records).map(
    (record) => old?.records.find((known) => isSame(known, record)) ?? record,
  );
  const info = unpack(figures.info);
  const run: Omit<ShownRun, "summary"> = {
    ...figures,
    info: old && isSame(old.info, info) ? old.info : info,
    records,
    audit: figures.audit && unpack(figures.audit),
    review: figures.review && unpack(figures.review),
  };
  const isUnchanged =
    old?.info === run.info &&
    old.records.length === records.length &&
    old.records.every((record, i) => record === records[i]);
  return isUnchanged ? { ...run, summary: old.summary } : withSummary(run);
}

function withSummary(run: Omit<ShownRun, "summary">): ShownRun {
  return { ...run, summary: summarize(run.info, run.records) };
}

/** Deep equality of plain values; NaN equals NaN. */
function isSame(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true;
  if (typeof a !== "object" || typeof b !== "object" || a === null || b === null) return false;
  const keys = Object.keys(a);
  return (
    keys.length === Object.keys(b).length &&
    keys.every((key) => isSame(a[key as keyof typeof a], b[key as keyof typeof b]))
  );
}
