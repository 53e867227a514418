// What is being edited in the run form: a text for each field that was touched, until the host has it. A
// snapshot of the host never overwrites one.
import type { FormSettings } from "../../src/protocol/page/dashboardPage.ts";

export type Field = keyof FormSettings;

export type Draft = Readonly<Partial<Record<Field, string>>>;

export type FieldProblems = Readonly<Partial<Record<Field, string>>>;

export interface ReadForm {
  /** The settings; a field with a problem has the host's value. */
  readonly form: FormSettings;
  readonly problems: FieldProblems;
}

/** What a field shows: what was typed, else what the host has. Threshold and fraction are in percent. */
export function fieldText(field: Field, form: FormSettings, draft: Draft): string {
  return draft[field] ?? textOf(field, form);
}

/** The form with what was typed, and what is wrong with it. */
export function readDraft(form: FormSettings, draft: Draft): ReadForm {
  const problems: Partial<Record<Field, string>> = {};
  const number = (field: "threshold" | "iterations" | "seed", range: Range): number => {
    const text = draft[field];
    if (text === undefined) return form[field];
    const value = numberOf(text, range);
    if (value !== null) return value;
    problems[field] = range.problem;
    return form[field];
  };
  const choice = <F extends "confidence" | "start" | "keep">(
    field: F,
    choices: readonly FormSettings[F][],
  ): FormSettings[F] => choices.find((value) => value === draft[field]) ?? form[field];
  const model = draft.model?.trim() ?? form.model;
  if (draft.model !== undefined && model !== onlyModel) {
    problems.model = `This version trains the model “${onlyModel}” only.`;
  }
  const read: FormSettings = {
    ...form,
    model: problems.model === undefined ? model : form.model,
    threshold: number("threshold", ranges.threshold),
    confidence: choice("confidence", ["raw", "calibrated"]),
    iterations: number("iterations", ranges.iterations),
    start: choice("start", ["restart", "continue"]),
    keep: choice("keep", ["last", "best"]),
    seed: number("seed", ranges.seed),
    seedCount: drawn("seedCount"),
    seedFraction: drawn("seedFraction"),
  };
  return { form: read, problems };

  /** A simulation's seed; whether it is a count or a part stays as project.json has it. */
  function drawn(field: "seedCount" | "seedFraction"): number | null {
    const text = draft[field];
    if (text === undefined || form[field] === null) return form[field];
    const value = numberOf(text, ranges[field]);
    if (value === null) problems[field] = ranges[field].problem;
    return value ?? form[field];
  }
}

/** As src/engine/models.ts has it; a run with another one would be refused. */
const onlyModel = "lexical";

/** The draft without what the host now has; what was typed since stays. */
export function settled(draft: Draft, sent: Draft): Draft {
  return Object.fromEntries(
    Object.entries(draft).filter(([field, text]) => sent[field as Field] !== text),
  );
}

/** A draft out of what the page kept; anything else than texts of fields is left out. */
export function draftOf(kept: unknown): Draft {
  if (typeof kept !== "object" || kept === null) return {};
  return Object.fromEntries(
    Object.entries(kept).filter(
      ([field, text]) => typeof text === "string" && (fields as readonly string[]).includes(field),
    ),
  );
}

const fields: readonly Field[] = [
  ...(["model", "threshold", "confidence", "iterations"] as const),
  ...(["start", "keep", "seed", "seedCount", "seedFraction"] as const),
];

interface Range {
  readonly from: number;
  readonly to: number;
  readonly isWhole: boolean;
  /** What the typed number is divided by. */
  readonly per: number;
  readonly problem: string;
}

/** As project.json has them (src/data/projectFile.ts). */
const ranges = {
  threshold: {
    ...{ from: 50, to: 100, isWhole: false, per: 100 },
    problem: "The threshold is a number from 50 to 100 %.",
  },
  iterations: {
    ...{ from: 0, to: 100, isWhole: true, per: 1 },
    problem: "Iterations are a whole number from 0 to 100.",
  },
  seed: {
    ...{ from: 0, to: Number.MAX_SAFE_INTEGER, isWhole: true, per: 1 },
    problem: "The seed is a whole number, 0 or more.",
  },
  seedCount: {
    ...{ from: 1, to: Number.MAX_SAFE_INTEGER, isWhole: true, per: 1 },
    problem: "The number of pairs used as labels is a whole number, 1 or more.",
  },
  seedFraction: {
    ...{ from: 1e-6, to: 100, isWhole: false, per: 100 },
    problem: "The part used as labels is a number above 0 and at most 100 %.",
  },
} as const satisfies Readonly<Record<string, Range>>;

function numberOf(text: string, { from, to, isWhole, per }: Range): number | null {
  const value = text.trim() === "" ? NaN : Number(text.trim().replace(",", "."));
  if (!(value >= from && value <= to) || (isWhole && !Number.isInteger(value))) return null;
  // 82.9 / 100 is 0.8290000000000001.
  return Number((value / per).toPrecision(12));
}

function textOf(field: Field, form: FormSettings): string {
  const value = form[field];
  if (value === null) return "";
  const isShare = field === "threshold" || field === "seedFraction";
  return isShare ? String(Number((Number(value) * 100).toPrecision(12))) : String(value);
}
