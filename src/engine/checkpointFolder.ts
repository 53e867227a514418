// A checkpoint folder: the model's own files and ssrm.json, which says how to read its scores.
import { z } from "zod";
import type { RunSettings } from "../core/records.ts";
import { DataError } from "../data/dataError.ts";
import { defaultRunSettings } from "../data/projectFile.ts";
import type { RewardModel } from "../learn/rewardModel.ts";
import { type Checkpoint, modelOf } from "./models.ts";

/** The file by which a folder is known as a checkpoint. */
export const cardName = "ssrm.json";

const cardSchema = z.object({
  format: z.literal("ssrm-checkpoint-1"),
  model: z.string(),
  /** Which iteration's model this is. */
  iteration: z.number().int().min(0),
  /** p = sigmoid((rewardFirst - rewardSecond) / temperature) is calibrated; with temperature 1 it is raw. */
  temperature: z.number().positive(),
});

export type CheckpointCard = z.infer<typeof cardSchema>;

/** The card of a run's model. Holds no path, time or run id: equal runs give equal bytes. */
export function cardOf(
  settings: RunSettings,
  model: { readonly iteration: number; readonly temperature: number },
): CheckpointCard {
  return { format: "ssrm-checkpoint-1", model: settings.model, ...model };
}

/** The files of a checkpoint folder. */
export function checkpointFiles(
  model: RewardModel<Checkpoint>,
  checkpoint: Checkpoint,
  card: CheckpointCard,
): Map<string, Uint8Array> {
  const text = `${JSON.stringify(card, null, 2)}\n`;
  return new Map([...model.save(checkpoint), [cardName, Buffer.from(text)]]);
}

/**
 * The model in these files.
 * @throws DataError naming the folder, what was expected and what was got
 */
export function loadCheckpoint(
  dir: string,
  files: ReadonlyMap<string, Uint8Array>,
): { model: RewardModel<Checkpoint>; checkpoint: Checkpoint; card: CheckpointCard } {
  try {
    const card = cardSchema.parse(JSON.parse(Buffer.from(files.get(cardName) ?? []).toString()));
    // Only the model's name matters here: settings of its training stay with the run.
    const model = modelOf({ ...defaultRunSettings, model: card.model });
    return { model, checkpoint: model.load(files), card };
  } catch (error) {
    const reason = error instanceof z.ZodError ? z.prettifyError(error) : (error as Error).message;
    throw new DataError(`${dir}: the checkpoint cannot be read: ${reason}`, { cause: error });
  }
}
