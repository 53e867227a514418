// Decides when a silent or crawling worker has to be given up. Pure: the caller passes the time.

export interface StepLimits {
  /** Never give up before this, milliseconds. */
  readonly leastMs: number;
  /** Give up after this many times the median step. */
  readonly medianFactor: number;
}

/** A run of one-second steps is given up after a minute, one of ten-second steps after 200 s. */
export const defaultStepLimits: StepLimits = { leastMs: 60_000, medianFactor: 20 };

/** Steps kept for the median; enough to forget the slow first ones within a minute of short steps. */
const keptSteps = 51;

export class StepWatch {
  readonly #limits: StepLimits;
  #durations: number[] = [];
  #lastMs: number;

  constructor(nowMs: number, limits: StepLimits = defaultStepLimits) {
    this.#limits = limits;
    this.#lastMs = nowMs;
  }

  /** A step has ended at this time. */
  stepped(nowMs: number): void {
    this.#durations.push(nowMs - this.#lastMs);
    if (this.#durations.length > keptSteps) this.#durations.shift();
    this.#lastMs = nowMs;
  }

  /** Time that must not count, such as a pause, has ended at this time. */
  restart(nowMs: number): void {
    this.#lastMs = nowMs;
  }

  /** How long the next step may take, milliseconds: max(least, factor x median). */
  limitMs(): number {
    const sorted = [...this.#durations].sort((a, b) => a - b);
    const median = sorted[Math.floor(sorted.length / 2)] ?? 0;
    return Math.max(this.#limits.leastMs, this.#limits.medianFactor * median);
  }

  /** Milliseconds since the last step where that is too long, else null. */
  overdueMs(nowMs: number): number | null {
    const waited = nowMs - this.#lastMs;
    return waited > this.limitMs() ? waited : null;
  }
}
