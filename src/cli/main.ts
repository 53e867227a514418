// The command `ssrm`: finds the command that was typed, loads and runs it, and turns its end into an exit
// status. Nothing heavy is imported here: `--help` answers in the time that Node takes to start.
import { explainFault, faultCode } from "../data/fileFault.ts";
import { nearestName } from "../data/nearest.ts";
import { commands, type Command } from "./commandTable.ts";
import { commandHelp, generalHelp } from "./help.ts";
import { parseArguments } from "./parseArguments.ts";
import { endQuietlyWithReader, print, tell } from "./terminal.ts";
import { version } from "./version.ts";
import { UsageError } from "../data/usageError.ts";

const exitStatus = { failed: 1, usage: 2 } as const;

endQuietlyWithReader();
process.exitCode = await main(process.argv.slice(2));

async function main(words: readonly string[]): Promise<number> {
  let command: Command | null = null;
  try {
    const [first] = words;
    if (first === undefined) {
      tell(generalHelp());
      return exitStatus.usage;
    }
    if (first === "--version" || first === "-V") {
      await print(`${version()}\n`);
      return 0;
    }
    const asksHelp = isHelp(first) || first === "help";
    const named = asksHelp ? words.slice(1).filter((word) => !isHelp(word)) : words;
    if (named.length === 0) {
      await print(generalHelp());
      return 0;
    }
    const found = findCommand(named);
    if ("group" in found) {
      if (!asksHelp && !found.rest.some(isHelp)) throw unknownIn(found.group, found.rest[0]);
      await print(
        commands
          .filter((c) => c.name.startsWith(found.group))
          .map(commandHelp)
          .join("\n"),
      );
      return 0;
    }
    command = found.command;
    const end = found.rest.indexOf("--");
    if (asksHelp || (end < 0 ? found.rest : found.rest.slice(0, end)).some(isHelp)) {
      await print(commandHelp(command));
      return 0;
    }
    const args = parseArguments(command.options, found.rest);
    return await (
      await command.load()
    )(args);
  } catch (error) {
    return explain(error, command);
  }
}

function explain(error: unknown, command: Command | null): number {
  if (error instanceof UsageError) {
    tell(`ssrm${command === null ? "" : ` ${command.name}`}: ${error.message}`);
    tell(`See ssrm ${command === null ? "" : `${command.name} `}--help`);
    return exitStatus.usage;
  }
  // The stack is for whoever mends a fault of ours, and only they ask for it.
  const details = error instanceof Error ? error : new Error(String(error));
  const message = process.env["SSRM_DEBUG"] ? (details.stack ?? details.message) : plain(details);
  tell(`ssrm: ${message}`);
  return exitStatus.failed;
}

/** The system's own words ("EACCES: permission denied, mkdir '/x'") say neither what was expected nor what to do. */
function plain(error: Error): string {
  const { path } = error as NodeJS.ErrnoException;
  if (faultCode(error) === null || path === undefined) return error.message;
  return `${path}: expected to use it, but ${explainFault(error)}`;
}

type Found =
  | { readonly command: Command; readonly rest: readonly string[] }
  | { readonly group: string; readonly rest: readonly string[] };

function findCommand(words: readonly string[]): Found {
  const [first = "", second] = words;
  for (const command of commands) {
    const parts = command.name.split(" ");
    if (parts.every((part, i) => words[i] === part)) {
      return { command, rest: words.slice(parts.length) };
    }
  }
  const groups = new Set(
    commands.filter((c) => c.name.includes(" ")).map((c) => c.name.split(" ")[0]!),
  );
  if (groups.has(first)) return { group: first, rest: second === undefined ? [] : words.slice(1) };
  if (first.startsWith("-")) throw new UsageError(`expected a command before ${first}: ${names()}`);
  throw unknown(first, [...new Set(commands.map(({ name }) => name.split(" ")[0]!))]);
}

function unknownIn(group: string, word: string | undefined): UsageError {
  const within = commands.flatMap(({ name }) =>
    name.startsWith(`${group} `) ? name.slice(group.length + 1) : [],
  );
  if (word === undefined) {
    return new UsageError(`expected ${within.map((name) => `ssrm ${group} ${name}`).join(" or ")}`);
  }
  return unknown(word, within, `${group} `);
}

function unknown(word: string, known: readonly string[], before = ""): UsageError {
  const near = nearestName(word, known);
  const hint =
    near === null ? `expected ${known.join(", ")}` : `did you mean ssrm ${before}${near}?`;
  return new UsageError(`unknown command ${JSON.stringify(before + word)}: ${hint}`);
}

function names(): string {
  return commands.map(({ name }) => name).join(", ");
}

function isHelp(word: string): boolean {
  return word === "--help" || word === "-h";
}
