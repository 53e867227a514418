// Which pair is shown and which come after it, when what the host tells and what the page has done cross.
import { unpack } from "../../src/protocol/page/figures.ts";
import type {
  Advance,
  JudgeRequest,
  LabelSnapshot,
  PairCard,
} from "../../src/protocol/page/labelPage.ts";
import type { Desk } from "./state.ts";

/** The desk that a snapshot says, without the pairs whose verdicts are still on their way to the host. */
export function deskOf(snapshot: LabelSnapshot, onTheirWay: ReadonlySet<string>): Desk {
  const cards = [snapshot.current, ...snapshot.upcoming].filter(
    (card): card is PairCard => card !== null && !onTheirWay.has(card.ticket),
  );
  const [current = null, ...upcoming] = cards;
  return { ...snapshot, progress: unpack(snapshot.progress), current, upcoming };
}

/** The pairs that a desk has. */
export function ticketsOf(desk: Desk | null): string[] {
  return [desk?.current, ...(desk?.upcoming ?? [])].flatMap((card) => card?.ticket ?? []);
}

/** Whether the host has pairs that did not come: those that it took for known went with a snapshot. */
export function isCutOff(
  desk: Desk,
  { line = [] }: Advance,
  onTheirWay: ReadonlySet<string>,
): boolean {
  return desk.current === null && line.some((ticket) => !onTheirWay.has(ticket));
}

function lineOf({ current, upcoming }: Desk, advance: Advance): readonly PairCard[] {
  const cards = [current, ...upcoming, ...advance.upcoming].flatMap((card) => card ?? []);
  const byTicket = new Map(cards.map((card) => [card.ticket, card]));
  return advance.line?.flatMap((ticket) => byTicket.get(ticket) ?? []) ?? advance.upcoming;
}

/** The desk once the host has acknowledged a verdict: the pair in view stays, what follows it is new. */
export function advanced(desk: Desk, advance: Advance, onTheirWay: ReadonlySet<string>): Desk {
  const cards = lineOf(desk, advance).filter(
    ({ ticket }) => !onTheirWay.has(ticket) && ticket !== desk.current?.ticket,
  );
  const current = desk.current ?? cards[0] ?? null;
  return {
    ...desk,
    current,
    upcoming: desk.current === null ? cards.slice(1) : cards,
    nothing: advance.nothing,
    warning: advance.warning,
    progress: unpack(advance.progress),
  };
}

/** The desk with further pairs, asked for while verdicts wait for a disk that fails. */
export function continued(
  desk: Desk,
  more: readonly PairCard[],
  onTheirWay: ReadonlySet<string>,
): Desk {
  const known = new Set([desk.current, ...desk.upcoming].map((card) => card?.ticket));
  const cards = [
    ...desk.upcoming,
    ...more.filter(({ ticket }) => !known.has(ticket) && !onTheirWay.has(ticket)),
  ];
  if (desk.current !== null) return { ...desk, upcoming: cards };
  const [current = null, ...upcoming] = cards;
  return { ...desk, current, upcoming };
}

/** The desk at once after a verdict: the next pair is in view, whatever the host does. */
export function nextInLine(desk: Desk): Desk {
  const [current = null, ...upcoming] = desk.upcoming;
  return { ...desk, current, upcoming };
}

/**
 * A snapshot that was asked for around the pair with the ticket `asked`. Where the person has gone on meanwhile,
 * the pair in view stays: nobody should read one pair and judge another.
 */
export function aroundInView(
  snapshot: LabelSnapshot,
  asked: string | null,
  inView: PairCard | null,
): LabelSnapshot {
  if (inView === null || inView.ticket === asked) return snapshot;
  const others = [snapshot.current, ...snapshot.upcoming].filter(
    (card): card is PairCard => card !== null && card.ticket !== inView.ticket,
  );
  return { ...snapshot, current: inView, upcoming: others };
}

/** The snapshot after a verdict was taken back that the host never had: what was said stands on its pair. */
export function asTakenBack(snapshot: LabelSnapshot, request: JudgeRequest): LabelSnapshot {
  const { current } = snapshot;
  if (current?.ticket !== request.ticket) return snapshot;
  const { judgment, rationale, activeMs } = request;
  return { ...snapshot, current: { ...current, given: judgment, rationale, activeMs } };
}
