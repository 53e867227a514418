// Listens to what tells of a person's attention, for the clock of the pair in view.
import {
  activeMsAt,
  attend,
  restartActiveTime,
  startActiveTime,
  type AttentionEvent,
} from "../../src/core/labeling/activeTime.ts";

export interface Attention {
  /** Milliseconds of attention to the pair in view. */
  activeMs(): number;
  /** Another pair is in view; it had this much attention before. Answers what the one before it had. */
  restart(activeMs: number): number;
  setIdle(idleMs: number): void;
}

/** Starts the clock and listens as long as the page lives. */
export function watchAttention(): Attention {
  const now = (): number => performance.now();
  let time = startActiveTime({ nowMs: now(), idleMs: 30_000 });
  const notice = (event: AttentionEvent) => () => {
    time = attend(time, event, now());
  };
  if (document.hidden) notice("hidden")();
  if (!document.hasFocus()) notice("blurred")();
  document.addEventListener("visibilitychange", () =>
    notice(document.hidden ? "hidden" : "shown")(),
  );
  addEventListener("focus", notice("focused"));
  addEventListener("blur", notice("blurred"));
  const options = { capture: true, passive: true };
  for (const sign of ["keydown", "pointerdown", "pointermove", "wheel", "scroll", "input"]) {
    document.addEventListener(sign, notice("activity"), options);
  }
  return {
    activeMs: () => activeMsAt(time, now()),
    restart: (activeMs) => {
      const before = activeMsAt(time, now());
      time = restartActiveTime(time, now(), activeMs);
      return before;
    },
    setIdle: (idleMs) => {
      time = { ...attend(time, "activity", now()), idleMs };
    },
  };
}
