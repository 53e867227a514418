// Where the records of a file start: one entry per indexStride records, so that a million rows cost 1.5 MB.
import { budgets } from "../budgets.ts";
import type { RecordBytes, Start } from "./recordScan.ts";

/** What stands at an entry: the start of a record, and how many records and rows stand before it. */
export interface IndexEntry extends Start {
  readonly records: number;
  /** Records that are not blank. */
  readonly rows: number;
}

export class RecordIndex {
  // Plain arrays of numbers take 8 bytes an element and grow by themselves.
  readonly #offsets: number[] = [];
  readonly #lines: number[] = [];
  readonly #rows: number[] = [];
  /** Known once a pass has reached the end of the file. */
  rowCount: number | null = null;

  constructor(start: Start) {
    this.#push(start, 0);
  }

  get last(): IndexEntry {
    return this.#entry(this.#offsets.length - 1);
  }

  /** The last entry at or before a line. */
  before(line: number): IndexEntry {
    return this.#entry(lastAtMost(this.#lines, line));
  }

  /** The last entry at or before a row, counted from 0. */
  beforeRow(ordinal: number): IndexEntry {
    return this.#entry(lastAtMost(this.#rows, ordinal));
  }

  /** Follows a pass that starts at an entry; call `see` for each record and `end` where the file ends. */
  follow(from: IndexEntry): { see(record: RecordBytes): void; end(): void } {
    let { records, rows } = from;
    return {
      see: (record) => {
        if (records === this.#offsets.length * budgets.indexStride) this.#push(record, rows);
        records++;
        if (!isBlank(record)) rows++;
      },
      end: () => {
        this.rowCount = rows;
      },
    };
  }

  #push(start: Start, rows: number): void {
    this.#offsets.push(start.offset);
    this.#lines.push(start.line);
    this.#rows.push(rows);
  }

  #entry(i: number): IndexEntry {
    return {
      offset: this.#offsets[i]!,
      line: this.#lines[i]!,
      records: i * budgets.indexStride,
      rows: this.#rows[i]!,
    };
  }
}

/** Index of the last of the ascending values that is at most the limit; 0 where none is. */
function lastAtMost(values: readonly number[], limit: number): number {
  let low = 0;
  let high = values.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (values[middle]! <= limit) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** Whether a record holds nothing but blanks: an empty line between rows. */
export function isBlank(record: RecordBytes): boolean {
  if (record.size > record.to - record.from) return false;
  for (let i = record.from; i < record.to; i++) {
    const byte = record.chunk[i]!;
    if (byte !== 0x20 && byte !== 0x09 && byte !== 0x0a && byte !== 0x0d) return false;
  }
  return true;
}
