// What the dashboard does in the editor. Runs go through the commands, so that a page and the palette behave the
// same and tell of errors in the same way.
import { mkdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import * as vscode from "vscode";
import type { CommandServices } from "../commandServices.ts";
import type { RunNode } from "../runsTree.ts";
import type { Asked, DashboardActs } from "./dashboardParts.ts";
import { withForm } from "./projectForm.ts";

const commandOf: Readonly<Record<Asked<"act">["act"], string>> = {
  label: "ssrm.label",
  review: "ssrm.review",
  audit: "ssrm.audit",
  report: "ssrm.openReport",
  export: "ssrm.exportLabels",
  "new-project": "ssrm.newProject",
  "open-project": "ssrm.openProjectFile",
  score: "ssrm.scoreFile",
  evaluate: "ssrm.evaluate",
  log: "ssrm.showLog",
};

/** Acts that are about a run, and take its node. */
const onRuns: ReadonlySet<Asked<"act">["act"]> = new Set(["report", "export", "score", "evaluate"]);

/** The acts of one dashboard. */
export function dashboardActs(services: CommandServices): DashboardActs {
  const { project, runner, log } = services;
  const command = (name: string, ...rest: readonly unknown[]): void =>
    void vscode.commands.executeCommand(name, ...rest).then(undefined, (error: unknown) => {
      log.error(error instanceof Error ? error : String(error));
    });
  return {
    saveForm: async (form) => {
      if (project.state.kind !== "ready") {
        throw new Error("This folder has no project that settings could be kept in.");
      }
      const path = join(await project.ownFolder(), "project.json");
      await project.ownFolder("project.json");
      const text = await readFile(path, "utf8");
      const next = withForm(text, form);
      if (next === text) return;
      const { writeWhole } = await import("../../data/runs/wholeFiles.ts");
      await writeWhole(path, [next]);
      await project.reload();
    },
    start: async ({ isDetached }) => {
      if (!vscode.workspace.isTrusted) throw new Error("Trust this folder first.");
      await runner.request();
      command(isDetached ? "ssrm.runDetached" : "ssrm.run");
    },
    control: (act, dir) => {
      const node: RunNode = { kind: "run", dir };
      command(`ssrm.${act}`, node);
      return Promise.resolve();
    },
    openPairs: async (mark) => {
      await vscode.commands.executeCommand("ssrm.showMark", mark);
    },
    act: (act, dir) => {
      const node: RunNode | undefined = dir === null ? undefined : { kind: "run", dir };
      command(commandOf[act], ...(onRuns.has(act) ? [node] : []));
      return Promise.resolve();
    },
    saveFile: async (name, text) => {
      const folder = await project.ownFolder("exports");
      // The editor asks one question more where the folder of the proposed name is not there.
      await mkdir(folder, { recursive: true });
      const target = await vscode.window.showSaveDialog({
        defaultUri: vscode.Uri.file(join(folder, name)),
        title: "Save Chart",
      });
      if (target === undefined) return;
      await vscode.workspace.fs.writeFile(target, new TextEncoder().encode(text));
      void vscode.window.setStatusBarMessage(`SSRM: saved ${target.fsPath}`, 4000);
    },
    copy: async (text) => vscode.env.clipboard.writeText(text),
    log: (error) => log.error(error instanceof Error ? error : String(error)),
  };
}
