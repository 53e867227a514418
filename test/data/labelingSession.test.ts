// The label page's session on real files: what a page asks, also twice, also after a crash.
import { afterEach, expect, test } from "vitest";
import { foldLog } from "../../src/core/labels/labelFold.ts";
import { unpack } from "../../src/protocol/page/figures.ts";
import { judgments, type Judgment } from "../../src/protocol/page/judging.ts";
import type { PairCard } from "../../src/protocol/page/labelPage.ts";
import { eventId, openLabelDesk, type DeskOptions, type LabelDesk } from "../support/labelDesk.ts";

let desk: LabelDesk | null = null;
afterEach(async () => {
  await desk?.close();
  desk = null;
});

async function openDesk(options: DeskOptions): Promise<LabelDesk> {
  desk = await openLabelDesk(options);
  return desk;
}

let keys = 0;
const judge = (at: LabelDesk, card: PairCard, judgment: Judgment | "skip") =>
  at.ask("judge", {
    eventId: eventId(`key ${++keys}`),
    ticket: card.ticket,
    judgment,
    activeMs: 1000,
    rationale: "",
  });

/** Judges one pair after the other as a page does, and answers with the cards. */
async function judgeMany(
  at: LabelDesk,
  count: number,
  judgmentOf: (card: PairCard, i: number) => Judgment | "skip",
): Promise<PairCard[]> {
  const cards: PairCard[] = [];
  let card = (await at.ask("open", { ticket: null })).current;
  for (let i = 0; i < count && card !== null; i++) {
    cards.push(card);
    card = (await judge(at, card, judgmentOf(card, i))).upcoming[0] ?? null;
  }
  return cards;
}

const contentOf = (messages: PairCard["a"]): string => messages[0]!.content;

test("a verdict says what was pressed, of the response that stood under the letter", async () => {
  const at = await openDesk({ pairs: 60 });
  at.setGuidelines("be fair");
  const cards = await judgeMany(at, 45, (_, i) => judgments[i % judgments.length]!);
  const events = await at.events();
  expect(events.length).toBe(45);
  for (const [i, event] of events.entries()) {
    const card = cards[i]!;
    const judgment = judgments[i % judgments.length]!;
    expect(event).toMatchObject({
      kind: "verdict",
      pair: card.pairId,
      rater: "ada",
      drawn: "random",
      suggestionVisible: false,
      activeMs: 1000,
    });
    expect("guideline" in event && event.guideline).toMatch(/^[0-9a-f]{12}$/);
    if (event.kind !== "verdict") continue;
    const strength = { much: 3, better: 2, slightly: 1 }[judgment.slice(2)];
    expect(event.strength).toBe(strength);
    const isA = event.shown === "first-second";
    const expected = judgment.startsWith("a-")
      ? isA
        ? "first"
        : "second"
      : judgment.startsWith("b-")
        ? isA
          ? "second"
          : "first"
        : judgment;
    expect(event.winner).toBe(expected);
  }
  // Every pair once, both its responses on the card.
  expect(new Set(cards.map(({ pairId }) => pairId)).size).toBe(45);
  for (const { a, b } of cards) {
    const numbers = [contentOf(a), contentOf(b)].map((text) => text.split(" ")[1]);
    expect(numbers[0]).toBe(numbers[1]);
    expect(contentOf(a)).not.toBe(contentOf(b));
  }
});

test("every pair comes up once, skipped ones once more, and then there is something else to do", async () => {
  const at = await openDesk({ pairs: 25 });
  const first = await judgeMany(at, 24, (_, i) => (i % 3 === 0 ? "skip" : "tie"));
  expect(unpack((await at.ask("open", { ticket: null })).progress).left).toBe(1 + 8);
  await at.restart();
  const cards = [...first, ...(await judgeMany(at, 100, (_, i) => (i % 3 === 0 ? "skip" : "tie")))];
  // The 9 that were skipped, oldest first: 3 of them are skipped again, which is for good.
  expect(new Set(cards.slice(0, 25).map(({ pairId }) => pairId)).size).toBe(25);
  expect(cards.slice(25).map(({ ticket }) => ticket)).toEqual(
    cards.slice(0, 25).flatMap(({ ticket }, i) => (i % 3 === 0 ? ticket : [])),
  );
  const snapshot = await at.ask("open", { ticket: null });
  expect(snapshot.current).toBe(null);
  expect(snapshot.nothing).toMatchObject({ action: { act: "run" } });
  expect(unpack(snapshot.progress)).toMatchObject({ left: 0, done: 22, labels: 22 });
});

test("sides are balanced within the 99 % binomial band, and differ between people", async () => {
  const at = await openDesk({ pairs: 1000 });
  const isLeft = ({ a }: PairCard): boolean => contentOf(a).startsWith("left");
  const cards = await judgeMany(at, 400, () => "a-better");
  const left = cards.filter(isLeft).length;
  // 2.576 sqrt(400 / 4)
  expect(Math.abs(left - 200)).toBeLessThan(26);
  const sides = new Map(cards.map((card) => [card.pairId, isLeft(card)]));
  const rate = unpack((await at.ask("open", { ticket: null })).progress).leftRate!;
  expect(rate).toMatchObject({ value: 1, n: 400 });

  await at.restart({ rater: "grace" });
  for (let i = 0; i < 400; i++) await at.ask("undo", {});
  // Grace has said nothing that she could take back.
  expect(foldLog(await at.events()).verdicts.size).toBe(400);
  const other = await openLabelDesk({ pairs: 1000, rater: "grace" });
  try {
    const hers = await judgeMany(other, 400, () => "tie");
    const same = hers.filter((card) => sides.get(card.pairId) === isLeft(card)).length;
    expect(Math.abs(same - 200)).toBeLessThan(26);
  } finally {
    await other.close();
  }
});

