// What a document says that can be checked: links, files, npm scripts, uses of `ssrm`, names of commands.
import { existsSync, globSync, readFileSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import { commands } from "../../src/cli/commandTable.ts";
import { parseArguments } from "../../src/cli/parseArguments.ts";

export const root = join(import.meta.dirname, "../..");

interface Manifest {
  readonly scripts: Readonly<Record<string, string>>;
  readonly contributes: {
    readonly commands: readonly { readonly title: string; readonly category: string }[];
  };
}

const manifest = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as Manifest;
const editorCommands = new Set(
  manifest.contributes.commands.map(({ title, category }) => `${category}: ${title}`),
);

/** npm's own commands that documents name. */
const npmOwn = new Set(["ci", "install"]);

/** Names of files that the program writes or users have, which the project need not hold. */
const writtenFiles = new Set([
  ...[
    "run.json",
    "iterations.jsonl",
    "queue.jsonl",
    "scores.jsonl",
    "report.html",
    "lock.json",
    "labels.jsonl",
  ],
  ...["ssrm.json", "lexical.json", "weights.bin", "project.json", "iteration-K.jsonl"],
]);

/** All names of files in the project, for those that stand in a document without their folder. */
const ownNames = new Set(
  globSync(["*", ".*", "{src,test,docs,media,.scripts}/**/*", "media/sample/.ssrm/*.json*"], {
    cwd: root,
  }).map((path) => basename(path)),
);

const topFolders = /^(?:src|test|docs|media|webview|\.scripts|\.ci)\//;
const fileName = /^[\w.<>/*-]+\.(?:ts|mts|mjs|md|json|jsonl|html|bin)$/;
/** Inside the user's folder or a run directory. */
const usersFolders =
  /^(?:\.ssrm|checkpoint|state|labels|pseudo-labels|held-out|dist|extension|node_modules)\//;

/** A document taken apart: its text without code blocks, code in backticks, and the lines of code blocks. */
export function partsOf(markdown: string): {
  readonly prose: string;
  readonly spans: readonly string[];
  readonly blockLines: readonly string[];
} {
  const blockLines: string[] = [];
  const prose = markdown.replace(/^```.*\n([^]*?)^```$/gm, (_, body: string) => {
    blockLines.push(...body.replaceAll("\\\n", " ").split("\n"));
    return "";
  });
  const spans = [...prose.matchAll(/`([^`]+)`/g)].map(([, span]) => span!.replace(/\s+/g, " "));
  return { prose, spans, blockLines };
}

/** Everything in a document that is not so, one line each; `path` is the document's own, from the root. */
export function faultsIn(path: string, markdown: string): string[] {
  const { prose, spans, blockLines } = partsOf(markdown);
  const code = [...spans, ...blockLines];
  return [
    ...linksOf(prose).flatMap((target) => linkFault(path, target)),
    ...spans.flatMap(fileFault),
    ...code.flatMap(npmFault),
    ...code.flatMap(commandFault),
    ...spans.flatMap(optionFault),
    ...[...prose.matchAll(/\*{1,2}(SSRM: [^*]+)\*/g)].flatMap(([, title]) =>
      editorCommands.has(title!.replace(/\s+/g, " ")) ? [] : [`no command ${title} in the editor`],
    ),
  ];
}

function linksOf(prose: string): string[] {
  return [...prose.matchAll(/\]\(([^)\s]+)\)/g)].map(([, target]) => target!);
}

function linkFault(path: string, target: string): string[] {
  if (/^https?:/.test(target)) return [];
  const [file = "", anchor] = target.split("#");
  const at = file === "" ? join(root, path) : resolve(root, dirname(path), file);
  if (!existsSync(at)) return [`link to ${target}: there is no such file`];
  if (anchor === undefined) return [];
  const headings = [...readFileSync(at, "utf8").matchAll(/^#+ (.+)$/gm)].map(([, text]) =>
    text!
      .toLowerCase()
      .replace(/[^\w\s-]/g, "")
      .replaceAll(" ", "-"),
  );
  return headings.includes(anchor) ? [] : [`link to ${target}: there is no such heading`];
}

function fileFault(span: string): string[] {
  if (topFolders.test(span)) {
    const pattern = span.replace(/\/$/, "");
    return globSync(pattern, { cwd: root }).length > 0 ? [] : [`${span}: there is no such file`];
  }
  if (!fileName.test(span) || usersFolders.test(span)) return [];
  const isKnown = ownNames.has(span) || writtenFiles.has(span) || /^\.\w+$/.test(span);
  return isKnown || /[*<]/.test(span) ? [] : [`${span}: there is no file of this name`];
}

function npmFault(line: string): string[] {
  return [...line.matchAll(/\bnpm (run )?(?:--[\w-]+ )*([a-z][\w:-]*)/g)].flatMap(
    ([, run, name]) => {
      const isThere =
        Object.hasOwn(manifest.scripts, name!) || (run === undefined && npmOwn.has(name!));
      return isThere ? [] : [`npm ${run ?? ""}${name}: there is no such script`];
    },
  );
}

/** A use of `ssrm`, read by the command's own parser; one with an ellipsis or brackets names its options only. */
function commandFault(line: string): string[] {
  const match = /^(?:npm run --silent ssrm -- |node dist\/ssrm\.mjs |ssrm )(.+)$/.exec(line.trim());
  if (match === null) return [];
  const words = match[1]!.replace(/ [>|#].*$/, "").split(" ");
  if (words[0] === "ARGS" || words[0]!.startsWith("--")) return [];
  const command = commands.find(({ name }) =>
    name.split(" ").every((part, i) => words[i] === part),
  );
  if (command === undefined) return [`${line}: there is no such command`];
  const rest = words.slice(command.name.split(" ").length);
  if (rest.some((word) => word === "--help")) return [];
  try {
    parseArguments(command.options, rest);
    return [];
  } catch (error) {
    return [`${line}: ${(error as Error).message}`];
  }
}

/** An option that stands alone, such as `--out DIR`: some command must have it, and take its value. */
function optionFault(span: string): string[] {
  const [, name, value] = /^--([a-z][\w-]*)(?: (\S+))?/.exec(span) ?? [];
  if (name === undefined || name === "help") return [];
  const options = commands.flatMap(({ options }) =>
    Object.hasOwn(options, name) ? [options[name]!] : [],
  );
  if (options.length === 0) return [`${span}: no command has this option`];
  if (value === undefined) return [];
  // Upper case stands for the user's own value.
  const isPlaceholder = /^[A-Z]+$/.test(value);
  const takesIt = options.some((option) => {
    if (option.placeholder === null) return false;
    if (isPlaceholder) return true;
    try {
      option.read(value, { name, before: option.initial });
      return true;
    } catch {
      return false;
    }
  });
  return takesIt ? [] : [`${span}: the option does not take this`];
}
