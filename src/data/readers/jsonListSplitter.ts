// Takes the elements of a JSON list out of a stream of bytes, one after the other, so that a list of any
// length becomes lines. Only strings and brackets are looked at; JSON.parse judges each element later.
import { budgets, showBytes } from "../budgets.ts";
import { badLineMark } from "./jsonLines.ts";

const [quote, backslash, comma] = [0x22, 0x5c, 0x2c];

/** What became of the text that was fed. */
export type ListState = "before" | "in" | "after" | "other";

/**
 * Splits the list at the top, or the first list of rows in an object at the top. `other` is a text that is
 * neither a list nor an object.
 */
export class JsonListSplitter {
  readonly #emit: (line: Buffer) => void;
  state: ListState = "before";
  /** Brackets that are open. */
  #depth = 0;
  /** Depth at which elements stand: 1 in a list at the top, 2 in an object's list. */
  #listDepth = 0;
  #inString = false;
  #escaped = false;
  /** Parts of the element at hand, from chunks before; null outside elements. */
  #parts: Buffer[] | null = null;
  #size = 0;
  #count = 0;

  constructor(emit: (line: Buffer) => void) {
    this.#emit = emit;
  }

  /** Elements taken out. */
  get count(): number {
    return this.#count;
  }

  feed(chunk: Buffer): void {
    let start = this.#parts === null ? -1 : 0;
    for (let i = 0; i < chunk.length && this.state !== "after"; i++) {
      if (this.#inString) {
        i = this.#stringEnd(chunk, i);
        continue;
      }
      const byte = chunk[i]!;
      if (byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09) continue;
      const closes = byte === 0x5d || byte === 0x7d;
      const atList = this.#depth > 0 && this.#depth === this.#listDepth;
      if (atList && (byte === comma || closes)) {
        if (start >= 0) this.#finish(chunk.subarray(start, i));
        start = -1;
        if (closes) this.#close();
        continue;
      }
      if (atList && start < 0) {
        start = i;
        this.#parts = [];
        this.#size = 0;
      }
      if (byte === quote) this.#inString = true;
      else if (byte === 0x5b || byte === 0x7b) this.#open(byte === 0x5b ? "list" : "object");
      else if (closes) this.#depth--;
      else if (this.#depth === 0) this.state = "other";
      if (this.state === "other") return;
    }
    if (start >= 0) this.#keep(chunk.subarray(start));
  }

  /** Call where the text ends: an element that is cut off, or a list without its end, becomes a bad line. */
  end(): void {
    if (this.state !== "in") return;
    const cut = "got the end of the file";
    this.#emitBad(
      this.#parts === null
        ? `expected another row or the list's "]", ${cut}`
        : `expected a whole row, ${cut} in the middle of it`,
    );
  }

  /** Position of the quote that ends the string at hand, or of the chunk's last byte. */
  #stringEnd(chunk: Buffer, from: number): number {
    let escaped = this.#escaped;
    for (let i = from; i < chunk.length; i++) {
      const byte = chunk[i]!;
      if (escaped) escaped = false;
      else if (byte === backslash) escaped = true;
      else if (byte === quote) {
        this.#inString = false;
        this.#escaped = false;
        return i;
      }
    }
    this.#escaped = escaped;
    return chunk.length - 1;
  }

  #open(kind: "list" | "object"): void {
    this.#depth++;
    if (kind === "object" || this.state !== "before" || this.#depth > 2) return;
    this.state = "in";
    this.#listDepth = this.#depth;
  }

  #close(): void {
    // A list that was passed over is closed like any other bracket.
    if (this.#depth === this.#listDepth && this.state === "in") {
      this.state = this.#listDepth === 1 || this.#count > 0 ? "after" : "before";
    }
    this.#listDepth = 0;
    this.#depth--;
  }

  #finish(rest: Buffer): void {
    const size = this.#size + rest.length;
    const line = size > budgets.rowBytes ? null : Buffer.concat([...(this.#parts ?? []), rest]);
    this.#parts = null;
    if (line === null) {
      const limit = showBytes(budgets.rowBytes);
      this.#emitBad(`expected at most ${limit} in one row, got ${showBytes(size)}`);
      return;
    }
    // Line ends between the values of an element; inside strings JSON has none.
    for (let i = 0; i < line.length; i++) if (line[i] === 0x0a || line[i] === 0x0d) line[i] = 0x20;
    if (this.#listDepth === 2 && this.#count === 0 && !isRow(line)) {
      this.state = "before";
      this.#listDepth = 0;
      return;
    }
    this.#count++;
    this.#emit(line);
  }

  #emitBad(reason: string): void {
    this.#parts = null;
    this.#count++;
    this.#emit(Buffer.from(badLineMark + reason));
  }

  #keep(rest: Buffer): void {
    this.#size += rest.length;
    if (this.#size > budgets.rowBytes) this.#parts = [];
    else this.#parts?.push(Buffer.from(rest));
  }
}

/** An object's other lists hold names, or the messages of the one pair that the object is. */
function isRow(line: Buffer): boolean {
  try {
    const value = JSON.parse(line.toString()) as unknown;
    if (typeof value !== "object" || value === null || Array.isArray(value)) return false;
    return !Object.hasOwn(value, "role") && !Object.hasOwn(value, "from");
  } catch {
    return line[0] === 0x7b;
  }
}
