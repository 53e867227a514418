// What is being typed as a reason, on its way to the host a few times a second: for when the window dies.
const everyMs = 350;

export interface Draft {
  /** Something was typed: it is sent within a moment. */
  touch(): void;
  /** Sends what waits now. */
  flush(): void;
  /** What waits is no longer of use: its verdict carries it, or its pair is gone. */
  drop(): void;
}

/** A draft that is sent by `send`, at most every 350 ms. */
export function createDraft(send: () => void): Draft {
  let timer: ReturnType<typeof setTimeout> | null = null;
  const drop = (): void => {
    if (timer !== null) clearTimeout(timer);
    timer = null;
  };
  const flush = (): void => {
    if (timer === null) return;
    drop();
    send();
  };
  return { touch: () => void (timer ??= setTimeout(flush, everyMs)), flush, drop };
}
