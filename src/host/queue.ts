// The pairs that wait for a verdict: what the newest model is unsure of, or, before any run, pairs of the data
// in the label page's random order, read as far as they are shown. Pairs with a verdict or a skip are left out.
import * as vscode from "vscode";
import { textOf } from "../core/pair.ts";
import type { QueueItem } from "../core/records.ts";
import type { Place } from "../data/rows.ts";
import { leftOf } from "./labeling/left.ts";
import type { DataStream } from "./labeling/dataStream.ts";
import type { PairSources } from "./labeling/pairSources.ts";
import type { Labels } from "./labels.ts";
import type { Project } from "./project.ts";
import { guardRunFile } from "./runFile.ts";
import { lastIteration } from "./runText.ts";
import type { RunStore, RunView } from "./runStore.ts";

/** A pair that can be opened: in which of the files, and where. */
export interface QueueEntry {
  readonly id: string;
  readonly paths: readonly string[];
  readonly place: Place;
}

/** The pairs that wait: the first of them, and how many there are. */
export interface Waiting {
  readonly entries: readonly QueueEntry[];
  readonly count: number;
}

interface QueueServices {
  readonly project: Project;
  readonly labels: Labels;
  readonly runs: RunStore;
  readonly sources: PairSources;
}

const titleLength = 90;

export class Queue implements vscode.Disposable {
  readonly #project: Project;
  readonly #labels: Labels;
  readonly #runs: RunStore;
  readonly #sources: PairSources;
  readonly #changed = new vscode.EventEmitter<void>();
  readonly #subscriptions: vscode.Disposable[];
  #ofRun: Kept<readonly QueueEntry[]> | null = null;
  #ofData: Kept<DataStream> | null = null;
  #walking: Promise<unknown> = Promise.resolve();

  readonly onDidChange = this.#changed.event;

  constructor(services: QueueServices) {
    this.#project = services.project;
    this.#labels = services.labels;
    this.#runs = services.runs;
    this.#sources = services.sources;
    const fire = (): void => this.#changed.fire();
    let source = "";
    this.#subscriptions = [
      services.project.onDidChange(fire),
      services.labels.onDidChange(fire),
      services.runs.onDidChange(() => {
        const now = sourceKey(this.#sourceRun());
        if (now !== source) fire();
        source = now;
      }),
    ];
  }

  /** The first pairs that wait: least sure first or, before any run, in the label page's order. */
  async waiting(size: number): Promise<Waiting> {
    if (!this.#isReady()) return none;
    const run = this.#sourceRun();
    if (run !== undefined) return this.#waitingOf(run, size);
    const [log, { paths, stream }] = [await this.#labels.log(), await this.#stream()];
    // One after the other: the view asks again before it has its answer.
    const opening = this.#walking.then(() => stream.open(log, size));
    this.#walking = opening.catch(() => undefined);
    const open = await opening;
    const entries = open.map(({ id, path, line }) => {
      return { id, paths, place: { file: paths.indexOf(path), line } };
    });
    return { entries, count: leftOf(stream, log) };
  }

  /** How many wait; null where that is not known without reading the data. */
  async count(): Promise<number | null> {
    if (!this.#isReady()) return 0;
    const run = this.#sourceRun();
    if (run !== undefined) return (await this.#waitingOf(run, 0)).count;
    if (this.#ofData === null) return null;
    return leftOf((await this.#stream()).stream, await this.#labels.log());
  }

  /** The starts of the prompts, one line each; null where another row stands there now. */
  async titles(entries: readonly QueueEntry[]): Promise<readonly (string | null)[]> {
    const titles: (string | null)[] = [];
    for (const { id, paths, place } of entries) {
      const path = paths[place.file]!;
      const found = await this.#sources.reader.at({ id, path, line: place.line });
      titles.push(found === null ? null : titleOf(textOf(found.pair.prompt)));
    }
    return titles;
  }

  dispose(): void {
    for (const subscription of this.#subscriptions) subscription.dispose();
    this.#changed.dispose();
  }

  /** The view below Data, whose welcome text cannot hold it, says what is wrong. */
  #isReady(): boolean {
    const { state } = this.#project;
    if (state.kind === "broken") throw new Error(state.error);
    return state.kind === "ready";
  }

  async #waitingOf(run: RunView, size: number): Promise<Waiting> {
    const log = await this.#labels.log();
    const key = JSON.stringify([sourceKey(run), this.#project.state]);
    if (this.#ofRun?.key !== key) this.#ofRun = { key, value: this.#fromRun(run) };
    const { value } = this.#ofRun;
    value.catch(() => (this.#ofRun = null));
    const all = (await value).filter(({ id }) => log.isOpen(id));
    return { entries: all.slice(0, size), count: all.length };
  }

  /** The label page's order; kept until the data is another. */
  async #stream(): Promise<{ readonly paths: readonly string[]; readonly stream: DataStream }> {
    const [{ dataFiles }, { countedRows, dataStream }] = [
      await import("./labeling/wantedPairs.ts"),
      await import("./labeling/dataStream.ts"),
    ];
    const files = await dataFiles(this.#project);
    const seed = `${this.#seed()}`;
    const key = JSON.stringify([files, seed]);
    const { reader } = this.#sources;
    if (this.#ofData?.key !== key) {
      const made = async () =>
        dataStream(await countedRows(files, reader), {
          ...{ seed, reader, book: await this.#sources.book() },
        });
      this.#ofData = { key, value: made() };
    }
    const { value } = this.#ofData;
    value.catch(() => (this.#ofData = null));
    return { paths: files.map(({ path }) => path), stream: await value };
  }

  /** The newest run that has a model, also one that goes on still. */
  #sourceRun(): RunView | undefined {
    return this.#runs.runs.find(({ records }) => lastIteration(records) !== null);
  }

  async #fromRun({ dir, info }: RunView): Promise<readonly QueueEntry[]> {
    const { readRunQueue } = await import("../data/runs/runFiles.ts");
    const folder = this.#project.folder!;
    const { approved } = this.#project;
    const files = [...info.data, ...info.labeledData];
    const paths: string[] = [];
    for (const file of files) {
      const guarded = await guardRunFile(file, { folder, approved });
      // Its queue would name places in a file that must not be read, or is gone.
      if (guarded.kind !== "ok") return [];
      paths.push(guarded.path);
    }
    const fileOf = ({ file, source }: QueueItem): number =>
      source === "labeled" ? info.data.length + file : file;
    const items = await readRunQueue(dir);
    return items.map((item) => ({
      id: item.id,
      paths,
      place: { file: fileOf(item), line: item.line },
    }));
  }

  #seed(): number {
    const { state } = this.#project;
    return (state.kind === "ready" ? state.file.settings?.seed : undefined) ?? 0;
  }
}

interface Kept<T> {
  readonly key: string;
  readonly value: Promise<T>;
}

const none: Waiting = { entries: [], count: 0 };

function sourceKey(run: RunView | undefined): string {
  return run === undefined ? "" : `${run.dir} ${lastIteration(run.records)?.iteration}`;
}

function titleOf(prompt: string): string {
  const text = prompt.replace(/\s+/g, " ").trim();
  if (text === "") return "(empty prompt)";
  return text.length > titleLength ? `${text.slice(0, titleLength - 1)}…` : text;
}
