// What one person can take back and bring back, from the log alone, so that undo works across reloads and
// without limit: the log is walked once, then kept up event by event.
import type { LabelEvent, UndoEvent } from "../labels/labelEvent.ts";
import type { Act, JudgedLog } from "./judgedLog.ts";

/** An act that was taken back, and the undo that did it: taking that back brings the act back. */
interface TakenBack {
  readonly act: Act;
  readonly undo: UndoEvent;
}

export class OwnActs {
  readonly #log: JudgedLog;
  readonly #isOwn: (event: LabelEvent) => boolean;
  /** Verdicts and skips in force, oldest first. */
  #done: Act[] = [];
  /** Taken back and not yet replaced by something new, the last one last. */
  #undone: TakenBack[] = [];
  /** Of 10,000 acts, asked for several times at each key. */
  #inForce: { readonly version: number; readonly acts: readonly Act[] } | null = null;

  constructor(log: JudgedLog, isOwn: (event: LabelEvent) => boolean) {
    this.#log = log;
    this.#isOwn = isOwn;
    for (const event of log.events) this.add(event);
  }

  /** Verdicts and skips in force, oldest first. */
  get inForce(): readonly Act[] {
    const { version } = this.#log;
    if (this.#inForce?.version !== version) {
      this.#inForce = { version, acts: this.#done.filter(({ id }) => this.#log.isInForce(id)) };
    }
    return this.#inForce.acts;
  }

  /** What Undo takes back. */
  get undoable(): Act | null {
    return this.#done.findLast(({ id }) => this.#log.isInForce(id)) ?? null;
  }

  /** What Redo brings back: the act, and the undo to take back for it. */
  get redoable(): TakenBack | null {
    return this.#undone.findLast(({ undo }) => this.#log.isInForce(undo.id)) ?? null;
  }

  /** The last act on a pair that was taken back and can come back. */
  takenBack(pair: string): Act | null {
    return this.#undone.findLast(({ act }) => act.pair === pair)?.act ?? null;
  }

  /** Follows the log; an event of somebody else changes nothing here. */
  add(event: LabelEvent): void {
    const known = this.#inForce;
    this.#inForce = null;
    if (event.kind === "flag" || !this.#isOwn(event)) return;
    if (event.kind !== "undo") {
      this.#done.push(event);
      this.#undone = [];
      const { version } = this.#log;
      if (known?.version === version - 1 && this.#log.isInForce(event.id)) {
        this.#inForce = { version, acts: [...known.acts, event] };
      }
      return;
    }
    const act = this.#done.findLast(({ id }) => id === event.target);
    if (act !== undefined) {
      this.#done = this.#done.filter((other) => other !== act);
      this.#undone.push({ act, undo: event });
      return;
    }
    const back = this.#undone.find(({ undo }) => undo.id === event.target);
    if (back === undefined) return;
    this.#undone = this.#undone.filter((other) => other !== back);
    this.#done.push(back.act);
  }
}
