// How far the run of this window is, and how long it may still take. No VS Code here.
import { estimateSeconds } from "../../core/dashboard/outlook.ts";
import { secondsLeft } from "../../core/dashboard/secondsLeft.ts";
import type { RunSteps } from "../../protocol/page/dashboardPage.ts";
import type { RunView } from "../runStore.ts";
import { lastIteration, phaseText } from "../runText.ts";
import { pastRun } from "./outlookOf.ts";

/**
 * The steps of a run, null where this window does not make it or holds it. `elapsed` is in seconds, since its
 * last model was done or it began; `pairs` is how many pairs it works on, null where not known.
 */
export function runSteps(
  { info, records, progress }: RunView,
  more: {
    readonly runs: readonly RunView[];
    readonly elapsed: number;
    readonly pairs: number | null;
  },
): RunSteps | null {
  if (progress === null || progress === "paused") return null;
  const { model, iterations } = info.settings;
  const last = lastIteration(records);
  const done = more.runs.filter((run) => run.info.state === "done");
  const expected = estimateSeconds(done.map(pastRun), {
    ...{ model, iterations },
    pairs: last === null ? more.pairs : last.labeled + last.unlabeled,
  });
  const { iteration, step } = progress;
  return {
    ...{ iteration, phase: phaseText[step.phase], done: step.done, total: step.total },
    secondsLeft: secondsLeft({ iterations, records, elapsed: more.elapsed, expected }),
  };
}
