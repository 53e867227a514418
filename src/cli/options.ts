// Every option of every command: what it takes, its range, what it means. Defaults of a run are those of
// data/projectFile.ts, filled in by runRequest.ts: loading them here would load zod for `--help`.
import { files, flag, number, numberOrAuto, text, word } from "./optionKinds.ts";

const largest = Number.MAX_SAFE_INTEGER;

const json = flag("Print one JSON object to stdout instead of tables.");

const model = {
  model: text("RUN_OR_DIR", "A run directory, or the checkpoint folder in one. Needed."),
};

/** What the training engine will know of a checkpoint; accepted words are checked, the rest is refused. */
const engine = {
  objective: word(["bradley-terry", "pairwise"], {
    initial: null,
    help: "One reward per response (bradley-terry, what lexical does), or an A/B token.",
  }),
  provider: word(["auto", "cpu", "webgpu", "cuda"], {
    initial: null,
    help: "Device of a checkpoint; lexical runs on the CPU (auto, cpu).",
  }),
};

export const settingOptions = {
  labels: files("A label log, such as .ssrm/labels.jsonl: its verdicts are labels."),
  labeled: files("A preference file whose own verdicts all are labels."),
  gold: files("Verdicts that are used for reporting only, never for training."),
  "seed-fraction": number(
    { from: 0, to: 1, isAbove: true },
    {
      placeholder: "F",
      initial: null,
      help: "Simulation: this part of the pairs with a verdict is the labeled seed, the rest is hidden.",
    },
  ),
  "seed-count": number(
    { from: 1, to: largest, isWhole: true },
    {
      placeholder: "N",
      initial: null,
      help: "Simulation: as many pairs (whole prompts until N are reached) are the labeled seed.",
    },
  ),
  test: files("Pairs with a verdict that every model is tested on."),
  model: text("lexical|DIR|hub:OWNER/NAME", "The model. Default: lexical, built in, no download."),
  depth: word(["head", "lora", "full"], {
    initial: null,
    help: "How much of a checkpoint is trained (with the training engine).",
  }),
  objective: engine.objective,
  threshold: number(
    { from: 0.5, to: 1 },
    {
      placeholder: "NUMBER",
      initial: null,
      help: "A pseudo-label is kept where confidence > NUMBER. From 0.5 to 1. Default: 0.8.",
    },
  ),
  confidence: word(["raw", "calibrated"], {
    initial: null,
    help: "The model's own confidence, or after temperature scaling. Default: raw.",
  }),
  iterations: number(
    { from: 0, to: 100, isWhole: true },
    { placeholder: "N", initial: null, help: "SSRM iterations, 0 to 100. Default: 3." },
  ),
  start: word(["restart", "continue"], {
    initial: null,
    help: "Train each model from the beginning, or from the one before. Default: restart.",
  }),
  keep: word(["last", "best"], {
    initial: null,
    help: "The result: the last model, or the best by validation NLL. Default: last.",
  }),
  seed: number(
    { from: 0, to: largest, isWhole: true },
    { placeholder: "N", initial: null, help: "Seed of draws, folds and splits. Default: 0." },
  ),
  l2: numberOrAuto(
    { from: 0, to: largest, isAbove: true },
    "L2 penalty of lexical; auto: by cross-validation on the labels. Default: auto.",
  ),
  "no-length": flag("Lexical without the length of a response as a feature."),
  provider: engine.provider,
};

export const runOptions = {
  ...settingOptions,
  resume: text("DIR", "Go on with the run in DIR, or print it again where it is done."),
  out: text("DIR", "The run directory itself. Default: .ssrm/runs/<id> in this folder."),
  json,
};

export const scoreOptions = {
  ...model,
  adapter: text("DIR", "An adapter on the checkpoint (with the training engine)."),
  objective: engine.objective,
  "label-tokens": text(
    "A,B",
    "The two label tokens of a pairwise model (with the training engine).",
  ),
  provider: engine.provider,
  out: text("FILE", "Write the lines to FILE, which appears once it is complete. Default: stdout."),
};

export const evalOptions = { ...model, json };

export const compareOptions = { json };

export const baselinesOptions = { ...settingOptions, json };

export const exportOptions = {
  run: text("DIR", "Export the labels of this run."),
  selected: flag("With --run: its labels and the pseudo-labels that it kept. The default."),
  all: flag("With --run: its labels and all pseudo-labels of its last iteration, kept or not."),
  labels: files("With DATA: a label log whose verdicts are exported."),
  form: text("NAME", "trl (the default), trl-conversational, openai-dpo, hh or prodigy."),
  format: text("NAME", "The same as --form."),
  out: text("FILE", "Write the rows to FILE, which appears once it is complete. Default: stdout."),
  json: flag("Print one JSON object with the counts to stdout; needs --out."),
};

export const importOptions = {
  into: text(
    "FOLDER",
    "The .ssrm folder whose label log the verdicts are added to. Default: .ssrm.",
  ),
  json,
};

export const doctorOptions = { json };
