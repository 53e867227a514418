// Looks for words in every row of a file: a stream over the rows as they stand, without ids, that can be
// stopped at any batch. What was found so far is a set by ordinal.
import { setImmediate } from "node:timers/promises";
import type { Message } from "../../core/pair.ts";
import type { OpenFile } from "../dataset.ts";
import { readTexts } from "../forms/rowReader.ts";
import type { SourceRow } from "../readers/source.ts";

/** The words of a search, lower case; none for a text of blanks. */
export function wordsOf(text: string): readonly string[] {
  return text
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== "");
}

export class TextSearch {
  readonly #file: OpenFile;
  readonly #words: readonly string[];
  readonly #stop = new AbortController();
  #found = new Uint8Array(1024);
  #rows = 0;
  #isDone = false;

  constructor(file: OpenFile, text: string) {
    this.#file = file;
    this.#words = wordsOf(text);
  }

  /** 1 where a row holds all words; rows that were not read yet are not in it. */
  get found(): Uint8Array {
    return this.#found.subarray(0, this.#rows);
  }

  /** Rows read so far. */
  get rows(): number {
    return this.#rows;
  }

  get isDone(): boolean {
    return this.#isDone;
  }

  /** Ordinals of what was found, in the file's order. */
  ordinals(): Uint32Array<ArrayBuffer> {
    let count = 0;
    for (let i = 0; i < this.#rows; i++) count += this.#found[i]!;
    const ordinals = new Uint32Array(count);
    let next = 0;
    for (let i = 0; i < this.#rows; i++) if (this.#found[i] === 1) ordinals[next++] = i;
    return ordinals;
  }

  /** Reads the file to its end, or until it is stopped; tells after each batch. */
  async run(onProgress: () => void): Promise<void> {
    for await (const batch of this.#file.source.rows()) {
      if (this.#stop.signal.aborted) return;
      for (const row of batch) this.#see(row);
      onProgress();
      await setImmediate();
    }
    this.#isDone = true;
    onProgress();
  }

  stop(): void {
    this.#stop.abort();
  }

  #see(row: SourceRow): void {
    if (this.#rows === this.#found.length) {
      const grown = new Uint8Array(2 * this.#found.length);
      grown.set(this.#found);
      this.#found = grown;
    }
    this.#found[this.#rows++] = this.#holds(row) ? 1 : 0;
  }

  #holds(row: SourceRow): boolean {
    const read = readTexts(this.#file.reader, row);
    if (read.kind === "bad") return false;
    const parts = read.kind === "pair" ? [read.a, read.b] : [read.response];
    const texts = [read.prompt, ...parts].flatMap(contents);
    return this.#words.every((word) => texts.some((text) => text.includes(word)));
  }
}

function contents(messages: readonly Message[]): readonly string[] {
  return messages.map(({ content }) => content.toLowerCase());
}
