// From the options of `run` and `baselines` to the request that the engine takes.
import type { RunSettings } from "../core/records.ts";
import { nearestName } from "../data/nearest.ts";
import { completeSettings } from "../data/projectFile.ts";
import { modelNames } from "../engine/models.ts";
import type { RunRequest } from "../protocol/engine.ts";
import { expectData, projectMapping } from "./openData.ts";
import type { settingOptions } from "./options.ts";
import type { Values } from "./optionKinds.ts";
import { absolute, cacheFolder } from "./places.ts";
import { UsageError } from "../data/usageError.ts";
import { version } from "./version.ts";

type Given = Values<typeof settingOptions>;

/** @throws UsageError for what contradicts itself or needs the training engine */
export async function runRequest(
  values: Given,
  { operands, out }: { readonly operands: readonly string[]; readonly out: string },
): Promise<RunRequest> {
  const data = expectData(operands);
  const settings = runSettings(values);
  const others = {
    labels: absolute(values.labels),
    labeled: absolute(values.labeled),
    gold: absolute(values.gold),
    test: absolute(values.test),
  };
  const paths = [...data, ...others.labeled, ...others.gold, ...others.test];
  return {
    data,
    ...others,
    settings,
    out,
    mapping: await projectMapping(paths),
    cacheDir: cacheFolder(),
    version: version(),
  };
}

function runSettings(values: Given): RunSettings {
  refuseTrainingEngine(values);
  const fraction = values["seed-fraction"];
  const count = values["seed-count"];
  if (fraction !== null && count !== null) {
    throw new UsageError("expected --seed-fraction or --seed-count, got both: give one");
  }
  return completeSettings({
    ...values,
    seedCount: count,
    seedFraction: fraction,
    lexical: { l2: values.l2, length: !values["no-length"] },
  });
}

/** Refuses what this version can't do, rather than ignoring it. @throws UsageError */
export function refuseTrainingEngine(values: {
  readonly model: string | null;
  readonly depth?: string | null;
  readonly objective?: string | null;
  readonly provider?: string | null;
}): void {
  const { model, depth, objective, provider } = values;
  const later = "needs the training engine for checkpoints, which is not in this version";
  if (model !== null && !modelNames.includes(model)) {
    const near = nearestName(model, modelNames);
    throw new UsageError(
      `--model ${model}: ${near === null ? "a checkpoint" : `did you mean ${near}? Another model`} ${later}; expected ${modelNames.join(" or ")}`,
    );
  }
  if (depth) throw new UsageError(`--depth ${depth} ${later}; --model lexical has no depth`);
  if (objective === "pairwise") {
    throw new UsageError(`--objective pairwise ${later}; expected bradley-terry`);
  }
  if (provider === "webgpu" || provider === "cuda") {
    throw new UsageError(
      `--provider ${provider} ${later}; --model lexical runs on the CPU: expected auto or cpu`,
    );
  }
}
