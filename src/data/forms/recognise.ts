// Which form a file is of, from its first rows, and what to say where it is of none.
import { UnknownColumnsError } from "../dataError.ts";
import type { Form } from "./form.ts";
import { formTable } from "./formTable.ts";
import { nearestName } from "../nearest.ts";
import type { RawRow } from "./rowValues.ts";

/**
 * The form that most of the rows match, the first of the table among equals.
 * @throws UnknownColumnsError where none matches any, with the columns found, the nearest form and how to map them
 */
export function recogniseForm(path: string, rows: readonly RawRow[]): Form {
  let best: Form | null = null;
  let most = 0;
  for (const form of formTable) {
    const count = rows.filter((row) => form.matches(row)).length;
    if (count > most) [best, most] = [form, count];
  }
  if (best === null) throw new UnknownColumnsError(unknownColumns(path, columnsOf(rows)));
  return best;
}

function columnsOf(rows: readonly RawRow[]): readonly string[] {
  return [...new Set(rows.flatMap((row) => Object.keys(row.values)))];
}

interface Guess {
  readonly form: Form;
  readonly lacks: readonly string[];
  /** Found columns that are a mistyped one of those. */
  readonly typos: ReadonlyMap<string, string>;
}

function unknownColumns(path: string, columns: readonly string[]): string {
  const found = columns.slice(0, 20).map((column) => JSON.stringify(column));
  const more = columns.length > 20 ? ` and ${columns.length - 20} more` : "";
  const { form, lacks, typos } = nearestForm(columns);
  const corrections = [...typos].map(([column, typed]) => {
    return ` Did you mean ${JSON.stringify(column)} by ${JSON.stringify(typed)}?`;
  });
  const types =
    lacks.length === 0
      ? "whose columns it has, but not with text or lists of messages in them"
      : `which also needs ${lacks.map((column) => JSON.stringify(column)).join(" and ")}`;
  return (
    `${path}: expected columns of a known form, got ${found.join(", ")}${more}. ` +
    `The nearest is ${form.name}, ${types}.${corrections.join("")} ` +
    `Rename the columns, or name them in .ssrm/project.json, for example ` +
    `"mapping": {"prompt": "question", "responseA": "answer_1", "responseB": "answer_2"}.`
  );
}

/** Columns that some form needs; none of them is another one mistyped. */
const known: ReadonlySet<string> = new Set(formTable.flatMap((form) => form.needs));

/** The form that lacks the smallest part of its columns, a mistyped one counting as a quarter lacking. */
function nearestForm(columns: readonly string[]): Guess {
  const guesses = formTable.map((form): Guess & { readonly cost: number } => {
    const lacks = form.needs.filter((column) => !columns.includes(column));
    const typos = new Map<string, string>();
    for (const column of lacks) {
      const typed = nearestName(
        column,
        columns.filter((name) => !known.has(name)),
      );
      if (typed !== null) typos.set(column, typed);
    }
    // The table's order decides among equals, so more needed columns found counts a little.
    const cost =
      (lacks.length - 0.75 * typos.size) / form.needs.length -
      0.001 * (form.needs.length - lacks.length);
    return { form, lacks, typos, cost };
  });
  return guesses.reduce((best, guess) => (guess.cost < best.cost ? guess : best));
}
