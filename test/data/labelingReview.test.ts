// Review and audit on run directories: which pairs come, what is revealed after the vote, and figures that a
// reading of log and directory by hand gives as well.
import { afterEach, expect, test } from "vitest";
import { foldLog } from "../../src/core/labels/labelFold.ts";
import { proportion } from "../../src/core/metrics/accuracy.ts";
import { RunReader } from "../../src/host/dashboard/runFigures.ts";
import { showingFor, ticketOf } from "../../src/host/labeling/tickets.ts";
import type { RunView } from "../../src/host/runStore.ts";
import { unpack } from "../../src/protocol/page/figures.ts";
import type { Judgment } from "../../src/protocol/page/judging.ts";
import { eventId, type DeskOptions, type LabelDesk } from "../support/labelDesk.ts";
import { judgeAll, openReview, runView, writeRun } from "../support/reviewDesk.ts";

let desk: LabelDesk | null = null;
afterEach(async () => {
  await desk?.close();
  desk = null;
});

async function openDesk(options: DeskOptions) {
  const opened = await openReview(options);
  desk = opened.at;
  return opened;
}

test("a review is what the model is unsure of, least sure first, and a share at random", async () => {
  const { at, scored } = await openDesk({ pairs: 400, mode: "review" });
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
  const { at, scored } = await openDesk({
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
  const { at, scored } = await openDesk({ pairs: 500, mode: "audit" });
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

test("label page and dashboard say the same of a run, whoever judged, also of pairs judged twice", async () => {
  for (const mode of ["review", "audit"] as const) {
    const { at, scored } = await openDesk({ pairs: 300, mode });
    const say = (pOfA: number, i: number): Judgment =>
      i % 5 === 0 ? "tie" : pOfA > 0.5 === i % 3 > 0 ? "a-better" : "b-better";
    await judgeAll({ at, scored }, 30, say);
    await at.restart({ rater: "grace" });
    await judgeAll({ at, scored }, 20, say);
    // Hidden repeats come where pairs are labeled, and may repeat what was reviewed or audited.
    const judged = [...foldLog(await at.events()).verdicts.values()];
    for (const { pair, event } of judged.slice(0, 8)) {
      await at.ask("judge", {
        eventId: eventId(`again ${mode} ${pair}`),
        ticket: ticketOf({ ...showingFor(pair, "repeat", event.rater!) }),
        ...{ judgment: "b-much", activeMs: 1, rationale: "" },
      });
    }
    const onPage = unpack((await at.ask("open", { ticket: null })).progress).agreement;
    const run = runView(at, 1);
    const { verdicts } = foldLog(await at.events());
    const figures = await new RunReader().figures(run, { runs: [run], verdicts });
    const onDashboard = figures[mode] && unpack(figures[mode]);
    expect(onPage).toEqual(onDashboard);
    const p = new Map(scored.map((one) => [one.id, one.p]));
    const shownFor = mode === "audit" ? "audit" : "unsure";
    const counted = [...verdicts.values()].filter(({ event, earlier }) =>
      [...earlier, event].some(({ drawn }) => drawn === shownFor),
    );
    expect(onPage!.rate.n).toBe(counted.length);
    expect(onPage!.overrides).toBe(
      counted.filter(({ pair, winner }) => winner !== (p.get(pair)! > 0.5 ? "first" : "second"))
        .length,
    );
    // Of a newer run that has a model by now, they say nothing; of one that has none yet, nothing either.
    const newer = { ...run, info: { ...run.info, createdAt: "2025-12-31T12:00:00.000Z" } };
    const ofOlder = async (runs: RunView[]) =>
      (await new RunReader().figures(run, { runs, verdicts }))[mode];
    expect(await ofOlder([newer, run])).toBe(null);
    expect(await ofOlder([{ ...newer, records: [] }, run])).not.toBe(null);
    await at.close();
  }
});

test("without a run there is something else to do; with a new iteration its pairs come at once", async () => {
  const { at, scored } = await openDesk({ pairs: 60, mode: "review" });
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
  const { at, scored } = await openDesk({
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
  const { at, scored } = await openDesk({ pairs: 40, mode: "review" });
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
