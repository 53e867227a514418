// The commands around the dashboard: open, compare two runs, score a file, evaluate a checkpoint.
import * as vscode from "vscode";
import { registerTable } from "../commands.ts";
import type { CommandServices } from "../commandServices.ts";
import type { RunNode } from "../runsTree.ts";
import { runDescription, runLabel } from "../runText.ts";
import { Dashboard } from "./dashboardPanel.ts";

/** Registers the dashboard and its commands. */
export function registerDashboard(services: CommandServices): vscode.Disposable {
  const dashboard = new Dashboard(services);
  const modelFiles = () => import("./modelFiles.ts");
  const commands = registerTable(
    {
      dashboard: (node) => dashboard.open(runsOf(node)),
      compareRuns: (node, selection) => compareRuns(services, dashboard, { node, selection }),
      scoreFile: async (node) => (await modelFiles()).scoreFile(services, nodeOf(node)),
      evaluate: async (node) => (await modelFiles()).evaluate(services, nodeOf(node)),
    },
    services.log,
  );
  return vscode.Disposable.from(dashboard, commands);
}

/** Shows the two selected runs side by side, or asks which. */
async function compareRuns(
  { runs }: CommandServices,
  dashboard: Dashboard,
  { node, selection }: { readonly node: unknown; readonly selection: unknown },
): Promise<void> {
  await runs.refresh();
  const selected = (Array.isArray(selection) ? selection : [node]).flatMap(
    (one) => nodeOf(one) ?? [],
  );
  const dirs = [...new Set(selected.map(({ dir }) => dir))];
  if (dirs.length < 2) {
    // Enter alone compares the two newest, or the named one with the newest beside it.
    const proposed = [...new Set([...dirs, ...runs.runs.map(({ dir }) => dir)])].slice(0, 2);
    const items = runs.runs.map((run) => ({
      label: runLabel(run.info),
      description: runDescription(run),
      picked: proposed.includes(run.dir),
      dir: run.dir,
    }));
    if (items.length < 2) throw new Error("Comparing needs two runs; this folder has fewer.");
    const chosen = await vscode.window.showQuickPick(items, {
      title: "Compare Which Two Runs?",
      canPickMany: true,
    });
    if (chosen === undefined) return;
    dirs.splice(0, dirs.length, ...chosen.map(({ dir }) => dir));
  }
  if (dirs.length !== 2) throw new Error(`Choose two runs to compare, not ${dirs.length}.`);
  // The older one first, as time goes.
  const [first, second] = runs.runs.filter(({ dir }) => dirs.includes(dir)).reverse();
  if (first === undefined || second === undefined) throw new Error("One of the runs is gone.");
  await dashboard.open({ selected: first.dir, compared: second.dir });
}

function runsOf(node: unknown): { selected: string; compared: null } | null {
  const run = nodeOf(node);
  return run === undefined ? null : { selected: run.dir, compared: null };
}

/** A command may be called by anybody with anything. */
function nodeOf(value: unknown): RunNode | undefined {
  if (typeof value !== "object" || value === null || !("dir" in value)) return undefined;
  return typeof value.dir === "string" ? { kind: "run", dir: value.dir } : undefined;
}
