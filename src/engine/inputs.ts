// What a run reads before it starts: pairs, labels, gold for the figures, the test set.
import { measuresCalibration } from "../core/labels/drawn.ts";
import { foldLabels } from "../core/labels/labelFold.ts";
import { targetOf, type Winner } from "../core/pair.ts";
import type { RunSettings } from "../core/records.ts";
import { drawPrompts } from "../core/split.ts";
import { openDataset } from "../data/dataset.ts";
import { readLabelFile } from "../data/labels/labelFiles.ts";
import type { Dataset, Place } from "../data/rows.ts";
import type { Answers } from "../learn/answers.ts";
import { type LabelSet, labelSetOf } from "../learn/labelSet.ts";
import type { PairPool } from "../learn/rewardModel.ts";
import { LabelLogs } from "./labelLogs.ts";
import { noLabels, noneMatches } from "./noLabels.ts";
import { type FileList, type PairSource, PoolBuilder, subPool } from "./pool.ts";
import { disputedNote, type JudgedRow, RowVerdicts } from "./rowVerdicts.ts";
import { SkippedRows, type SkippedRowsOfFile } from "./skippedRows.ts";

/** Which files a run reads; all paths absolute. A label path may be an .ssrm folder with all its logs. */
export interface InputPaths {
  readonly data: readonly string[];
  readonly labels: readonly string[];
  readonly labeled: readonly string[];
  readonly gold: readonly string[];
  readonly test: readonly string[];
  readonly mapping: Readonly<Record<string, string>> | null;
  readonly cacheDir: string;
}

export interface RunInputs {
  readonly pool: PairPool;
  readonly sources: readonly PairSource[];
  readonly answers: Answers;
  /** Where the test pairs stand, by their index in answers.test. */
  readonly testPlaces: readonly Place[];
  /** Verdicts as they stand now: logs are read again at every call. */
  labels(): Promise<LabelSet>;
  /** How each data file was read. */
  readonly forms: readonly string[];
  readonly skipped: readonly SkippedRowsOfFile[];
  close(): Promise<void>;
}

/**
 * Reads the inputs of a run.
 * @throws UsageError where no source of labels is named; Error where the sources hold no label for the data
 */
export async function readInputs(
  paths: InputPaths,
  settings: RunSettings,
  note: (text: string) => void,
): Promise<RunInputs> {
  const simulates = settings.seedCount !== null || settings.seedFraction !== null;
  if (paths.labels.length === 0 && paths.labeled.length === 0 && !simulates) throw noLabels();
  const reader = new InputReader(paths, note);
  try {
    return await reader.read(settings);
  } catch (error) {
    await reader.close();
    throw error;
  }
}

class InputReader {
  readonly #paths: InputPaths;
  readonly #note: (text: string) => void;
  readonly #logs: LabelLogs;
  readonly #builder = new PoolBuilder();
  readonly #datasets: Dataset[] = [];
  readonly #skipped = new SkippedRows();

  constructor(paths: InputPaths, note: (text: string) => void) {
    this.#paths = paths;
    this.#note = note;
    this.#logs = new LabelLogs(paths.labels, note);
  }

  async read(settings: RunSettings): Promise<RunInputs> {
    const builder = this.#builder;
    const own = await this.#addPairs("data", builder);
    const dataSize = builder.ids.length;
    const labeled = await this.#addPairs("labeled", builder);
    if (builder.repeats > 0) this.#note(`${builder.repeats} rows repeat a pair and count once.`);
    const disputed = own.disputed + labeled.disputed;
    if (disputed > 0) this.#note(disputedNote(disputed));
    const fixed = new Map(labeled.verdicts);
    for (const index of this.#seed(own.verdicts, { dataSize, settings })) {
      if (!fixed.has(index)) fixed.set(index, own.verdicts.get(index)!);
    }
    const gold = await this.#gold(own.verdicts);
    const { test, testPlaces } = await this.#test();
    for (const line of this.#skipped.lines()) this.#note(line);
    const pool = builder.build();
    const inputs: RunInputs = {
      pool,
      sources: builder.sources,
      answers: {
        pool,
        gold,
        lengthFirst: Float64Array.from(builder.lengthFirst),
        lengthSecond: Float64Array.from(builder.lengthSecond),
        test,
      },
      testPlaces,
      labels: () => this.#labels(fixed),
      forms: own.forms,
      skipped: this.#skipped.byFile(),
      close: () => this.close(),
    };
    const { index } = await inputs.labels();
    if (index.length === 0) {
      const { data, labels, labeled } = this.#paths;
      throw noneMatches(data, [...labels, ...labeled]);
    }
    return inputs;
  }

  async close(): Promise<void> {
    await Promise.all(this.#datasets.map((dataset) => dataset.close()));
  }

  async #open(paths: readonly string[]): Promise<Dataset> {
    const { cacheDir, mapping } = this.#paths;
    const dataset = await openDataset(paths, {
      cacheDir,
      mapping,
      note: this.#note,
    });
    this.#datasets.push(dataset);
    return dataset;
  }

  /** Adds all pairs of the files; gives the verdicts that stand in them by pool index, of test files by row too. */
  async #addPairs(
    name: FileList["name"],
    builder: PoolBuilder,
  ): Promise<{
    verdicts: Map<number, Winner>;
    judged: JudgedRow[];
    forms: string[];
    disputed: number;
  }> {
    const paths = this.#paths[name];
    const said = new RowVerdicts<number>();
    const judged: JudgedRow[] = [];
    if (paths.length === 0) return { verdicts: said.settled(), judged, forms: [], disputed: 0 };
    const dataset = await this.#open(paths);
    builder.expect(dataset);
    const list: FileList = { name, dataset };
    const withPairs = new Set<number>();
    for await (const row of dataset.rows()) {
      if (row.kind !== "pair") this.#skipped.add(paths[row.file]!, row);
      else {
        withPairs.add(row.file);
        const index = builder.add(row, list);
        if (row.gold === null) continue;
        said.add(index, row.gold);
        if (name !== "test") continue;
        const place = { file: row.file, line: row.line };
        judged.push({ index, winner: row.gold, subset: row.subset, place });
      }
    }
    this.#skipped.check(paths, withPairs);
    const forms = dataset.files.map((file) => file.form);
    return { verdicts: said.settled(), judged, forms, disputed: said.disputed };
  }

