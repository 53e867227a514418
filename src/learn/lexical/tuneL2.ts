// Which L2 penalty: cross-validation on the labeled pairs, folds by prompt.
import { fitTemperature, softplus } from "../../core/calibration.ts";
import { foldOf } from "../../core/split.ts";
import { marginOf, type Targets, train } from "./bradleyTerry.ts";
import { type Design, parameterCount } from "./design.ts";

/**
 * Candidates, strongest first, so that each fit starts from the one before. HH-harmless test accuracy: 0.640,
 * 0.653, 0.643 with all 11,787 labels; 0.581, 0.580, 0.579 with 184 (means of 5 seeds).
 */
export const l2Candidates: readonly number[] = [1e-2, 3e-3, 1e-3];

const foldCount = 5;

/** Above this many labels one fold of five judges: its error is below the differences that matter. */
const oneFoldAbove = 2000;

export interface TunedL2 {
  readonly l2: number;
  /** Mean negative log-likelihood of the left-out labels, after temperature scaling, nats. */
  readonly nll: number;
}

/**
 * The candidate whose margins on left-out labels have the least negative log-likelihood after temperature
 * scaling. Scaling first, because the penalty is chosen for what it ranks; how sure the model should be is the
 * temperature's matter. Yields fits made. With fewer than two folds that hold labels, the strongest.
 */
export function* tuneL2(
  design: Design,
  targets: Targets,
  options: { readonly promptIds: readonly string[]; readonly seed: number },
): Generator<{ readonly done: number; readonly total: number }, TunedL2> {
  const foldOfRow = options.promptIds.map((id) => foldOf(id, foldCount, options.seed));
  const folds = [...new Set(foldOfRow)].sort((a, b) => a - b);
  if (folds.length < 2) return { l2: l2Candidates[0]!, nll: Math.LN2 };
  const judged = foldOfRow.length > oneFoldAbove ? folds.slice(0, 1) : folds;
  const margins = l2Candidates.map(() => [] as number[]);
  const answers: number[] = [];
  let done = 0;
  for (const fold of judged) {
    const rows = Int32Array.from(foldOfRow.keys());
    const kept = rows.filter((r) => foldOfRow[r] !== fold);
    const left = rows.filter((r) => foldOfRow[r] === fold);
    let start = new Float64Array(parameterCount(design));
    for (const [k, l2] of l2Candidates.entries()) {
      start = Float64Array.from(yield* silently(train(design, kept, { ...targets, l2, start })));
      for (const r of left) margins[k]!.push(marginOf(design, r, start));
      yield { done: ++done, total: judged.length * l2Candidates.length };
    }
    for (const r of left) answers.push(targets.target[r]!);
  }
  const target = Float64Array.from(answers);
  const judgedL2 = l2Candidates.map((l2, k) => ({
    l2,
    nll: scaledNll(Float64Array.from(margins[k]!), target),
  }));
  return judgedL2.reduce((best, next) => (next.nll < best.nll ? next : best));
}

function scaledNll(margin: Float64Array, target: Float64Array): number {
  const { temperature } = fitTemperature(margin, target);
  const losses = margin.map((m, i) => softplus(m / temperature) - (target[i]! * m) / temperature);
  return losses.reduce((sum, loss) => sum + loss, 0) / margin.length;
}

/** Runs to the end without passing the steps on. */
function* silently<T>(steps: Generator<unknown, T>): Generator<never, T> {
  let next = steps.next();
  while (!next.done) next = steps.next();
  return next.value;
}
