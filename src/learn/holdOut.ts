// Which labels judge which model. The result of a run is trained on all of L; beside it run chains of models
// that leave labels out and are used to judge these alone: below 500 labels five, each without a fifth of L
// (cross-fitting), from 500 on a single one without a held-out part.
import { foldOf, isHeldOut } from "../core/split.ts";

/** One self-training of L, or of L without a part. Chain 0 is the result of the run. */
export interface Chain<Checkpoint> {
  readonly name: string;
  readonly checkpoint: Checkpoint;
}

export interface HoldOut {
  readonly kind: "cross-fit" | "held-out";
  /** Share of L that is held out; 1 for cross-fitting, where each label is left out once. */
  readonly share: number;
  readonly seed: number;
}

/** From here on one part is held out instead of each in turn. */
export const crossFitBelow = 500;

/** Held-out labels beyond this would narrow the temperature's interval by little. */
const mostHeldOut = 500;

const foldCount = 5;

/** The chain that is trained on all of L. */
const wholeChain = "whole";

/** How the labels of a run are split, decided once by how many there are at its start. */
export function holdOutFor(labelCount: number, seed: number): HoldOut {
  if (labelCount < crossFitBelow) return { kind: "cross-fit", share: 1, seed };
  return { kind: "held-out", share: Math.min(0.2, mostHeldOut / labelCount), seed };
}

/** The chains to train, the whole one first. A part that holds no labels, or all of them, has none. */
export function namesOf(holdOut: HoldOut, promptIds: readonly string[]): string[] {
  const parts = promptIds.map((id) => partOf(holdOut, id));
  const left = [...new Set(parts)].filter((part) => part !== wholeChain).sort();
  return [wholeChain, ...left.filter((part) => parts.some((other) => other !== part))];
}

/** Whether the chain of this name is not trained on labels of this prompt, and so may judge them. */
export function leavesOut(holdOut: HoldOut, name: string, promptId: string): boolean {
  return name !== wholeChain && name === partOf(holdOut, promptId);
}

/** The name of the chain that leaves this prompt out, or wholeChain where none does. */
function partOf({ kind, share, seed }: HoldOut, promptId: string): string {
  if (kind === "cross-fit") return `without-fold-${foldOf(promptId, foldCount, seed)}`;
  return isHeldOut(promptId, share, seed) ? "without-held-out" : wholeChain;
}
