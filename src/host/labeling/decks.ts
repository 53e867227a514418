// Makes the deck of a mode from the project's data and its newest run. What a run directory says is read once
// for each of its iterations.
import type { PseudoLabel, QueueItem, RunInfo, ScoreRow } from "../../core/records.ts";
import { sampleOf } from "../../core/labeling/order.ts";
import { seededRandom, shuffled } from "../../core/random.ts";
import type { LabelMode } from "../../protocol/page/labelPage.ts";
import { auditFigures, judgedIn, reviewFigures, type Reign } from "./agreement.ts";
import { countedRows, dataStream } from "./dataStream.ts";
import { emptyDeck, makeDeck, type Deck } from "./deck.ts";
import * as say from "./nothing.ts";
import type { Candidate, PairReader } from "./pairReader.ts";
import { listStream, type PairStream } from "./pairStreams.ts";
import type { PlaceBook } from "./placeBook.ts";

/** How a project wants its pairs; defaults filled in. */
export interface LabelingOptions {
  readonly order: "random" | "unsure" | "mix";
  /** Share of showings that come from what the last model is unsure of, in a mix. */
  readonly unsureShare: number;
  readonly repeatShare: number;
  readonly reviewRandomShare: number;
}

/** A run as far as a deck needs it; its files are read through the guard of paths. */
export interface DeckRun {
  readonly dir: string;
  readonly info: RunInfo;
  /** The newest iteration that is complete. */
  readonly iteration: number;
  readonly reign: Reign;
}

export interface DeckSource {
  readonly seed: number;
  readonly options: LabelingOptions;
  readonly files: readonly { readonly path: string; readonly stamp: string }[];
  /** The newest run with a complete iteration; null before any. */
  readonly run: DeckRun | null;
  /** Pairs with a verdict, whose guesses the figures need. */
  readonly judged: ReadonlySet<string>;
  /** The real path of a file that a run names, null where it must not or can't be read. */
  readonly guard: (path: string) => Promise<string | null>;
}

/** Pairs drawn at random from U, and for an audit: more than anybody judges of one run. */
const sampleSize = 2000;

export class Decks {
  readonly #reader: PairReader;
  readonly #book: PlaceBook;

  constructor({ reader, book }: { readonly reader: PairReader; readonly book: PlaceBook }) {
    this.#reader = reader;
    this.#book = book;
  }

  /** Throws where the data or the run can't be read. */
  async deck(mode: LabelMode, source: DeckSource): Promise<Deck> {
    if (mode === "label") return this.#label(source);
    const { run } = source;
    if (run === null) return emptyDeck(mode, mode === "review" ? say.noRun : say.nothingSelected);
    return mode === "review" ? this.#review(source, run) : this.#audit(source, run);
  }

