// The text of `--help`: for the whole command, and for each.
import type { Command } from "./commandTable.ts";
import { commands } from "./commandTable.ts";
import type { Option } from "./optionKinds.ts";

/** What `ssrm --help` prints. */
export function generalHelp(): string {
  const width = Math.max(...commands.map(({ name }) => name.length));
  return [
    "ssrm: grow a few labels into a calibrated reward model, on this machine alone.",
    "",
    "Usage: ssrm COMMAND [OPTIONS]",
    "",
    "Commands:",
    ...commands.map(({ name, summary }) => `  ${name.padEnd(width)}  ${summary}`),
    "",
    "Examples:",
    ...["run", "score", "labels export"].flatMap((name) =>
      exampleLines(commands.find((command) => command.name === name)!).slice(0, 2),
    ),
    "",
    "`ssrm COMMAND --help` has the options of each. `ssrm --version` prints the version.",
    "Results go to stdout, progress to stderr. Exit: 0 done, 1 failed, 2 wrong usage, 130 interrupted.",
    "",
  ].join("\n");
}

/** What `ssrm COMMAND --help` prints. */
export function commandHelp(command: Command): string {
  const options: [string, Option<unknown>][] = [
    ...Object.entries(command.options),
    [
      "help",
      { placeholder: null, help: "This text.", initial: false, repeats: false, read: () => true },
    ],
  ];
  return [
    `ssrm ${command.name}: ${command.summary}`,
    "",
    "Usage:",
    ...command.usage.map((line) => `  ${line}`),
    "",
    ...command.details.flatMap((paragraph) => [...wrapped(paragraph, ""), ""]),
    "Options:",
    ...options.flatMap(([name, option]) => [
      `  --${name}${option.placeholder === null ? "" : ` ${option.placeholder}`}${option.repeats ? "  (repeatable)" : ""}`,
      ...wrapped(option.help, "      "),
    ]),
    "",
    "Examples:",
    ...exampleLines(command),
    "",
  ].join("\n");
}

function exampleLines({ examples }: Command): string[] {
  return examples.flatMap(([line, what]) => [`  # ${what}`, `  ${line}`]);
}

function wrapped(paragraph: string, indent: string): string[] {
  const lines: string[] = [];
  let line = indent;
  for (const word of paragraph.split(" ")) {
    if (line.length > indent.length && line.length + 1 + word.length > 100) {
      lines.push(line);
      line = indent;
    }
    line += line.length > indent.length ? ` ${word}` : word;
  }
  return [...lines, line];
}
