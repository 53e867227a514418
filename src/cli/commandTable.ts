// The register of commands: a new one is a file that runs it, its options in options.ts and an entry here.
// Everything here is loaded for `--help`; what a command does is loaded when it is called.
import type { Options } from "./optionKinds.ts";
import type { Arguments } from "./parseArguments.ts";
import {
  baselinesOptions,
  compareOptions,
  doctorOptions,
  evalOptions,
  exportOptions,
  importOptions,
  runOptions,
  scoreOptions,
} from "./options.ts";

/** Does the work and answers the exit status. */
export type Action<O extends Options> = (args: Arguments<O>) => Promise<number>;

export interface Command<O extends Options = Options> {
  /** One or two words. */
  readonly name: string;
  readonly usage: readonly string[];
  readonly summary: string;
  /** Paragraphs for the command's own help. */
  readonly details: readonly string[];
  readonly options: O;
  readonly examples: readonly (readonly [line: string, what: string])[];
  load(): Promise<Action<O>>;
}

const dataForms =
  "DATA is any number of files: .jsonl, .json, .csv, .tsv, .parquet, each also with .gz. Columns are " +
  "recognised; others are mapped in .ssrm/project.json of this folder. `ssrm doctor DATA` says how a file is read.";

const sourcesOfLabels =
  "Labels come from label logs (--labels), from whole preference files (--labeled), or are drawn from DATA's " +
  "own verdicts (--seed-fraction, --seed-count); pairs of DATA without a label are the unlabeled pool, and " +
  "their own verdicts, where they have any, never reach training.";

const run = define({
  name: "run",
  usage: [
    "ssrm run DATA... [--labels FILE]... [--labeled FILE]... [--gold FILE]...",
    "         [--seed-fraction F | --seed-count N] [--test FILE]... [OPTIONS]",
    "ssrm run --resume DIR [--json]",
  ],
  summary: "Train by SSRM on labels and unlabeled pairs; writes a run directory.",
  details: [
    dataForms,
    sourcesOfLabels,
    "Ctrl+C stops after the step at hand and leaves a run that --resume goes on with (exit 130).",
  ],
  options: runOptions,
  examples: [
    ["ssrm run pairs.jsonl --labels .ssrm/labels.jsonl --test test.jsonl", "labels of a label log"],
    [
      "ssrm run pairs.csv --seed-fraction 0.1 --json",
      "simulate: a tenth of the verdicts as labels",
    ],
    [
      "ssrm run --resume .ssrm/runs/20260105-090000-1a2b",
      "go on after Ctrl+C, a crash or a reboot",
    ],
  ],
  load: async () => (await import("./runCommand.ts")).runCommand,
});

const score = define({
  name: "score",
  usage: ["ssrm score DATA... --model RUN_OR_DIR [--out FILE]"],
  summary: "Reward and probability for each row, one JSON line a row, in file order.",
  details: [
    dataForms,
    "Pairs with a preference: id, rewardChosen, rewardRejected, p (of the chosen). Pairs without one, and ties: " +
      "id, rewardA, rewardB, p (of A). Rows of prompt and response: id, reward. The id is the row's own, else " +
      "the pair's content hash. pCalibrated is p after the run's temperature scaling.",
  ],
  options: scoreOptions,
  examples: [
    ["ssrm score new.jsonl --model .ssrm/runs/20260105-090000-1a2b", "to stdout"],
    ["ssrm score answers.parquet --model model/ --out scores.jsonl", "rows of prompt and response"],
  ],
  load: async () => (await import("./scoreCommand.ts")).scoreCommand,
});

const evaluate = define({
  name: "eval",
  usage: ["ssrm eval DATA... --model RUN_OR_DIR [--json]"],
  summary: "Accuracy with interval, NLL, Brier, ECE, smECE and length figures, per subset.",
  details: [
    dataForms,
    "Ties count 1/2; rows without a verdict, and pairs of which both are bad, are left out and counted. " +
      "Figures are of the model's own probabilities; `calibrated` has them after temperature scaling.",
  ],
  options: evalOptions,
  examples: [
    ["ssrm eval test.jsonl --model .ssrm/runs/20260105-090000-1a2b --json", "one JSON object"],
  ],
  load: async () => (await import("./evalCommand.ts")).evalCommand,
});

const compare = define({
  name: "compare",
  usage: ["ssrm compare RUN... [--json]"],
  summary: "Runs side by side: what differs in their settings, and whether their results do.",
  details: [
    "RUN is a run directory. Runs with the same test files are compared by the interval of the difference.",
  ],
  options: compareOptions,
  examples: [["ssrm compare .ssrm/runs/*", "all runs of this folder"]],
  load: async () => (await import("./compareCommand.ts")).compareCommand,
});

const baselines = define({
  name: "baselines",
  usage: ["ssrm baselines DATA... [OPTIONS OF run] [--json]"],
  summary: "SSRM beside what it must beat: seed only, no threshold, random, all labels, length.",
  details: [dataForms, sourcesOfLabels, "Everything is in memory; no run directory is written."],
  options: baselinesOptions,
  examples: [
    [
      "ssrm baselines pairs.jsonl --seed-count 200 --test test.jsonl",
      "one table on the same test pairs",
    ],
  ],
  load: async () => (await import("./baselinesCommand.ts")).baselinesCommand,
});

const labelsExport = define({
  name: "labels export",
  usage: [
    "ssrm labels export --run DIR [--selected | --all] [--form NAME] [--out FILE]",
    "ssrm labels export DATA... --labels FILE [--form NAME] [--out FILE]",
  ],
  summary: "Labels as rows that other tools read.",
  details: [
    "Of a run: its labels and the pseudo-labels that it kept (--selected, the default), each row with p, source " +
      "(human or pseudo) and iteration. A verdict that came later takes the place of a pseudo-label.",
    "What the form can't carry is counted on stderr.",
  ],
  options: exportOptions,
  examples: [
    ["ssrm labels export --run .ssrm/runs/20260105-090000-1a2b --out labeled.jsonl", "for TRL"],
    [
      "ssrm labels export pairs.jsonl --labels .ssrm/labels.jsonl --form prodigy",
      "human verdicts alone",
    ],
  ],
  load: async () => (await import("./exportCommand.ts")).exportCommand,
});

const labelsImport = define({
  name: "labels import",
  usage: ["ssrm labels import FILE... [--into .ssrm] [--json]"],
  summary:
    "Verdicts of Argilla, Label Studio, Prodigy, Potato and preference files into a label log.",
  details: [
    "Every row with a verdict becomes one event; importing the same file again adds nothing.",
  ],
  options: importOptions,
  examples: [["ssrm labels import label-studio.json --into .ssrm", "append to .ssrm/labels.jsonl"]],
  load: async () => (await import("./importCommand.ts")).importCommand,
});

const doctor = define({
  name: "doctor",
  usage: ["ssrm doctor [DATA...] [--json]"],
  summary: "What works on this machine and why the rest does not; how files are read.",
  details: [
    "Runs a one-op graph on each provider that this machine's ONNX Runtime lists, each in a child process of its own.",
    dataForms,
  ],
  options: doctorOptions,
  examples: [["ssrm doctor pairs.csv", "providers, form of the file, rows that would be skipped"]],
  load: async () => (await import("./doctorCommand.ts")).doctorCommand,
});

export const commands: readonly Command[] = [
  run,
  score,
  evaluate,
  compare,
  baselines,
  labelsExport,
  labelsImport,
  doctor,
];

/** Ties each entry's options to what runs it, then forgets them. */
function define<O extends Options>(command: Command<O>): Command {
  return command as unknown as Command;
}
