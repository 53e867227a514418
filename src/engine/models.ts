// The models that this version can train and score with. A new model is one file that implements RewardModel and
// one line in the table below.
import type { RunSettings } from "../core/records.ts";
import { lexicalModel } from "../learn/lexical/lexicalModel.ts";
import type { RewardModel } from "../learn/rewardModel.ts";

/** What travels from fit to score to save; each model knows its own. */
export type Checkpoint = unknown;

const models: Readonly<Record<string, (settings: RunSettings) => RewardModel<Checkpoint>>> = {
  lexical: ({ lexical, seed }) => lexicalModel({ ...lexical, seed }),
};

/** Names that `--model` and settings.model may have. */
export const modelNames: readonly string[] = Object.keys(models);

/**
 * The model of a run's settings.
 * @throws Error for a model that this version does not have
 */
export function modelOf(settings: RunSettings): RewardModel<Checkpoint> {
  const create = Object.hasOwn(models, settings.model) ? models[settings.model] : undefined;
  if (create) return create(settings);
  throw new Error(
    `model ${settings.model}: expected ${modelNames.join(" or ")}; Hugging Face checkpoints need the training ` +
      `engine, which is not part of this version`,
  );
}