  async #label(source: DeckSource): Promise<Deck> {
    const { options, run, seed } = source;
    const random = await this.#data(source);
    const useRun = options.order === "random" ? null : run;
    const unsure = useRun === null ? null : await this.#unsure(source, useRun);
    const randomShare =
      unsure === null ? 1 : options.order === "unsure" ? 0 : 1 - options.unsureShare;
    return makeDeck({
      mode: "label",
      order: labelOrder(randomShare),
      repeatShare: options.repeatShare,
      seed: `${seed}`,
      end: say.allLabeled,
      streams: unsure === null ? { random } : { random, unsure: unsure.stream },
      randomShare,
      endsWith: "random",
      guesses: new Map(),
      figures: () => null,
    });
  }

  async #review(source: DeckSource, run: DeckRun): Promise<Deck> {
    const { options, seed } = source;
    const unsure = await this.#unsure(source, run);
    const scores = await this.#scores(source, run);
    const guesses = new Map([...scores.guesses, ...unsure.guesses]);
    return makeDeck({
      mode: "review",
      order: `unsure first, ${percent(options.reviewRandomShare)} at random`,
      repeatShare: 0,
      seed: `${seed} review`,
      end: say.reviewed,
      streams: { unsure: unsure.stream, random: scores.stream },
      randomShare: options.reviewRandomShare,
      endsWith: "unsure",
      guesses,
      figures: (verdicts) =>
        reviewFigures(judgedIn(run.reign, "unsure", verdicts), (id) => guesses.get(id) ?? null),
    });
  }

  async #audit(source: DeckSource, run: DeckRun): Promise<Deck> {
    const { pseudoLabelsOf, scoresOf } = await import("../../data/runs/runFiles.ts");
    const guesses = new Map<string, number>();
    const selected = selectedOf(pseudoLabelsOf(run.dir, run.iteration), (row) => {
      if (source.judged.has(row.id)) guesses.set(row.id, row.p);
    });
    const random = seededRandom(`audit ${source.seed}`);
    const { sample } = await sampleOf(selected, { size: sampleSize, random });
    for (const { id, p } of sample) guesses.set(id, p);
    const ids = new Set(sample.map(({ id }) => id));
    const places = new Map<string, ScoreRow>();
    for await (const row of scoresOf(run.dir)) if (ids.has(row.id)) places.set(row.id, row);
    const rows = shuffled(sample, random).flatMap(({ id }) => places.get(id) ?? []);
    const stream = await this.#list(rows, { source, run });
    return makeDeck({
      mode: "audit",
      order: `random sample of the pseudo-labels kept in iteration ${run.iteration}`,
      repeatShare: 0,
      seed: `${source.seed} audit`,
      end: rows.length === 0 ? say.nothingSelected : say.audited,
      streams: { audit: stream },
      randomShare: 0,
      endsWith: "audit",
      guesses,
      figures: (verdicts) =>
        auditFigures(judgedIn(run.reign, "audit", verdicts), (id) => guesses.get(id) ?? null),
    });
  }

  async #data({ files, seed }: DeckSource): Promise<PairStream> {
    const counted = await countedRows(files, this.#reader);
    return dataStream(counted, { seed: String(seed), reader: this.#reader, book: this.#book });
  }

  async #unsure(source: DeckSource, run: DeckRun) {
    const { readRunQueue } = await import("../../data/runs/runFiles.ts");
    const items = await readRunQueue(run.dir);
    const guesses = new Map(items.map(({ id, p }) => [id, p]));
    return { stream: await this.#list(items, { source, run }), guesses };
  }

  /** A sample of all of U, in an order that says nothing, and what the model says of judged pairs. */
  async #scores(source: DeckSource, run: DeckRun) {
    const { scoresOf } = await import("../../data/runs/runFiles.ts");
    const random = seededRandom(`review ${source.seed}`);
    const guesses = new Map<string, number>();
    const rows = seeing(scoresOf(run.dir), ({ id, p }) => {
      if (source.judged.has(id)) guesses.set(id, p);
    });
    const { sample } = await sampleOf(rows, { size: sampleSize, random });
    for (const { id, p } of sample) guesses.set(id, p);
    return { stream: await this.#list(shuffled(sample, random), { source, run }), guesses };
  }

  async #list(
    rows: readonly (QueueItem | ScoreRow)[],
    { source, run }: { readonly source: DeckSource; readonly run: DeckRun },
  ): Promise<PairStream> {
    const guarded = (files: RunInfo["data"]) =>
      Promise.all(files.map(({ path }) => source.guard(path)));
    const data = await guarded(run.info.data);
    const labeled = await guarded(run.info.labeledData);
    const candidates = rows.flatMap((row): readonly Candidate[] => {
      const path = (row.source === "labeled" ? labeled : data)[row.file] ?? null;
      return path === null ? [] : [{ id: row.id, path, line: row.line }];
    });
    return listStream(candidates, this.#reader);
  }
}

async function* seeing<T>(rows: AsyncIterable<T>, see: (row: T) => void): AsyncGenerator<T, void> {
  for await (const row of rows) {
    see(row);
    yield row;
  }
}

async function* selectedOf(
  rows: AsyncIterable<PseudoLabel>,
  see: (row: PseudoLabel) => void,
): AsyncGenerator<PseudoLabel, void> {
  for await (const row of rows) {
    if (!row.selected) continue;
    see(row);
    yield row;
  }
}

function labelOrder(randomShare: number): string {
  if (randomShare === 1) return "in random order";
  return randomShare === 0 ? "unsure first" : `unsure first, ${percent(randomShare)} at random`;
}

function percent(share: number): string {
  return `${Math.round(100 * share)} %`;
}
