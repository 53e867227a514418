// The rows of a run's files: what a model says, pair by pair, with where each pair stands.
import { probabilities } from "../core/calibration.ts";
import { confidenceOf } from "../core/confidence.ts";
import type { HeldOutRow, PseudoLabel, QueueItem, ScoreRow } from "../core/records.ts";
import type { PseudoLabels } from "../learn/labelSet.ts";
import type { ModelEvent } from "../learn/ssrm.ts";
import type { RunInputs } from "./inputs.ts";
import type { Checkpoint } from "./models.ts";

/** The review queue holds this many of the least sure: more than anybody reviews between two runs. */
const queueLimit = 10_000;

/** pseudo-labels/iteration-K.jsonl */
export function* pseudoRows(
  { pool }: RunInputs,
  { index, p, selection }: PseudoLabels,
): Generator<PseudoLabel> {
  for (const [k, i] of index.entries()) {
    yield {
      id: pool.ids[i]!,
      p: p[k]!,
      confidence: confidenceOf(p[k]!),
      winner: p[k]! > 0.5 ? "first" : "second",
      selected: selection.selected[k] === 1,
      reason: selection.reason(k),
    };
  }
}

/** scores.jsonl, in the order of the data */
export function* scoreRows(
  inputs: RunInputs,
  { unlabeled }: ModelEvent<Checkpoint>,
): Generator<ScoreRow> {
  for (const [k, i] of unlabeled.index.entries()) {
    yield { id: inputs.pool.ids[i]!, p: unlabeled.p[k]!, ...placeOf(inputs, i) };
  }
}

/** queue.jsonl, least sure first */
export function queueRows(
  inputs: RunInputs,
  { unlabeled }: ModelEvent<Checkpoint>,
  threshold: number,
): QueueItem[] {
  const { index, p } = unlabeled;
  return [...p.keys()]
    .filter((k) => confidenceOf(p[k]!) <= threshold)
    .map((k): QueueItem => ({
      id: inputs.pool.ids[index[k]!]!,
      p: p[k]!,
      confidence: confidenceOf(p[k]!),
      ...placeOf(inputs, index[k]!),
    }))
    .sort((a, b) => a.confidence - b.confidence || (a.id < b.id ? -1 : 1))
    .slice(0, queueLimit);
}

/** held-out/iteration-K.jsonl: held-out labels by id, then the test pairs in the order of their files */
export function* heldOutRows(
  { pool, sources, answers, testPlaces }: RunInputs,
  { heldOut, validation, test }: ModelEvent<Checkpoint>,
): Generator<HeldOutRow> {
  const measuring = new Set(validation.index);
  const p = probabilities(heldOut.margin, 1);
  for (const [k, i] of heldOut.index.entries()) {
    const { list, place } = sources[i]!;
    yield {
      id: pool.ids[i]!,
      set: "validation",
      p: p[k]!,
      winner: winnerOf(heldOut.target[k]!),
      source: list.name,
      ...place,
      ...(measuring.has(i) ? { counts: true } : {}),
    };
  }
  if (test === null || answers.test === null) return;
  const { pool: testPool, target } = answers.test;
  for (const [i, testP] of probabilities(test.margin, 1).entries()) {
    const winner = winnerOf(target[i]!);
    const id = testPool.ids[i]!;
    yield { id, set: "test", p: testP, winner, source: "test", ...testPlaces[i]! };
  }
}

function placeOf({ sources }: RunInputs, i: number): Pick<QueueItem, "file" | "line" | "source"> {
  const { list, place } = sources[i]!;
  return list.name === "labeled" ? { ...place, source: "labeled" } : place;
}

function winnerOf(target: number): HeldOutRow["winner"] {
  if (target === 0.5) return "tie";
  return target > 0.5 ? "first" : "second";
}