  /** The simulation mode: pool indices of the pairs with gold whose verdicts are given to L. */
  #seed(
    verdicts: ReadonlyMap<number, Winner>,
    { dataSize, settings }: { dataSize: number; settings: RunSettings },
  ): number[] {
    const { seedCount, seedFraction, seed } = settings;
    if (seedCount === null && seedFraction === null) return [];
    const known = [...verdicts.keys()].filter((index) => index < dataSize).sort((a, b) => a - b);
    const count = seedCount ?? Math.round(seedFraction! * known.length);
    const promptIds = known.map((index) => this.#builder.promptIds[index]!);
    return [...drawPrompts(promptIds, count, seed)].map((k) => known[k]!);
  }

  /** Gold of --gold files, else the data's own. */
  async #gold(own: ReadonlyMap<number, Winner>): Promise<Float64Array> {
    const gold = new Float64Array(this.#builder.ids.length).fill(NaN);
    for (const [index, winner] of own) gold[index] = targetOf(winner);
    for (const path of this.#paths.gold) {
      for (const [id, winner] of await this.#verdictsOf(path)) {
        const index = this.#builder.find(id);
        if (index !== undefined) gold[index] = targetOf(winner);
      }
    }
    return gold;
  }

  /** Verdicts by pair id, of a label log or of a preference file. */
  async #verdictsOf(path: string): Promise<Map<string, Winner>> {
    const { events } = await readLabelFile(path);
    if (events.length > 0) {
      return new Map([...foldLabels(events)].map(([id, { winner }]) => [id, winner]));
    }
    const dataset = await this.#open([path]);
    const said = new RowVerdicts<string>();
    for await (const row of dataset.rows()) {
      if (row.kind === "pair" && row.gold !== null) said.add(row.pair.id, row.gold);
    }
    return said.settled();
  }

  async #test(): Promise<{ test: Answers["test"]; testPlaces: Place[] }> {
    const builder = new PoolBuilder();
    const { judged } = await this.#addPairs("test", builder);
    if (this.#paths.test.length === 0) return { test: null, testPlaces: [] };
    const pool = builder.build();
    // Row by row, as `ssrm eval` judges a file: a repeated row counts as often as it stands there.
    const known = judged.filter(({ winner }) => winner !== "both-bad");
    if (known.length === 0) {
      throw new Error(
        `${this.#paths.test.join(", ")}: expected pairs with verdicts to test on, got none with one`,
      );
    }
    const shared = builder.ids.filter((id) => this.#builder.find(id) !== undefined).length;
    if (shared > 0)
      this.#note(`${shared} test pairs also stand in the data: test figures flatter.`);
    const test = {
      pool: subPool(
        pool,
        known.map(({ index }) => index),
      ),
      target: Float64Array.from(known, ({ winner }) => targetOf(winner)),
      subsets: known.map(({ subset }) => subset),
    };
    return { test, testPlaces: known.map(({ place }) => place) };
  }

  /** The verdicts that are fixed, overruled by those of the label logs as they stand now. */
  async #labels(fixed: ReadonlyMap<number, Winner>): Promise<LabelSet> {
    const verdicts = new Map(fixed);
    const onlyTrains = new Set<number>();
    for (const [id, verdict] of await this.#logs.verdicts()) {
      const index = this.#builder.find(id);
      if (index === undefined) continue;
      verdicts.set(index, verdict.winner);
      if (!measuresCalibration(verdict)) onlyTrains.add(index);
    }
    return labelSetOf(verdicts, onlyTrains);
  }
}
