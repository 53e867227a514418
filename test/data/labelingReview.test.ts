// Review and audit on run directories: which pairs come, what is revealed after the vote, and figures that a
// reading of log and directory by hand gives as well.
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, expect, test } from "vitest";
import { foldLog } from "../../src/core/labels/labelFold.ts";
import { proportion } from "../../src/core/metrics/accuracy.ts";
import type { RunInfo } from "../../src/core/records.ts";
import { seededRandom } from "../../src/core/random.ts";
import { openDataset } from "../../src/data/dataset.ts";
import { unpack } from "../../src/protocol/page/figures.ts";
import type { Judgment } from "../../src/protocol/page/judging.ts";
import { eventId, openLabelDesk, type DeskOptions, type LabelDesk } from "../support/labelDesk.ts";

let desk: LabelDesk | null = null;
afterEach(async () => {
  await desk?.close();
  desk = null;
});

interface Scored {
  readonly id: string;
  readonly p: number;
}

/** A desk with a run whose model said p of each pair, kept what is above 0.8 and queued the rest. */
async function openReview(options: DeskOptions): Promise<{ at: LabelDesk; scored: Scored[] }> {
  const at = (desk = await openLabelDesk(options));
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

function writeRun(
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
  const info = { data: [{ path: at.data }], labeledData: [] } as unknown as RunInfo;
  at.setRun({ dir, info, iteration });
}

/** Says of each pair what `say` returns of its p as shown: P(A preferred). */
async function judgeAll(
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

test("a review is what the model is unsure of, least sure first, and a share at random", async () => {
  const { at, scored } = await openReview({ pairs: 400, mode: "review" });
  const { order } = await at.ask("open", { ticket: null });
  expect(order).toBe("unsure first, 20 % at random");
  await judgeAll({ at, scored }, 200, () => "tie");
  const events = (await at.events()).flatMap((event) => (event.kind === "verdict" ? event : []));
  const sure = new Map(scored.map(({ id, p }) => [id, Math.max(p, 1 - p)]));
  const unsure = events
    .filter(({ drawn }) => drawn === "unsure")
    .map(({ pair }) => sure.get(pair)!);
  expect(unsure).toEqual([...unsure].sort((a, b) => a - b));
  expect(Math.max(...unsure)).toBeLessThanOrEqual(0.8);
  const random = events.filter(({ drawn }) => drawn === "random");
  expect(random.length + unsure.length).toBe(200);
  // 4 standard deviations of 200 draws with chance 0.2.
  expect(Math.abs(random.length - 40)).toBeLessThan(23);
  // Random ones are of all pairs, the sure ones too: about 40 % of them.
  expect(random.filter(({ pair }) => sure.get(pair)! > 0.8).length).toBeGreaterThan(4);
});

test("the guess comes after the vote, in the order that was shown, and overrides are counted", async () => {
  const { at, scored } = await openReview({
    pairs: 300,
    mode: "review",
    labeling: { reviewRandomShare: 0.1 },
  });
  const cards = JSON.stringify(await at.ask("open", { ticket: null }));
  expect(cards).not.toMatch(/confidence|"p"|drawn|unsure"/);
  const said = await judgeAll({ at, scored }, 60, (pOfA, i) =>
    i % 3 === 0 ? "tie" : pOfA > 0.5 === (i % 3 === 1) ? "a-better" : "b-better",
  );
  for (const [i, { pOfA, ticket, reveal }] of said.entries()) {
    expect(reveal).toEqual({
      ticket,
      guess: pOfA > 0.5 ? "a" : "b",
      confidence: Math.max(pOfA, 1 - pOfA),
      agrees: i % 3 === 1,
    });
  }
  const p = new Map(scored.map((one) => [one.id, one.p]));
  const unsure = (await at.events()).flatMap((event) =>
    event.kind === "verdict" && event.drawn === "unsure" ? event : [],
  );
  const overridden = unsure.filter(
    ({ pair, winner }) => winner !== (p.get(pair)! > 0.5 ? "first" : "second"),
  ).length;
  const expected = {
    rate: proportion(overridden, unsure.length),
    overrides: overridden,
    moreChecks: null,
    narrowTo: null,
  };
  const figures = async () => unpack((await at.ask("open", { ticket: null })).progress);
  expect((await figures()).agreement).toEqual(expected);
  expect((await figures()).done).toBe(60);
  // From the log and the directory alone.
  await at.restart();
  expect((await figures()).agreement).toEqual(expected);
});

test("an audit samples the pseudo-labels that were kept, and says how right they are", async () => {
  const { at, scored } = await openReview({ pairs: 500, mode: "audit" });
  await judgeAll({ at, scored }, 50, (pOfA, i) =>
    i < 5 ? "tie" : pOfA > 0.5 === i >= 15 ? "a-much" : "b-much",
  );
  const kept = scored.filter(({ p }) => Math.max(p, 1 - p) > 0.8).map(({ id }) => id);
  const events = (await at.events()).flatMap((event) => (event.kind === "verdict" ? event : []));
  for (const { pair, drawn } of events) {
    expect(drawn).toBe("audit");
    expect(kept).toContain(pair);
  }
  // Not the first ones of the file.
  expect(events.map(({ pair }) => pair)).not.toEqual(kept.slice(0, 50));
  const progress = unpack((await at.ask("open", { ticket: null })).progress);
  expect(progress.agreement?.rate).toEqual(proportion(37.5, 50));
  expect(progress.agreement).toMatchObject({ overrides: 15, narrowTo: 0.05 });
  expect(progress.agreement?.moreChecks).toBeGreaterThan(100);
  expect(progress).toMatchObject({ done: 50, left: kept.length - 50 });
});

test("without a run there is something else to do; with a new iteration its pairs come at once", async () => {
  const { at, scored } = await openReview({ pairs: 60, mode: "review" });
  at.setRun(null);
  const before = await at.ask("open", { ticket: null });
  expect(before).toMatchObject({ current: null, nothing: { action: { act: "label" } } });
  expect((await at.ask("setMode", { mode: "audit" })).nothing?.title).toContain("No pseudo-label");
  await at.ask("setMode", { mode: "review" });

  const rows = scored.map(({ id, p }, i) => ({ id, p, file: 0, line: i + 1 }));
  writeRun(at, rows, 1);
  const shown = (await at.ask("open", { ticket: null })).current!;
  // Iteration 2 is unsure of others; the pair that is shown stays.
  writeRun(
    at,
    rows.map((row) => ({ ...row, p: (row.p + 0.45) % 1 })),
    2,
  );
  const after = await at.ask("open", { ticket: shown.ticket });
  expect(after.current).toEqual(shown);
  expect(after.upcoming[0]).not.toBe(undefined);
});

test("a mix takes from both, and only what was random may measure calibration", async () => {
  const { at, scored } = await openReview({
    pairs: 300,
    labeling: { order: "mix", unsureShare: 0.6 },
  });
  expect((await at.ask("open", { ticket: null })).order).toBe("unsure first, 40 % at random");
  const said = await judgeAll({ at, scored }, 100, () => "a-better");
  // Labeling reveals nothing.
  expect(said.every(({ reveal }) => reveal === null)).toBe(true);
  const drawn = [...foldLog(await at.events()).verdicts.values()].map(({ event }) => event.drawn);
  expect(new Set(drawn)).toEqual(new Set(["random", "unsure"]));
  // 4 standard deviations of 100 draws with chance 0.6.
  expect(Math.abs(drawn.filter((one) => one === "unsure").length - 60)).toBeLessThan(20);
});

test("a pair that somebody picks comes first, judged or not, and its file may have changed", async () => {
  const { at, scored } = await openReview({ pairs: 40, mode: "review" });
  const candidate = { id: scored[30]!.id, path: at.data, line: 31 };
  const first = await at.session().choose(candidate);
  expect(first.current).toMatchObject({ pairId: candidate.id, given: null });
  const { ticket } = first.current!;
  const request = { eventId: eventId("picked"), ticket, activeMs: 1, rationale: "" };
  await at.ask("judge", { ...request, judgment: "b-much" });
  expect((await at.events())[0]).toMatchObject({ pair: candidate.id, drawn: "chosen" });
  const again = await at.session().choose(candidate);
  expect(again.current).toMatchObject({ pairId: candidate.id, given: "b-much" });
  await expect(at.session().choose({ ...candidate, id: scored[20]!.id, line: 3 })).rejects.toThrow(
    "row 3: expected",
  );
});
