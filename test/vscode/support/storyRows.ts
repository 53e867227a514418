// The sample's rows by what a page shows of them, and what a run's directory says.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { canonicalPair, plainPrompt, plainResponse } from "../../../src/core/pair.ts";
import type {
  IterationRecord,
  PseudoLabel,
  QueueItem,
  RunRecord,
  ScoreRow,
} from "../../../src/core/records.ts";

interface Row {
  readonly id: string;
  readonly prompt: string;
  readonly response_a: string;
  readonly response_b: string;
}

/** What a page shows of a pair. */
export interface Texts {
  readonly prompt: string;
  readonly a: string;
  readonly b: string;
}

export interface KnownPair {
  readonly pair: string;
  readonly shown: "first-second" | "second-first";
  /** The row's name in the file. */
  readonly row: string;
}

function jsonLines<T>(path: string): T[] {
  const text = readFileSync(path, "utf8").trim();
  return text === "" ? [] : text.split("\n").map((line) => JSON.parse(line) as T);
}

/** Finds the pair of what a page shows: which order it is in follows from the texts alone. */
export function pairFinder(file: string): (texts: Texts) => KnownPair | null {
  const known = new Map<string, KnownPair>();
  for (const row of jsonLines<Row>(file)) {
    for (const [a, b] of [
      [row.response_a, row.response_b],
      [row.response_b, row.response_a],
    ] as const) {
      const { pair, swapped } = canonicalPair({
        prompt: plainPrompt(row.prompt),
        a: plainResponse(a),
        b: plainResponse(b),
      });
      const shown = swapped ? "second-first" : "first-second";
      known.set(keyOf({ prompt: row.prompt, a, b }), { pair: pair.id, shown, row: row.id });
    }
  }
  return (texts) => known.get(keyOf(texts)) ?? null;
}

function keyOf({ prompt, a, b }: Texts): string {
  return JSON.stringify([prompt, a, b].map((text) => text.replace(/\s+/g, " ").trim()));
}

export interface RunFiles {
  readonly dir: string;
  readonly state: string;
  readonly records: readonly RunRecord[];
  readonly iterations: readonly IterationRecord[];
}

/** The runs of a folder, oldest first. */
export function runsIn(folder: string): RunFiles[] {
  const runs = join(folder, ".ssrm/runs");
  if (!existsSync(runs)) return [];
  const all = readdirSync(runs)
    .filter((name) => existsSync(join(runs, name, "run.json")))
    .map((name) => {
      const dir = join(runs, name);
      const info = JSON.parse(readFileSync(join(dir, "run.json"), "utf8")) as {
        readonly state: string;
        readonly createdAt: string;
      };
      const path = join(dir, "iterations.jsonl");
      // A line that is being written has no end yet.
      const text = existsSync(path) ? readFileSync(path, "utf8") : "";
      const records = text
        .slice(0, text.lastIndexOf("\n") + 1)
        .split("\n")
        .filter((line) => line !== "")
        .map((line) => JSON.parse(line) as RunRecord);
      const iterations = records.filter((record) => record.kind === "iteration");
      return { dir, state: info.state, createdAt: info.createdAt, records, iterations };
    });
  return all.sort((one, other) => (one.createdAt < other.createdAt ? -1 : 1));
}

export const queueOf = ({ dir }: RunFiles) => jsonLines<QueueItem>(join(dir, "queue.jsonl"));

/** P(first preferred) of every pair of U by the run's last model. */
export const scoresOf = ({ dir }: RunFiles): ReadonlyMap<string, number> =>
  new Map(jsonLines<ScoreRow>(join(dir, "scores.jsonl")).map(({ id, p }) => [id, p]));

/** P(first preferred) of the pseudo-labels that the run's last model was trained on. */
export const selectedOf = ({ dir, iterations }: RunFiles): ReadonlyMap<string, number> => {
  const { iteration } = iterations.at(-1)!;
  const rows = jsonLines<PseudoLabel>(join(dir, `pseudo-labels/iteration-${iteration}.jsonl`));
  return new Map(rows.filter(({ selected }) => selected).map(({ id, p }) => [id, p]));
};
