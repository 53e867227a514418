// SSRM in memory, nothing written: for baselines that differ in what they select or learn from.
import type { IterationRecord, RunSettings } from "../core/records.ts";
import type { RunInputs } from "./inputs.ts";
import { type IterationOptions, iterations } from "./iterations.ts";
import { modelOf } from "./models.ts";

/** The records of a run on inputs that are open already; labels are those of its beginning throughout. */
export async function computeRun(
  inputs: RunInputs,
  settings: RunSettings,
  select?: NonNullable<IterationOptions["select"]>,
): Promise<IterationRecord[]> {
  const labels = await inputs.labels();
  const records: IterationRecord[] = [];
  const events = iterations(inputs, settings, {
    model: modelOf(settings),
    resume: null,
    labels: () => Promise.resolve(labels),
    ...(select ? { select } : {}),
  });
  for await (const event of events) if (event.kind === "model") records.push(event.record);
  return records;
}
