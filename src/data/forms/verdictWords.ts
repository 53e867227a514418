// The words that verdict columns use, and the verdict of several people on one pair.
import { describeValue, RowError } from "../dataError.ts";
import type { OwnVerdict } from "./form.ts";

const words: Readonly<Record<OwnVerdict, readonly string[]>> = {
  a: [
    "a",
    "1",
    "left",
    "first",
    "modela",
    "responsea",
    "response1",
    "answera",
    "answer1",
    "outputa",
    "output1",
    "optiona",
    "option1",
  ],
  b: [
    "b",
    "2",
    "right",
    "second",
    "modelb",
    "responseb",
    "response2",
    "answerb",
    "answer2",
    "outputb",
    "output2",
    "optionb",
    "option2",
  ],
  tie: ["tie", "equal", "same", "draw", "bothgood", "1.5"],
  "both-bad": ["bothbad", "tiebothbad", "neither"],
};

const verdictOfWord: ReadonlyMap<string, OwnVerdict> = new Map(
  (["a", "b", "tie", "both-bad"] as const).flatMap((verdict) =>
    words[verdict].map((word) => [word, verdict] as const),
  ),
);

/**
 * What a verdict column says: a, b, tie, bothbad, 1, 2, left, right, model_a and the like; null where it is
 * empty. 0 is refused: some files mean a tie by it, others the first of 0 and 1.
 * @throws RowError for any other value
 */
export function verdictOf(value: unknown, column: string): OwnVerdict | null {
  if (value === null || value === undefined || value === "") return null;
  if (typeof value === "string" || typeof value === "number" || typeof value === "bigint") {
    const word = String(value)
      .toLowerCase()
      .replace(/[\s_()-]/g, "");
    // A column of whole numbers with gaps is written as 1.0 and 2.0.
    const verdict = verdictOfWord.get(word.replace(/^([12])\.0+$/, "$1"));
    if (verdict !== undefined) return verdict;
  }
  throw new RowError(
    `"${column}": expected a, b, tie, bothbad, 1, 2 or nothing, got ${describeValue(value)}`,
  );
}

/** The verdict of a signed scale on which negative means A: -3 .. 3, as a number or as text. */
export function verdictOfScale(value: unknown, column: string): OwnVerdict | null {
  if (value === null || value === undefined || value === "") return null;
  const scale = typeof value === "string" || typeof value === "bigint" ? Number(value) : value;
  if (typeof scale !== "number" || !Number.isFinite(scale)) {
    throw new RowError(
      `"${column}": expected a number, negative for the first, got ${describeValue(value)}`,
    );
  }
  if (scale === 0) return "tie";
  return scale < 0 ? "a" : "b";
}

/** The verdict that most people gave; null where there is none, or where two lead equally. */
export function majorityOf<Verdict>(verdicts: readonly Verdict[]): Verdict | null {
  const counts = new Map<Verdict, number>();
  for (const verdict of verdicts) counts.set(verdict, (counts.get(verdict) ?? 0) + 1);
  const most = Math.max(0, ...counts.values());
  const leaders = [...counts].filter(([, count]) => count === most);
  return leaders.length === 1 ? leaders[0]![0] : null;
}
