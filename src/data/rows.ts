// What a data file holds, row by row, whatever its format. The readers are beside this file.
import type { Message, Pair, Winner } from "../core/pair.ts";

/** Where a row stands: which file (index into the opened paths) and which line or row, from 1. */
export interface Place {
  readonly file: number;
  readonly line: number;
}

/** A row with two responses. */
export interface PairRow extends Place {
  readonly kind: "pair";
  readonly pair: Pair;
  /** True where the row's own A (its chosen, where it has a verdict) is the canonical second. */
  readonly swapped: boolean;
  /** The row's own verdict in canonical order; null for pairs without one. Never reaches training. */
  readonly gold: Winner | null;
  /** The row's own `id`, as it stands there, where it has one. */
  readonly rowId: string | number | null;
  /** The row's `subset`, where it has one. */
  readonly subset: string | null;
}

/** A row with one response, for scoring alone. */
export interface ResponseRow extends Place {
  readonly kind: "response";
  /** Content hash of prompt and response. */
  readonly id: string;
  readonly prompt: readonly Message[];
  readonly response: readonly Message[];
  readonly rowId: string | number | null;
  readonly subset: string | null;
}

/** A row that could not be read; it is counted, shown and skipped. */
export interface BadRow extends Place {
  readonly kind: "bad";
  /** One clause that says what was expected and what was got. */
  readonly reason: string;
}

export type DataRow = PairRow | ResponseRow | BadRow;

/** What is known of a file once it is open. */
export interface DataFile {
  readonly path: string;
  readonly bytes: number;
  /** "jsonl" | "json" | "csv" | "tsv" | "parquet", after unpacking. */
  readonly format: string;
  /** How its columns were recognised, as shown to the user: "HH transcripts", "TRL standard", ... */
  readonly form: string;
}

export interface Dataset {
  readonly files: readonly DataFile[];
  /** All rows of all files in order, bad ones included. May be called again; nothing is kept in memory. */
  rows(): AsyncIterable<DataRow>;
  /** One row by its place, without reading what stands before it. */
  rowAt(place: Place): Promise<DataRow>;
  /** Rows of one file by their ordinals, from 0, bad ones included; fewer where the file ends. */
  rowsFrom(file: number, ordinal: number, count: number): Promise<readonly DataRow[]>;
  /** How many rows a file has, bad ones included; builds its whole index, where it has one. */
  countRows(file: number): Promise<number>;
  close(): Promise<void>;
}
