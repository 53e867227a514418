// Random scripts of what a person does on the label page, with crashes of the host, against a slow and obvious
// model of it. What the log then says must be what was pressed.
import { afterEach, expect, test } from "vitest";
import { foldLog } from "../../src/core/labels/labelFold.ts";
import { seededRandom } from "../../src/core/random.ts";
import { unpack } from "../../src/protocol/page/figures.ts";
import { judgments, type Judgment } from "../../src/protocol/page/judging.ts";
import { eventId, openLabelDesk, type LabelDesk } from "../support/labelDesk.ts";

let desk: LabelDesk | null = null;
afterEach(async () => {
  await desk?.close();
  desk = null;
});

/** What a person did, as they would tell it. */
interface Told {
  readonly pair: string;
  readonly judgment: Judgment | "skip";
}

test.each([1, 2, 3, 4])("10,000 operations in four scripts: %i", async (seed) => {
  const at = (desk = await openLabelDesk({ pairs: 700 }));
  const random = seededRandom(`script ${seed}`);
  const draw = (n: number): number => Math.floor(random() * n);
  let done: Told[] = [];
  let undone: Told[] = [];
  let flagged = new Set<string>();
  let pressed = 0;
  let card = (await at.ask("open", { ticket: null })).current;
  let sent: Parameters<typeof at.ask<"judge">>[1] | null = null;
  for (let step = 0; step < 2500; step++) {
    const dice = draw(100);
    if (dice < 50 && card !== null) {
      const judgment = ([...judgments, "skip"] as const)[draw(9)]!;
      const { ticket, pairId } = card;
      sent = {
        eventId: eventId(`${seed} ${step}`),
        ticket,
        judgment,
        activeMs: 1,
        rationale: "",
      };
      const advance = await at.ask("judge", sent);
      done = [...done, { pair: pairId, judgment }];
      undone = [];
      pressed++;
      card = advance.upcoming[0] ?? null;
    } else if (dice < 70) {
      const last = done.at(-1);
      const snapshot = await at.ask("undo", {});
      if (last !== undefined) {
        done = done.slice(0, -1);
        undone = [...undone, last];
        expect(snapshot.current).toMatchObject({ pairId: last.pair, given: last.judgment });
      }
      card = snapshot.current;
    } else if (dice < 82) {
      const last = undone.at(-1);
      const snapshot = await at.ask("redo", {});
      if (last !== undefined) {
        undone = undone.slice(0, -1);
        done = [...done, last];
        expect(snapshot.current?.pairId).not.toBe(last.pair);
      }
      card = snapshot.current;
    } else if (dice < 90 && card !== null) {
      const isFlagged = draw(2) === 0;
      await at.ask("flag", { ticket: card.ticket, isFlagged });
      if (isFlagged) flagged = new Set([...flagged, card.pairId]);
      else flagged = new Set([...flagged].filter((pair) => pair !== card!.pairId));
    } else if (dice < 95) {
      if (sent !== null) await at.ask("judge", sent);
      card = (await at.ask("open", { ticket: card?.ticket ?? null })).current;
    } else {
      await at.restart();
      card = (await at.ask("open", { ticket: card?.ticket ?? null })).current;
    }
    if (step % 100 !== 99) continue;
    const { verdicts, skipped, flagged: marked } = foldLog(await at.events());
    const told = done.filter(({ judgment }) => judgment !== "skip");
    expect(new Set(verdicts.keys())).toEqual(new Set(told.map(({ pair }) => pair)));
    const judged = new Set(told.map(({ pair }) => pair));
    const only = done.filter(({ pair }) => !judged.has(pair)).map(({ pair }) => pair);
    expect(skipped).toEqual(new Set(only));
    // Once more at most.
    for (const pair of only) expect(only.filter((one) => one === pair).length).toBeLessThan(3);
    expect(marked).toEqual(flagged);
    const progress = unpack((await at.ask("open", { ticket: card?.ticket ?? null })).progress);
    expect(progress).toMatchObject({
      done: told.length,
      labels: told.length,
      canUndo: done.length > 0,
      canRedo: undone.length > 0,
    });
  }
  const keys = (await at.events()).filter(({ kind }) => kind === "verdict" || kind === "skip");
  expect(keys.length).toBe(pressed);
});