test("the same sent again makes no second event, also to a host that was restarted", async () => {
  const at = await openDesk({ pairs: 20 });
  const { current, upcoming } = await at.ask("open", { ticket: null });
  const request = {
    eventId: eventId("once"),
    ticket: current!.ticket,
    judgment: "b-much",
    activeMs: 5,
    rationale: "why",
  } as const;
  await Promise.all([at.ask("judge", request), at.ask("judge", request)]);
  await at.restart();
  await at.ask("judge", request);
  // A verdict on a pair that only the host before knew.
  await at.ask("judge", { ...request, eventId: eventId("later"), ticket: upcoming[2]!.ticket });
  const events = await at.events();
  expect(events.map(({ id }) => id).sort()).toEqual([eventId("once"), eventId("later")].sort());
  expect(events.find(({ id }) => id === eventId("later"))).toMatchObject({
    pair: upcoming[2]!.pairId,
    rationale: "why",
  });
  const { current: next } = await at.ask("open", { ticket: null });
  expect(next!.pairId).toBe(upcoming[0]!.pairId);
});

test("a host that is restarted goes on with the same pairs", async () => {
  const at = await openDesk({ pairs: 400, labeling: { repeatShare: 0.3 } });
  for (let round = 0; round < 8; round++) {
    await judgeMany(at, 7, () => "a-slightly");
    const before = await at.ask("open", { ticket: null });
    await at.restart();
    const after = await at.ask("open", { ticket: before.current!.ticket });
    expect(after.current).toEqual(before.current);
    expect(after.upcoming).toEqual(before.upcoming);
    await at.restart();
    expect((await at.ask("open", { ticket: null })).current).toEqual(before.current);
  }
});

test("a share of pairs comes back with swapped sides, and says how steady the person is", async () => {
  const at = await openDesk({ pairs: 600, labeling: { repeatShare: 0.2 } });
  // Always for the same response, but wrong every fourth time that a pair comes back.
  const seen = new Map<string, { readonly at: number; readonly a: string }>();
  let repeats = 0;
  let wrong = 0;
  const cards = await judgeMany(at, 300, (card, i) => {
    const isLeft = contentOf(card.a).startsWith("left");
    const before = seen.get(card.pairId);
    if (before === undefined) {
      seen.set(card.pairId, { at: i, a: contentOf(card.a) });
      return isLeft ? "a-better" : "b-better";
    }
    expect(i - before.at).toBeGreaterThanOrEqual(10);
    expect(contentOf(card.a)).not.toBe(before.a);
    const isWrong = ++repeats % 4 === 0;
    if (isWrong) wrong++;
    return isLeft !== isWrong ? "a-much" : "b-slightly";
  });
  expect(cards.length).toBe(300);
  // 0.2 of the 290 showings that can be one; 4 standard deviations are 27.
  expect(Math.abs(repeats - 58)).toBeLessThan(27);
  const events = await at.events();
  expect(events.filter((event) => "drawn" in event && event.drawn === "repeat").length).toBe(
    repeats,
  );
  const { consistency } = unpack((await at.ask("open", { ticket: null })).progress);
  expect(consistency).toMatchObject({ n: repeats, value: (repeats - wrong) / repeats });
});

test("what was typed is there again after a crash, and gone once it was sent", async () => {
  const at = await openDesk({ pairs: 10 });
  const { current } = await at.ask("open", { ticket: null });
  const { ticket } = current!;
  await at.ask("draft", { ticket, rationale: "half a sen", activeMs: 1234 });
  await at.restart();
  const again = await at.ask("open", { ticket });
  expect(again.current).toMatchObject({ ticket, rationale: "half a sen", activeMs: 1234 });
  await judge(at, again.current!, "tie");
  const back = await at.ask("undo", {});
  expect(back.current).toMatchObject({ ticket, given: "tie", rationale: "", activeMs: 1000 });
});

test("a disk that fails is told, and the same verdict goes through once it works", async () => {
  const at = await openDesk({ pairs: 10 });
  at.setDir("/proc/none/.ssrm");
  await at.restart();
  const { current } = await at.ask("open", { ticket: null });
  const request = {
    eventId: eventId("stubborn"),
    ticket: current!.ticket,
    judgment: "tie",
    activeMs: 1,
    rationale: "",
  } as const;
  const failure = await at.ask("judge", request).catch((error: unknown) => error);
  expect(failure).toMatchObject({ name: "LabelsNotSavedError" });
  expect((failure as Error).message).toMatch(/^Not saved: /);
  // The person goes on: pair after pair, none twice, none of those that wait.
  const waiting = [current!.ticket];
  for (let count = 0; count < 9; count++) {
    const { upcoming } = await at.ask("more", { waiting });
    waiting.push(upcoming.find(({ ticket }) => !waiting.includes(ticket))!.ticket);
  }
  expect(new Set(waiting.map((ticket) => ticket.slice(0, 32))).size).toBe(10);
  at.setDir(`${at.folder}/.ssrm`);
  await at.restart();
  await at.ask("judge", request);
  expect((await at.events()).map(({ id }) => id)).toEqual([eventId("stubborn")]);
});

test("guidelines that changed make verdicts stale", async () => {
  const at = await openDesk({ pairs: 20 });
  await judgeMany(at, 2, () => "tie");
  at.setGuidelines("first");
  await judgeMany(at, 3, () => "tie");
  expect(unpack((await at.ask("open", { ticket: null })).progress).stale).toBe(0);
  at.setGuidelines("second");
  await judgeMany(at, 1, () => "tie");
  expect(unpack((await at.ask("open", { ticket: null })).progress).stale).toBe(3);
});
