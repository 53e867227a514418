// How the command writes figures in tables and lines.
import type { Metrics } from "../core/records.ts";
import { noValue, percent, percentRange } from "../core/report/numbers.ts";

/** "59.3 % (57.2–61.4 %)", an em dash where there is nothing to judge by. */
export function accuracyText(
  metrics: Pick<Metrics, "accuracy" | "accuracyLow" | "accuracyHigh"> | null,
): string {
  if (metrics === null) return noValue;
  const { accuracy, accuracyLow, accuracyHigh } = metrics;
  return `${percent(accuracy, 1)} (${percentRange(accuracyLow, accuracyHigh, 1)})`;
}
