// `ssrm compare`: runs side by side.
import type { Metrics, RunInfo } from "../core/records.ts";
import { difference, type Estimate } from "../core/report/intervals.ts";
import { fixed, noValue, points, thousands } from "../core/report/numbers.ts";
import { accuracyOf, baseName, summarize } from "../core/report/summary.ts";
import { readRun } from "../data/runs/runFiles.ts";
import { accuracyText } from "./figures.ts";
import type { compareOptions } from "./options.ts";
import type { Arguments } from "./parseArguments.ts";
import { absolute } from "./places.ts";
import { print, printJson, table } from "./terminal.ts";
import { UsageError } from "../data/usageError.ts";

interface Compared {
  readonly dir: string;
  readonly info: RunInfo;
  /** Of the model that the run gives. */
  readonly iteration: number | null;
  readonly labeled: number | null;
  readonly selected: number | null;
  readonly temperature: number | null;
  readonly test: Metrics | null;
  readonly validation: Metrics | null;
}

type Setting = string | number | boolean | null | undefined;

/** Whether two runs differ on the same test pairs, by the 95 % interval of b minus a. */
interface Difference {
  readonly a: string;
  readonly b: string;
  readonly accuracy: Estimate;
  readonly isEvidence: boolean;
  readonly text: string;
}

/** @throws UsageError where no run is named; DataError where one is none */
export async function compareCommand({
  operands,
  values,
}: Arguments<typeof compareOptions>): Promise<number> {
  if (operands.length === 0)
    throw new UsageError("expected RUN, one or more run directories, got none");
  const runs: Compared[] = [];
  for (const dir of absolute(operands)) runs.push(await read(dir));
  const settings = differingSettings(runs);
  const differences = differencesOf(runs);
  if (values.json) {
    await printJson({
      runs: runs.map(({ info, ...run }) => ({
        ...run,
        id: info.id,
        state: info.state,
        settings: info.settings,
      })),
      settings: Object.fromEntries(settings),
      differences,
    });
  } else await print(textOf(runs, { settings, differences }));
  return 0;
}

async function read(dir: string): Promise<Compared> {
  const { info, records } = await readRun(dir);
  const { result } = summarize(info, records);
  return {
    dir,
    info,
    iteration: result?.iteration ?? null,
    labeled: result?.labeled ?? null,
    selected: result?.selected ?? null,
    temperature: result?.temperature ?? null,
    test: result?.test ?? null,
    validation: result?.validation ?? null,
  };
}

/** Per setting that is not the same in all runs: its value in each. */
function differingSettings(runs: readonly Compared[]): [string, Setting[]][] {
  const flat = runs.map(({ info }): Readonly<Record<string, Setting>> => {
    const { lexical, ...others } = info.settings;
    return {
      ...others,
      "lexical.l2": lexical.l2,
      "lexical.length": lexical.length,
      data: info.data.map((file) => baseName(file.path)).join(", "),
      labels: [...info.labels, ...info.labeledData].map((file) => baseName(file.path)).join(", "),
      test: info.test.map((file) => baseName(file.path)).join(", "),
    };
  });
  return Object.keys(flat[0] ?? {})
    .map((name): [string, Setting[]] => [name, flat.map((settings) => settings[name])])
    .filter(([, all]) => all.some((value) => value !== all[0]));
}

function differencesOf(runs: readonly Compared[]): Difference[] {
  return runs.flatMap((b, j) => runs.slice(0, j).flatMap((a) => differenceOf(a, b) ?? []));
}

function differenceOf(a: Compared, b: Compared): Difference | null {
  if (a.test === null || b.test === null || testFiles(a) !== testFiles(b)) return null;
  const accuracy = difference(accuracyOf(a.test), accuracyOf(b.test));
  const isEvidence = accuracy.low > 0 || accuracy.high < 0;
  const [nameA, nameB] = [baseName(a.dir), baseName(b.dir)];
  const interval = `${points(accuracy.value)} points (95 % interval ${points(accuracy.low)} to ${points(accuracy.high)})`;
  const verdict = isEvidence
    ? `evidence that ${accuracy.value > 0 ? nameB : nameA} is better`
    : "no evidence of a difference: the interval holds zero";
  return {
    a: a.dir,
    b: b.dir,
    accuracy,
    isEvidence,
    text: `${nameB} against ${nameA}: ${interval}, ${verdict}.`,
  };
}

function testFiles({ info }: Compared): string {
  return info.test
    .map(({ sha256 }) => sha256)
    .sort()
    .join(" ");
}

function textOf(
  runs: readonly Compared[],
  found: {
    readonly settings: readonly (readonly [string, readonly Setting[]])[];
    readonly differences: readonly Difference[];
  },
): string {
  const line = (name: string, of: (run: Compared) => string): string[] => [name, ...runs.map(of)];
  const rows = [
    line("", ({ dir }) => baseName(dir)),
    line("state", ({ info }) => info.state),
    ...found.settings.map(([name, all]) => [name, ...all.map((value) => String(value ?? noValue))]),
    line("model", ({ iteration }) => thousands(iteration)),
    line("labels", ({ labeled }) => thousands(labeled)),
    line("pseudo-labels", ({ selected }) => thousands(selected)),
    line("T", ({ temperature }) => fixed(temperature, 2)),
    ...(["test", "validation"] as const).flatMap((judge) => [
      line(`${judge} accuracy`, (run) => accuracyText(run[judge])),
      line(`${judge} NLL`, (run) => fixed(run[judge]?.nll ?? null, 3)),
      line(`${judge} ECE`, (run) => fixed(run[judge]?.ece ?? null, 3)),
    ]),
  ];
  const said = found.differences.map(({ text }) => `${text}\n`);
  const note =
    said.length > 0
      ? "The intervals take the runs as independent, so they are on the wide side.\n"
      : runs.length > 1
        ? "No two of these runs have the same test files: their results can't be compared.\n"
        : "";
  return [table(rows), "\n", ...said, note].join("");
}
