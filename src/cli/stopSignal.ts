// Ctrl+C and its like: the first asks the run to stop after the step at hand, a second one ends at once.

const interrupted = 130;
/** npm, the pinning script and the terminal may each pass on one Ctrl+C; within this time it is the same one. */
const sameMs = 500;

export interface StopSignal {
  stopRequested(): "no" | "after-step";
  waitWhilePaused(): Promise<void>;
}

/** Listens from now on; `onStop` is told of the first request. */
export function listenForStop(onStop: () => void): StopSignal {
  let askedAt: number | null = null;
  const ask = (): void => {
    const now = performance.now();
    if (askedAt === null) {
      askedAt = now;
      onStop();
    } else if (now - askedAt > sameMs) process.exit(interrupted);
  };
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, ask);
  return {
    stopRequested: () => (askedAt === null ? "no" : "after-step"),
    waitWhilePaused: () => Promise.resolve(),
  };
}
