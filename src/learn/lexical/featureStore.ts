// Features of every pair seen so far, packed, so that a text is read and tokenised once in a run.
import { textOf, type Pair } from "../../core/pair.ts";
import type { PairPool, Step } from "../rewardModel.ts";
import { textFeatures, type TextFeatures } from "./features.ts";

/** How often reading reports progress, in pairs. */
const readStep = 2000;

export interface PairFeatures {
  readonly first: TextFeatures;
  readonly second: TextFeatures;
}

/** About 5 bytes per distinct n-gram: 1,000,000 HH-sized pairs take 0.8 GB, outside the JavaScript heap. */
export class FeatureStore {
  readonly #columns = new Blocks<Int32Array>((size) => new Int32Array(size));
  readonly #counts = new Blocks<Uint8Array>((size) => new Uint8Array(size));
  readonly #entries = new Map<string, PairFeatures>();

  /** Reads the pairs at these indices that are not here yet. Yields progress. */
  async *load(pool: PairPool, index: Int32Array): AsyncGenerator<Step, void> {
    const missing = index.filter((i) => !this.#entries.has(pool.ids[i]!));
    let done = 0;
    for await (const pair of pool.read(missing)) {
      this.#add(pair);
      if (++done % readStep === 0) yield { phase: "read", done, total: missing.length };
    }
  }

  /** Throws when the pair was never loaded. */
  get(pairId: string): PairFeatures {
    const entry = this.#entries.get(pairId);
    if (!entry) throw new Error(`internal: features of pair ${pairId} were not loaded`);
    return entry;
  }

  #add(pair: Pair): void {
    const pack = (text: string): TextFeatures => {
      const { columns, counts, tokens } = textFeatures(text);
      return { columns: this.#columns.add(columns), counts: this.#counts.add(counts), tokens };
    };
    this.#entries.set(pair.id, {
      first: pack(textOf(pair.first)),
      second: pack(textOf(pair.second)),
    });
  }
}

/** Large blocks with views into them: a million small typed arrays of their own would cost 100 bytes each more. */
class Blocks<T extends Int32Array | Uint8Array> {
  readonly #create: (size: number) => T;
  #block: T;
  #used = 0;

  constructor(create: (size: number) => T) {
    this.#create = create;
    this.#block = create(0);
  }

  add(values: T): T {
    if (this.#used + values.length > this.#block.length) {
      this.#block = this.#create(Math.max(1 << 20, values.length));
      this.#used = 0;
    }
    const view = this.#block.subarray(this.#used, this.#used + values.length) as T;
    view.set(values);
    this.#used += values.length;
    return view;
  }
}
