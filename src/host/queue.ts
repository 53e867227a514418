// The pairs that wait for a verdict: what the newest model is unsure of, or, before any run, pairs of the data
// in a seeded random order. Pairs with a verdict or a skip are left out.
import { createHash } from "node:crypto";
import * as vscode from "vscode";
import { textOf } from "../core/pair.ts";
import type { QueueItem } from "../core/records.ts";
import type { Dataset, Place } from "../data/rows.ts";
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

/**
 * How many rows are looked at before any run: enough to draw from, few enough to read in a second. The
 * engine, not the host, reads whole files.
 */
const sampledRows = 20_000;
const titleLength = 90;

export class Queue implements vscode.Disposable {
  readonly #project: Project;
  readonly #labels: Labels;
  readonly #runs: RunStore;
  readonly #cacheDir: string;
  readonly #changed = new vscode.EventEmitter<void>();
  readonly #subscriptions: vscode.Disposable[];
  #candidates: { readonly key: string; readonly entries: Promise<readonly QueueEntry[]> } | null =
    null;

  readonly onDidChange = this.#changed.event;

  constructor(
    services: { readonly project: Project; readonly labels: Labels; readonly runs: RunStore },
    cacheDir: string,
  ) {
    this.#project = services.project;
    this.#labels = services.labels;
    this.#runs = services.runs;
    this.#cacheDir = cacheDir;
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

  /** All pairs that wait, least sure first. */
  async entries(): Promise<readonly QueueEntry[]> {
    const project = this.#project.state;
    // The view below Data, whose welcome text cannot hold it, says what is wrong.
    if (project.kind === "broken") throw new Error(project.error);
    if (project.kind !== "ready") return [];
    const { verdicts, skipped } = await this.#labels.state();
    const candidates = await this.#allCandidates();
    return candidates.filter(({ id }) => !verdicts.has(id) && !skipped.has(id));
  }

  /** The starts of the prompts, one line each; null where another row stands there now. */
  async titles(entries: readonly QueueEntry[]): Promise<readonly (string | null)[]> {
    const [first] = entries;
    if (first === undefined) return [];
    const dataset = await this.#open(first.paths);
    try {
      const titles: (string | null)[] = [];
      for (const { id, place } of entries) {
        const row = await dataset.rowAt(place);
        const isSame = row.kind === "pair" && row.pair.id === id;
        titles.push(isSame ? titleOf(textOf(row.pair.prompt)) : null);
      }
      return titles;
    } finally {
      await dataset.close();
    }
  }

  dispose(): void {
    for (const subscription of this.#subscriptions) subscription.dispose();
    this.#changed.dispose();
  }

  /** Reading is kept until the project or the model that it came from changes. */
  #allCandidates(): Promise<readonly QueueEntry[]> {
    const run = this.#sourceRun();
    const key = createHash("sha256")
      .update(JSON.stringify([sourceKey(run), this.#project.state]))
      .digest("hex");
    if (this.#candidates?.key !== key) {
      const entries = run === undefined ? this.#fromData() : this.#fromRun(run);
      this.#candidates = { key, entries };
      entries.catch(() => (this.#candidates = null));
    }
    return this.#candidates.entries;
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

  async #fromData(): Promise<readonly QueueEntry[]> {
    const { keyedUniform } = await import("../core/random.ts");
    const { data: paths } = this.#project.readablePaths();
    const seed = this.#seed();
    const dataset = await this.#open(paths);
    const seen = new Map<string, { readonly at: number; readonly entry: QueueEntry }>();
    try {
      let rows = 0;
      for await (const row of dataset.rows()) {
        if (++rows > sampledRows) break;
        if (row.kind !== "pair" || seen.has(row.pair.id)) continue;
        const { id } = row.pair;
        const entry = { id, paths, place: { file: row.file, line: row.line } };
        seen.set(id, { at: keyedUniform(`queue ${seed}`, id), entry });
      }
    } finally {
      await dataset.close();
    }
    return [...seen.values()].sort((a, b) => a.at - b.at).map(({ entry }) => entry);
  }

  #seed(): number {
    const { state } = this.#project;
    return (state.kind === "ready" ? state.file.settings?.seed : undefined) ?? 0;
  }

  async #open(paths: readonly string[]): Promise<Dataset> {
    const { openDataset } = await import("../data/dataset.ts");
    const { state } = this.#project;
    const mapping = state.kind === "ready" ? (state.file.mapping ?? null) : null;
    return openDataset(paths, { cacheDir: this.#cacheDir, mapping: definedOnly(mapping) });
  }
}

function sourceKey(run: RunView | undefined): string {
  return run === undefined ? "" : `${run.dir} ${lastIteration(run.records)?.iteration}`;
}

/** Zod's optional fields may be undefined by their type; a mapping has its fields or not. */
function definedOnly(mapping: Record<string, string | undefined> | null) {
  if (mapping === null) return null;
  return Object.fromEntries(
    Object.entries(mapping).filter(([, column]) => column !== undefined),
  ) as Record<string, string>;
}

function titleOf(prompt: string): string {
  const text = prompt.replace(/\s+/g, " ").trim();
  if (text === "") return "(empty prompt)";
  return text.length > titleLength ? `${text.slice(0, titleLength - 1)}…` : text;
}
