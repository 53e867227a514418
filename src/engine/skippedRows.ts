// Rows of a run's files that are no pair: counted per file, said once, and a file that holds nothing else refused.
import { DataError } from "../data/dataError.ts";
import type { BadRow, ResponseRow } from "../data/rows.ts";

export interface SkippedRowsOfFile {
  readonly file: string;
  readonly count: number;
  /** With its line number. */
  readonly firstReason: string;
}

/** Tallies what a run can't use. */
export class SkippedRows {
  readonly #files = new Map<string, { count: number; firstReason: string }>();

  add(file: string, row: BadRow | ResponseRow): void {
    const known = this.#files.get(file);
    if (known) {
      known.count++;
      return;
    }
    const reason = row.kind === "bad" ? row.reason : "expected two responses, got one";
    this.#files.set(file, { count: 1, firstReason: `line ${row.line}: ${reason}` });
  }

  byFile(): SkippedRowsOfFile[] {
    return [...this.#files].map(([file, rows]) => ({ file, ...rows }));
  }

  /** One line for the user per file. */
  lines(): string[] {
    return this.byFile().map(
      ({ file, count, firstReason }) =>
        `${file}: ${count} ${count === 1 ? "row is" : "rows are"} skipped; ${firstReason}.`,
    );
  }

  /** @throws DataError naming a file of which no row is a pair; `withPairs` are indices into the paths */
  check(paths: readonly string[], withPairs: ReadonlySet<number>): void {
    const without = paths.find((_, i) => !withPairs.has(i));
    if (without === undefined) return;
    const got = this.#files.get(without);
    throw new DataError(
      `${without}: expected pairs of two responses, got none` +
        `${got === undefined ? "" : ` in ${got.count} rows (${got.firstReason})`}: ` +
        "name a file with pairs; single responses can only be scored (`ssrm score`).",
    );
  }
}
