// What was typed and not sent yet, in a file of the editor's own storage, so that neither a reload of the
// window nor a crash loses more than what was typed in the last moment.
import { mkdir, readFile, rename, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { z } from "zod";

const draft = z.object({ rationale: z.string(), activeMs: z.number().min(0) });
const draftFile = z.record(z.string(), draft);

export type Draft = z.infer<typeof draft>;

/** Older drafts than these were left for good. */
const keptDrafts = 50;

export class Drafts {
  readonly #path: string;
  #known: Promise<Map<string, Draft>> | null = null;
  #writing: Promise<void> = Promise.resolve();
  #isWaiting = false;

  constructor(path: string) {
    this.#path = path;
  }

  async get(ticket: string): Promise<Draft | null> {
    return (await this.#all()).get(ticket) ?? null;
  }

  /** The ticket of the reason that was typed last and not sent; null where there is none. */
  async newest(): Promise<string | null> {
    const all = [...(await this.#all())];
    return all.findLast(([, { rationale }]) => rationale.trim() !== "")?.[0] ?? null;
  }

  /** Resolves once the draft is in the file; several at once are written together. */
  async set(ticket: string, value: Draft): Promise<void> {
    const all = await this.#all();
    all.delete(ticket);
    all.set(ticket, value);
    for (const oldest of [...all.keys()].slice(0, -keptDrafts)) all.delete(oldest);
    await this.#save(all);
  }

  async clear(ticket: string): Promise<void> {
    const all = await this.#all();
    if (all.delete(ticket)) await this.#save(all);
  }

  #all(): Promise<Map<string, Draft>> {
    this.#known ??= readDrafts(this.#path);
    return this.#known;
  }

  #save(all: ReadonlyMap<string, Draft>): Promise<void> {
    if (this.#isWaiting) return this.#writing;
    this.#isWaiting = true;
    this.#writing = this.#writing
      .catch(() => undefined)
      .then(async () => {
        this.#isWaiting = false;
        await mkdir(dirname(this.#path), { recursive: true });
        const beside = `${this.#path}.tmp`;
        await writeFile(beside, JSON.stringify(Object.fromEntries(all)));
        await rename(beside, this.#path);
      });
    return this.#writing;
  }
}

async function readDrafts(path: string): Promise<Map<string, Draft>> {
  try {
    const parsed = draftFile.safeParse(JSON.parse(await readFile(path, "utf8")));
    return new Map(parsed.success ? Object.entries(parsed.data) : []);
  } catch {
    // None yet, or torn by a crash: a draft is worth no error.
    return new Map();
  }
}
