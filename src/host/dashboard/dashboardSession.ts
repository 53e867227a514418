// What the dashboard page is told, and what it asks: run directories in, snapshots and messages out. At most ten
// messages a second, and none to a page that is hidden. No VS Code here.
import type { Handlers, Peer } from "../../protocol/peer.ts";
import type {
  DashboardPageToHost,
  DashboardSnapshot,
  HostToDashboardPage,
  RunFigures,
  RunSteps,
} from "../../protocol/page/dashboardPage.ts";
import { pack } from "../../protocol/page/figures.ts";
import type { RunView } from "../runStore.ts";
import type { Asked, DashboardActs, DashboardSources } from "./dashboardParts.ts";
import { formOf } from "./projectForm.ts";
import { Pushes } from "./pushes.ts";
import { RunReader, runSummary } from "./runFigures.ts";
import { runSteps } from "./runSteps.ts";
import { safeFileName } from "./safeFileName.ts";

type Page = Peer<DashboardPageToHost, HostToDashboardPage>;

/** The page is told no oftener. */
const leastMs = 100;
/** More new records at once than these are told by one snapshot. */
const mostRecords = 3;
/** A snapshot is large, so the queue behind a record is told when no other record comes for so long. */
const quietMs = 700;

export class DashboardSession {
  readonly #sources: DashboardSources;
  readonly #acts: DashboardActs;
  readonly #page: () => Page | null;
  readonly #reader = new RunReader();
  readonly #pushes: Pushes;
  /** Null follows the newest run. */
  #selected: string | null = null;
  #compared: string | null = null;
  /** What the host chose while no page was there; the page's own choice gives way to it once. */
  #isChosenHere = false;
  #isStale = false;
  #isWaiting = false;
  #callOffRest: (() => void) | null = null;
  #turn: Promise<unknown> = Promise.resolve();
  /** What the page has: how many records of which run, and the rest of the list as a text. */
  #told: { readonly dir: string | null; readonly records: number; readonly list: string } = {
    ...{ dir: null, records: 0, list: "" },
  };
  /** When the newest record of the selected run came, in the clock's milliseconds. */
  #recordAt = 0;
  #recordKey = "";
  /** Labeled and unlabeled, by the last outlook. */
  #pairs: number | null = null;

  constructor(sources: DashboardSources, acts: DashboardActs, page: () => Page | null) {
    this.#sources = sources;
    this.#acts = acts;
    this.#page = page;
    this.#pushes = new Pushes(leastMs, () => this.#push(), sources.clock);
  }

  readonly handlers: Handlers<DashboardPageToHost> = {
    open: (runs) => {
      if (!this.#isChosenHere) this.#choose(runs);
      this.#isChosenHere = false;
      return this.#inTurn(() => this.#snapshot());
    },
    select: (runs) => {
      this.#choose(runs);
      return this.#inTurn(() => this.#snapshot());
    },
    saveForm: async ({ form }) => {
      await this.#acts.saveForm(form);
      return this.#inTurn(() => this.#snapshot());
    },
    start: async ({ form, isDetached }) => {
      await this.#acts.saveForm(form);
      this.#selected = null;
      await this.#acts.start({ isDetached });
    },
    control: async ({ act, dir }) => this.#acts.control(act, this.#run(dir).dir),
    openPairs: async ({ dir, ...mark }) =>
      this.#acts.openPairs({ runDir: this.#run(dir).dir, ...mark }),
    act: async ({ act, dir }) => this.#acts.act(act, dir === null ? null : this.#run(dir).dir),
    saveFile: async ({ name, text }) => this.#acts.saveFile(safeFileName(name), text),
    copy: async ({ text }) => this.#acts.copy(text),
  };

  /** Shows a run, or two side by side, as a command of the editor wants it. */
  show(runs: { readonly selected: string | null; readonly compared: string | null }): void {
    this.#choose(runs);
    this.#isChosenHere = this.#page() === null;
    this.changed();
  }

  /** Labels, the project or the trust in it changed: the page needs all of it anew. */
  changed(): void {
    this.#isStale = true;
    this.#pushes.ask();
  }

  /** Runs changed: a record, a step, or a run in the list. */
  runsChanged(): void {
    this.#noteRecords();
    if (this.#page() !== null) this.#pushes.ask();
  }

  dispose(): void {
    this.#callOffRest?.();
    this.#pushes.dispose();
  }

  #push(): void {
    // A page that comes back asks for everything.
    if (this.#page() === null || this.#isWaiting) return;
    this.#isWaiting = true;
    void this.#inTurn(async () => {
      this.#isWaiting = false;
      const page = this.#page();
      if (page !== null) await this.#tell(page);
    }).catch((error: unknown) => this.#acts.log(error));
  }

  async #tell(page: Page): Promise<void> {
    const selected = this.#selectedRun();
    const added = selected?.records.slice(this.#told.records) ?? [];
    const isSame = this.#told.dir === (selected?.dir ?? null) && this.#told.list === this.#list();
    if (this.#isStale || !isSame || added.length > mostRecords) {
      const snapshot = await this.#snapshot();
      if (this.#page() === page) page.notify("show", snapshot);
      // What came while it was made is told with the next one.
      if (this.#isStale) this.#pushes.ask();
      return;
    }
    const [record] = added;
    if (selected && record) {
      this.#told = { ...this.#told, records: this.#told.records + 1 };
      page.notify("record", { dir: selected.dir, record: pack(record) });
      if (added.length > 1) this.#pushes.ask();
      this.#callOffRest?.();
      this.#callOffRest = this.#sources.clock.after(quietMs, () => this.changed());
      return;
    }
    const steps = this.#steps(selected);
    if (selected && steps) page.notify("steps", { dir: selected.dir, steps: pack(steps) });
  }

  async #snapshot(): Promise<DashboardSnapshot> {
    this.#isStale = false;
    this.#noteRecords();
    const { project, isTrusted, activity, runs, verdicts, outlook } = this.#sources;
    const { kind, problem, file } = project();
    const form = formOf(file);
    const selected = this.#selectedRun();
    const compared = this.#find(this.#compared);
    this.#told = {
      dir: selected?.dir ?? null,
      records: selected?.records.length ?? 0,
      list: this.#list(),
    };
    const judged = kind === "ready" ? await verdicts() : new Map<string, never>();
    const figures = (run: RunView | null): Promise<RunFigures> | null =>
      run && this.#reader.figures(run, { runs: runs(), verdicts: judged });
    const steps = this.#steps(selected);
    const planned = await outlook(form);
    this.#pairs = planned.unlabeled === null ? null : planned.unlabeled + planned.labels;
    return {
      project: kind,
      problem,
      isTrusted: isTrusted(),
      form: pack(form),
      outlook: pack(planned),
      activity: activity(),
      runs: runs().map(runSummary),
      selected: await figures(selected),
      compared: await figures(compared),
      steps: steps && pack(steps),
    };
  }

  #choose({ selected, compared }: Asked<"select">): void {
    // Who looks at the newest run wants to see the next one when it starts.
    const isNewest = selected === this.#sources.runs()[0]?.dir;
    this.#selected = isNewest ? null : selected;
    this.#compared = compared === selected ? null : compared;
  }

  #selectedRun(): RunView | null {
    return this.#find(this.#selected) ?? this.#sources.runs()[0] ?? null;
  }

  #find(dir: string | null): RunView | null {
    return dir === null ? null : (this.#sources.runs().find((run) => run.dir === dir) ?? null);
  }

  #run(dir: string): RunView {
    const run = this.#find(dir);
    if (run !== null) return run;
    throw new Error("That run is not in this folder any more; choose another one.");
  }

  /** All that a snapshot holds beside the records and steps of the selected run. */
  #list(): string {
    const { runs, activity } = this.#sources;
    const compared = this.#find(this.#compared);
    return JSON.stringify([
      ...[activity(), compared?.dir, compared?.records.length],
      ...runs().map((run) => [runSummary(run), run.hasReport, run.progress === "paused"]),
    ]);
  }

  #noteRecords(): void {
    const run = this.#selectedRun();
    const key = `${run?.dir ?? ""} ${run?.records.length ?? 0}`;
    if (key === this.#recordKey) return;
    this.#recordKey = key;
    this.#recordAt = this.#sources.clock.now();
  }

  #steps(run: RunView | null): RunSteps | null {
    if (run === null) return null;
    const { clock, runs } = this.#sources;
    const elapsed = (clock.now() - this.#recordAt) / 1000;
    return runSteps(run, { runs: runs(), elapsed, pairs: this.#pairs });
  }

  /** Snapshots and messages one after the other, so that none overtakes an older one on its way. */
  #inTurn<T>(act: () => Promise<T>): Promise<T> {
    const next = this.#turn.then(act);
    this.#turn = next.then(nextTask, nextTask);
    return next;
  }
}

/** The answer of a request leaves a few microtasks after it is known. */
function nextTask(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
