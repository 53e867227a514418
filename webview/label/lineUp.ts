// Which pair is shown and which come after it, when what the host tells and what the page has done cross.
import { unpack } from "../../src/protocol/page/figures.ts";
import type { Advance, LabelSnapshot, PairCard } from "../../src/protocol/page/labelPage.ts";
import type { Desk } from "./state.ts";

/** The desk that a snapshot says, without the pairs whose verdicts are still on their way to the host. */
export function deskOf(snapshot: LabelSnapshot, onTheirWay: ReadonlySet<string>): Desk {
  const cards = [snapshot.current, ...snapshot.upcoming].filter(
    (card): card is PairCard => card !== null && !onTheirWay.has(card.ticket),
  );
  const [current = null, ...upcoming] = cards;
  return { ...snapshot, progress: unpack(snapshot.progress), current, upcoming };
}

/** The desk once the host has acknowledged a verdict: the pair in view stays, what follows it is new. */
export function advanced(desk: Desk, advance: Advance, onTheirWay: ReadonlySet<string>): Desk {
  const cards = advance.upcoming.filter(
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
