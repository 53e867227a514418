// Running the SSRM loop in memory: verdicts by iteration in, main events out; and a model that remembers
// everything that it was asked.
import type { Winner } from "../../src/core/pair.ts";
import { selectionRules } from "../../src/core/select.ts";
import { type LabelSet, labelSetOf } from "../../src/learn/labelSet.ts";
import type { PairPool, RewardModel } from "../../src/learn/rewardModel.ts";
import { type ResumePoint, ssrm, type SsrmOptions } from "../../src/learn/ssrm.ts";
import { type MainEvent, mainEvents } from "./generators.ts";

export interface LoopRun<Checkpoint> {
  readonly model: RewardModel<Checkpoint>;
  readonly pool: PairPool;
  /** Verdicts by pool index that have arrived by an iteration. */
  readonly verdictsAt: (iteration: number) => ReadonlyMap<number, Winner>;
  /** Pool indices whose verdicts may not measure calibration. */
  readonly onlyTrains?: ReadonlySet<number>;
  readonly test?: PairPool | null;
  readonly options?: Partial<SsrmOptions>;
  readonly resume?: ResumePoint<Checkpoint> | null;
}

/** The main events of a run; the selection is by threshold unless the options have their own. */
export function runLoop<Checkpoint>(run: LoopRun<Checkpoint>): Promise<MainEvent<Checkpoint>[]> {
  const { model, pool, verdictsAt, test = null, options = {}, resume = null } = run;
  const labels = (iteration: number): LabelSet => labelSetOf(verdictsAt(iteration), run.onlyTrains);
  const threshold = options.threshold ?? 0.8;
  return mainEvents(
    ssrm(
      model,
      { pool, test, labels: (iteration) => Promise.resolve(labels(iteration)) },
      {
        iterations: 3,
        start: "restart",
        confidence: "raw",
        threshold,
        seed: 0,
        select: (p) => selectionRules.threshold(p, { threshold }),
        ...options,
        resume,
      },
    ),
  );
}

/** The first `count` pairs with gold as their verdicts. */
export function seedVerdicts(gold: Float64Array, count: number): Map<number, Winner> {
  return new Map(Array.from(gold.subarray(0, count), (t, i) => [i, winnerOf(t)]));
}

export function winnerOf(target: number): Winner {
  if (target === 0.5) return "tie";
  return target > 0.5 ? "first" : "second";
}

/** Events of one kind. */
export function ofKind<Checkpoint, Kind extends MainEvent<Checkpoint>["kind"]>(
  events: readonly MainEvent<Checkpoint>[],
  kind: Kind,
): Extract<MainEvent<Checkpoint>, { readonly kind: Kind }>[] {
  return events.filter(
    (event): event is Extract<MainEvent<Checkpoint>, { readonly kind: Kind }> =>
      event.kind === kind,
  );
}

export interface RecordedFit<Checkpoint> {
  /** Pair id -> target. */
  readonly examples: ReadonlyMap<string, number>;
  readonly weights: readonly number[];
  readonly previous: Checkpoint | null;
  readonly start: "restart" | "continue";
  readonly result: Checkpoint;
}

/** The model, and everything that it was trained on. */
export function recorded<Checkpoint>(model: RewardModel<Checkpoint>): {
  readonly model: RewardModel<Checkpoint>;
  readonly fits: RecordedFit<Checkpoint>[];
} {
  const fits: RecordedFit<Checkpoint>[] = [];
  return {
    fits,
    model: {
      ...model,
      async *fit(examples, options) {
        const result = yield* model.fit(examples, options);
        const ids = Array.from(examples.index, (i) => examples.pool.ids[i]!);
        if (new Set(ids).size !== ids.length)
          throw new Error("a pair stands in the examples twice");
        fits.push({
          ...options,
          examples: new Map(ids.map((id, k) => [id, examples.target[k]!])),
          weights: [...examples.weight],
          result,
        });
        return result;
      },
    },
  };
}
