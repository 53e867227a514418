// One pass over the bytes of a file of records, a chunk at a time. Streaming, indexing and seeking are all this
// pass, so they can't disagree on where a record is.
import { budgets } from "../budgets.ts";

/** Finds where records end; it keeps its state from one call to the next, since a record may span chunks. */
export interface Splitter {
  /** Position just after the record that goes on at `from`, or -1 where the chunk ends first. */
  end(chunk: Buffer, from: number): number;
  /** Line ends in the record that was just ended (also one that the file's end ended). */
  takeLines(): number;
}

/** Where a record starts. */
export interface Start {
  readonly offset: number;
  /** Line number of its first line, from 1. */
  readonly line: number;
}

/** A record's bytes: chunk[from, to). Only valid until visit returns. */
export interface RecordBytes extends Start {
  readonly chunk: Buffer;
  readonly from: number;
  readonly to: number;
  /** Bytes of the whole record; where they are over the budget, chunk is empty. */
  readonly size: number;
  /** False where the file ends before the record does. */
  readonly ended: boolean;
}

/** The one call of a FileHandle that a scan makes. */
export interface ByteReader {
  read(
    buffer: Buffer,
    offset: number,
    length: number,
    position: number,
  ): Promise<{ readonly bytesRead: number }>;
}

export class RecordScan {
  readonly #file: ByteReader;
  readonly #splitter: Splitter;
  readonly #buffer: Buffer;
  /** The part of a record that stood in the chunks before; null once it is over the budget. */
  #parts: Buffer[] | null = [];
  #partBytes = 0;
  #start: Start;
  #position: number;

  constructor(file: ByteReader, splitter: Splitter, options: { start: Start; chunkBytes: number }) {
    this.#file = file;
    this.#splitter = splitter;
    this.#start = options.start;
    this.#position = options.start.offset;
    this.#buffer = Buffer.allocUnsafe(options.chunkBytes);
  }

  /** Start of the record that comes next; after the last one, the end of the file. */
  get next(): Start {
    return this.#start;
  }

  /** Reads one chunk and visits the records that end in it. False once the file has ended. */
  async step(visit: (record: RecordBytes) => void): Promise<boolean> {
    const { bytesRead } = await this.#file.read(
      this.#buffer,
      0,
      this.#buffer.length,
      this.#position,
    );
    if (bytesRead === 0) {
      if (this.#partBytes > 0)
        this.#visitOne(visit, { chunk: this.#buffer, from: 0, to: 0, ended: false });
      return false;
    }
    this.#position += bytesRead;
    const chunk = this.#buffer.subarray(0, bytesRead);
    let from = 0;
    while (from < bytesRead) {
      const to = this.#splitter.end(chunk, from);
      if (to < 0) break;
      this.#visitOne(visit, { chunk, from, to, ended: true });
      from = to;
    }
    this.#keep(chunk.subarray(from));
    return true;
  }

  #visitOne(
    visit: (record: RecordBytes) => void,
    piece: { chunk: Buffer; from: number; to: number; ended: boolean },
  ): void {
    const size = this.#partBytes + piece.to - piece.from;
    const whole = this.#whole(piece, size);
    visit({ ...this.#start, ...whole, size, ended: piece.ended });
    this.#start = {
      offset: this.#start.offset + size,
      line: this.#start.line + this.#splitter.takeLines(),
    };
    this.#parts = [];
    this.#partBytes = 0;
  }

  #whole(piece: { chunk: Buffer; from: number; to: number }, size: number) {
    if (this.#parts === null || size > budgets.rowBytes) return { chunk: nothing, from: 0, to: 0 };
    if (this.#partBytes === 0) return { chunk: piece.chunk, from: piece.from, to: piece.to };
    const chunk = Buffer.concat([...this.#parts, piece.chunk.subarray(piece.from, piece.to)], size);
    return { chunk, from: 0, to: size };
  }

  #keep(rest: Buffer): void {
    this.#partBytes += rest.length;
    if (this.#partBytes > budgets.rowBytes) this.#parts = null;
    // A copy, because the buffer is read into again.
    if (rest.length > 0) this.#parts?.push(Buffer.from(rest));
  }
}

const nothing = Buffer.alloc(0);
