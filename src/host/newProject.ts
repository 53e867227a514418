// "New Project from File": writes .ssrm/project.json for a file with pairs, after one look at the file.
import { mkdir, realpath, writeFile } from "node:fs/promises";
import { join, relative, sep } from "node:path";
import * as vscode from "vscode";
import type { FieldMapping } from "../core/fieldMapping.ts";
import { guardPath } from "./pathGuard.ts";
import type { Project } from "./project.ts";

const extensions = ["jsonl", "json", "csv", "tsv", "parquet", "gz"];
/** Rows that are looked at to tell whether the file carries preferences of its own. */
const looked = 50;
/** How many pairs are labeled seed where the file's own preferences stand in for a person. */
const simulatedFraction = 0.1;

/**
 * Asks for what is not given, writes project.json and opens it; does nothing where the user leaves. `mapping`
 * names the columns of a file that is not recognised by itself.
 */
export async function newProject(
  { project, cacheDir }: { readonly project: Project; readonly cacheDir: string },
  chosen: vscode.Uri | undefined,
  mapping: FieldMapping | null = null,
): Promise<void> {
  const { folder } = project;
  if (folder === null) throw new Error("Open a folder first: the project is written into it.");
  const uri = chosen ?? (await pickFile(folder));
  if (uri === undefined) return;
  const path = await realpath(uri.fsPath);
  const guarded = await guardPath(path, { folder, approved: new Set() });
  // The user has just picked it by hand, which is the approval.
  if (guarded.kind === "outside") await project.approve([path]);
  const [{ openDataset }, { UnknownColumnsError }] = await Promise.all([
    import("../data/dataset.ts"),
    import("../data/dataError.ts"),
  ]);
  const dataset = await openDataset([path], { cacheDir, mapping }).catch((error: unknown) => {
    // Columns that no form has are named on the page that lists what the file has.
    if (error instanceof UnknownColumnsError && mapping === null) return null;
    throw error;
  });
  if (dataset === null) return chooseColumns(uri);
  const { form } = dataset.files[0]!;
  let hasPreference = false;
  try {
    let rows = 0;
    for await (const row of dataset.rows()) {
      if (row.kind === "pair" && row.gold !== null) hasPreference = true;
      if (hasPreference || ++rows >= looked) break;
    }
  } finally {
    await dataset.close();
  }
  const seed = hasPreference ? await askForSeed(form) : "judge";
  if (seed === undefined) return;
  const inside = relative(await realpath(folder), path)
    .split(sep)
    .join("/");
  const content = {
    data: [guarded.kind === "ok" ? inside : path],
    ...(mapping === null ? {} : { mapping }),
    settings: {
      model: "lexical",
      threshold: 0.8,
      iterations: 3,
      ...(seed === "simulate" ? { seedFraction: simulatedFraction } : {}),
    },
  };
  const own = await project.ownFolder();
  await mkdir(own, { recursive: true });
  const target = join(own, "project.json");
  try {
    await writeFile(target, `${JSON.stringify(content, null, 2)}\n`, { flag: "wx" });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
    throw new Error(`${target} is there already; change it, or remove it first.`, { cause: error });
  }
  await project.reload();
  await vscode.commands.executeCommand("ssrm.data.focus");
}

/** Opens the file where its columns are chosen, and says so. */
async function chooseColumns(uri: vscode.Uri): Promise<void> {
  await vscode.commands.executeCommand("vscode.openWith", uri, "ssrm.pairs");
  void vscode.window.showInformationMessage(
    "SSRM: say in “How it is read” which column holds what, then press “Use this file”.",
  );
}

async function pickFile(folder: string): Promise<vscode.Uri | undefined> {
  const [uri] =
    (await vscode.window.showOpenDialog({
      title: "File with preference pairs",
      openLabel: "Use This File",
      defaultUri: vscode.Uri.file(folder),
      canSelectMany: false,
      filters: { "Preference pairs": extensions },
    })) ?? [];
  return uri;
}

async function askForSeed(form: string): Promise<"judge" | "simulate" | undefined> {
  const choice = await vscode.window.showQuickPick(
    [
      {
        label: "I judge pairs myself",
        detail:
          "The preferences in the file stay hidden from training and are used for reporting only.",
        seed: "judge" as const,
      },
      {
        label: `Use ${100 * simulatedFraction} % of the file's preferences as my labels`,
        detail: "A simulation: shows what a small labeled seed grows into on this data.",
        seed: "simulate" as const,
      },
    ],
    {
      title: `Read as ${form}. The file has preferences of its own: where do the labels come from?`,
    },
  );
  return choice?.seed;
}
