// What is drawn for many changes at once: verdicts come several a second, and nobody reads a count that fast.

/** The longest that a change waits. */
const settleMs = 300;

export interface Calm {
  /** Acts within settleMs, once for all calls until then. */
  readonly soon: () => void;
  readonly dispose: () => void;
}

/** Lets an act happen a few times a second at most, and after the last call in any case. */
export function calmly(act: () => void): Calm {
  let timer: NodeJS.Timeout | null = null;
  return {
    soon: () => {
      timer ??= setTimeout(() => {
        timer = null;
        act();
      }, settleMs);
    },
    dispose: () => {
      if (timer !== null) clearTimeout(timer);
    },
  };
}
