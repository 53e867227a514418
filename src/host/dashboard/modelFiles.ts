// "SSRM: Score File" and "SSRM: Evaluate": a file and a checkpoint are chosen, the command `ssrm` does the work.
import { mkdir, stat } from "node:fs/promises";
import { basename, join } from "node:path";
import * as vscode from "vscode";
import type { CommandServices } from "../commandServices.ts";
import type { RunNode } from "../runsTree.ts";
import { runDescription, runLabel } from "../runText.ts";
import type { EvaluationOutput } from "./evaluationText.ts";

const extensions = ["jsonl", "json", "csv", "tsv", "parquet", "gz"];
/** A text editor opens no larger file without asking. */
const mostBytesShown = 50 << 20;

/** Scores each row of a file; the result is a file of JSON lines in .ssrm/exports, which is opened. */
export async function scoreFile(services: CommandServices, node?: RunNode): Promise<void> {
  expectTrust();
  const [path] = (await pickFiles(services, "File to Score")) ?? [];
  const checkpoint = path === undefined ? undefined : await pickCheckpoint(services, node);
  if (path === undefined || checkpoint === undefined) return;
  const folder = await services.project.ownFolder("exports");
  await mkdir(folder, { recursive: true });
  const now = new Date().toISOString().slice(0, 19).replaceAll(":", "").replace("T", "-");
  const out = join(folder, `${basename(path)}.${now}.scores.jsonl`);
  const said = await withCommand(services, `Scoring ${basename(path)}`, [
    ...["score", path, "--model", checkpoint, "--out", out],
  ]);
  if (said === null) return;
  services.log.info(said);
  if ((await stat(out)).size > mostBytesShown) {
    void vscode.window.showInformationMessage(`SSRM: the scores are in ${out}.`);
  } else await vscode.window.showTextDocument(vscode.Uri.file(out), { preview: true });
}

/** Judges a checkpoint on files with verdicts, and shows the figures with their intervals. */
export async function evaluate(services: CommandServices, node?: RunNode): Promise<void> {
  expectTrust();
  const paths = await pickFiles(services, "File with Verdicts to Evaluate On");
  const checkpoint = paths === undefined ? undefined : await pickCheckpoint(services, node);
  if (paths === undefined || checkpoint === undefined) return;
  const names = paths.map((path) => basename(path)).join(", ");
  const said = await withCommand(services, `Evaluating on ${names}`, [
    ...["eval", ...paths, "--model", checkpoint, "--json"],
  ]);
  if (said === null) return;
  // What the command tells of the files stands on lines of its own, after or before the figures.
  const json = said.split("\n").find((line) => line.startsWith("{"));
  if (json === undefined) throw new Error(`Expected figures from \`ssrm eval\`, got: ${said}`);
  const { evaluationText } = await import("./evaluationText.ts");
  const text = evaluationText(JSON.parse(json) as EvaluationOutput, { files: paths, checkpoint });
  await showMarkdown(services, `Evaluation on ${names}`, text);
}

function expectTrust(): void {
  if (!vscode.workspace.isTrusted) {
    throw new Error("Models are not run in Restricted Mode: trust this folder first.");
  }
}

/** The project's test set, where it has one, or any file that the user picks, which is the approval. */
async function pickFiles(
  { project }: CommandServices,
  title: string,
): Promise<readonly string[] | undefined> {
  const files = project.state.kind === "ready" ? project.state.files : null;
  const known = (["test", "data"] as const).flatMap((role) => {
    const paths = (files?.[role] ?? []).flatMap((file) => (file.kind === "ok" ? [file.path] : []));
    if (paths.length === 0) return [];
    const label = paths.map((path) => basename(path)).join(", ");
    return [{ label, description: role === "test" ? "the project's test set" : "its data", paths }];
  });
  const other = { label: "Choose a File…", description: "", paths: null };
  const chosen =
    known.length === 0
      ? other
      : await vscode.window.showQuickPick([...known, other], { title, ignoreFocusOut: true });
  if (chosen === undefined || chosen.paths !== null) return chosen?.paths;
  const picked = await vscode.window.showOpenDialog({
    ...{ title, openLabel: "Use This File", canSelectMany: false },
    ...(project.folder === null ? {} : { defaultUri: vscode.Uri.file(project.folder) }),
    filters: { "Preference pairs": extensions },
  });
  return picked?.map(({ fsPath }) => fsPath);
}

/** The checkpoint of a run of this folder, or any folder with one. */
async function pickCheckpoint(
  { runs, project }: CommandServices,
  node: RunNode | undefined,
): Promise<string | undefined> {
  await runs.refresh();
  const found = await Promise.all(
    runs.runs.map(async (run) => {
      const dir = join(run.dir, "checkpoint");
      const isThere = await stat(dir).then(
        () => true,
        () => false,
      );
      return isThere
        ? { label: runLabel(run.info), description: runDescription(run), dir, run }
        : null;
    }),
  );
  const known = found.filter((one) => one !== null);
  const asked = node && known.find(({ run }) => run.dir === node.dir);
  if (asked !== undefined) return asked.dir;
  const other = { label: "Choose a Checkpoint Folder…", description: "", dir: null };
  const chosen =
    known.length === 0
      ? other
      : await vscode.window.showQuickPick([...known, other], {
          title: "Checkpoint of Which Run?",
          ignoreFocusOut: true,
        });
  if (chosen === undefined || chosen.dir !== null) return chosen?.dir;
  const picked = await vscode.window.showOpenDialog({
    ...{ title: "Folder of a Checkpoint", openLabel: "Use This Checkpoint" },
    ...{ canSelectFolders: true, canSelectFiles: false, canSelectMany: false },
    ...(project.folder === null ? {} : { defaultUri: vscode.Uri.file(project.folder) }),
  });
  return picked?.[0]?.fsPath;
}

/** Runs the command with a notification that can stop it; null where it was stopped. */
async function withCommand(
  { context, project, cacheDir }: CommandServices,
  title: string,
  args: readonly string[],
): Promise<string | null> {
  const { runCommand } = await import("../commandLine.ts");
  const cwd = project.folder ?? context.globalStorageUri.fsPath;
  return vscode.window.withProgress(
    { location: vscode.ProgressLocation.Notification, title, cancellable: true },
    async (_progress, token) => {
      const stop = new AbortController();
      token.onCancellationRequested(() => stop.abort());
      try {
        const signal = stop.signal;
        return await runCommand([context.asAbsolutePath("dist/ssrm.mjs"), ...args], {
          ...{ cwd, cacheDir, signal },
        });
      } catch (error) {
        if (stop.signal.aborted) return null;
        throw error;
      }
    },
  );
}

const evaluationScheme = "ssrm-evaluation";
/** Texts of evaluations by address; null before the first. They are gone when the window closes. */
let evaluations: Map<string, string> | null = null;

/** A read-only document of ours, shown as the editor shows Markdown. */
async function showMarkdown(
  { context }: CommandServices,
  name: string,
  text: string,
): Promise<void> {
  if (evaluations === null) {
    const texts = (evaluations = new Map<string, string>());
    context.subscriptions.push(
      vscode.workspace.registerTextDocumentContentProvider(evaluationScheme, {
        provideTextDocumentContent: (uri) => texts.get(uri.toString()) ?? "",
      }),
    );
  }
  // A new address each time: the editor keeps what it has read.
  const uri = vscode.Uri.from({
    scheme: evaluationScheme,
    path: `/${evaluations.size + 1}/${name}.md`,
  });
  evaluations.set(uri.toString(), text);
  await vscode.commands.executeCommand("markdown.showPreview", uri);
}
