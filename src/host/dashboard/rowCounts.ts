// How many rows the data files have, counted in the background and kept until a file changes. No VS Code here.
import { stat } from "node:fs/promises";
import type { FieldMapping } from "../../core/fieldMapping.ts";
import type { FileNow } from "./outlookOf.ts";

/** Counts the rows of one file; may take long, must not block. */
export type CountRows = (path: string) => Promise<number>;

export class RowCounts {
  readonly #count: CountRows;
  readonly #onCounted: () => void;
  /** By path and stamp; null while being counted, NaN where a file can't be read. */
  readonly #known = new Map<string, number | null>();
  #counting: Promise<void> = Promise.resolve();

  constructor(count: CountRows, onCounted: () => void) {
    this.#count = count;
    this.#onCounted = onCounted;
  }

  /** The files as they are now. Those that have no count yet get one, one file after the other. */
  async of(paths: readonly string[]): Promise<FileNow[]> {
    return Promise.all(paths.map((path) => this.#file(path)));
  }

  async #file(path: string): Promise<FileNow> {
    const found = await stat(path).catch(() => null);
    if (found === null) return { path, bytes: 0, rows: null };
    const key = `${path} ${found.size} ${found.mtimeMs}`;
    const known = this.#known.get(key);
    if (known === undefined) this.#start(path, key);
    const rows = known === undefined || known === null || Number.isNaN(known) ? null : known;
    return { path, bytes: found.size, rows };
  }

  #start(path: string, key: string): void {
    this.#known.set(key, null);
    this.#counting = this.#counting.then(async () => {
      this.#known.set(key, await this.#count(path).catch(() => Number.NaN));
      this.#onCounted();
    });
  }
}

/** Counts by opening the file as the engine would. */
export function countRowsWith(options: {
  readonly cacheDir: string;
  readonly mapping: () => FieldMapping | null;
}): CountRows {
  return async (path) => {
    const { openDataset } = await import("../../data/dataset.ts");
    const { cacheDir, mapping } = options;
    const dataset = await openDataset([path], { cacheDir, mapping: mapping() });
    try {
      return await dataset.countRows(0);
    } finally {
      await dataset.close();
    }
  };
}
