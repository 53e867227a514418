// The label log as one person works on it: what holds, and what this person can take back.
import type { LabelEvent, LabelPayload } from "../../core/labels/labelEvent.ts";
import { JudgedLog } from "../../core/labeling/judgedLog.ts";
import { OwnActs } from "../../core/labeling/ownActs.ts";
import type { Appended } from "./labelMemory.ts";

/** Where label events are read and appended (labels.ts; labelMemory.ts in tests). */
export interface LabelAccess {
  /** Another number where events came or went otherwise than by `append`. */
  readonly generation: number;
  /** All events; within one generation the list only grows. */
  events(): Promise<readonly LabelEvent[]>;
  /** Appends under an id; the same id again makes no second event. Fails where the event is on no disk. */
  append(payload: LabelPayload, id: string): Promise<Appended>;
}

export interface Person {
  readonly rater: string;
  readonly log: JudgedLog;
  readonly own: OwnActs;
}

export class PersonLog {
  readonly #labels: LabelAccess;
  readonly #rater: () => Promise<string>;
  #known: (Person & { readonly generation: number }) | null = null;
  #applied = 0;

  constructor(labels: LabelAccess, rater: () => Promise<string>) {
    this.#labels = labels;
    this.#rater = rater;
  }

  /** What holds now. */
  async person(): Promise<Person> {
    const rater = await this.#rater();
    const events = await this.#labels.events();
    const { generation } = this.#labels;
    if (this.#known?.generation !== generation || this.#known.rater !== rater) {
      const log = new JudgedLog(events);
      const own = new OwnActs(log, (event) => "rater" in event && event.rater === rater);
      this.#known = { rater, log, own, generation };
      this.#applied = events.length;
    }
    for (; this.#applied < events.length; this.#applied++) {
      this.#known.log.add(events[this.#applied]!);
      this.#known.own.add(events[this.#applied]!);
    }
    return this.#known;
  }

  append(payload: LabelPayload, id: string): Promise<Appended> {
    return this.#labels.append(payload, id);
  }
}
