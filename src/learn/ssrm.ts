// SSRM (He et al. 2024, arXiv 2409.06903): train on L; then again and again pseudo-label all of U with the
// current model, keep what it is confident of, and train on L plus that. What the loop is given holds no gold
// of U and no gold of the test set, so none can reach training. Writing things down is src/engine's.
import { fitTemperature, probabilities, type TemperatureFit } from "../core/calibration.ts";
import { confidencesOf } from "../core/confidence.ts";
import { adviceForEmpty } from "../core/select.ts";
import type { Selection } from "../core/selection/rule.ts";
import {
  allOf,
  examplesOf,
  type LabelSet,
  type PseudoLabels,
  sameLabels,
  unlabeledOf,
  withoutLabeled,
} from "./labelSet.ts";
import { type Judged, joined, measuringOf } from "./judged.ts";
import { type Chain, type HoldOut, holdOutFor, leavesOut, namesOf } from "./holdOut.ts";
import type { PairPool, RewardModel, Scores, Step } from "./rewardModel.ts";

export interface SsrmTask {
  /** L and U together. */
  readonly pool: PairPool;
  /** The verdicts that have arrived by the start of this iteration. */
  labels(iteration: number): Promise<LabelSet>;
  /** Pairs that are only scored. */
  readonly test: PairPool | null;
}

export interface SsrmOptions {
  readonly iterations: number;
  readonly start: "restart" | "continue";
  readonly confidence: "raw" | "calibrated";
  readonly threshold: number;
  readonly seed: number;
  /** Which pairs of U become pseudo-labels; p and pool index per pair of U. */
  select(p: Float64Array, index: Int32Array, iteration: number): Selection;
}

/** Everything that is known of model k. */
export interface ModelEvent<Checkpoint> {
  readonly kind: "model";
  readonly iteration: number;
  readonly chains: readonly Chain<Checkpoint>[];
  readonly labels: LabelSet;
  readonly temperature: TemperatureFit;
  /** Labels that the model that scored them was not trained on. */
  readonly heldOut: Judged;
  /** Those of them that may measure calibration, or all where none may; the temperature is fitted on these. */
  readonly validation: Judged;
  readonly validationOf: "random" | "all";
  readonly unlabeled: {
    readonly index: Int32Array;
    readonly scores: Scores;
    readonly p: Float64Array;
  };
  readonly test: Scores | null;
}

export type SsrmEvent<Checkpoint> =
  | { readonly kind: "step"; readonly iteration: number; readonly step: Step }
  | ({ readonly kind: "pseudo-labels"; readonly iteration: number } & PseudoLabels)
  | ModelEvent<Checkpoint>
  | { readonly kind: "ended-early"; readonly iteration: number; readonly reason: string };

/** Where a run that was interrupted goes on: after model k. */
export interface ResumePoint<Checkpoint> {
  readonly iteration: number;
  readonly chains: readonly Chain<Checkpoint>[];
}

/**
 * Yields one event per step, per set of pseudo-labels and per model. Deterministic: the events after a resume
 * are those that an undisturbed run would have yielded.
 */
export async function* ssrm<Checkpoint>(
  model: RewardModel<Checkpoint>,
  task: SsrmTask,
  options: SsrmOptions & { readonly resume: ResumePoint<Checkpoint> | null },
): AsyncGenerator<SsrmEvent<Checkpoint>, void> {
  const { pool } = task;
  const { resume, iterations } = options;
  const holdOut = holdOutFor((await task.labels(0)).index.length, options.seed);
  let iteration = resume?.iteration ?? 0;
  let labels = await task.labels(iteration);
  let chains =
    resume?.chains ??
    (yield* train({ model, task, options }, { iteration, labels, holdOut, before: [] }));

  for (;;) {
    const whole = chains[0]!;
    const heldOut = yield* scoreLeftOut(model, pool, { iteration, chains, labels, holdOut });
    const { validation, validationOf } = measuringOf(heldOut, labels);
    const temperature = fitTemperature(validation.margin, validation.target);
    const scale = options.confidence === "calibrated" ? temperature.temperature : 1;
    const index = unlabeledOf(pool, labels);
    const scores = yield* asEvents(iteration, model.score(whole.checkpoint, pool, index));
    const p = probabilities(scores.margin, scale);
    const test = task.test
      ? yield* asEvents(iteration, model.score(whole.checkpoint, task.test, allOf(task.test)))
      : null;
    const unlabeled = { index, scores, p };
    const judged = { heldOut, validation, validationOf, temperature };
    yield { kind: "model", iteration, chains, labels, ...judged, unlabeled, test };
    if (iteration >= iterations || index.length === 0) return;

    const known = labels;
    labels = await task.labels(++iteration);
    const before: Trained<Checkpoint>[] = [];
    for (const chain of chains) {
      const said =
        chain === whole
          ? p
          : yield* probabilitiesOf(model, pool, { iteration, chain, index, scale });
      const kept = withoutLabeled({ index, p: said }, labels);
      const selection = options.select(kept.p, kept.index, iteration);
      before.push({ chain, pseudo: { ...kept, selection } });
    }
    const pseudo = before[0]!.pseudo;
    yield { kind: "pseudo-labels", iteration, ...pseudo };
    if (pseudo.selection.count === 0 && sameLabels(known, labels)) {
      const reason = adviceForEmpty(confidencesOf(pseudo.p), options.threshold);
      yield { kind: "ended-early", iteration, reason };
      return;
    }
    chains = yield* train({ model, task, options }, { iteration, labels, holdOut, before });
  }
}

