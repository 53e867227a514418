// "Use as Project Data": the file that is open, with its mapping, becomes data of the folder's project.
import { readFile, realpath } from "node:fs/promises";
import { join, relative, sep } from "node:path";
import * as vscode from "vscode";
import type { FieldMapping } from "../../core/fieldMapping.ts";
import { guardPath } from "../pathGuard.ts";
import type { Project } from "../project.ts";
import { withDataFile } from "./projectData.ts";

/**
 * Writes the file into project.json, after asking; makes a project where there is none.
 * @throws Error where there is no folder, project.json is broken, or it can't be written
 */
export async function useFile(
  services: { readonly project: Project; readonly cacheDir: string },
  { path, mapping }: { readonly path: string; readonly mapping: FieldMapping | null },
): Promise<void> {
  const { project } = services;
  if (project.state.kind === "broken") throw new Error(project.state.error);
  if (project.state.kind !== "ready") {
    const { newProject } = await import("../newProject.ts");
    return newProject(services, vscode.Uri.file(path), mapping);
  }
  const { folder } = project;
  if (folder === null) throw new Error("Open a folder first: the project is written into it.");
  const guarded = await guardPath(path, { folder, approved: new Set() });
  const inside = relative(await realpath(folder), path)
    .split(sep)
    .join("/");
  const target = join(await project.ownFolder(), "project.json");
  await project.ownFolder("project.json");
  const text = await readFile(target, "utf8");
  const next = withDataFile(text, { path: guarded.kind === "ok" ? inside : path, mapping });
  if (next === text) {
    void vscode.window.showInformationMessage("SSRM: this file is data of the project already.");
    return;
  }
  if (!(await isConfirmed({ path, hasNewMapping: mapping !== null }))) return;
  // The user has opened it by hand and said yes, which is the approval.
  if (guarded.kind === "outside") await project.approve([path]);
  const { writeWhole } = await import("../../data/runs/wholeFiles.ts");
  await writeWhole(target, [next]);
  await project.reload();
}

async function isConfirmed({
  path,
  hasNewMapping,
}: {
  readonly path: string;
  readonly hasNewMapping: boolean;
}): Promise<boolean> {
  const add = "Add to Project";
  const mapped = hasNewMapping
    ? "\n\nThe columns that you chose hold for all files of the project; they replace its mapping."
    : "";
  const chosen = await vscode.window.showWarningMessage(
    "This folder has a project already. Add this file to its data?",
    { modal: true, detail: `${path}${mapped}` },
    add,
  );
  return chosen === add;
}
