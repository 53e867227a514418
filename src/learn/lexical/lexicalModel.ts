// The embedded default model: hashed word n-grams and a linear Bradley-Terry reward. No download, seconds.
import { textOf } from "../../core/pair.ts";
import type {
  Examples,
  FitOptions,
  PairPool,
  ResponseText,
  RewardModel,
  Scores,
  Step,
} from "../rewardModel.ts";
import { train } from "./bradleyTerry.ts";
import { designOf, packWeights, parameterCount, unpackWeights } from "./design.ts";
import {
  bucketCount,
  countValue,
  lengthValue,
  textFeatures,
  type TextFeatures,
} from "./features.ts";
import { FeatureStore } from "./featureStore.ts";
import { type LexicalCheckpoint, loadLexical, saveLexical } from "./lexicalFiles.ts";
import { tuneL2 } from "./tuneL2.ts";

export interface LexicalOptions {
  /** L2 penalty on the mean loss, or chosen by cross-validation on the first examples that are fitted. */
  readonly l2: number | "auto";
  /** Whether log(1 + tokens) is a feature of its own. */
  readonly length: boolean;
  /** Decides the folds of the cross-validation. */
  readonly seed: number;
}

/** Scores are reported every so many pairs. */
const scoreStep = 5000;

/** The model behind `--model lexical`. It keeps the features of every pair that it has seen. */
export function lexicalModel(options: LexicalOptions): RewardModel<LexicalCheckpoint> {
  const store = new FeatureStore();
  return {
    fit: (examples, fitOptions) => fit(store, options, { examples, ...fitOptions }),
    score: (checkpoint, pool, index) => score(store, checkpoint, { pool, index }),
    scoreResponses,
    save: saveLexical,
    load: loadLexical,
    describe: ({ l2, steps, weights }) => ({ l2, steps, parameters: weights.values.length }),
  };
}

async function* fit(
  store: FeatureStore,
  options: LexicalOptions,
  { examples, previous, start }: FitOptions<LexicalCheckpoint> & { readonly examples: Examples },
): AsyncGenerator<Step, LexicalCheckpoint> {
  const { pool } = examples;
  yield* store.load(pool, examples.index);
  // Sums of floating-point numbers depend on their order: by id it does not depend on the file's.
  // A pair that stands there more than once has the same features, so then its target and weight decide.
  const { index, target, weight } = examples;
  const order = [...index.keys()].sort((i, j) => {
    const [a, b] = [pool.ids[index[i]!]!, pool.ids[index[j]!]!];
    if (a !== b) return a < b ? -1 : 1;
    return target[i]! - target[j]! || weight[i]! - weight[j]!;
  });
  const ids = order.map((i) => pool.ids[index[i]!]!);
  const targets = {
    target: Float64Array.from(order, (i) => target[i]!),
    weight: Float64Array.from(order, (i) => weight[i]!),
  };
  const design = designOf(
    ids.map((id) => store.get(id)),
    { hasLength: options.length },
  );
  let l2 = previous?.l2 ?? options.l2;
  if (l2 === "auto") {
    const promptIds = order.map((i) => pool.promptIds[index[i]!]!);
    const tuning = tuneL2(design, targets, { promptIds, seed: options.seed });
    l2 = (yield* asSteps(tuning, (progress) => ({ phase: "tune", ...progress }))).l2;
  }
  const from =
    start === "continue" && previous
      ? unpackWeights(design, previous.weights)
      : new Float64Array(parameterCount(design));
  let steps = 0;
  const rows = Int32Array.from(order.keys());
  const w = yield* asSteps(train(design, rows, { ...targets, l2, start: from }), (done) => {
    steps = done;
    return { phase: "fit", done, total: Math.max(done + 1, 40) };
  });
  return { weights: packWeights(design, w), l2, steps };
}

async function* score(
  store: FeatureStore,
  checkpoint: LexicalCheckpoint,
  { pool, index }: { readonly pool: PairPool; readonly index: Int32Array },
): AsyncGenerator<Step, Scores> {
  yield* store.load(pool, index);
  const rewardOf = rewardFunction(checkpoint);
  const first = new Float64Array(index.length);
  const second = new Float64Array(index.length);
  const margin = new Float64Array(index.length);
  for (let k = 0; k < index.length; k++) {
    const features = store.get(pool.ids[index[k]!]!);
    first[k] = rewardOf(features.first);
    second[k] = rewardOf(features.second);
    margin[k] = first[k]! - second[k]!;
    if (k % scoreStep === scoreStep - 1) yield { phase: "score", done: k + 1, total: index.length };
  }
  return { margin, rewards: { first, second } };
}

// eslint-disable-next-line @typescript-eslint/require-await -- one short step; the interface is for models that need many
async function* scoreResponses(
  checkpoint: LexicalCheckpoint,
  responses: readonly ResponseText[],
): AsyncGenerator<Step, Float64Array> {
  const rewardOf = rewardFunction(checkpoint);
  return Float64Array.from(responses, ({ response }) => rewardOf(textFeatures(textOf(response))));
}

function rewardFunction({ weights }: LexicalCheckpoint): (features: TextFeatures) => number {
  const byBucket = new Float32Array(bucketCount);
  for (const [j, bucket] of weights.buckets.entries()) byBucket[bucket] = weights.values[j]!;
  return ({ columns, counts, tokens }) => {
    let reward = weights.length * lengthValue(tokens);
    for (let j = 0; j < columns.length; j++) {
      reward += byBucket[columns[j]!]! * countValue[counts[j]!]!;
    }
    return reward;
  };
}

/** Passes a synchronous solver's progress on as steps. */
// eslint-disable-next-line @typescript-eslint/require-await -- async only to be delegated to with yield*
async function* asSteps<P, T>(
  work: Generator<P, T>,
  toStep: (progress: P) => Step,
): AsyncGenerator<Step, T> {
  let next = work.next();
  while (!next.done) {
    yield toStep(next.value);
    next = work.next();
  }
  return next.value;
}
