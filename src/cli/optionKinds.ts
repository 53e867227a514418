// The kinds of options: a flag, a text, a word of a list, a number of a range, files. Each reads one value
// and says what it expected where it can't.
import { nearestName } from "../data/nearest.ts";
import { UsageError } from "../data/usageError.ts";

export interface Option<T> {
  /** What stands after the option in help, such as NUMBER; null for a flag. */
  readonly placeholder: string | null;
  readonly help: string;
  /** The value where the option is not given. */
  readonly initial: T;
  /** Whether it may be given more than once. */
  readonly repeats: boolean;
  /** The value after one more use; the name is for messages. @throws UsageError */
  read(text: string, use: { readonly name: string; readonly before: T }): T;
}

/** Options by name, without the two dashes. */
export type Options = Readonly<Record<string, Option<unknown>>>;

/** What was given for each option. */
export type Values<O extends Options> = {
  readonly [K in keyof O]: O[K] extends Option<infer T> ? T : never;
};

/** An option without a value. */
export function flag(help: string): Option<boolean> {
  return { placeholder: null, help, initial: false, repeats: false, read: () => true };
}

/** One text, null where it is not given. */
export function text(placeholder: string, help: string): Option<string | null> {
  return { placeholder, help, initial: null, repeats: false, read: notEmpty };
}

/** Files, one per use. */
export function files(help: string): Option<readonly string[]> {
  return {
    placeholder: "FILE",
    help,
    initial: [],
    repeats: true,
    read: (value, { name, before }) => [...before, notEmpty(value, { name })],
  };
}

/** One word of a closed list. */
export function word<const W extends string, I extends W | null>(
  words: readonly W[],
  { initial, help }: { readonly initial: I; readonly help: string },
): Option<W | I> {
  return {
    placeholder: words.join("|"),
    help,
    initial,
    repeats: false,
    read: (value, { name }) => {
      const found = words.find((candidate) => candidate === value);
      if (found !== undefined) return found;
      const near = nearestName(value, words);
      const hint = near === null ? "" : `; did you mean ${near}?`;
      throw new UsageError(`--${name}: expected ${listed(words)}, got ${quoted(value)}${hint}`);
    },
  };
}

export interface Range {
  readonly from: number;
  readonly to: number;
  /** Whether `from` itself is out of range. */
  readonly isAbove?: true;
  readonly isWhole?: true;
}

/** One number of a range. */
export function number<I extends number | null>(
  range: Range,
  { placeholder, initial, help }: { placeholder: string; initial: I; help: string },
): Option<number | I> {
  const read = (value: string, { name }: { readonly name: string }): number =>
    numberIn(value, { name, range });
  return { placeholder, help, initial, repeats: false, read };
}

/** The word `auto` or a number of a range. */
export function numberOrAuto(range: Range, help: string): Option<number | "auto"> {
  return {
    placeholder: "auto|NUMBER",
    help,
    initial: "auto",
    repeats: false,
    read: (value, { name }) =>
      value === "auto" ? value : numberIn(value, { name, range, or: "auto, or " }),
  };
}

function numberIn(
  value: string,
  { name, range, or = "" }: { readonly name: string; readonly range: Range; readonly or?: string },
): number {
  const parsed = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(value) ? Number(value) : NaN;
  const isInside =
    (range.isAbove ? parsed > range.from : parsed >= range.from) &&
    parsed <= range.to &&
    Number.isFinite(parsed) &&
    (!range.isWhole || Number.isSafeInteger(parsed));
  if (isInside) return parsed;
  throw new UsageError(`--${name}: expected ${or}${rangeText(range)}, got ${quoted(value)}`);
}

function rangeText({ from, to, isAbove, isWhole }: Range): string {
  const kind = isWhole ? "a whole number" : "a number";
  const start = isAbove ? `above ${from}` : `from ${from}`;
  if (to >= Number.MAX_SAFE_INTEGER) return isAbove ? `${kind} ${start}` : `${kind} ${start} up`;
  return isAbove ? `${kind} ${start} and at most ${to}` : `${kind} ${start} to ${to}`;
}

function notEmpty(value: string, { name }: { readonly name: string }): string {
  if (value === "") throw new UsageError(`--${name}: expected a value, got an empty text`);
  return value;
}

/** "a, b or c" */
export function listed(words: readonly string[]): string {
  return words.length < 2 ? words.join("") : `${words.slice(0, -1).join(", ")} or ${words.at(-1)}`;
}

function quoted(value: string): string {
  return JSON.stringify(value);
}
