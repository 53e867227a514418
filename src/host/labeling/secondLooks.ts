// Pairs that a person skipped once: they come back when no other is left. A second skip is for good.
import type { SkipEvent } from "../../core/labels/labelEvent.ts";
import type { Person } from "./personLog.ts";

/** How often this person has skipped a pair, skips taken back left out. */
export function skipsOf({ own }: Person, pair: string): number {
  return own.inForce.filter((act) => act.kind === "skip" && act.pair === pair).length;
}

/** The skips of pairs that wait for a second look, oldest first. */
export function secondLooks({ log, own }: Person): SkipEvent[] {
  const skips = own.inForce.filter((act) => act.kind === "skip");
  const counts = new Map<string, number>();
  for (const { pair } of skips) counts.set(pair, (counts.get(pair) ?? 0) + 1);
  return skips.filter(({ pair }) => counts.get(pair) === 1 && !log.judged.has(pair));
}
