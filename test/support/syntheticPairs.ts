// Small pools of made-up pairs with a known, noisy rule of preference: the words of a response have worths.
import { canonicalPair, type Pair, plainPrompt, plainResponse } from "../../src/core/pair.ts";
import { type Random, seededRandom } from "../../src/core/random.ts";
import type { PairPool } from "../../src/learn/rewardModel.ts";

export interface SyntheticPairs {
  readonly pairs: readonly Pair[];
  /** P(first preferred) by gold per pair: 1, 0 or, for some, 1/2. */
  readonly gold: Float64Array;
}

const vocabulary = [
  "good",
  "fine",
  "kind",
  "clear",
  "short",
  "bad",
  "rude",
  "vague",
  "odd",
  "long",
];
const fillers = ["the", "tea", "is", "and", "cup", "of", "a", "we", "can", "pour", "it", ",", "."];

/** Distinct pairs, about two a prompt. `options.ties`: share of pairs without a better response. */
export function syntheticPairs(
  count: number,
  seed: number,
  options: { readonly ties?: number } = {},
): SyntheticPairs {
  const random = seededRandom(`synthetic ${seed}`);
  const pairs = new Map<string, { pair: Pair; gold: number }>();
  while (pairs.size < count) {
    const prompt = plainPrompt(`question ${Math.floor((random() * count) / 2)}`);
    const [a, b] = [words(random), words(random)];
    const { pair, swapped } = canonicalPair({ prompt, a: plainResponse(a), b: plainResponse(b) });
    const difference = worth(a) - worth(b) + 1.2 * (random() + random() - 1);
    const isTie = random() < (options.ties ?? 0);
    const preferred = difference > 0 === !swapped ? 1 : 0;
    pairs.set(pair.id, { pair, gold: isTie ? 0.5 : preferred });
  }
  return {
    pairs: [...pairs.values()].map(({ pair }) => pair),
    gold: Float64Array.from(pairs.values(), ({ gold }) => gold),
  };
}

/** Pairs in memory as a pool. */
export function memoryPool(pairs: readonly Pair[]): PairPool {
  return {
    size: pairs.length,
    ids: pairs.map((pair) => pair.id),
    promptIds: pairs.map((pair) => pair.promptId),
    // eslint-disable-next-line @typescript-eslint/require-await -- pools of real runs read from disk
    async *read(indices) {
      for (const index of indices) yield pairs[index]!;
    },
  };
}

/** The same pair with its responses the other way round, under the same id. */
export function flipped(pair: Pair): Pair {
  return { ...pair, first: pair.second, second: pair.first };
}

function words(random: Random): string {
  const pick = (list: readonly string[]): string => list[Math.floor(random() * list.length)]!;
  const count = 3 + Math.floor(random() * 5);
  const all = Array.from({ length: count }, () => pick(random() < 0.4 ? vocabulary : fillers));
  return all.join(" ");
}

function worth(text: string): number {
  return text.split(" ").reduce((sum, word) => {
    const at = vocabulary.indexOf(word);
    return at === -1 ? sum : sum + (at < 5 ? 1 : -1);
  }, 0);
}
