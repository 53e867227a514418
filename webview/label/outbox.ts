// Verdicts on their way to the disk. Each is sent until the host has acknowledged it, in the order in which
// they were given, one at a time; sending one again makes no second event, because it carries its own id.
import type { JudgeRequest } from "../../src/protocol/page/labelPage.ts";
import type { Unsaved } from "./state.ts";

export interface OutboxOptions<Answer> {
  /** Resolves once the verdict is on the disk; rejects where it is on none. */
  readonly send: (request: JudgeRequest) => Promise<Answer>;
  readonly onSaved: (request: JudgeRequest, answer: Answer) => void;
  /** The list, or a problem in it, is another. */
  readonly onChange: () => void;
  readonly wait: (milliseconds: number) => Promise<void>;
}

const firstDelayMs = 1000;
const longestDelayMs = 30_000;
/** An answer that takes this long is taken for lost, and the same is sent again. */
const patienceMs = 15_000;
const noAnswer = "no answer from the editor";

export class Outbox<Answer> {
  readonly #options: OutboxOptions<Answer>;
  #items: Unsaved[] = [];
  #delayMs = firstDelayMs;
  #isSending = false;
  #triedAt = 0;
  /** Sent without an answer: they may be on the disk. */
  readonly #uncertain = new Set<string>();

  constructor(options: OutboxOptions<Answer>) {
    this.#options = options;
  }

  /** Oldest first. */
  get items(): readonly Unsaved[] {
    return this.#items;
  }

  /** Takes verdicts and starts sending them. */
  add(requests: readonly JudgeRequest[]): void {
    this.#items = [...this.#items, ...requests.map((request) => ({ request, problem: null }))];
    // While the disk fails, a new verdict is a reason to try again, but not at every key.
    if (performance.now() - this.#triedAt > firstDelayMs) this.#wake();
    void this.#sendAll();
  }

  /**
   * Takes the newest verdict back before it was ever saved, and answers with it. Null where there is none:
   * then the host has everything, and undoing is its business.
   */
  async takeBack(): Promise<JudgeRequest | null> {
    const last = await this.#lastSettled();
    if (last === undefined) return null;
    if (this.#uncertain.has(last.request.eventId)) {
      throw new Error(
        "The editor has not said whether the last verdict is saved; undo once it has.",
      );
    }
    this.#items = this.#items.slice(0, -1);
    this.#options.onChange();
    return last.request;
  }

  /** Tries again now instead of when the pause is over. */
  retryNow(): void {
    this.#wake();
  }

  /** The newest verdict once its attempt has ended; undefined where everything is saved. */
  async #lastSettled(): Promise<Unsaved | undefined> {
    for (;;) {
      const last = this.#items.at(-1);
      if (last === undefined || last.problem !== null) return last;
      await this.#options.wait(5);
    }
  }

  #wake: () => void = () => undefined;

  async #sendAll(): Promise<void> {
    if (this.#isSending) return;
    this.#isSending = true;
    while (this.#items.length > 0) {
      const hasFailed = await this.#round();
      this.#triedAt = performance.now();
      if (!hasFailed) {
        this.#delayMs = firstDelayMs;
        continue;
      }
      const woken = new Promise<void>((resolve) => (this.#wake = resolve));
      await Promise.race([this.#options.wait(this.#delayMs), woken]);
      this.#delayMs = Math.min(longestDelayMs, this.#delayMs * 2);
    }
    this.#isSending = false;
  }

  /** Sends what is there, each once; true where something failed. */
  async #round(): Promise<boolean> {
    let hasFailed = false;
    for (const { request } of this.#items) {
      // Taken back meanwhile.
      if (!this.#items.some((item) => item.request === request)) continue;
      hasFailed = !(await this.#sendOne(request)) || hasFailed;
    }
    return hasFailed;
  }

  async #sendOne(request: JudgeRequest): Promise<boolean> {
    const { send, onSaved, onChange, wait } = this.#options;
    const sending = send(request);
    const late = Symbol("late");
    try {
      const answer = await Promise.race([sending, wait(patienceMs).then(() => late)]);
      if (answer === late) throw new Error(noAnswer);
      this.#items = this.#items.filter((item) => item.request !== request);
      onSaved(request, answer as Answer);
      return true;
    } catch (error) {
      const problem = error instanceof Error ? error.message : String(error);
      if (problem === noAnswer) this.#uncertain.add(request.eventId);
      else this.#uncertain.delete(request.eventId);
      this.#items = this.#items.map((item) =>
        item.request === request ? { request, problem } : item,
      );
      onChange();
      // A late rejection has nobody else who waits for it.
      sending.catch(() => undefined);
      return false;
    }
  }
}

/** 32 random hex digits. */
export function newEventId(): string {
  return crypto.randomUUID().replaceAll("-", "");
}
