// `ssrm labels export`: labels as rows that other tools read.
import { resolve } from "node:path";
import { exportForms, startExport, type ReasonCounts } from "../data/exports/exportTable.ts";
import type { ExportForm, LabeledRow } from "../data/exports/exportForm.ts";
import { nearestName } from "../data/nearest.ts";
import { readRun } from "../data/runs/runFiles.ts";
import { rowsOfLogs, rowsOfRun } from "./exportRows.ts";
import { expectData } from "./openData.ts";
import { listed, type Values } from "./optionKinds.ts";
import type { exportOptions } from "./options.ts";
import type { Arguments } from "./parseArguments.ts";
import { absolute, openOutput } from "./places.ts";
import { print, printJson, tell } from "./terminal.ts";
import { UsageError } from "../data/usageError.ts";

/** @throws UsageError where it is not said what to export */
export async function exportCommand(args: Arguments<typeof exportOptions>): Promise<number> {
  const { values } = args;
  const form = formOf(values);
  if (values.json && values.out === null) {
    throw new UsageError(
      "--json: expected --out FILE beside it, since the rows go to stdout otherwise",
    );
  }
  const { rows, inputs } = await sourceOf(args);
  const output = values.out === null ? null : await openOutput(values.out, inputs);
  const job = startExport(form);
  const counts = { human: 0, pseudo: 0 };
  try {
    for await (const row of rows) {
      const line = job.line(row);
      if (line === null) continue;
      counts[row.source]++;
      await (output === null ? print(`${line}\n`) : output.write(`${line}\n`));
    }
    await output?.finish();
  } finally {
    await output?.discard();
  }
  const { written, dropped, reduced } = job.summary();
  tell(`${written} rows as ${form.name}: ${counts.human} human, ${counts.pseudo} pseudo-labels.`);
  tell(`${form.name} does not carry: ${form.leavesOut}.`);
  tellCounts("left out", dropped);
  tellCounts("written with a loss", reduced);
  if (values.json) {
    const counted = (reasons: ReasonCounts): object => Object.fromEntries(reasons);
    await printJson({
      out: resolve(values.out!),
      form: form.name,
      written,
      ...counts,
      dropped: counted(dropped),
      reduced: counted(reduced),
    });
  }
  return 0;
}

async function sourceOf({ operands, values }: Arguments<typeof exportOptions>): Promise<{
  rows: AsyncIterable<LabeledRow>;
  inputs: string[];
}> {
  if (values.run !== null) {
    if (operands.length > 0 || values.labels.length > 0) {
      throw new UsageError(
        "--run has its own data and labels: expected no DATA and no --labels beside it",
      );
    }
    if (values.all && values.selected)
      throw new UsageError("expected --selected or --all, got both: give one");
    const dir = resolve(values.run);
    const { info } = await readRun(dir);
    const files = [info.data, info.labels, info.labeledData, info.gold, info.test].flat();
    return {
      rows: rowsOfRun(dir, { keptOnly: !values.all }),
      inputs: files.map(({ path }) => path),
    };
  }
  if (values.all || values.selected)
    throw new UsageError("--selected and --all: expected --run DIR beside them");
  if (operands.length === 0) {
    throw new UsageError("expected --run DIR, or DATA... with --labels FILE, got neither");
  }
  const data = expectData(operands);
  const logs = absolute(values.labels);
  if (logs.length === 0) throw new UsageError("expected --labels FILE beside DATA, got none");
  return { rows: rowsOfLogs(data, logs), inputs: [...data, ...logs] };
}

function formOf({ form, format }: Values<typeof exportOptions>): ExportForm {
  if (form !== null && format !== null) {
    throw new UsageError("--form and --format are the same: give one");
  }
  const name = form ?? format ?? "trl";
  const found = exportForms.find(
    (known) => known.name === (name === "trl" ? "trl-standard" : name),
  );
  if (found !== undefined) return found;
  const names = ["trl", ...exportForms.map((known) => known.name)];
  const near = nearestName(name, names);
  throw new UsageError(
    `--form: expected ${listed(names)}, got ${JSON.stringify(name)}${near === null ? "" : `; did you mean ${near}?`}`,
  );
}

function tellCounts(what: string, counts: ReasonCounts): void {
  for (const [reason, count] of counts) tell(`${count} ${what}: ${reason}.`);
}
