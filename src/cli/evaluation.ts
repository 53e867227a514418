// Collects what a model says of judged pairs, and measures it: overall and per subset.
import { probabilities } from "../core/calibration.ts";
import { lengthOf, longerWinsRate, pearson } from "../core/length.ts";
import { measure } from "../core/metrics/measure.ts";
import { responseIdOf, targetOf } from "../core/pair.ts";
import type { Metrics } from "../core/records.ts";
import type { PairRow } from "../data/rows.ts";
import type { Scores } from "../learn/rewardModel.ts";

export interface Figures extends Metrics {
  /** Pearson correlation of reward and length over distinct responses; null where there is none. */
  readonly lengthCorrelation: number | null;
  /** How often the longer response is preferred: by the verdicts, and by the model. */
  readonly longerWins: { readonly data: number | null; readonly model: number | null };
  /** The metrics after temperature scaling. */
  readonly calibrated: Metrics & { readonly temperature: number };
}

/** Judged pairs with a model's scores, in columns; texts are not kept. */
export class Evaluation {
  readonly #promptIds: string[] = [];
  readonly #target: number[] = [];
  readonly #margin: number[] = [];
  readonly #lengthFirst: number[] = [];
  readonly #lengthSecond: number[] = [];
  readonly #responses = new Map<string, { readonly reward: number; readonly length: number }>();

  get n(): number {
    return this.#target.length;
  }

  /** Adds pairs with a verdict other than both-bad, with their scores in the same order. */
  add(rows: readonly PairRow[], scores: Scores): void {
    for (const [i, { pair, gold }] of rows.entries()) {
      const [first, second] = [lengthOf(pair.first), lengthOf(pair.second)];
      this.#promptIds.push(pair.promptId);
      this.#target.push(targetOf(gold!));
      this.#margin.push(scores.margin[i]!);
      this.#lengthFirst.push(first);
      this.#lengthSecond.push(second);
      if (scores.rewards === null) continue;
      this.#see(`${pair.promptId} ${responseIdOf(pair.first)}`, scores.rewards.first[i]!, first);
      this.#see(`${pair.promptId} ${responseIdOf(pair.second)}`, scores.rewards.second[i]!, second);
    }
  }

  /** The figures under sigmoid(margin) and sigmoid(margin / temperature). Throws where n is 0. */
  figures(temperature: number): Figures {
    const margin = Float64Array.from(this.#margin);
    const target = Float64Array.from(this.#target);
    const raw = probabilities(margin, 1);
    const said = raw.map((p) => (p > 0.5 ? 1 : p < 0.5 ? 0 : 0.5));
    const responses = [...this.#responses.values()];
    return {
      ...measure(raw, target, this.#promptIds),
      lengthCorrelation: pearson(
        responses.map(({ length }) => length),
        responses.map(({ reward }) => reward),
      ),
      longerWins: {
        data: longerWinsRate(this.#lengthFirst, this.#lengthSecond, target),
        model: longerWinsRate(this.#lengthFirst, this.#lengthSecond, said),
      },
      calibrated: {
        temperature,
        ...measure(probabilities(margin, temperature), target, this.#promptIds),
      },
    };
  }

  #see(id: string, reward: number, length: number): void {
    this.#responses.set(id, { reward, length });
  }
}
