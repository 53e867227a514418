// What verdicts, acts and figures are called on the label page.
import type { Proportion } from "../../src/core/records.ts";
import type { Judgment, LabelAction } from "../../src/protocol/page/judging.ts";
import type { LabelMode } from "../../src/protocol/page/labelPage.ts";

/** Each action in words, as the key map and the names of buttons have it. */
export const actionWords: Readonly<Record<LabelAction, string>> = {
  "a-much": "A much better",
  "a-better": "A better",
  "a-slightly": "A slightly better",
  tie: "Tie",
  "b-slightly": "B slightly better",
  "b-better": "B better",
  "b-much": "B much better",
  "both-bad": "Both bad",
  skip: "Skip",
  flag: "Flag for a second look",
  rationale: "Write a reason",
  undo: "Undo",
  redo: "Redo",
  diff: "Show what differs",
  raw: "Show texts raw",
  arrange: "Side by side or stacked",
  guidelines: "Show the guidelines",
  keys: "Show the keys",
};

/** What stands on the verdict buttons, which are as narrow as a thumb, and what is spoken after it. */
export const degreeWords: Readonly<Record<Judgment, readonly [shown: string, spoken: string]>> = {
  "a-much": ["A much", " better"],
  "a-better": ["A better", ""],
  "a-slightly": ["A slightly", " better"],
  tie: ["Tie", ""],
  "b-slightly": ["B slightly", " better"],
  "b-better": ["B better", ""],
  "b-much": ["B much", " better"],
  "both-bad": ["Both bad", ""],
};

export const modeWords: Readonly<Record<LabelMode, string>> = {
  label: "Label",
  review: "Review",
  audit: "Audit",
};

/** "Skipped", or the verdict in words. */
export function judgmentWords(judgment: Judgment | "skip"): string {
  return judgment === "skip" ? "Skipped" : actionWords[judgment];
}

/** 0.643 as "64 %". */
export function percent(value: number): string {
  return `${Math.round(value * 100)} %`;
}

/** "52 % (44 to 60 %, 120 pairs)". */
export function proportionWords({ value, low, high, n }: Proportion): string {
  const pairs = n === 1 ? "1 pair" : `${n.toLocaleString("en")} pairs`;
  return `${percent(value)} (${Math.round(low * 100)} to ${percent(high)}, ${pairs})`;
}

/** "45 s", "12 min", "3 h 20 min". */
export function durationWords(seconds: number): string {
  if (seconds < 1) return "under 1 s";
  if (seconds < 90) return `${Math.round(seconds)} s`;
  const minutes = Math.round(seconds / 60);
  if (minutes < 90) return `${minutes} min`;
  const rest = minutes % 60;
  return rest === 0 ? `${minutes / 60} h` : `${Math.floor(minutes / 60)} h ${rest} min`;
}
