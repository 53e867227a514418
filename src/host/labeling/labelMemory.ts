// The events of all label logs in memory, kept up by what is appended here, read anew where other hands wrote.
// Reading 10,000 events for each key press would take longer than the press.
import { readdir, stat } from "node:fs/promises";
import { join } from "node:path";
import {
  serializeEvent,
  type LabelEvent,
  type LabelPayload,
} from "../../core/labels/labelEvent.ts";
import type { LabelFolder } from "../../data/labels/labelFiles.ts";
import type { LabelStore } from "../../data/labels/labelStore.ts";

export interface Appended {
  readonly event: LabelEvent;
  /** A copy is missing: one sentence; null where all is well. */
  readonly warning: string | null;
}

interface Known {
  readonly events: LabelEvent[];
  readonly ids: Set<string>;
  /** Of all log files, as they would be if nobody else wrote. */
  bytes: number;
}

export class LabelMemory {
  readonly #store: LabelStore;
  readonly #folder: string;
  readonly #noted: (folder: LabelFolder) => void;
  #read: Promise<Known> | null = null;
  #generation = 0;
  #queue: Promise<unknown> = Promise.resolve();

  constructor(
    store: LabelStore,
    { folder, noted }: { readonly folder: string; readonly noted: (folder: LabelFolder) => void },
  ) {
    this.#store = store;
    this.#folder = folder;
    this.#noted = noted;
  }

  /** Another number where events came or went otherwise than by `append`. */
  get generation(): number {
    return this.#generation;
  }

  /** All events of all logs, each once; in order, but for those appended since they were read. */
  async events(): Promise<readonly LabelEvent[]> {
    return (await this.#known()).events;
  }

  /** Appends under an id; the same id again makes no second event. Throws as LabelStore.append does. */
  append(payload: LabelPayload, id: string): Promise<Appended> {
    const result = this.#queue.then(async () => {
      const known = await this.#known();
      const { event, state, reason } = await this.#store.append(payload, id);
      if (!known.ids.has(event.id)) {
        known.events.push(event);
        known.ids.add(event.id);
        const added = state === "saved" ? Buffer.byteLength(serializeEvent(event)) + 1 : 0;
        known.bytes += added;
      }
      return { event, warning: reason };
    });
    this.#queue = result.catch(() => undefined);
    return result;
  }

  /** Forgets what was read where the files are not as this memory left them; answers whether it did. */
  refresh(): Promise<boolean> {
    const result = this.#queue.then(async () => {
      if (this.#read === null) return false;
      const { bytes } = await this.#read.catch(() => ({ bytes: -1 }));
      if (bytes === (await bytesOf(this.#folder))) return false;
      this.#read = null;
      this.#generation++;
      return true;
    });
    this.#queue = result.catch(() => undefined);
    return result;
  }

  #known(): Promise<Known> {
    if (this.#read === null) {
      const reading = this.#readAll();
      this.#read = reading;
      reading.catch(() => (this.#read = null));
    }
    return this.#read;
  }

  async #readAll(): Promise<Known> {
    // Before the reading: what is written meanwhile shows as a difference later.
    const bytes = await bytesOf(this.#folder);
    const folder = await this.#store.readAll();
    this.#noted(folder);
    const ids = new Set(folder.events.map(({ id }) => id));
    return { events: [...folder.events], ids, bytes };
  }
}

/** Bytes of all label logs of a folder: they are only ever appended to. */
async function bytesOf(folder: string): Promise<number> {
  const names = await readdir(folder).catch(() => []);
  let bytes = 0;
  for (const name of names) {
    if (!/^labels.*\.jsonl$/i.test(name)) continue;
    bytes += (await stat(join(folder, name)).catch(() => ({ size: 0 }))).size;
  }
  return bytes;
}
