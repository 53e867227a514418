// The words in which runs and iterations appear in the tree and the status bar. Pure.
import type { IterationRecord, Metrics, RunInfo, RunRecord } from "../core/records.ts";
import { counted } from "../core/report/numbers.ts";
import type { RunProgress, RunView } from "./runStore.ts";

/** "3 iterations, 61.2 % test accuracy", or what the run is waiting for. */
export function runDescription({ info, records, owner, progress }: RunView): string {
  const iterations = records.filter((record) => record.kind === "iteration");
  const last = iterations.at(-1);
  const count =
    last === undefined ? "" : `iteration ${last.iteration} of ${info.settings.iterations}`;
  switch (info.state) {
    case "running":
      if (owner === "nobody") return `stopped at ${count || "the start"}`;
      if (progress === "paused") return `paused at ${count || "the start"}`;
      return [
        progress === null ? count || "starting" : progressText(progress),
        owner === "elsewhere" ? "elsewhere" : "",
      ]
        .filter((part) => part !== "")
        .join(", ");
    case "paused":
      return `paused at ${count || "the start"}`;
    case "failed":
      return "failed";
    case "done":
      return last === undefined ? "done" : `${accuracyText(last)} · ${info.settings.model}`;
    default:
      return info.state satisfies never;
  }
}

/** "212 labels", and what a simulation draws of the data beside or in place of them. */
export function labelsText(
  count: number,
  {
    seedCount,
    seedFraction,
  }: {
    readonly seedCount?: number | null | undefined;
    readonly seedFraction?: number | null | undefined;
  },
): string {
  const labels = counted(count, "label");
  const drawn =
    typeof seedCount === "number"
      ? counted(seedCount, "label")
      : typeof seedFraction === "number"
        ? `${Number((100 * seedFraction).toFixed(2))} % of the pairs as labels`
        : null;
  if (drawn === null) return labels;
  return count === 0 ? `simulation draws ${drawn}` : `${labels}, simulation draws ${drawn}`;
}

/** "fit 40 %" of the iteration that is being made. */
export function progressText({ iteration, step }: RunProgress): string {
  const part = step.total > 0 ? Math.min(100, Math.floor((100 * step.done) / step.total)) : 0;
  return `iteration ${iteration}, ${phaseText[step.phase]} ${part} %`;
}

/** What the phases of a model are called. */
export const phaseText = {
  read: "reading",
  tune: "tuning",
  fit: "training",
  score: "scoring",
} as const;

/** One line for an iteration: accuracies, how many pseudo-labels, temperature. */
export function iterationDescription(record: IterationRecord): string {
  const { iteration, selected, temperature, test, validation } = record;
  // What matters most first: the side bar is narrow and cuts the end.
  return [
    test === null ? "" : `test ${percent(test.accuracy)}`,
    iteration === 0 ? "" : `${count(selected)} selected`,
    `T ${decimal(temperature, 2)}`,
    validation === null ? "" : `validation ${percent(validation.accuracy)}`,
  ]
    .filter((part) => part !== "")
    .join(" · ");
}

/** The figures of an iteration as a Markdown table, for its tooltip. */
export function iterationTable(record: IterationRecord): string {
  const rows: (readonly [string, string])[] = [
    ["labeled", count(record.labeled)],
    ["unlabeled", count(record.unlabeled)],
    ["pseudo-labels trained on", count(record.selected)],
    ["of these right (by gold)", percent(record.pseudoLabelAccuracy)],
    ["test accuracy", withInterval(record.test)],
    ["validation accuracy", withInterval(record.validation)],
    ["test ECE", percent(record.test?.ece ?? null)],
    [
      "temperature",
      `${decimal(record.temperature, 2)} (${decimal(record.temperatureLow, 2)} to ${decimal(record.temperatureHigh, 2)})`,
    ],
    ["seconds", decimal(record.seconds, 1)],
  ];
  return ["| | |", "|---|---|", ...rows.map(([name, value]) => `| ${name} | ${value} |`)].join(
    "\n",
  );
}

/** The name of a run in lists: when it was made. */
export function runLabel(info: RunInfo): string {
  const made = new Date(info.createdAt);
  if (Number.isNaN(made.getTime())) return info.id;
  return made.toLocaleString(undefined, { dateStyle: "short", timeStyle: "medium" });
}

/** The last model of a run, null before the first. */
export function lastIteration(records: readonly RunRecord[]): IterationRecord | null {
  return records.findLast((record) => record.kind === "iteration") ?? null;
}

function accuracyText({ test, validation }: IterationRecord): string {
  const parts = [
    test === null ? "" : `test ${percent(test.accuracy)}`,
    validation === null ? "" : `validation ${percent(validation.accuracy)}`,
  ].filter((part) => part !== "");
  return parts.length === 0 ? "no held-out labels" : parts.join(" · ");
}

function withInterval(metrics: Metrics | null): string {
  if (metrics === null) return "none";
  const { accuracy, accuracyLow, accuracyHigh, n } = metrics;
  return `${percent(accuracy)} (${percent(accuracyLow)} to ${percent(accuracyHigh)}), ${count(n)} pairs`;
}

// Records come with the folder: whatever else stands where a number should, only digits get out of these.

function percent(value: number | null): string {
  return typeof value === "number" ? `${(100 * value).toFixed(1)} %` : "unknown";
}

function decimal(value: number, digits: number): string {
  return Number(value).toFixed(digits);
}

function count(value: number): string {
  return Number(value).toLocaleString("en-US");
}
