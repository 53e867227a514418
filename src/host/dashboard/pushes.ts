// At most one message in a stretch of time: the first at once, what comes in between once, at its end.

/** Time as the editor has it; tests have their own. */
export interface Clock {
  /** Milliseconds from any start. */
  now(): number;
  /** Calls back after so many milliseconds; answers how to call it off. */
  after(ms: number, act: () => void): () => void;
}

export const systemClock: Clock = {
  now: () => performance.now(),
  after: (ms, act) => {
    const timer = setTimeout(act, ms);
    return () => clearTimeout(timer);
  },
};

export class Pushes {
  readonly #clock: Clock;
  readonly #leastMs: number;
  readonly #push: () => void;
  #last = -Infinity;
  #callOff: (() => void) | null = null;

  constructor(leastMs: number, push: () => void, clock: Clock) {
    this.#leastMs = leastMs;
    this.#push = push;
    this.#clock = clock;
  }

  /** Something is to be told. */
  ask(): void {
    if (this.#callOff !== null) return;
    const wait = this.#last + this.#leastMs - this.#clock.now();
    if (wait <= 0) return this.#now();
    this.#callOff = this.#clock.after(wait, () => this.#now());
  }

  dispose(): void {
    this.#callOff?.();
    this.#callOff = null;
  }

  #now(): void {
    this.#callOff = null;
    this.#last = this.#clock.now();
    this.#push();
  }
}
