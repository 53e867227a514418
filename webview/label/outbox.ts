// Verdicts on their way to the disk. Each is sent until the host has acknowledged it; sending one again makes no
// second event, because it carries its own id. While all is well several are on their way at once, in order.
import type { JudgeRequest } from "../../src/protocol/page/labelPage.ts";
import type { Unsaved } from "./state.ts";

export interface OutboxOptions<Answer> {
  /** Resolves once the verdict is on the disk; rejects where it is on none. */
  readonly send: (request: JudgeRequest) => Promise<Answer>;
  /** `isNewest` is false where a later verdict's answer was there before. */
  readonly onSaved: (saved: {
    readonly request: JudgeRequest;
    readonly answer: Answer;
    readonly isNewest: boolean;
  }) => void;
  /** A problem has come or gone. */
  readonly onChange: () => void;
  readonly wait: (milliseconds: number) => Promise<void>;
}

const firstDelayMs = 1000;
const longestDelayMs = 30_000;
/** An answer that takes this long is taken for lost, and the same is sent again. */
const patienceMs = 15_000;
const noAnswer = "no answer from the editor";

interface Item extends Unsaved {
  /** Counts up with each verdict. */
  readonly place: number;
}

export class Outbox<Answer> {
  readonly #options: OutboxOptions<Answer>;
  #items: readonly Item[] = [];
  #lastPlace = 0;
  #newestSaved = 0;
  #triedAt = 0;
  #isRetrying = false;
  #wake: () => void = () => undefined;
  /** Sent without an answer: they may be on the disk. */
  readonly #uncertain = new Set<string>();

  constructor(options: OutboxOptions<Answer>) {
    this.#options = options;
  }

  /** Oldest first. */
  get items(): readonly Unsaved[] {
    return this.#items;
  }

  /** The tickets of what is on its way. */
  get tickets(): ReadonlySet<string> {
    return new Set(this.#items.map(({ request }) => request.ticket));
  }

  /** Takes verdicts and sends them. */
  add(requests: readonly JudgeRequest[]): void {
    for (const request of requests) {
      const place = ++this.#lastPlace;
      this.#items = [...this.#items, { request, problem: null, place }];
      if (!this.#isRetrying) void this.#sendFirst(request, place);
    }
    // While the disk fails, a new verdict is a reason to try again, but not at every key.
    if (performance.now() - this.#triedAt > firstDelayMs) this.#wake();
  }

  /**
   * Takes the newest verdict back before it was ever saved, and answers with it. Null where the newest is
   * saved: then undoing is the host's business.
   */
  async takeBack(): Promise<JudgeRequest | null> {
    const last = await this.#lastSettled();
    if (last === undefined || last.place < this.#newestSaved) return null;
    if (this.#uncertain.has(last.request.eventId)) {
      throw new Error(
        "The editor has not said whether the last verdict is saved; undo once it has.",
      );
    }
    this.#items = this.#items.filter((item) => item !== last);
    this.#options.onChange();
    return last.request;
  }

  /** Tries again now instead of when the pause is over. */
  retryNow(): void {
    this.#wake();
  }

  /** The newest verdict once its attempt has ended; undefined where everything is saved. */
  async #lastSettled(): Promise<Item | undefined> {
    for (;;) {
      const last = this.#items.at(-1);
      if (last === undefined || last.problem !== null) return last;
      await this.#options.wait(5);
    }
  }

  /** Sends what is there, one after the other, until nothing is left; waits longer after each failure. */
  async #retry(): Promise<void> {
    if (this.#isRetrying) return;
    this.#isRetrying = true;
    let delayMs = firstDelayMs;
    while (this.#items.length > 0) {
      const woken = new Promise<void>((resolve) => (this.#wake = resolve));
      await Promise.race([this.#options.wait(delayMs), woken]);
      let hasFailed = false;
      for (const { request, place } of this.#items) {
        // Taken back or saved meanwhile.
        if (!this.#items.some((item) => item.place === place)) continue;
        hasFailed = !(await this.#send(request, place)) || hasFailed;
      }
      this.#triedAt = performance.now();
      delayMs = hasFailed ? Math.min(longestDelayMs, delayMs * 2) : 0;
    }
    this.#isRetrying = false;
  }

  async #sendFirst(request: JudgeRequest, place: number): Promise<void> {
    if (!(await this.#send(request, place))) await this.#retry();
  }

  async #send(request: JudgeRequest, place: number): Promise<boolean> {
    const { send, onSaved, onChange, wait } = this.#options;
    const sending = send(request);
    const late = wait(patienceMs).then(() => Promise.reject(new Error(noAnswer)));
    // Whichever comes second has nobody else who waits for it.
    sending.catch(() => undefined);
    late.catch(() => undefined);
    try {
      const answer = await Promise.race([sending, late]);
      this.#items = this.#items.filter((item) => item.place !== place);
      const isNewest = place > this.#newestSaved;
      if (isNewest) this.#newestSaved = place;
      onSaved({ request, answer, isNewest });
      return true;
    } catch (error) {
      const problem = error instanceof Error ? error.message : String(error);
      if (problem === noAnswer) this.#uncertain.add(request.eventId);
      else this.#uncertain.delete(request.eventId);
      this.#items = this.#items.map((item) => (item.place === place ? { ...item, problem } : item));
      onChange();
      return false;
    }
  }
}

/** 32 random hex digits. */
export function newEventId(): string {
  return crypto.randomUUID().replaceAll("-", "");
}
