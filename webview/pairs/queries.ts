// Filters and sort as values: what is asked for, in words, and with one condition less.
import type {
  ChartMark,
  RowFilter,
  RowQuery,
  RowState,
} from "../../src/protocol/page/pairsPage.ts";
import { percent, whole } from "./words.ts";

export const rowStates = [
  "labeled",
  "pseudo-labeled",
  "unsure",
  "unlabeled",
  "bad",
] as const satisfies readonly RowState[];

export const sortKeys = [
  "file",
  "confidence",
  "length",
  "length difference",
  "disagreement",
] as const satisfies readonly RowQuery["sort"][];

/** A limit of a range that was left empty; the largest number that travels. */
export const noLimit = Number.MAX_SAFE_INTEGER;

/** The query with other conditions. */
export function withFilter(query: RowQuery, change: Partial<RowFilter>): RowQuery {
  return { ...query, filter: { ...query.filter, ...change } };
}

/** True where both ask for the same rows in the same order. */
export function isSame(a: RowQuery, b: RowQuery): boolean {
  const text = ({ filter, sort, isDescending }: RowQuery): string => {
    const { states, isFlagged, confidence, length, disagrees, mark } = filter;
    const marked = mark && [mark.runDir, mark.iteration, mark.set, mark.from, mark.to];
    const kept = [[...states].sort(), isFlagged, confidence, length, disagrees, filter.text];
    return JSON.stringify([kept, marked, sort, isDescending]);
  };
  return text(a) === text(b);
}

/** One condition in words, and what takes it away. */
export interface Condition {
  readonly text: string;
  readonly without: Partial<RowFilter>;
}

/** The conditions of a filter, in the order of its fields; empty for all rows. */
export function conditionsOf(filter: RowFilter): Condition[] {
  const { states, isFlagged, confidence, length, disagrees, text, mark } = filter;
  return [
    ...(mark === null ? [] : [{ text: markText(mark), without: { mark: null } }]),
    ...(text === "" ? [] : [{ text: `“${text}”`, without: { text: "" } }]),
    ...states.map((state) => ({
      text: stateNames[state].toLowerCase(),
      without: { states: states.filter((other) => other !== state) },
    })),
    ...(isFlagged ? [{ text: "flagged", without: { isFlagged: false } }] : []),
    ...(disagrees ? [{ text: "label and model disagree", without: { disagrees: false } }] : []),
    ...(confidence === null
      ? []
      : [{ text: `confidence ${rangeText(confidence, percent)}`, without: { confidence: null } }]),
    ...(length === null
      ? []
      : [
          {
            text:
              length[1] === noLimit
                ? `length from ${whole(length[0])}`
                : `length ${rangeText(length, whole)}`,
            without: { length: null },
          },
        ]),
  ];
}

export const stateNames: Readonly<Record<RowState, string>> = {
  labeled: "Labeled",
  "pseudo-labeled": "Pseudo-label",
  unsure: "Unsure",
  unlabeled: "Unlabeled",
  bad: "Bad row",
};

/** "held-out labels with confidence 70–80 % by model 2", in the dashboard's words. */
function markText({ set, from, to, iteration }: ChartMark): string {
  const digits = (value: number): string => String(Number((100 * value).toFixed(2)));
  // What is selected for a model is what the one before it said.
  const by = set === "selected" ? "for" : "by";
  return `${setNames[set]} with confidence ${digits(from)}–${digits(to)} % ${by} model ${iteration}`;
}

const setNames: Readonly<Record<ChartMark["set"], string>> = {
  unlabeled: "unlabeled pairs",
  validation: "held-out labels",
  test: "test pairs",
  selected: "selected pseudo-labels",
};

function rangeText(range: readonly [number, number], write: (value: number) => string): string {
  return `${write(range[0])} to ${write(range[1])}`;
}
