// Writes what a run comes to know into its directory, in an order that makes every moment a good one to die.
import { join } from "node:path";
import { textOf } from "../core/pair.ts";
import type { IterationRecord, RunInfo, RunRecord } from "../core/records.ts";
import { reportHtml } from "../core/report/report.ts";
import { appendRecord, writeFolder, writeLines, writeText } from "../data/runs/runDirectory.ts";
import {
  heldOutFile,
  pseudoLabelFile,
  readFolder,
  readRunQueue,
  readRunRecords,
  runFiles,
} from "../data/runs/runFiles.ts";
import { finished } from "../learn/finished.ts";
import type { PseudoLabels } from "../learn/labelSet.ts";
import type { RewardModel } from "../learn/rewardModel.ts";
import type { ModelEvent } from "../learn/ssrm.ts";
import { cardOf, checkpointFiles, loadCheckpoint } from "./checkpointFolder.ts";
import type { RunInputs } from "./inputs.ts";
import type { Checkpoint } from "./models.ts";
import { heldOutRows, pseudoRows, queueRows, scoreRows } from "./runRows.ts";

/** Pairs of the queue whose texts stand in the report. */
const reportedQueue = 20;

/** Pairs that a saved checkpoint is proven on. */
const provenPairs = 16;

export class RunWriter {
  readonly dir: string;
  readonly #inputs: RunInputs;
  readonly #info: RunInfo;
  readonly #records: RunRecord[];

  private constructor(
    dir: string,
    inputs: RunInputs,
    run: { info: RunInfo; records: RunRecord[] },
  ) {
    this.dir = dir;
    this.#inputs = inputs;
    this.#info = run.info;
    this.#records = run.records;
  }

  /** Goes on with what the directory holds. */
  static async open(dir: string, inputs: RunInputs, info: RunInfo): Promise<RunWriter> {
    return new RunWriter(dir, inputs, { info, records: await readRunRecords(dir) });
  }

  get records(): readonly RunRecord[] {
    return this.#records;
  }

  /** Appends a record unless the run wrote it before it was killed; tells whether it is new. */
  async append(record: RunRecord): Promise<"new" | "known"> {
    const isKnown = this.#records.some(
      (known) => known.kind === record.kind && known.iteration === record.iteration,
    );
    if (isKnown) return "known";
    await appendRecord(this.dir, record);
    this.#records.push(record);
    return "new";
  }

  async writePseudoLabels(iteration: number, pseudo: PseudoLabels): Promise<void> {
    await writeLines(this.dir, pseudoLabelFile(iteration), pseudoRows(this.#inputs, pseudo));
  }

  /** Writes what the model was judged on, and what it says of all of U. */
  async writeSaid(event: ModelEvent<Checkpoint>): Promise<void> {
    await writeLines(this.dir, heldOutFile(event.iteration), heldOutRows(this.#inputs, event));
    await writeLines(this.dir, runFiles.scores, scoreRows(this.#inputs, event));
  }

  /** Writes the checkpoint and the review queue where this model is the run's result so far. */
  async writeResult(
    model: RewardModel<Checkpoint>,
    event: ModelEvent<Checkpoint> & { readonly record: IterationRecord },
  ): Promise<void> {
    if (!this.#isResult(event.record)) return;
    const card = cardOf(this.#info.settings, {
      iteration: event.iteration,
      temperature: event.temperature.temperature,
    });
    const { checkpoint } = event.chains[0]!;
    await writeFolder(this.dir, runFiles.checkpoint, checkpointFiles(model, checkpoint, card));
    await this.#prove(model, checkpoint);
    const queue = queueRows(this.#inputs, event, this.#info.settings.threshold);
    await writeLines(this.dir, runFiles.queue, queue);
  }

  async writeReport(info: RunInfo): Promise<void> {
    const { forms, skipped, pool } = this.#inputs;
    const queue = await readRunQueue(this.dir);
    const head = queue.slice(0, reportedQueue);
    const queueHead = [];
    for await (const pair of pool.read(head.map((item) => pool.ids.indexOf(item.id)))) {
      queueHead.push({
        item: head[queueHead.length]!,
        prompt: pair.prompt
          .map((m) => (pair.prompt.length > 1 ? `${m.role}: ${m.content}` : m.content))
          .join("\n\n"),
        first: textOf(pair.first),
        second: textOf(pair.second),
      });
    }
    const html = reportHtml({
      run: info,
      records: this.#records,
      forms,
      skipped,
      queueHead,
      queueSize: queue.length,
    });
    await writeText(this.dir, runFiles.report, html);
  }

  /** `last`: every model in its turn. `best`: the one with the lowest validation NLL, the earliest of equals. */
  #isResult(record: IterationRecord): boolean {
    if (this.#info.settings.keep === "last" || record.validation === null) return true;
    const { nll } = record.validation;
    return this.#records.every(
      (other) =>
        other.kind !== "iteration" ||
        other.iteration >= record.iteration ||
        other.validation === null ||
        other.validation.nll > nll,
    );
  }

  /** Reads the checkpoint back and scores with it; a save that differs is no save. */
  async #prove(model: RewardModel<Checkpoint>, checkpoint: Checkpoint): Promise<void> {
    const { pool } = this.#inputs;
    const path = join(this.dir, runFiles.checkpoint);
    const saved = loadCheckpoint(path, (await readFolder(path))!).checkpoint;
    const index = Int32Array.from({ length: Math.min(provenPairs, pool.size) }, (_, i) => i);
    const [wanted, got] = [
      await finished(model.score(checkpoint, pool, index)),
      await finished(model.score(saved, pool, index)),
    ];
    const differs = wanted.margin.findIndex((margin, i) => margin !== got.margin[i]);
    if (differs === -1) return;
    throw new Error(
      `${path}: expected the saved model to score pair ${pool.ids[differs]!} as ${wanted.margin[differs]!}, ` +
        `got ${got.margin[differs]!}: the disk or the memory of this machine may be failing`,
    );
  }
}
