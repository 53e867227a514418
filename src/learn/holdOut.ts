// Which labels judge which model. Below 500 labels every one is needed for training, so they are cross-fitted:
// five more chains of models, each without a fifth of L. From 500 on, a part is held out.
import { foldOf, isHeldOut } from "../core/split.ts";

/** One self-training of L, or of L without a part. Chain 0 is the result of the run. */
export interface Chain<Checkpoint> {
  readonly name: string;
  readonly checkpoint: Checkpoint;
}

export type HoldOut =
  | { readonly kind: "cross-fit"; readonly folds: number; readonly seed: number }
  | { readonly kind: "held-out"; readonly share: number; readonly seed: number };

/** From here on labels are held out instead of cross-fitted. */
export const crossFitBelow = 500;

/** More held-out labels than this would narrow the temperature's interval by little. */
const mostHeldOut = 500;

/** How the labels of a run are split, decided once by how many there are at its start. */
export function holdOutFor(labelCount: number, seed: number): HoldOut {
  if (labelCount < crossFitBelow) return { kind: "cross-fit", folds: 5, seed };
  return { kind: "held-out", share: Math.min(0.2, mostHeldOut / labelCount), seed };
}

/** The chains to train, the whole one first. Folds without labels, or with all of them, have none. */
export function namesOf(holdOut: HoldOut, promptIds: readonly string[]): string[] {
  if (holdOut.kind === "held-out") return ["whole"];
  const folds = new Set(promptIds.map((id) => foldOf(id, holdOut.folds, holdOut.seed)));
  if (folds.size < 2) return ["whole"];
  return ["whole", ...[...folds].sort((a, b) => a - b).map((fold) => `without-fold-${fold}`)];
}

/** Whether the chain of this name is not trained on labels of this prompt. */
export function leavesOut(holdOut: HoldOut, name: string, promptId: string): boolean {
  if (holdOut.kind === "held-out") return isHeldOut(promptId, holdOut.share, holdOut.seed);
  return name === `without-fold-${foldOf(promptId, holdOut.folds, holdOut.seed)}`;
}
