// Where the pairs stand that were reached or shown, in a file of the editor's own storage: the log names a pair
// by its id alone, and finding one of a million by that would mean reading the whole file. A lost book costs
// time, nothing else.
import { appendFile, mkdir, readFile } from "node:fs/promises";
import { dirname } from "node:path";
import { z } from "zod";
import type { Candidate } from "./pairReader.ts";

/** A row of the data that the random order reached, or a pair that was shown. */
const entry = z.object({
  path: z.string(),
  stamp: z.string().nullable(),
  ordinal: z.int().nullable(),
  id: z.string().nullable(),
  line: z.int(),
});
type Entry = z.infer<typeof entry>;

/** Entries wait this long, so that many are written at once. */
const writeMs = 200;

export class PlaceBook {
  readonly #path: string;
  readonly #rows = new Map<string, Candidate | null>();
  readonly #pairs = new Map<string, Candidate>();
  #unwritten: Entry[] = [];
  #writing: Promise<void> = Promise.resolve();
  #timer: NodeJS.Timeout | null = null;

  private constructor(path: string) {
    this.#path = path;
  }

  static async open(path: string): Promise<PlaceBook> {
    const book = new PlaceBook(path);
    const text = await readFile(path, "utf8").catch(() => "");
    for (const line of text.split("\n")) {
      const parsed = entry.safeParse(jsonOrNull(line));
      if (parsed.success) book.#enter(parsed.data);
    }
    return book;
  }

  /** The pair in a row; null where the row holds none, undefined where that is not known. */
  row(file: { readonly path: string; readonly stamp: string }, ordinal: number) {
    return this.#rows.get(rowKey(file.path, file.stamp, ordinal));
  }

  addRow(
    { path, stamp }: { readonly path: string; readonly stamp: string },
    ordinal: number,
    pair: Candidate | null,
  ): void {
    this.#add({ path, stamp, ordinal, id: pair?.id ?? null, line: pair?.line ?? 0 });
  }

  pair(id: string): Candidate | null {
    return this.#pairs.get(id) ?? null;
  }

  addPair({ id, path, line }: Candidate): void {
    const known = this.#pairs.get(id);
    if (known?.path === path && known.line === line) return;
    this.#add({ path, stamp: null, ordinal: null, id, line });
  }

  /** Writes what waits. */
  flush(): Promise<void> {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    const lines = this.#unwritten.map((one) => `${JSON.stringify(one)}\n`).join("");
    this.#unwritten = [];
    if (lines !== "") {
      this.#writing = this.#writing
        .then(() => mkdir(dirname(this.#path), { recursive: true }))
        .then(() => appendFile(this.#path, lines))
        .catch(() => undefined);
    }
    return this.#writing;
  }

  #add(one: Entry): void {
    this.#enter(one);
    this.#unwritten.push(one);
    this.#timer ??= setTimeout(() => void this.flush(), writeMs);
  }

  #enter({ path, stamp, ordinal, id, line }: Entry): void {
    const candidate = id === null ? null : { id, path, line };
    if (candidate !== null) this.#pairs.set(candidate.id, candidate);
    if (stamp !== null && ordinal !== null) {
      this.#rows.set(rowKey(path, stamp, ordinal), candidate);
    }
  }
}

function rowKey(path: string, stamp: string, ordinal: number): string {
  return `${ordinal} ${stamp} ${path}`;
}

function jsonOrNull(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return null;
  }
}
