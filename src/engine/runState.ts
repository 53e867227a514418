// The models of the last complete iteration, kept until the next is complete: where a killed run goes on.
import { readdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { writeFolder } from "../data/runs/runDirectory.ts";
import { readFolder, readPseudoLabels, runFiles } from "../data/runs/runFiles.ts";
import type { PseudoLabels } from "../learn/labelSet.ts";
import type { PairPool, RewardModel } from "../learn/rewardModel.ts";
import type { Chain } from "../learn/holdOut.ts";
import type { IterationOptions } from "./iterations.ts";
import type { Checkpoint } from "./models.ts";

/** Writes the models of an iteration; complete once it resolves. */
export async function writeState(
  dir: string,
  model: RewardModel<Checkpoint>,
  point: { readonly iteration: number; readonly chains: readonly Chain<Checkpoint>[] },
): Promise<void> {
  const files = new Map<string, Uint8Array>();
  for (const [place, { name, checkpoint }] of point.chains.entries()) {
    for (const [file, bytes] of model.save(checkpoint))
      files.set(`${place}-${name}/${file}`, bytes);
  }
  await writeFolder(dir, join(runFiles.state, `iteration-${point.iteration}`), files);
}

/** Forgets the iterations before this one. */
export async function dropOldState(dir: string, iteration: number): Promise<void> {
  for (const name of await stateNames(dir)) {
    if (numberOf(name) < iteration) {
      await rm(join(dir, runFiles.state, name), { recursive: true, force: true });
    }
  }
}

/** Removes the state of a finished run. */
export async function removeState(dir: string): Promise<void> {
  await rm(join(dir, runFiles.state), { recursive: true, force: true });
}

/** The last complete iteration with its models and the pseudo-labels that they were trained on, or null. */
export async function readState(
  dir: string,
  model: RewardModel<Checkpoint>,
  pool: PairPool,
): Promise<IterationOptions["resume"]> {
  const last = (await stateNames(dir)).sort((a, b) => numberOf(b) - numberOf(a))[0];
  if (last === undefined) return null;
  const iteration = numberOf(last);
  const files = (await readFolder(join(dir, runFiles.state, last)))!;
  const names = [...new Set([...files.keys()].map((name) => name.split("/")[0]!))];
  const chains = names
    .map((folder) => ({ place: Number.parseInt(folder, 10), folder }))
    .sort((a, b) => a.place - b.place)
    .map(({ folder }): Chain<Checkpoint> => {
      const own = [...files].filter(([name]) => name.startsWith(`${folder}/`));
      const bare = own.map(([name, bytes]): [string, Uint8Array] => [
        name.slice(folder.length + 1),
        bytes,
      ]);
      return { name: folder.replace(/^\d+-/, ""), checkpoint: model.load(new Map(bare)) };
    });
  const pseudo = iteration === 0 ? null : await readPseudo(dir, pool, iteration);
  return { iteration, chains, pseudo };
}

async function readPseudo(dir: string, pool: PairPool, iteration: number): Promise<PseudoLabels> {
  const rows = await readPseudoLabels(dir, iteration);
  const indexOf = new Map(pool.ids.map((id, index) => [id, index]));
  const selected = Uint8Array.from(rows, (row) => (row.selected ? 1 : 0));
  return {
    index: Int32Array.from(rows, (row) => indexOf.get(row.id)!),
    p: Float64Array.from(rows, (row) => row.p),
    selection: {
      selected,
      count: rows.filter((row) => row.selected).length,
      reason: (i) => rows[i]!.reason,
    },
  };
}

async function stateNames(dir: string): Promise<string[]> {
  const names = await readdir(join(dir, runFiles.state)).catch(() => []);
  return names.filter((name) => /^iteration-\d+$/.test(name));
}

function numberOf(name: string): number {
  return Number(name.slice("iteration-".length));
}
