// The models that this version can train and score with, by the name in a run's settings.
import type { RunSettings } from "../core/records.ts";
import { lexicalModel } from "../learn/lexical/lexicalModel.ts";
import type { LexicalCheckpoint } from "../learn/lexical/lexicalFiles.ts";
import type { RewardModel } from "../learn/rewardModel.ts";

/** What travels from fit to score to save: each model knows its own. */
export type Checkpoint = LexicalCheckpoint;

/**
 * The model of a run's settings.
 * @throws Error for a model that this version does not have
 */
export function modelOf(
  settings: Pick<RunSettings, "model" | "lexical" | "seed">,
): RewardModel<Checkpoint> {
  if (settings.model === "lexical")
    return lexicalModel({ ...settings.lexical, seed: settings.seed });
  throw new Error(
    `model ${settings.model}: expected "lexical", the one model of this version; Hugging Face checkpoints ` +
      `need the training engine, which is not part of it yet`,
  );
}
