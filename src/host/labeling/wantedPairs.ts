// What the project has to label now, and the newest run to review, each path through the guard.
import { stat } from "node:fs/promises";
import type { Project } from "../project.ts";
import { guardRunFile } from "../runFile.ts";
import type { RunStore } from "../runStore.ts";
import { lastIteration } from "../runText.ts";
import { reignOf } from "./agreement.ts";
import type { Wanted } from "./deckKeeper.ts";
import type { DeckRun } from "./decks.ts";
import * as say from "./nothing.ts";

/** Throws where project.json names files that are missing or not allowed. */
export async function wantedPairs(project: Project, runs: RunStore): Promise<Wanted> {
  const { state, folder, approved } = project;
  if (state.kind === "none" || folder === null) return nothing(say.noProject);
  if (state.kind === "virtual") return nothing(say.virtualFolder);
  if (state.kind === "broken") {
    return nothing(say.trouble("project.json has a mistake", state.error));
  }
  const { labelingOf } = await import("../../data/projectFile.ts");
  const files = await dataFiles(project);
  const run = newestModel(runs);
  const ofRun = run === null ? [] : [...run.info.data, ...run.info.labeledData];
  return {
    kind: "ready",
    source: {
      seed: state.file.settings?.seed ?? 0,
      options: labelingOf(state.file),
      files,
      run,
      guard: async (path) => {
        const file = ofRun.find((one) => one.path === path) ?? { path };
        const guarded = await guardRunFile(file, { folder, approved });
        return guarded.kind === "ok" ? guarded.path : null;
      },
    },
  };
}

/** The newest run that has a model, made to its end or not. */
function newestModel(runs: RunStore): DeckRun | null {
  for (const run of runs.runs) {
    const { dir, info, records } = run;
    const last = lastIteration(records);
    if (last !== null) {
      return { dir, info, iteration: last.iteration, reign: reignOf(run, runs.runs) };
    }
  }
  return null;
}

function nothing(why: Extract<Wanted, { readonly kind: "nothing" }>["nothing"]): Wanted {
  return { kind: "nothing", nothing: why };
}

/**
 * The data files of a project with their stamps, which change when a file does, or how it is read. Throws where
 * project.json names files that are missing or not allowed.
 */
export function dataFiles(project: Project) {
  const mapping = project.state.kind === "ready" ? project.state.file.mapping : undefined;
  return Promise.all(
    project.readablePaths().data.map(async (path) => {
      const { size, mtimeMs } = await stat(path);
      const how = mapping === undefined ? "" : ` ${JSON.stringify(mapping)}`;
      return { path, stamp: `${size} ${mtimeMs}${how}` };
    }),
  );
}
