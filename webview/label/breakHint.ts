// How long a person has read since the last break.

/** How often it is looked whether a break is due. */
export const breakCheckMs = 15_000;

export interface BreakHint {
  /** Active milliseconds since the last break, without the pair in view. */
  readonly sinceBreakMs: number;
  /** A pair had this much attention. */
  add(activeMs: number): void;
  /** The break was had, while the pair in view has had this much. */
  hadBreak(activeMs: number): void;
  /** Minutes of reading where a break is due after `afterMinutes`, else null. */
  due(afterMinutes: number | null, activeMs: number): number | null;
}

/** Counts on from an earlier load of the page. */
export function createBreakHint(sinceBreakMs: number): BreakHint {
  let since = sinceBreakMs;
  return {
    get sinceBreakMs() {
      return since;
    },
    add: (activeMs) => void (since += activeMs),
    hadBreak: (activeMs) => void (since = -activeMs),
    due: (afterMinutes, activeMs) => {
      const minutes = (since + activeMs) / 60_000;
      return afterMinutes !== null && minutes >= afterMinutes ? Math.round(minutes) : null;
    },
  };
}
