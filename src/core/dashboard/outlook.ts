// What pressing Run will do, in one line, and how long it may take by what earlier runs of the folder took.
import type { RunRecord } from "../records.ts";
import { counted } from "../report/numbers.ts";

/** A run that was made before, as its directory says. */
export interface PastRun {
  readonly model: string;
  readonly records: readonly RunRecord[];
  /** From its making to its end; null where it has not ended by itself. */
  readonly wholeSeconds: number | null;
}

export interface PlannedRun {
  readonly model: string;
  readonly iterations: number;
  /** Labeled and unlabeled pairs together; null where not known. */
  readonly pairs: number | null;
}

/** How many of the newest runs are looked at: machines and settings change. */
const runsLookedAt = 5;

/**
 * Seconds that a run may take: what model 0 and the later models of the five newest runs with the same model
 * took per pair, and what came around them, each by its median. `runs` are newest first. Null where no such
 * run finished a model, or the size of the data is not known.
 */
export function estimateSeconds(runs: readonly PastRun[], planned: PlannedRun): number | null {
  const { pairs } = planned;
  if (pairs === null) return null;
  const alike = runs
    .filter(({ model, records }) => model === planned.model && ratesOf(records).length > 0)
    .slice(0, runsLookedAt);
  const rates = alike.flatMap(({ records }) => ratesOf(records));
  const first = median(rates.filter(({ iteration }) => iteration === 0).map(({ rate }) => rate));
  const later = median(rates.filter(({ iteration }) => iteration > 0).map(({ rate }) => rate));
  const start = first ?? later;
  if (start === null) return null;
  const around = median(alike.flatMap(secondsAround)) ?? 0;
  return (start + planned.iterations * (later ?? start) + around) * pairs;
}

/**
 * "212 labels, 11,575 unlabeled, about 40 s"; what is not known yet is left out or said to be counted.
 * Without labels: "labels drawn from the data" is what a simulation does.
 */
export function outlookText(outlook: {
  readonly labels: number;
  readonly unlabeled: number | null;
  readonly seconds: number | null;
}): string {
  const { labels, unlabeled, seconds } = outlook;
  return [
    labels === 0 ? "labels drawn from the data" : counted(labels, "label"),
    unlabeled === null
      ? "counting pairs"
      : counted(unlabeled, "pair").replace(/ pairs?$/, " unlabeled"),
    seconds === null ? "" : aboutSeconds(seconds),
  ]
    .filter((part) => part !== "")
    .join(", ");
}

/** An estimate in words that claim no more than it knows: "a few seconds", "about 40 s", "about 3 min". */
export function aboutSeconds(seconds: number): string {
  if (seconds < 7.5) return "a few seconds";
  if (seconds < 87.5) return `about ${Math.round(seconds / 5) * 5} s`;
  const minutes = Math.round(seconds / 60);
  if (minutes < 90) return `about ${minutes} min`;
  return `about ${Math.round(minutes / 60)} h`;
}

interface Rate {
  readonly iteration: number;
  /** Seconds per pair. */
  readonly rate: number;
}

function ratesOf(records: readonly RunRecord[]): Rate[] {
  return records.flatMap((record) => {
    if (record.kind !== "iteration") return [];
    const pairs = record.labeled + record.unlabeled;
    if (!(pairs > 0 && record.seconds >= 0)) return [];
    return [{ iteration: record.iteration, rate: record.seconds / pairs }];
  });
}

/**
 * Seconds per pair that a finished run spent beside its models: reading, writing. A run that was paused spent
 * more than its models did, so it says nothing.
 */
function secondsAround({ wholeSeconds, records }: PastRun): number[] {
  if (wholeSeconds === null) return [];
  const models = records.filter((record) => record.kind === "iteration");
  const inside = models.reduce((sum, { seconds }) => sum + seconds, 0);
  const last = models.at(-1);
  const around = wholeSeconds - inside;
  if (last === undefined || !(around >= 0 && around <= longestAround(inside))) return [];
  return [around / (last.labeled + last.unlabeled)];
}

/** Reading a file may take as long as its models do; a pause takes longer than both. */
function longestAround(inside: number): number {
  return Math.max(10, 2 * inside);
}

function median(values: readonly number[]): number | null {
  if (values.length === 0) return null;
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}
