// A file as rows of named values, whatever its format: what a reader gives and openDataset takes.
import type { RawRow } from "../forms/rowValues.ts";

/** One row, or why it could not be read. */
export type SourceRow =
  | { readonly line: number; readonly row: RawRow }
  | { readonly line: number; readonly reason: string };

export interface Source {
  /** After unpacking. */
  readonly format: "jsonl" | "json" | "csv" | "tsv" | "parquet";
  /** Rows in order, some at a time; memory is bounded by one batch. */
  rows(): AsyncIterable<readonly SourceRow[]>;
  /** The row with this line (of tables in Parquet and JSON arrays: row) number. */
  rowAt(line: number): Promise<SourceRow>;
  /** Up to `count` rows from this ordinal on (0 is the file's first row); fewer where the file ends. */
  rowsFrom(ordinal: number, count: number): Promise<readonly SourceRow[]>;
  /** Rows that are known to be there, and the part of the file that was looked at for that, 0 to 1. */
  known(): { readonly rows: number; readonly part: number };
  /** Builds the whole index, where there is one, and says how many rows there are. */
  countRows(): Promise<number>;
  close(): Promise<void>;
}

export interface OpenOptions {
  /** Folder for unpacked copies. */
  readonly cacheDir: string;
  /** Takes a line for the user, such as the size of a copy before it is made. */
  readonly note: (text: string) => void;
}
