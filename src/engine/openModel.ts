// A trained model by its folder, for scoring: a run directory or a checkpoint folder.
import { existsSync } from "node:fs";
import { join } from "node:path";
import type { Pair } from "../core/pair.ts";
import { DataError } from "../data/dataError.ts";
import { readFolder, runFiles } from "../data/runs/runFiles.ts";
import { finished } from "../learn/finished.ts";
import type { PairPool, ResponseText, Scores } from "../learn/rewardModel.ts";
import { cardName, loadCheckpoint } from "./checkpointFolder.ts";

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
  const files = (await readFolder(checkpointFolderOf(path)))!;
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

/** A run's checkpoint, or the folder itself where it is one. Nothing else in it is looked at. */
function checkpointFolderOf(path: string): string {
  for (const folder of [join(path, runFiles.checkpoint), path]) {
    if (existsSync(join(folder, cardName))) return folder;
  }
  if (!existsSync(path)) {
    throw new DataError(
      `${path}: expected a run or checkpoint, found no such folder: check the path.`,
    );
  }
  if (existsSync(join(path, "config.json"))) {
    throw new DataError(
      `${path}: expected a run or a checkpoint of this program, got a Hugging Face checkpoint: those need the ` +
        `training engine, which is not part of this version.`,
    );
  }
  throw new DataError(
    `${path}: expected a run or a checkpoint with ${cardName} in it, got neither: name the folder that ` +
      `\`ssrm run\` wrote; a run has its checkpoint once its first model is there.`,
  );
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
