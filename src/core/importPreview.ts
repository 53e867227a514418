// How a data file will be read, before it is a project's data: what the data editor shows and a reader finds.
import type { FieldMapping } from "./fieldMapping.ts";
import type { Message, Winner } from "./pair.ts";

/** How a file will be read, before it is a project's data. */
export interface ImportPreview {
  readonly form: string;
  /** Null where the form was recognised; else why not. */
  readonly problem: string | null;
  readonly columns: readonly string[];
  readonly mapping: FieldMapping | null;
  /** Columns that a mapping may name. */
  readonly fields: readonly (keyof FieldMapping)[];
  readonly samples: readonly PreviewPair[];
  readonly badRows: readonly { readonly line: number; readonly reason: string }[];
  readonly badCount: number;
  readonly rowsRead: number;
  readonly isWhole: boolean;
  /** Characters per response: counts in bins 0-1, 2-3, 4-7 and so on, up to the longest. */
  readonly lengths: Float64Array;
  /** How often the longer response is preferred (ties 1/2), and of how many; NaN of 0 where of none. */
  readonly longerWins: Float64Array;
}

/** A row with two responses in the file's own order of A and B. */
export interface PreviewPair {
  readonly line: number;
  readonly prompt: readonly Message[];
  readonly a: readonly Message[];
  readonly b: readonly Message[];
  /** The row's own: "first" is A. */
  readonly preference: Winner | null;
}
