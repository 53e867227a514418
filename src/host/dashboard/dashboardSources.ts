// Where the dashboard's figures come from in the editor.
import { hostname } from "node:os";
import * as vscode from "vscode";
import type { FormSettings, RunOutlook } from "../../protocol/page/dashboardPage.ts";
import type { FieldMapping } from "../../core/fieldMapping.ts";
import type { CommandServices } from "../commandServices.ts";
import type { DashboardSources } from "./dashboardParts.ts";
import { outlookOf } from "./outlookOf.ts";
import { systemClock } from "./pushes.ts";
import { countRowsWith, RowCounts } from "./rowCounts.ts";

const problems = {
  none: "This folder has no project yet: make one from the file with your pairs.",
  virtual: "This folder is on no disk that SSRM can reach: open it locally or over Remote-SSH.",
  untrusted: "The engine does not start in Restricted Mode: trust this folder first.",
} as const;

/** The sources of one dashboard; `onCounted` is called when the rows of a file are known. */
export function dashboardSources(
  { project, labels, runs, runner, cacheDir, log }: CommandServices,
  onCounted: () => void,
): DashboardSources {
  const mapping = (): FieldMapping | null => {
    const { state } = project;
    const given = Object.entries((state.kind === "ready" ? state.file.mapping : null) ?? {});
    const named = given.filter(([, column]) => column !== undefined);
    return named.length === 0 ? null : Object.fromEntries(named);
  };
  const count = countRowsWith({ cacheDir, mapping });
  const counts = new RowCounts(count, onCounted);

  async function outlook(form: FormSettings): Promise<RunOutlook> {
    const { state } = project;
    const isReady = state.kind === "ready";
    const existing = (role: "data" | "labeled"): string[] =>
      isReady ? state.files[role].flatMap((file) => (file.kind === "ok" ? [file.path] : [])) : [];
    return outlookOf({
      form,
      runs: runs.runs,
      verdicts: isReady ? (await labels.state()).verdicts : new Map<string, never>(),
      data: await counts.of(existing("data")),
      labeled: await counts.of(existing("labeled")),
      problem: await problem(),
      device: `cpu on this machine (${hostname()})`,
    });
  }

  async function problem(): Promise<string | null> {
    const { state } = project;
    if (state.kind === "broken") return state.error;
    if (state.kind !== "ready") return problems[state.kind];
    if (!vscode.workspace.isTrusted) return problems.untrusted;
    return runner.request().then(
      () => null,
      (error: unknown) => (error instanceof Error ? error.message : String(error)),
    );
  }

  return {
    project: () => {
      const { state } = project;
      return {
        kind: state.kind,
        problem: state.kind === "broken" ? state.error : null,
        file: state.kind === "ready" ? state.file : null,
      };
    },
    isTrusted: () => vscode.workspace.isTrusted,
    activity: () => runner.activity,
    runs: () => runs.runs,
    verdicts: async () => (await labels.state()).verdicts,
    outlook: async (form) => {
      const started = performance.now();
      const known = await outlook(form);
      log.trace(`dashboard: outlook in ${Math.round(performance.now() - started)} ms`);
      return known;
    },
    clock: systemClock,
  };
}