/** A chain of the iteration before, with the pseudo-labels that it drew. */
interface Trained<Checkpoint> {
  readonly chain: Chain<Checkpoint>;
  readonly pseudo: PseudoLabels;
}

/**
 * SRM on L plus the selected, for the whole of L and once per left-out part. A chain that leaves labels out has
 * its own models and its own pseudo-labels from the start, so the labels that judge it never touched it.
 */
async function* train<Checkpoint>(
  {
    model,
    task,
    options,
  }: { model: RewardModel<Checkpoint>; task: SsrmTask; options: SsrmOptions },
  round: {
    readonly iteration: number;
    readonly labels: LabelSet;
    readonly holdOut: HoldOut;
    readonly before: readonly Trained<Checkpoint>[];
  },
): AsyncGenerator<SsrmEvent<Checkpoint>, Chain<Checkpoint>[]> {
  const { iteration, labels, holdOut, before } = round;
  const chains: Chain<Checkpoint>[] = [];
  const promptIds = Array.from(labels.index, (i) => task.pool.promptIds[i]!);
  for (const name of before.length
    ? before.map((b) => b.chain.name)
    : namesOf(holdOut, promptIds)) {
    const last = before.find((b) => b.chain.name === name) ?? null;
    const kept = promptIds.map((id) => !leavesOut(holdOut, name, id));
    const examples = examplesOf(task.pool, { labels, kept, pseudo: last?.pseudo ?? null });
    const fit = model.fit(examples, {
      previous: last?.chain.checkpoint ?? null,
      start: options.start,
    });
    chains.push({ name, checkpoint: yield* asEvents(iteration, fit) });
  }
  return chains;
}

/** Margins of labels under the chain that left them out. */
async function* scoreLeftOut<Checkpoint>(
  model: RewardModel<Checkpoint>,
  pool: PairPool,
  round: {
    readonly iteration: number;
    readonly chains: readonly Chain<Checkpoint>[];
    readonly labels: LabelSet;
    readonly holdOut: HoldOut;
  },
): AsyncGenerator<SsrmEvent<Checkpoint>, Judged> {
  const { labels, holdOut } = round;
  const parts: Judged[] = [];
  for (const { name, checkpoint } of round.chains) {
    const left = Array.from(labels.index, (i) => leavesOut(holdOut, name, pool.promptIds[i]!));
    const index = labels.index.filter((_, i) => left[i]);
    if (index.length === 0) continue;
    const { margin } = yield* asEvents(round.iteration, model.score(checkpoint, pool, index));
    parts.push({ index, margin, target: labels.target.filter((_, i) => left[i]) });
  }
  return joined(parts, pool.ids);
}

async function* probabilitiesOf<Checkpoint>(
  model: RewardModel<Checkpoint>,
  pool: PairPool,
  of: {
    readonly iteration: number;
    readonly chain: Chain<Checkpoint>;
    readonly index: Int32Array;
    readonly scale: number;
  },
): AsyncGenerator<SsrmEvent<Checkpoint>, Float64Array> {
  const scoring = model.score(of.chain.checkpoint, pool, of.index);
  const { margin } = yield* asEvents(of.iteration, scoring);
  return probabilities(margin, of.scale);
}

/** Passes a model's steps on and returns its result. */
async function* asEvents<T>(
  iteration: number,
  work: AsyncGenerator<Step, T>,
): AsyncGenerator<{ kind: "step"; iteration: number; step: Step }, T> {
  let next = await work.next();
  while (!next.done) {
    yield { kind: "step", iteration, step: next.value };
    next = await work.next();
  }
  return next.value;
}
