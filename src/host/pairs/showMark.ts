// From a bin or bar of the dashboard to its pairs in the data editor.
import * as vscode from "vscode";
import type { FileIdentity, RunInfo } from "../../core/records.ts";
import type { ChartMark } from "../../protocol/page/pairsPage.ts";
import type { CommandServices } from "../commandServices.ts";
import { guardRunFile } from "../runFile.ts";
import type { PairsEditor } from "./pairsEditor.ts";
import { queryOfMark } from "./rowQueries.ts";

/**
 * Opens the run's data file with the mark's pairs, asking which where there are several. run.json comes with the
 * folder, so its paths are guarded.
 * @throws Error where the run is unknown, or none of its files can be read
 */
export async function showMark(
  services: Pick<CommandServices, "project" | "runs">,
  editor: PairsEditor,
  mark: ChartMark,
): Promise<void> {
  const run = services.runs.runs.find(({ dir }) => dir === mark.runDir);
  if (run === undefined) throw new Error(`${mark.runDir} is no run of this project any more.`);
  const paths = await readable(services, filesOf(run.info, mark));
  const path = paths.length > 1 ? await pick(paths) : paths[0];
  if (path !== undefined) await editor.open(vscode.Uri.file(path), queryOfMark(mark));
}

function filesOf(info: RunInfo, { set }: ChartMark): readonly FileIdentity[] {
  const from = { data: info.data, labeled: info.labeledData, test: info.test };
  const files = set === "test" ? from.test : [...from.data, ...from.labeled];
  return [...new Map(files.map((file) => [file.path, file])).values()];
}

async function readable(
  { project }: Pick<CommandServices, "project">,
  given: readonly FileIdentity[],
): Promise<readonly string[]> {
  const { folder, approved } = project;
  if (folder === null) throw new Error("There is no folder whose runs could be shown.");
  const paths: string[] = [];
  const refused: string[] = [];
  for (const file of given) {
    const { path } = file;
    const guarded = await guardRunFile(file, { folder, approved });
    if (guarded.kind === "ok") paths.push(guarded.path);
    else refused.push(`${path} (${guarded.kind === "missing" ? guarded.reason : outside})`);
  }
  if (paths.length > 0) return paths;
  const why = refused.length === 0 ? "the run names no file for them" : refused.join("; ");
  throw new Error(`The pairs of this mark can't be shown: ${why}.`);
}

const outside = "outside of the folder; run SSRM: Allow Files Outside the Folder";

function pick(paths: readonly string[]): Thenable<string | undefined> {
  return vscode.window.showQuickPick([...paths], {
    title: "The run has several files. Show the pairs of which one?",
  });
}
