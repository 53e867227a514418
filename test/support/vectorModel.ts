// A reward model that is solved in closed form: a response is two numbers, its reward a ridge regression on
// them. Stands in for real models where a test is about the loop.
import {
  canonicalPair,
  type Pair,
  plainPrompt,
  plainResponse,
  textOf,
} from "../../src/core/pair.ts";
import { seededRandom } from "../../src/core/random.ts";
import type { Examples, FitOptions, RewardModel } from "../../src/learn/rewardModel.ts";
import { solve } from "./denseLogistic.ts";
import type { NaiveModel } from "./naiveSsrm.ts";
import type { SyntheticPairs } from "./syntheticPairs.ts";

export interface VectorCheckpoint {
  readonly w: Float64Array;
}

const ridge = 1;
/** The margin that is regressed on: this for first, minus this for second. */
const scale = 3;

/** Pairs of points; the truth is 1.5 x - y with noise. About three pairs a prompt. */
export function vectorPairs(count: number, seed: number): SyntheticPairs {
  const random = seededRandom(`vectors ${seed}`);
  const pairs: Pair[] = [];
  const gold: number[] = [];
  const coordinate = (): number => Math.round((random() + random() - 1) * 1000) / 500;
  for (let i = 0; i < count; i++) {
    const [a, b] = [0, 1].map(() => [coordinate(), coordinate()] as const);
    const { pair, swapped } = canonicalPair({
      prompt: plainPrompt(`p${Math.floor((random() * count) / 3)}`),
      a: plainResponse(a!.join(" ")),
      b: plainResponse(b!.join(" ")),
    });
    const margin = 1.5 * (a![0] - b![0]) - (a![1] - b![1]) + random() - 0.5;
    pairs.push(pair);
    gold.push(margin > 0 === !swapped ? 1 : 0);
  }
  return { pairs, gold: Float64Array.from(gold) };
}

/** `continue` gives the mean of the closed form and the model before. */
export function vectorModel(): RewardModel<VectorCheckpoint> {
  return {
    fit,
    async *score({ w }, pool, index) {
      const first: number[] = [];
      const second: number[] = [];
      for await (const pair of pool.read(index)) {
        first.push(rewardOf(w, pair.first));
        second.push(rewardOf(w, pair.second));
      }
      yield { phase: "score", done: index.length, total: index.length };
      return {
        margin: Float64Array.from(first, (r, i) => r - second[i]!),
        rewards: { first: Float64Array.from(first), second: Float64Array.from(second) },
      };
    },
    // eslint-disable-next-line @typescript-eslint/require-await -- the interface has steps
    async *scoreResponses({ w }, responses) {
      return Float64Array.from(responses, ({ response }) => rewardOf(w, response));
    },
    save: ({ w }) => new Map([["w.bin", new Uint8Array(w.slice().buffer)]]),
    load: (files) => ({ w: new Float64Array(files.get("w.bin")!.slice().buffer) }),
    describe: ({ w }) => ({ norm: Math.hypot(...w) }),
  };
}

async function* fit(
  { pool, index, target, weight }: Examples,
  { previous, start }: FitOptions<VectorCheckpoint>,
): AsyncGenerator<{ phase: "fit"; done: number; total: number }, VectorCheckpoint> {
  const order = [...index.keys()].sort((i, j) =>
    pool.ids[index[i]!]! < pool.ids[index[j]!]! ? -1 : 1,
  );
  let [xx, xy, yy, bx, by] = [ridge, 0, ridge, 0, 0];
  let k = 0;
  for await (const pair of pool.read(order.map((i) => index[i]!))) {
    const i = order[k++]!;
    const [x, y] = differenceOf(pair);
    const wanted = scale * (2 * target[i]! - 1);
    xx += weight[i]! * x * x;
    xy += weight[i]! * x * y;
    yy += weight[i]! * y * y;
    bx += weight[i]! * x * wanted;
    by += weight[i]! * y * wanted;
  }
  yield { phase: "fit", done: 1, total: 1 };
  const determinant = xx * yy - xy * xy;
  const w = [(yy * bx - xy * by) / determinant, (xx * by - xy * bx) / determinant];
  const before = start === "continue" ? previous?.w : undefined;
  return { w: Float64Array.from(w, (wj, j) => (before ? (wj + before[j]!) / 2 : wj)) };
}

/** The same for the naive loop, by elimination. */
export function naiveVector(start: "restart" | "continue"): NaiveModel<readonly number[]> {
  return {
    train(examples, before) {
      const rows = examples.map(({ pair }) => differenceOf(pair));
      const cell = (i: 0 | 1, j: 0 | 1): number =>
        rows.reduce((sum, row) => sum + row[i] * row[j], i === j ? ridge : 0);
      const right = ([0, 1] as const).map((j) =>
        rows.reduce((sum, row, r) => sum + row[j] * scale * (2 * examples[r]!.target - 1), 0),
      );
      const w = solve(
        [
          [cell(0, 0), cell(0, 1)],
          [cell(1, 0), cell(1, 1)],
        ],
        right,
      );
      return start === "continue" && before ? w.map((wj, j) => (wj + before[j]!) / 2) : w;
    },
    margin(w, pair) {
      const [x, y] = differenceOf(pair);
      return w[0]! * x + w[1]! * y;
    },
  };
}

function pointOf(response: Pair["first"]): [number, number] {
  const [x, y] = textOf(response).split(" ").map(Number);
  return [x!, y!];
}

function differenceOf(pair: Pair): [number, number] {
  const [first, second] = [pointOf(pair.first), pointOf(pair.second)];
  return [first[0] - second[0], first[1] - second[1]];
}

function rewardOf(w: Float64Array, response: Pair["first"]): number {
  const [x, y] = pointOf(response);
  return w[0]! * x + w[1]! * y;
}
