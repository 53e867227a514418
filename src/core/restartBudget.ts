// How often a supervised process may die before we stop starting it again. Pure: the caller passes the time.

/** What to do after a death. */
export type AfterDeath =
  { readonly kind: "restart" } | { readonly kind: "stop"; readonly reason: string };

export interface RestartLimits {
  /** Restarts that are granted within the window. */
  readonly restarts: number;
  readonly windowMs: number;
}

/** 3 in 10 minutes; language clients give up at 5 crashes in 3 minutes, but one of our starts costs more. */
const defaultRestartLimits: RestartLimits = { restarts: 3, windowMs: 10 * 60_000 };

/**
 * Grants restarts within a sliding window. Durable progress (a record on disk) refills it. Two deaths in a
 * row at the same step are a poisoned step, which a third try would not heal.
 */
export class RestartBudget {
  readonly #limits: RestartLimits;
  #deaths: number[] = [];
  #step: string | null = null;
  #deadlyStep: string | null = null;

  constructor(limits: RestartLimits = defaultRestartLimits) {
    this.#limits = limits;
  }

  /** The work is now at this step; `step` names it to the user. */
  atStep(step: string): void {
    this.#step = step;
  }

  /** Something that no restart has to repeat is done. */
  progressed(): void {
    this.#deaths = [];
    this.#step = null;
    this.#deadlyStep = null;
  }

  /** Counts a death at this time (milliseconds of any clock) and says what to do. */
  died(nowMs: number): AfterDeath {
    const step = this.#step;
    if (step !== null && step === this.#deadlyStep) {
      return { kind: "stop", reason: `it died twice at the same step (${step})` };
    }
    this.#deadlyStep = step;
    this.#step = null;
    this.#deaths = this.#deaths.filter((at) => nowMs - at < this.#limits.windowMs);
    this.#deaths.push(nowMs);
    if (this.#deaths.length <= this.#limits.restarts) return { kind: "restart" };
    const minutes = Math.round(this.#limits.windowMs / 6_000) / 10;
    return {
      kind: "stop",
      reason: `it died ${this.#deaths.length} times within ${minutes} minutes without progress`,
    };
  }
}
