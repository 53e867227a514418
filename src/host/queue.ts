// The pairs that wait for a verdict: what the last run is unsure of, or, before any run, pairs of the data
// in a seeded random order. Pairs with a verdict or a skip are left out.
import { createHash } from "node:crypto";
import * as vscode from "vscode";
import type { LabelState } from "../core/labels/labelFold.ts";
import type { Pair } from "../core/pair.ts";
import { textOf } from "../core/pair.ts";
import type { Dataset, Place } from "../data/rows.ts";
import type { Labels } from "./labels.ts";
import { guardPath } from "./pathGuard.ts";
import type { Project } from "./project.ts";
import type { RunStore } from "./runStore.ts";

export interface QueueEntry {
  readonly id: string;
  /** The start of the prompt, one line. */
  readonly title: string;
  /** The data files, and where in them the pair stands. */
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
      services.labels.onDidChange(fire),
      services.runs.onDidChange(() => {
        const now = this.#sourceRun()?.dir ?? "";
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
    const state = await this.#labels.state();
    const candidates = await this.#allCandidates();
    return candidates.filter(({ id }) => isOpen(state, id));
  }

  /** The pair of an entry. Throws where the file has changed since. */
  async pair({ id, paths, place }: QueueEntry): Promise<Pair> {
    const dataset = await this.#open(paths);
    try {
      const row = await dataset.rowAt(place);
      if (row.kind === "pair" && row.pair.id === id) return row.pair;
      throw new Error(
        `${paths[place.file] ?? "?"}, row ${place.line}: expected pair ${id}, got ` +
          `${row.kind === "pair" ? `pair ${row.pair.id}` : "no pair"}. The file has changed since the run.`,
      );
    } finally {
      await dataset.close();
    }
  }

  dispose(): void {
    for (const subscription of this.#subscriptions) subscription.dispose();
    this.#changed.dispose();
  }

  /** Reading is kept until the project or the run that it came from changes. */
  #allCandidates(): Promise<readonly QueueEntry[]> {
    const run = this.#sourceRun();
    const { state } = this.#project;
    const key = createHash("sha256")
      .update(JSON.stringify([run?.dir, run?.info.finishedAt, state]))
      .digest("hex");
    if (this.#candidates?.key !== key) {
      const entries = run === undefined ? this.#fromData() : this.#fromRun(run.dir);
      this.#candidates = { key, entries };
      entries.catch(() => (this.#candidates = null));
    }
    return this.#candidates.entries;
  }

  #sourceRun() {
    return this.#runs.runs.find(({ info }) => info.state === "done");
  }

  async #fromRun(dir: string): Promise<readonly QueueEntry[]> {
    const { readRunInfo, readRunQueue } = await import("../data/runs/runFiles.ts");
    const { data } = await readRunInfo(dir);
    const folder = this.#project.folder!;
    const { approved } = this.#project;
    const paths = [];
    for (const { path } of data) {
      const guarded = await guardPath(path, { folder, approved });
      // Its queue would name places in a file that must not be read, or is gone.
      if (guarded.kind !== "ok") return [];
      paths.push(guarded.path);
    }
    const items = await readRunQueue(dir);
    const dataset = await this.#open(paths);
    try {
      const entries: QueueEntry[] = [];
      for (const { id, file, line } of items) {
        const row = await dataset.rowAt({ file, line });
        if (row.kind !== "pair" || row.pair.id !== id) continue;
        entries.push({ id, title: titleOf(row.pair), paths, place: { file, line } });
      }
      return entries;
    } finally {
      await dataset.close();
    }
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
        const place = { file: row.file, line: row.line };
        const entry = { id, title: titleOf(row.pair), paths, place };
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

/** Zod's optional fields may be undefined by their type; a mapping has its fields or not. */
function definedOnly(mapping: Record<string, string | undefined> | null) {
  if (mapping === null) return null;
  return Object.fromEntries(
    Object.entries(mapping).filter(([, column]) => column !== undefined),
  ) as Record<string, string>;
}

function isOpen({ verdicts, skipped }: LabelState, id: string): boolean {
  return !verdicts.has(id) && !skipped.has(id);
}

function titleOf(pair: Pair): string {
  const text = textOf(pair.prompt).replace(/\s+/g, " ").trim();
  if (text === "") return "(empty prompt)";
  return text.length > titleLength ? `${text.slice(0, titleLength - 1)}…` : text;
}
