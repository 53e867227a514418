// The seam between the dashboard (run form and charts) and the extension host. Everything shown is read from
// run directories; a snapshot is the whole of it.
import type { RunInfo, RunRecord, RunSettings } from "../../core/records.ts";
import type { Packed } from "./figures.ts";
import type { AgreementFigures } from "./labelPage.ts";

/** The form's fields as project.json has them. */
export type FormSettings = Pick<
  RunSettings,
  | "model"
  | "threshold"
  | "confidence"
  | "iterations"
  | "start"
  | "keep"
  | "seed"
  | "seedCount"
  | "seedFraction"
>;

/** What pressing Run will do. */
export interface RunOutlook {
  /** Labels found, by people and from files. */
  readonly labels: number;
  /** Labels that were drawn at random, which calibration is measured on. */
  readonly randomLabels: number;
  /** Pairs without a label; null while they are being counted. */
  readonly unlabeled: number | null;
  /** Estimated from earlier runs and the size of the data; null where nothing is known. */
  readonly seconds: number | null;
  /** Why Run can't be pressed, and what to do; null where it can. */
  readonly problem: string | null;
  /** "cpu on this machine (host x)": where it will run. */
  readonly device: string;
}

export type Activity = "idle" | "running" | "paused";

export interface RunSummary {
  readonly dir: string;
  readonly title: string;
  readonly state: RunInfo["state"];
  readonly owner: "here" | "elsewhere" | "nobody";
  readonly error: string | null;
}

export interface RunSteps {
  readonly iteration: number;
  readonly phase: string;
  readonly done: number;
  readonly total: number;
  readonly secondsLeft: number | null;
}

/** A run in full, as its directory says. */
export interface RunFigures {
  readonly dir: string;
  readonly title: string;
  readonly info: Packed<RunInfo>;
  readonly records: Packed<readonly RunRecord[]>;
  /** Audited pseudo-labels and reviewed pairs of this run; null where nobody judged any. */
  readonly audit: Packed<AgreementFigures> | null;
  readonly review: Packed<AgreementFigures> | null;
  readonly queueLength: number;
  readonly hasReport: boolean;
}

export interface DashboardSnapshot {
  readonly project: "none" | "broken" | "virtual" | "ready";
  readonly problem: string | null;
  readonly isTrusted: boolean;
  readonly form: Packed<FormSettings>;
  readonly outlook: Packed<RunOutlook>;
  readonly activity: Activity;
  readonly runs: readonly RunSummary[];
  readonly selected: RunFigures | null;
  readonly compared: RunFigures | null;
  readonly steps: Packed<RunSteps> | null;
}

/** What the page asks of the host. */
export interface DashboardPageToHost {
  /** First thing after (re)loading, with the runs that it showed. */
  open(request: {
    readonly selected: string | null;
    readonly compared: string | null;
  }): DashboardSnapshot;
  select(request: {
    readonly selected: string | null;
    readonly compared: string | null;
  }): DashboardSnapshot;
  /** Checks and keeps the form in project.json; fails with what is wrong with which field. */
  saveForm(request: { readonly form: FormSettings }): DashboardSnapshot;
  start(request: { readonly form: FormSettings; readonly isDetached: boolean }): void;
  control(request: { readonly act: "pause" | "resume" | "cancel"; readonly dir: string }): void;
  /** Opens the pairs of a mark in the data editor. */
  openPairs(request: {
    readonly dir: string;
    readonly iteration: number;
    readonly set: "unlabeled" | "validation" | "test" | "selected";
    readonly from: number;
    readonly to: number;
  }): void;
  act(request: {
    readonly act:
      | "label"
      | "review"
      | "audit"
      | "report"
      | "export"
      | "new-project"
      | "open-project"
      | "score"
      | "evaluate"
      | "log";
    readonly dir: string | null;
  }): void;
  /** Saves a chart or a table where the user says. */
  saveFile(request: { readonly name: string; readonly text: string }): void;
  copy(request: { readonly text: string }): void;
}

/** What the host tells the page, at most ten times a second. */
export interface HostToDashboardPage {
  show(snapshot: DashboardSnapshot): void;
  /** A record was appended to the selected run. */
  record(event: { readonly dir: string; readonly record: Packed<RunRecord> }): void;
  steps(event: { readonly dir: string; readonly steps: Packed<RunSteps> }): void;
}
