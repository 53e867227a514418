// The loop's events with their records: what a run writes down and what baselines put in their table.
import { selectionRules } from "../core/select.ts";
import type { Selection } from "../core/selection/rule.ts";
import type { IterationRecord, RunSettings } from "../core/records.ts";
import { iterationRecord } from "../learn/iterationRecord.ts";
import type { LabelSet, PseudoLabels } from "../learn/labelSet.ts";
import type { RewardModel } from "../learn/rewardModel.ts";
import { type ModelEvent, type ResumePoint, ssrm, type SsrmEvent } from "../learn/ssrm.ts";
import type { RunInputs } from "./inputs.ts";
import type { Checkpoint } from "./models.ts";

export type RunEvent =
  | Exclude<SsrmEvent<Checkpoint>, ModelEvent<Checkpoint>>
  | (ModelEvent<Checkpoint> & { readonly record: IterationRecord });

export interface IterationOptions {
  readonly model: RewardModel<Checkpoint>;
  /** Verdicts for an iteration; a run that is resumed repeats those that it wrote down. */
  readonly labels: (iteration: number) => Promise<LabelSet>;
  /** Where to go on, with the pseudo-labels that the model was trained on; null for a new run. */
  readonly resume: (ResumePoint<Checkpoint> & { readonly pseudo: PseudoLabels | null }) | null;
  /** Selects pseudo-labels in place of the settings' threshold: for baselines. */
  readonly select?: (p: Float64Array, index: Int32Array, iteration: number) => Selection;
}

/** Runs SSRM on the inputs; every model comes with its record. */
export async function* iterations(
  inputs: RunInputs,
  settings: RunSettings,
  { model, labels, resume, select }: IterationOptions,
): AsyncGenerator<RunEvent, void> {
  const { threshold, confidence } = settings;
  let pseudo = resume?.pseudo ?? null;
  let startedAt = performance.now();
  const events = ssrm(
    model,
    { pool: inputs.pool, labels, test: inputs.answers.test?.pool ?? null },
    {
      ...settings,
      select: select ?? ((p) => selectionRules.threshold(p, { threshold })),
      resume,
    },
  );
  for await (const event of events) {
    if (event.kind === "pseudo-labels") pseudo = event;
    if (event.kind !== "model") {
      yield event;
      continue;
    }
    const fit = model.describe(event.chains[0]!.checkpoint);
    const seconds = (performance.now() - startedAt) / 1000;
    const more = { pseudo, confidence, fit, seconds };
    yield { ...event, record: iterationRecord(event, inputs.answers, more) };
    startedAt = performance.now();
  }
}
