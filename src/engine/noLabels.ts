// What is said of a run that has no label to start from.
import { UsageError } from "../data/usageError.ts";

/** No source of labels is named. */
export function noLabels(): UsageError {
  return new UsageError(
    "no labels to start from: give a label log (--labels FILE), a file whose every preference is a label " +
      "(--labeled FILE), or, where the data carries gold, how much of it to use as seed (--seed-count N or " +
      "--seed-fraction F)",
  );
}

/** The sources of labels, or gold to draw a seed from, hold none for the data. */
export function noneMatches(data: readonly string[], labelSources: readonly string[]): Error {
  return new Error(
    labelSources.length > 0
      ? `${labelSources.join(", ")}: expected verdicts on pairs of the data, got none that matches: check that ` +
          `the labels belong to this data`
      : `${data.join(", ")}: expected verdicts in the data to draw a seed from, got none: ` +
          `label some pairs and give them with --labels, or draw at least one`,
  );
}
