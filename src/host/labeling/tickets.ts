// Names of showings. A ticket tells the host which pair was shown, in which order and why, also after a restart
// of both; it tells the page nothing, not even whether the pair is a repeat.
import type { Drawn } from "../../core/labels/labelEvent.ts";
import { sha256Hex } from "../../core/hash.ts";
import { shownOrder, type ShownOrder } from "../../core/shownPair.ts";

export interface Showing {
  /** The pair's id. */
  readonly pair: string;
  readonly shown: ShownOrder;
  readonly drawn: Drawn;
}

const orders: readonly ShownOrder[] = ["first-second", "second-first"];
const reasons: readonly Drawn[] = ["random", "unsure", "audit", "repeat", "chosen"];

/** The pair id and a hash over all of the showing: what can't be read off is found by trying all ten. */
export function ticketOf({ pair, shown, drawn }: Showing): string {
  return `${pair}-${sha256Hex(`ssrm-ticket-1 ${pair} ${shown} ${drawn}`).slice(0, 16)}`;
}

/** The showing of a ticket, null where it is none. */
export function showingOf(ticket: string): Showing | null {
  const pair = ticket.slice(0, 32);
  for (const shown of orders) {
    for (const drawn of reasons) {
      if (ticketOf({ pair, shown, drawn }) === ticket) return { pair, shown, drawn };
    }
  }
  return null;
}

/** How this person is shown a pair: a coin for each pair and person, and its other side for a repeat. */
export function showingFor(pair: string, drawn: Drawn, rater: string): Showing {
  const first = shownOrder(pair, `rater ${rater}`);
  const other = first === "first-second" ? "second-first" : "first-second";
  return { pair, drawn, shown: drawn === "repeat" ? other : first };
}
