// Making runs in tests, and comparing what two of them left on the disk.
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "vitest";
import type { IterationRecord, RunRecord, RunSettings } from "../../src/core/records.ts";
import { defaultRunSettings } from "../../src/data/projectFile.ts";
import { readRun } from "../../src/data/runs/runFiles.ts";
import { makeRun, type RunHooks } from "../../src/engine/runJob.ts";
import type { RunRequest } from "../../src/protocol/engine.ts";

export interface RunPlace {
  readonly path: string;
  readonly cacheDir: string;
  at(...names: readonly string[]): string;
  /** A request with these inputs and settings into the folder of this name. */
  request(
    out: string,
    inputs: Partial<Omit<RunRequest, "settings">>,
    settings?: Partial<RunSettings>,
  ): RunRequest;
  remove(): void;
}

/** A fresh folder; its path is real, so that it can be compared with run.json's. */
export function makeRunPlace(): RunPlace {
  const path = realpathSync(mkdtempSync(join(tmpdir(), "ssrm-runs-")));
  const cacheDir = join(path, "cache");
  const at = (...names: readonly string[]): string => join(path, ...names);
  mkdirSync(at("runs"));
  return {
    path,
    cacheDir,
    at,
    request: (out, inputs, settings = {}) => ({
      ...{ data: [], labels: [], labeled: [], gold: [], test: [], mapping: null, cacheDir },
      ...{ version: "0.1.0", out: at("runs", out), ...inputs },
      settings: { ...defaultRunSettings, ...settings },
    }),
    remove: () => rmSync(path, { recursive: true, force: true }),
  };
}

export interface Heard {
  readonly records: RunRecord[];
  readonly notes: string[];
}

/** Hooks that keep what they hear; `onRecord` is told of each record as well. */
export function hooks(
  heard: Heard = { records: [], notes: [] },
  onRecord: (record: RunRecord) => void = () => undefined,
): RunHooks {
  return {
    record: (record) => {
      heard.records.push(record);
      onRecord(record);
    },
    step: () => undefined,
    note: (text) => void heard.notes.push(text),
    signal: { stopRequested: () => "no", waitWhilePaused: () => Promise.resolve() },
  };
}

/** Every file below a folder (none where it is missing): relative name and bytes, as text to be compared. */
export function filesBelow(path: string): Record<string, string> {
  if (!existsSync(path)) return {};
  const files = readdirSync(path, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
  return Object.fromEntries(
    files.map((file) => [file.slice(path.length + 1), readFileSync(file, "latin1")]),
  );
}

/** What two equal runs have in common to the byte. */
export function resultOf(dir: string): Record<string, string> {
  return partsOf(dir, ["checkpoint", "pseudo-labels"]);
}

/** The same for runs on the same files: rows that name their places, too. */
export function everythingOf(dir: string): Record<string, string> {
  const lists = ["scores.jsonl", "queue.jsonl"].filter((name) => existsSync(join(dir, name)));
  return {
    ...partsOf(dir, ["checkpoint", "pseudo-labels", "labels", "held-out"]),
    ...Object.fromEntries(lists.map((name) => [name, readFileSync(join(dir, name), "latin1")])),
  };
}

function partsOf(dir: string, folders: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    folders.flatMap((folder) =>
      Object.entries(filesBelow(join(dir, folder))).map(([file, bytes]) => [
        `${folder}/${file}`,
        bytes,
      ]),
    ),
  );
}

/** A run's records without the seconds that they took. */
export async function recordsOf(dir: string): Promise<object[]> {
  const { records } = await readRun(dir);
  return records.map((record) => ({ ...record, seconds: 0 }));
}

/** The records of the models alone. */
export async function modelsOf(dir: string): Promise<IterationRecord[]> {
  const { records } = await readRun(dir);
  return records.filter((record) => record.kind === "iteration");
}

/** Everything that a finished run must not have left: its own temporary files, and those beside it. */
export function leftovers(dir: string): string[] {
  const isLeft = (name: string): boolean => /\.tmp-|lock\.json|stale|(^|\/)state(\/|$)/.test(name);
  const inside = (readdirSync(dir, { recursive: true }) as string[]).filter(isLeft);
  const beside = readdirSync(join(dir, "..")).filter((name) => name.startsWith("."));
  return [...inside, ...beside];
}

/** One iteration in which something is selected. */
export const shortRun = { iterations: 1, threshold: 0.6 };

/** Makes short runs in the place of the moment, which each test has anew, and looks at what they left. */
export function runsIn(place: () => RunPlace) {
  const dirOf = (out: string): string => place().at("runs", out);
  return {
    run: async (
      out: string,
      inputs: Partial<Omit<RunRequest, "settings">>,
      settings: Partial<RunSettings> = {},
    ): Promise<Heard> => {
      const heard: Heard = { records: [], notes: [] };
      const request = place().request(out, inputs, { ...shortRun, ...settings });
      expect(await makeRun(request, hooks(heard))).toEqual({ state: "done", error: null });
      return heard;
    },
    sizes: async (out: string): Promise<{ labeled: number; unlabeled: number }> => {
      const { labeled, unlabeled } = (await modelsOf(dirOf(out)))[0]!;
      return { labeled, unlabeled };
    },
    result: (out: string): Record<string, string> => resultOf(dirOf(out)),
  };
}
