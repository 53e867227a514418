// In which order pairs come to a person. Everything depends on a seed and on what the label log says, so that
// a page that is loaded again shows the same pair.
import { keyedUniform, type Random } from "../random.ts";

/** Where the next pair comes from. */
export type Stream = "random" | "unsure";

/** A permutation of 0 to size - 1, drawn only as far as it is asked for: memory grows with that alone. */
export class Permutation {
  readonly size: number;
  readonly #random: Random;
  readonly #drawn: number[] = [];
  /** What stands at a place of the list that is shuffled, where it is not the place's own number. */
  readonly #moved = new Map<number, number>();

  constructor(size: number, random: Random) {
    this.size = size;
    this.#random = random;
  }

  /** The number at a position from 0 to size - 1. Fisher and Yates, from the front. */
  at(position: number): number {
    while (this.#drawn.length <= position) this.#draw();
    return this.#drawn[position]!;
  }

  #draw(): void {
    const here = this.#drawn.length;
    const there = here + Math.floor(this.#random() * (this.size - here));
    this.#drawn.push(this.#moved.get(there) ?? there);
    this.#moved.set(there, this.#moved.get(here) ?? here);
    this.#moved.delete(here);
  }
}

/** `size` items, or all where there are fewer, each with the same chance (Vitter's algorithm R, 1985). */
export async function sampleOf<T>(
  items: AsyncIterable<T>,
  { size, random }: { readonly size: number; readonly random: Random },
): Promise<{ readonly sample: T[]; readonly count: number }> {
  const sample: T[] = [];
  let count = 0;
  for await (const item of items) {
    count++;
    if (sample.length < size) {
      sample.push(item);
      continue;
    }
    const at = Math.floor(random() * count);
    if (at < size) sample[at] = item;
  }
  return { sample, count };
}

/** The stream of a showing, by its number among the person's acts in force. */
export function streamOf(
  showing: number,
  { seed, randomShare }: { readonly seed: string; readonly randomShare: number },
): Stream {
  return keyedUniform(`stream ${seed}`, String(showing)) < randomShare ? "random" : "unsure";
}

/** A verdict or a skip of the past, in the order of showing. */
export interface PastShowing {
  readonly pair: string;
  readonly isVerdict: boolean;
  readonly isRepeat: boolean;
}

/** How many showings lie between a verdict and its repeat, at least. */
const repeatGap = 10;

/**
 * The pair that the showing after `past` repeats with swapped sides, null for none: a share of showings repeats
 * a verdict that is at least repeatGap showings old, each pair once at most. `past` ends with the showings
 * that are planned and not judged yet.
 */
export function repeatAfter(
  past: readonly PastShowing[],
  { seed, share }: { readonly seed: string; readonly share: number },
): string | null {
  if (!mayRepeat(past.length, { seed, share })) return null;
  const repeated = new Set(past.filter(({ isRepeat }) => isRepeat).map(({ pair }) => pair));
  const eligible = past
    .slice(0, Math.max(0, past.length - repeatGap))
    .filter(({ pair, isVerdict, isRepeat }) => isVerdict && !isRepeat && !repeated.has(pair));
  const which = keyedUniform(`which ${seed}`, String(past.length));
  return eligible[Math.floor(which * eligible.length)]?.pair ?? null;
}

/** Whether the showing of this number repeats an earlier one, where one is old enough; see repeatAfter. */
export function mayRepeat(
  showing: number,
  { seed, share }: { readonly seed: string; readonly share: number },
): boolean {
  return keyedUniform(`repeat ${seed}`, String(showing)) < share;
}
