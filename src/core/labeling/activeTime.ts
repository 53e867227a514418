// How long a person looked at a pair: time while the page is shown, has the focus and was touched lately. A
// state machine of values; whoever uses it says what happened and when.

/** What a page can notice of a person's attention. */
export type AttentionEvent = "shown" | "hidden" | "focused" | "blurred" | "activity";

export interface ActiveTime {
  /** Milliseconds of attention up to `countedUntilMs`. */
  readonly activeMs: number;
  readonly isShown: boolean;
  readonly isFocused: boolean;
  /** When attention ends by itself: the last activity plus idleMs. */
  readonly idleAtMs: number;
  readonly countedUntilMs: number;
  /** Attention ends this long after the last sign of it. */
  readonly idleMs: number;
}

/** The clock for a pair that was just painted, in a page that is shown and has the focus. */
export function startActiveTime(options: {
  readonly nowMs: number;
  readonly idleMs: number;
  /** Attention that an earlier, interrupted showing had. */
  readonly activeMs?: number;
}): ActiveTime {
  const { nowMs, idleMs, activeMs = 0 } = options;
  return {
    activeMs,
    isShown: true,
    isFocused: true,
    idleAtMs: nowMs + idleMs,
    countedUntilMs: nowMs,
    idleMs,
  };
}

/**
 * The clock after something happened. Showing and focusing the page are signs of attention like a key; a
 * touch of a page that is hidden or has no focus is none. Time never runs backwards: an event before the last
 * one counts as at the last one.
 */
export function attend(time: ActiveTime, event: AttentionEvent, nowMs: number): ActiveTime {
  const at = Math.max(nowMs, time.countedUntilMs);
  const isShown = event === "shown" || (event !== "hidden" && time.isShown);
  const isFocused = event === "focused" || (event !== "blurred" && time.isFocused);
  const isSign = event !== "hidden" && event !== "blurred" && isShown && isFocused;
  return {
    activeMs: activeMsAt(time, at),
    isShown,
    isFocused,
    idleAtMs: isSign ? at + time.idleMs : time.idleAtMs,
    countedUntilMs: at,
    idleMs: time.idleMs,
  };
}

/** The next pair on the same page: counting starts anew, and the key that led here is a sign of attention. */
export function restartActiveTime(time: ActiveTime, nowMs: number, activeMs: number): ActiveTime {
  return { ...attend(time, "activity", nowMs), activeMs };
}

/** Milliseconds of attention up to a moment. */
export function activeMsAt(time: ActiveTime, nowMs: number): number {
  if (!time.isShown || !time.isFocused) return time.activeMs;
  const until = Math.min(nowMs, time.idleAtMs);
  return time.activeMs + Math.max(0, until - time.countedUntilMs);
}
