// A host of the dashboard in memory: snapshots made of whole runs, and everything that the page asked for.
import type { RunInfo, RunRecord } from "../../../src/core/records.ts";
import type {
  DashboardPageToHost,
  DashboardSnapshot,
  FormSettings,
  RunFigures,
  RunOutlook,
  RunSteps,
} from "../../../src/protocol/page/dashboardPage.ts";
import { pack } from "../../../src/protocol/page/figures.ts";
import type { AgreementFigures } from "../../../src/protocol/page/labelPage.ts";
import type { Handlers } from "../../../src/protocol/peer.ts";

/** A run as tests name it. */
export interface HostRun {
  readonly dir: string;
  readonly title: string;
  readonly info: RunInfo;
  readonly records: readonly RunRecord[];
  readonly owner?: "here" | "elsewhere" | "nobody";
  readonly audit?: AgreementFigures;
  readonly review?: AgreementFigures;
  readonly queueLength?: number;
}

export interface HostState {
  project: DashboardSnapshot["project"];
  problem: string | null;
  isTrusted: boolean;
  form: FormSettings;
  outlook: RunOutlook;
  activity: DashboardSnapshot["activity"];
  runs: readonly HostRun[];
  selected: string | null;
  compared: string | null;
  steps: RunSteps | null;
}

export interface DashboardHost {
  readonly state: HostState;
  readonly handlers: Handlers<DashboardPageToHost>;
  /** What the page asked for beside snapshots, in order. */
  readonly asked: (readonly [method: string, parameter: unknown])[];
  snapshot(): DashboardSnapshot;
}

/** A project with 212 labels and 11,575 unlabeled pairs, and these runs, the first of them shown. */
export function dashboardHost(change: Partial<HostState> = {}): DashboardHost {
  const state: HostState = {
    project: "ready",
    problem: null,
    isTrusted: true,
    form: {
      model: "lexical",
      threshold: 0.8,
      confidence: "raw",
      iterations: 3,
      start: "restart",
      keep: "last",
      seed: 0,
      seedCount: null,
      seedFraction: null,
    },
    outlook: {
      labels: 212,
      randomLabels: 180,
      unlabeled: 11_575,
      seconds: 40,
      problem: null,
      device: "cpu, this machine",
    },
    activity: "idle",
    runs: [],
    selected: change.runs?.[0]?.dir ?? null,
    compared: null,
    steps: null,
    ...change,
  };
  const asked: [string, unknown][] = [];
  const note =
    (method: string) =>
    (parameter: unknown): void =>
      void asked.push([method, parameter]);
  const select = (request: { selected: string | null; compared: string | null }) => {
    state.selected = request.selected ?? state.selected;
    state.compared = request.compared;
    return snapshotOf(state);
  };
  return {
    state,
    asked,
    snapshot: () => snapshotOf(state),
    handlers: {
      open: ({ selected, compared }) => select({ selected, compared: compared ?? state.compared }),
      select,
      saveForm: ({ form }) => {
        note("saveForm")({ form });
        state.form = form;
        return snapshotOf(state);
      },
      start: note("start"),
      control: note("control"),
      openPairs: note("openPairs"),
      act: note("act"),
      saveFile: note("saveFile"),
      copy: note("copy"),
    },
  };
}

function snapshotOf(state: HostState): DashboardSnapshot {
  const figures = (dir: string | null): RunFigures | null => {
    const run = state.runs.find((one) => one.dir === dir);
    return run ? figuresOf(run) : null;
  };
  return {
    ...state,
    form: pack(state.form),
    outlook: pack(state.outlook),
    runs: state.runs.map(({ dir, title, info, owner }) => ({
      ...{ dir, title, state: info.state, error: info.error },
      owner: owner ?? "nobody",
    })),
    selected: figures(state.selected),
    compared: figures(state.compared),
    steps: state.steps && pack(state.steps),
  };
}

function figuresOf(run: HostRun): RunFigures {
  const { dir, title, info, records, audit, review } = run;
  return {
    ...{ dir, title },
    info: pack(info),
    records: pack(records),
    audit: audit ? pack(audit) : null,
    review: review ? pack(review) : null,
    queueLength: run.queueLength ?? 0,
    hasReport: info.state === "done",
  };
}
