// The dashboard's entry: the state, what changes it, and when the page is drawn.
import "../ui/base.css";
import "../charts/charts.css";
import "./dashboard.css";
import { render } from "lit";
import { percent } from "../../src/core/report/numbers.ts";
import { unpack } from "../../src/protocol/page/figures.ts";
import type {
  DashboardPageToHost,
  DashboardSnapshot,
  HostToDashboardPage,
} from "../../src/protocol/page/dashboardPage.ts";
import { announce } from "../ui/announce.ts";
import { connect, keep } from "../ui/connect.ts";
import { readDraft, settled } from "./draft.ts";
import { keptState } from "./kept.ts";
import type { Actions, PageState } from "./page.ts";
import { shownOf, withRecord } from "./state.ts";
import { pageView } from "./view.ts";

const root = document.getElementById("page")!;
const before = keptState();
let state: PageState = {
  shown: null,
  failure: null,
  complaint: null,
  draft: before.draft,
  view: before.view,
};
let runs = before.runs;

const host = connect<HostToDashboardPage, DashboardPageToHost>({
  show: (snapshot) => take(snapshot),
  record: ({ dir, record: packed }) => {
    const record = unpack(packed);
    if (!state.shown) return;
    set({ shown: withRecord(state.shown, dir, record) });
    if (record.kind === "iteration" && dir === state.shown.selected?.dir) {
      const metrics = record.test ?? record.validation;
      announce(
        `Model ${record.iteration} is done${metrics ? `: right ${percent(metrics.accuracy)} of the time` : ""}.`,
      );
    }
  },
  steps: ({ dir, steps }) => {
    const { shown } = state;
    const isActive = shown?.runs.some((run) => run.dir === dir && run.owner === "here");
    if (shown && isActive) set({ shown: { ...shown, steps: unpack(steps) } });
  },
});

const actions: Actions = {
  charts: {
    open: (pairs) => ask(host.request("openPairs", pairs)),
    copy: (text) => ask(host.request("copy", { text })),
    save: (name, text) => ask(host.request("saveFile", { name, text })),
  },
  look: (change) => set({ view: { ...state.view, ...change } }),
  edit: (field, text) => set({ draft: { ...state.draft, [field]: text } }),
  saveForm: () => void saveForm(),
  select: (chosen) => {
    runs = chosen;
    set({ view: { ...state.view, iteration: null, threshold: null } });
    ask(host.request("select", chosen).then(take));
  },
  start: (form, where) => {
    announce("The run is being started.");
    ask(host.request("start", { form, isDetached: where === "detached" }));
  },
  control: (act, dir) => ask(host.request("control", { act, dir })),
  act: (act, dir) => ask(host.request("act", { act, dir: dir ?? null })),
};

draw();
try {
  take(await host.request("open", runs));
  scrollTo(0, before.scroll);
} catch (error) {
  set({ failure: messageOf(error) });
}
addEventListener("pagehide", keepAll);
document.addEventListener("scrollend", keepAll);

function take(snapshot: DashboardSnapshot): void {
  const shown = shownOf(snapshot, state.shown);
  const activity = state.shown?.activity ?? shown.activity;
  runs = { selected: shown.selected?.dir ?? null, compared: shown.compared?.dir ?? null };
  set({ shown, failure: null });
  if (activity !== shown.activity) announce(activityTexts[shown.activity]);
}

const activityTexts = {
  idle: "The run has ended.",
  running: "A run is being made.",
  paused: "The run is paused.",
} as const;

/** Keeps the form on the disk once every field is right; until then the problems are in sight. */
async function saveForm(): Promise<void> {
  const { shown, draft } = state;
  if (!shown) return;
  const { form, problems } = readDraft(shown.form, draft);
  if (Object.keys(problems).length > 0) return;
  try {
    const snapshot = await host.request("saveForm", { form });
    set({ draft: settled(state.draft, draft), complaint: null });
    take(snapshot);
  } catch (error) {
    set({ complaint: messageOf(error) });
  }
}

function ask(answer: Promise<unknown>): void {
  answer.then(
    () => {
      if (state.complaint !== null) set({ complaint: null });
    },
    (error: unknown) => set({ complaint: messageOf(error) }),
  );
}

function set(change: Partial<PageState>): void {
  state = { ...state, ...change };
  draw();
  keepAll();
}

function draw(): void {
  render(pageView(state, actions), root);
}

function keepAll(): void {
  keep({ draft: state.draft, view: state.view, runs, scroll: scrollY });
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
