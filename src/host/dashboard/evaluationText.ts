// What `ssrm eval --json` prints, as a page of Markdown: figures with intervals, and what they say. No VS Code here.
import type { Metrics } from "../../core/records.ts";
import { pool } from "../../core/report/intervals.ts";
import { counted, fixed, percent, percentRange, thousands } from "../../core/report/numbers.ts";

/** The figures of all pairs, or of a subset. */
interface Figures extends Metrics {
  readonly lengthCorrelation: number | null;
  readonly longerWins: { readonly data: number | null; readonly model: number | null };
  readonly calibrated: Metrics & { readonly temperature: number };
}

/** The output of `ssrm eval --json`. */
export interface EvaluationOutput extends Figures {
  readonly subsets: Readonly<Record<string, Figures>>;
  readonly withoutVerdict: number;
  readonly bothBad: number;
  readonly oneResponse: number;
}

export interface EvaluationNames {
  /** Files that were judged on. */
  readonly files: readonly string[];
  readonly checkpoint: string;
}

/** The page. Names of files and subsets are of strangers: they are shown as they are and make no markup. */
export function evaluationText(output: EvaluationOutput, names: EvaluationNames): string {
  return [
    `# Evaluation`,
    `Pairs: ${names.files.map(code).join(", ")}  \nModel: ${code(names.checkpoint)}`,
    `**${accuracySentence(output)}** ${calibrationSentence(output)}`,
    figuresTable(output),
    `## How right it is by how sure it is`,
    reliabilityTable(output),
    ...subsetPart(output.subsets),
    `## Length`,
    lengthSentence(output),
    ...leftOutPart(output),
    "Intervals are 95 %. Accuracy's keeps pairs of one prompt together; bins have Wilson's.",
  ].join("\n\n");
}

function accuracySentence({ n, accuracyClusteredLow, accuracyClusteredHigh }: Metrics): string {
  const range = percentRange(accuracyClusteredLow, accuracyClusteredHigh);
  const coin =
    accuracyClusteredLow <= 0.5 && accuracyClusteredHigh >= 0.5
      ? ", which can't be told from a coin"
      : "";
  return `On ${counted(n, "pair")} it prefers the right response ${range} of the time${coin}.`;
}

function calibrationSentence({ reliability, calibrated }: Figures): string {
  const all = pool(reliability);
  if (all === null) return "";
  const { temperature } = calibrated;
  const said = `It says ${percent(all.meanConfidence)} on average and is right ${percentRange(all.low, all.high)} of the time`;
  if (all.high < all.meanConfidence) return `${said}: it is surer than it is right.`;
  if (all.low > all.meanConfidence) return `${said}: it is right more often than it says.`;
  return `${said}: taken together, it means what it says. The checkpoint's temperature is ${fixed(temperature, 2)}.`;
}

function figuresTable(figures: Figures): string {
  const { calibrated } = figures;
  const row = (name: string, value: (metrics: Metrics) => string): string[] => [
    name,
    value(figures),
    value(calibrated),
  ];
  return table([
    ["", "Model's own p", `Temperature ${fixed(calibrated.temperature, 2)}`],
    row("Accuracy", (m) => percent(m.accuracy, 1)),
    row("95 % interval", (m) => percentRange(m.accuracyClusteredLow, m.accuracyClusteredHigh, 1)),
    row("Log loss (NLL)", (m) => fixed(m.nll, 3)),
    row("Brier", (m) => fixed(m.brier, 3)),
    row("ECE, 15 bins", (m) => fixed(m.ece, 3)),
    row("smECE", (m) => fixed(m.smece, 3)),
  ]);
}

function reliabilityTable({ reliability, calibrated }: Figures): string {
  return table([
    ["Confidence", "Pairs", "Right", "95 % interval", "Pairs, scaled", "Right, scaled"],
    ...reliability.map((bin, i) => [
      percentRange(bin.from, bin.to),
      thousands(bin.n),
      percent(bin.accuracy),
      percentRange(bin.low, bin.high),
      thousands(calibrated.reliability[i]?.n ?? null),
      percent(calibrated.reliability[i]?.accuracy ?? null),
    ]),
  ]);
}

function subsetPart(subsets: Readonly<Record<string, Figures>>): string[] {
  const all = Object.entries(subsets);
  if (all.length < 2) return [];
  return [
    `## Subsets`,
    table([
      ["Subset", "Pairs", "Accuracy", "95 % interval", "ECE"],
      ...all.map(([name, m]) => [
        code(name),
        thousands(m.n),
        percent(m.accuracy, 1),
        percentRange(m.accuracyClusteredLow, m.accuracyClusteredHigh, 1),
        fixed(m.ece, 3),
      ]),
    ]),
  ];
}

function lengthSentence({ longerWins: { data, model }, lengthCorrelation }: Figures): string {
  const wins =
    data === null
      ? "No pair differs in length."
      : `The longer response wins ${percent(data)} by the verdicts and ${percent(model)} by the model.`;
  const r = lengthCorrelation;
  return r === null ? wins : `${wins} Reward and length correlate at ${fixed(r, 2)}.`;
}

function leftOutPart(output: EvaluationOutput): string[] {
  const parts = [
    [output.withoutVerdict, "without a verdict"],
    [output.bothBad, "of which both responses are bad"],
    [output.oneResponse, "of one response"],
  ] as const;
  const some = parts.filter(([count]) => count > 0);
  if (some.length === 0) return [];
  return [
    `Left out: rows ${some.map(([count, what]) => `${thousands(count)} ${what}`).join(", ")}.`,
  ];
}

function table(rows: readonly (readonly string[])[]): string {
  const [head = [], ...rest] = rows;
  const line = (cells: readonly string[]): string => `| ${cells.join(" | ")} |`;
  return [line(head), line(head.map((_, i) => (i === 0 ? "---" : "---:"))), ...rest.map(line)].join(
    "\n",
  );
}

/** A text as it is in a code span, also in a table: one line, no bar, no backtick that would end it. */
function code(text: string): string {
  const oneLine = text.replace(/\s+/g, " ").replaceAll("|", "\u00A6").trim();
  const longest = Math.max(0, ...(oneLine.match(/`+/g) ?? []).map((run) => run.length));
  const fence = "`".repeat(longest + 1);
  return `${fence} ${oneLine === "" ? "(no name)" : oneLine} ${fence}`;
}
