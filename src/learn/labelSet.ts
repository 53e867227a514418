// L, U and what is drawn from U, as indices into one pool; and the examples that they make.
import { targetOf, type Winner } from "../core/pair.ts";
import type { Selection } from "../core/selection/rule.ts";
import type { Examples, PairPool } from "./rewardModel.ts";

/** What people said of pairs of the pool, at one moment. */
export interface LabelSet {
  /** Pool indices of L. */
  readonly index: Int32Array;
  /** P(first preferred) per pair of L: 1, 0, or 1/2 for a tie. */
  readonly target: Float64Array;
  /** 1 per pair of L whose verdict may measure calibration (core/labels/drawn.ts), else 0. Training uses all. */
  readonly measures: Uint8Array;
  /** Pool indices that were judged but have no winner to learn (both bad): in neither L nor U. */
  readonly setAside: Int32Array;
}

/** What model k-1 says of U, for model k. */
export interface PseudoLabels {
  /** Pool indices of U. */
  readonly index: Int32Array;
  /** P(first preferred), in the run's kind of confidence. */
  readonly p: Float64Array;
  readonly selection: Selection;
}

/** L without what the chain leaves out, then the selected of U with the model's own verdict. */
export function examplesOf(
  pool: PairPool,
  {
    labels,
    kept,
    pseudo,
  }: { labels: LabelSet; kept: readonly boolean[]; pseudo: PseudoLabels | null },
): Examples {
  const human = labels.index.filter((_, i) => kept[i]);
  const humanTarget = labels.target.filter((_, i) => kept[i]);
  const flags = pseudo?.selection.selected;
  const machine = pseudo?.index.filter((_, i) => flags![i] === 1) ?? [];
  const machineTarget =
    pseudo?.p.filter((_, i) => flags![i] === 1).map((p) => (p > 0.5 ? 1 : 0)) ?? [];
  return {
    pool,
    index: Int32Array.from([...human, ...machine]),
    target: Float64Array.from([...humanTarget, ...machineTarget]),
    weight: new Float64Array(human.length + machine.length).fill(1),
  };
}

/** Pool indices without a verdict, ascending. */
export function unlabeledOf(pool: PairPool, labels: LabelSet): Int32Array {
  const judged = judgedOf(labels);
  return allOf(pool).filter((i) => !judged.has(i));
}

/** Verdicts that arrived since U was scored take their pairs out of it. */
export function withoutLabeled(
  scored: { readonly index: Int32Array; readonly p: Float64Array },
  labels: LabelSet,
): { index: Int32Array; p: Float64Array } {
  const judged = judgedOf(labels);
  const keep = scored.index.map((i) => (judged.has(i) ? 0 : 1));
  return {
    index: scored.index.filter((_, k) => keep[k] === 1),
    p: scored.p.filter((_, k) => keep[k] === 1),
  };
}

function judgedOf(labels: LabelSet): Set<number> {
  return new Set([...labels.index, ...labels.setAside]);
}

/** Whether both hold the same verdicts. */
export function sameLabels(a: LabelSet, b: LabelSet): boolean {
  return (
    a.index.length === b.index.length &&
    a.index.every((pair, i) => pair === b.index[i] && a.target[i] === b.target[i])
  );
}

/** Every index of a pool, ascending. */
export function allOf(pool: PairPool): Int32Array {
  return Int32Array.from({ length: pool.size }, (_, i) => i);
}

/** Verdicts by pool index as L and what is set aside; `onlyTrains`: those that may not measure calibration. */
export function labelSetOf(
  verdicts: ReadonlyMap<number, Winner>,
  onlyTrains: ReadonlySet<number> = new Set(),
): LabelSet {
  const ordered = [...verdicts].sort(([a], [b]) => a - b);
  const trainable = ordered.filter(([, winner]) => winner !== "both-bad");
  return {
    index: Int32Array.from(trainable, ([index]) => index),
    target: Float64Array.from(trainable, ([, winner]) => targetOf(winner)),
    measures: Uint8Array.from(trainable, ([index]) => (onlyTrains.has(index) ? 0 : 1)),
    setAside: Int32Array.from(ordered.filter(([, w]) => w === "both-bad").map(([index]) => index)),
  };
}
