// From the words after a command's name to its options and operands. No library: ten lines less of loading,
// and messages that name the nearest right option.
import { nearestName } from "../data/nearest.ts";
import type { Options, Values } from "./optionKinds.ts";
import { UsageError } from "../data/usageError.ts";

export interface Arguments<O extends Options> {
  readonly operands: readonly string[];
  readonly values: Values<O>;
  /** Names of the options that were given. */
  readonly given: ReadonlySet<string>;
}

/**
 * Reads `--name VALUE`, `--name=VALUE`, flags and operands in any order; after `--` all are operands.
 * @throws UsageError for an unknown option (with the nearest known one), a value that is missing, out of
 * range or not expected, and an option that is given twice
 */
export function parseArguments<O extends Options>(
  options: O,
  words: readonly string[],
): Arguments<O> {
  const values: Record<string, unknown> = {};
  for (const [name, option] of Object.entries(options)) values[name] = option.initial;
  const given = new Set<string>();
  const operands: string[] = [];
  for (let i = 0; i < words.length; i++) {
    const word = words[i]!;
    if (word === "--") {
      operands.push(...words.slice(i + 1));
      break;
    }
    if (!word.startsWith("-") || word === "-") {
      operands.push(word);
      continue;
    }
    const equals = word.indexOf("=");
    const typed = equals < 0 ? word : word.slice(0, equals);
    const name = typed.slice(2);
    const option =
      word.startsWith("--") && Object.hasOwn(options, name) ? options[name] : undefined;
    if (option === undefined) throw unknownOption(typed, options);
    if (given.has(name) && !option.repeats) {
      throw new UsageError(`--${name} is given twice: give it once`);
    }
    given.add(name);
    let value = equals < 0 ? null : word.slice(equals + 1);
    if (option.placeholder === null) {
      if (value !== null)
        throw new UsageError(`--${name} takes no value, got ${JSON.stringify(value)}`);
      value = "";
    } else if (value === null) {
      value = words[++i] ?? null;
      if (value === null || value.startsWith("--")) {
        const got = value === null ? "nothing after it" : `the option ${value}`;
        throw new UsageError(
          `--${name}: expected a value (--${name} ${option.placeholder}), got ${got}`,
        );
      }
    }
    values[name] = option.read(value, { name, before: values[name] });
  }
  return { operands, values: values as Values<O>, given };
}

function unknownOption(typed: string, options: Options): UsageError {
  const names = Object.keys(options);
  const near = nearestName(typed.replace(/^-+/, ""), [...names, "help"]);
  const hint =
    near === null
      ? `expected ${names.map((name) => `--${name}`).join(", ")}`
      : `did you mean --${near}?`;
  return new UsageError(`unknown option ${typed}: ${hint}`);
}
