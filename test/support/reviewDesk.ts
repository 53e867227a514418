// A label desk with a run whose model has an opinion of every pair, and a person who judges by it.
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { seededRandom } from "../../src/core/random.ts";
import type { IterationRecord, RunInfo } from "../../src/core/records.ts";
import { openDataset } from "../../src/data/dataset.ts";
import { reignOf } from "../../src/host/labeling/agreement.ts";
import type { RunView } from "../../src/host/runStore.ts";
import type { Judgment } from "../../src/protocol/page/judging.ts";
import { eventId, openLabelDesk, type DeskOptions, type LabelDesk } from "./labelDesk.ts";

export interface Scored {
  readonly id: string;
  readonly p: number;
}

/** A desk with a run whose model said p of each pair, kept what is above 0.8 and queued the rest. */
export async function openReview(
  options: DeskOptions,
): Promise<{ at: LabelDesk; scored: Scored[] }> {
  const at = await openLabelDesk(options);
  const random = seededRandom("scores");
  const dataset = await openDataset([at.data], { cacheDir: at.folder });
  const rows: (Scored & { file: number; line: number })[] = [];
  for await (const row of dataset.rows()) {
    if (row.kind === "pair") rows.push({ id: row.pair.id, p: random(), file: 0, line: row.line });
  }
  await dataset.close();
  writeRun(at, rows, 1);
  return { at, scored: rows };
}

export function writeRun(
  at: LabelDesk,
  rows: readonly (Scored & { file: number; line: number })[],
  iteration: number,
): void {
  const dir = join(at.folder, ".ssrm/runs/r");
  mkdirSync(join(dir, "pseudo-labels"), { recursive: true });
  const lines = (items: readonly object[]): string =>
    items.map((item) => `${JSON.stringify(item)}\n`).join("");
  const sure = ({ p }: Scored): number => Math.max(p, 1 - p);
  const queue = rows.filter((row) => sure(row) <= 0.8).sort((a, b) => sure(a) - sure(b));
  writeFileSync(join(dir, "scores.jsonl"), lines(rows));
  writeFileSync(join(dir, "queue.jsonl"), lines(queue));
  writeFileSync(
    join(dir, `pseudo-labels/iteration-${iteration}.jsonl`),
    lines(rows.map((row) => ({ ...row, selected: sure(row) > 0.8 }))),
  );
  const { info } = runView(at, iteration);
  at.setRun({ dir, info, iteration, reign: reignOf(runView(at, iteration), []) });
}

/** The run as the dashboard has it; made before anything was judged. */
export function runView(at: LabelDesk, iteration: number): RunView {
  const createdAt = "2025-12-31T00:00:00.000Z";
  const settings = { model: "lexical", threshold: 0.8 };
  return {
    dir: join(at.folder, ".ssrm/runs/r"),
    info: { createdAt, settings, data: [{ path: at.data }], labeledData: [] } as unknown as RunInfo,
    records: [{ kind: "iteration", iteration } as IterationRecord],
    ...{ owner: "nobody", progress: null, hasReport: false },
  };
}

/** Says of each pair what `say` returns of its p as shown: P(A preferred). */
export async function judgeAll(
  { at, scored }: { at: LabelDesk; scored: readonly Scored[] },
  count: number,
  say: (pOfA: number, i: number) => Judgment,
) {
  const reveals = [];
  let card = (await at.ask("open", { ticket: null })).current;
  for (let i = 0; i < count && card !== null; i++) {
    const { p } = scored.find(({ id }) => id === card!.pairId)!;
    const isLeftFirst = await isFirst(at, card.pairId, card.a[0]!.content);
    const pOfA = isLeftFirst ? p : 1 - p;
    const { ticket } = card;
    const answer = await at.ask("judge", {
      eventId: eventId(`review ${ticket}`),
      ticket,
      judgment: say(pOfA, i),
      activeMs: 1,
      rationale: "",
    });
    reveals.push({ pOfA, ticket, reveal: answer.reveal });
    card = answer.upcoming[0] ?? null;
  }
  return reveals;
}

const firsts = new Map<string, string>();
async function isFirst(at: LabelDesk, pair: string, text: string): Promise<boolean> {
  if (!firsts.has(pair)) {
    const dataset = await openDataset([at.data], { cacheDir: at.folder });
    for await (const row of dataset.rows()) {
      if (row.kind === "pair") firsts.set(row.pair.id, row.pair.first[0]!.content);
    }
    await dataset.close();
  }
  return firsts.get(pair) === text;
}
