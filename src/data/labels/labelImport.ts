// Verdicts of other tools' exports as label events: every row of a data file that carries a verdict becomes
// one event, the same one however often the file is imported.
import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { pipeline } from "node:stream/promises";
import { sha256Hex } from "../../core/hash.ts";
import type { LabelEvent } from "../../core/labels/labelEvent.ts";
import { openDataset, type DatasetOptions } from "../dataset.ts";
import type { LabelStore, SaveResult } from "./labelStore.ts";
import type { BadRow, DataFile } from "../rows.ts";

export interface ImportOptions extends DatasetOptions {
  /** When the import takes place; becomes the events' time. */
  readonly time: Date;
}

export interface ImportedVerdicts {
  readonly files: readonly DataFile[];
  readonly events: readonly LabelEvent[];
  /** Pairs without a verdict, and rows of one response. */
  readonly withoutVerdict: number;
  readonly bad: readonly BadRow[];
}

/**
 * Reads the verdicts of data files in any form that openDataset knows. The ids depend on the file's bytes and
 * the row's place alone. Of two rows on one pair in one file the later one holds.
 * @throws DataError as openDataset does
 */
export async function readVerdicts(
  paths: readonly string[],
  options: ImportOptions,
): Promise<ImportedVerdicts> {
  const dataset = await openDataset(paths, options);
  try {
    const hashes = await Promise.all(paths.map(fileSha256));
    const time = options.time.toISOString();
    const counts = paths.map(() => 0);
    const events: LabelEvent[] = [];
    const bad: BadRow[] = [];
    let withoutVerdict = 0;
    for await (const row of dataset.rows()) {
      if (row.kind === "bad") bad.push(row);
      else if (row.kind === "response" || row.gold === null) withoutVerdict++;
      else {
        const hash = hashes[row.file]!;
        events.push({
          v: 1,
          id: sha256Hex(JSON.stringify(["ssrm-import-1", hash, row.line])).slice(0, 32),
          writer: `import-${hash.slice(0, 16)}`,
          seq: ++counts[row.file]!,
          time,
          kind: "verdict",
          pair: row.pair.id,
          winner: row.gold,
        });
      }
    }
    return { files: dataset.files, events, withoutVerdict, bad };
  } finally {
    await dataset.close();
  }
}

export interface StoredImport extends SaveResult {
  readonly added: number;
  /** Events that the log has already, be they in force or taken back. */
  readonly known: number;
}

/** Appends those of the events that the store does not have. Throws as LabelStore.append does. */
export async function storeVerdicts(
  store: LabelStore,
  events: readonly LabelEvent[],
): Promise<StoredImport> {
  const known = new Set((await store.readAll()).events.map(({ id }) => id));
  const added = events.filter(({ id }) => !known.has(id));
  const result = await store.appendEvents(added);
  return { ...result, added: added.length, known: events.length - added.length };
}

async function fileSha256(path: string): Promise<string> {
  const hash = createHash("sha256");
  await pipeline(createReadStream(path), hash);
  return hash.digest("hex");
}
