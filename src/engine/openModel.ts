// A trained model by its folder, for scoring: a run directory or a checkpoint folder.
import { join } from "node:path";
import type { Pair } from "../core/pair.ts";
import { DataError } from "../data/dataError.ts";
import { readFolder, runFiles } from "../data/runFiles.ts";
import type { PairPool, ResponseText, Scores, Step } from "../learn/rewardModel.ts";
import { loadCheckpoint } from "./checkpointFolder.ts";

export interface OpenModel {
  score(pairs: readonly Pair[]): Promise<Scores>;
  /** Null for models that cannot reward a single response. */
  scoreResponses(items: readonly ResponseText[]): Promise<Float64Array | null>;
  /** p = sigmoid(margin / temperature) is calibrated. */
  readonly temperature: number;
}

/**
 * Opens the model in a folder.
 * @throws DataError that says what was expected where nothing fits
 */
export async function openModel(path: string): Promise<OpenModel> {
  if (path.startsWith("hub:")) {
    throw new DataError(
      `--model ${path}: models of the hub need the training engine, which is not part of this version.`,
    );
  }
  const files = (await readFolder(join(path, runFiles.checkpoint))) ?? (await readFolder(path));
  if (files === null)
    throw new DataError(`${path}: expected a run or checkpoint, found no such folder.`);
  const { checkpoint, card } = loadCheckpoint(path, files);
  return {
    temperature: card.temperature,
    // A model of its own for each batch: it keeps features of every pair that it has seen.
    async score(pairs) {
      const { model } = loadCheckpoint(path, files);
      const all = Int32Array.from(pairs.keys());
      return finished(model.score(checkpoint, poolOf(pairs), all));
    },
    async scoreResponses(items) {
      const { model } = loadCheckpoint(path, files);
      return finished(model.scoreResponses(checkpoint, items));
    },
  };
}

function poolOf(pairs: readonly Pair[]): PairPool {
  return {
    size: pairs.length,
    ids: pairs.map((pair) => pair.id),
    promptIds: pairs.map((pair) => pair.promptId),
    // eslint-disable-next-line @typescript-eslint/require-await -- the interface is for texts on disk
    async *read(indices) {
      for (const i of indices) yield pairs[i]!;
    },
  };
}

async function finished<T>(work: AsyncGenerator<Step, T>): Promise<T> {
  let next = await work.next();
  while (!next.done) next = await work.next();
  return next.value;
}
