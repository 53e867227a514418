// What two texts have in common, word by word, within a budget: a person waits for it.
import { diffLines, diffWordsWithSpace, type ChangeObject } from "diff";

/** A part of both texts, or of one of them. */
export interface DiffPart {
  readonly where: "both" | "a" | "b";
  readonly text: string;
}

export interface TextDiff {
  /** How fine it is; "none" where the texts are too long to compare, then `parts` has each whole. */
  readonly unit: "words" | "lines" | "none";
  readonly parts: readonly DiffPart[];
}

/** Both texts together, in characters: beyond the first lines are compared, beyond the second nothing. */
const wordLimit = 40_000;
const lineLimit = 1_000_000;
const budgetMs = 60;

/**
 * Compares two texts. The parts in "both" and "a" are text a, those in "both" and "b" are text b, to the
 * character. Words where that can be done in time, else lines.
 */
export function diffTexts(a: string, b: string): TextDiff {
  const length = a.length + b.length;
  const words = length <= wordLimit ? diffWordsWithSpace(a, b, { timeout: budgetMs }) : undefined;
  if (words !== undefined) return { unit: "words", parts: partsOf(words) };
  const lines = length <= lineLimit ? diffLines(a, b, { timeout: budgetMs }) : undefined;
  if (lines !== undefined) return { unit: "lines", parts: partsOf(lines) };
  return {
    unit: "none",
    parts: [
      { where: "a", text: a },
      { where: "b", text: b },
    ],
  };
}

function partsOf(changes: readonly ChangeObject<string>[]): DiffPart[] {
  return changes.map(({ added, removed, value }) => ({
    where: added ? "b" : removed ? "a" : "both",
    text: value,
  }));
}
