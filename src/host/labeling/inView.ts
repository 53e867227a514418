// Which pair a page that loads should show first. What the page kept by itself may be older than what it showed
// last: an editor in a browser writes it down seconds later, and a reload comes before.
import type { LabelMode } from "../../protocol/page/labelPage.ts";
import type { Person } from "./personLog.ts";
import { isPending } from "./planner.ts";
import { showingOf, type Showing } from "./tickets.ts";

export interface InView {
  readonly mode: LabelMode;
  /** What the page kept, null for nothing. */
  readonly kept: string | null;
  /** Where the newest reason was typed that is not sent yet; null where there is none. */
  readonly typed: string | null;
  /** What this session shows and is about to show; empty before it showed anything. */
  readonly planned: readonly string[];
  /** The page was turned to another use and has not loaded since: what it kept is of the one before. */
  readonly isTurned: boolean;
}

/** The showing to begin with; null where the order decides. */
export function showingInView(
  { mode, kept, typed, planned, isTurned }: InView,
  person: Person,
): Showing | null {
  const pending = (ticket: string | null): Showing | null => {
    const showing = ticket === null ? null : showingOf(ticket);
    return showing !== null && isPending(showing, person) ? showing : null;
  };
  const before = pending(kept);
  if (kept !== null && planned.includes(kept)) return before;
  if (isTurned) return null;
  if (before !== null && isOfMode(before, mode)) return before;
  const draft = pending(typed);
  return draft !== null && isOfMode(draft, mode) ? draft : before;
}

/** A pair drawn for an audit is of no other use; one that somebody chose is of any. */
function isOfMode({ drawn }: Showing, mode: LabelMode): boolean {
  return drawn === "chosen" || (drawn === "audit") === (mode === "audit");
}
