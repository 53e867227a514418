// One pass over a file that fills its index, in the background of whoever reads it meanwhile.
import { hash } from "node:crypto";
import { setImmediate } from "node:timers/promises";
import { lengthOf } from "../../core/length.ts";
import { canonicalPair } from "../../core/pair.ts";
import type { OpenFile } from "../dataset.ts";
import { readTexts, responseOf } from "../forms/rowReader.ts";
import type { SourceRow } from "../readers/source.ts";
import { rowIdBytes, writeId } from "./idOrder.ts";
import { emptyIndex, packFacts, type RowIndex } from "./rowIndex.ts";

export interface BuildOptions {
  /** Called with how many rows are known, at most once a batch. */
  readonly onProgress?: (rows: number) => void;
  readonly signal?: AbortSignal;
  /** Awaited after each batch: lets others go first. */
  readonly yieldTo?: () => Promise<void>;
}

/**
 * Reads all rows once. Memory beside the index is bounded by one batch of rows.
 * @throws DataError where the file changed meanwhile; the signal's reason where it was aborted
 */
export async function buildIndex(
  { source, reader }: OpenFile,
  { onProgress, signal, yieldTo }: BuildOptions,
): Promise<RowIndex> {
  const count = await source.countRows();
  signal?.throwIfAborted();
  const index = emptyIndex(count);
  let ordinal = 0;
  for await (const batch of source.rows()) {
    for (const row of batch) fillRow(index, { ordinal: ordinal++, row, reader });
    onProgress?.(ordinal);
    // Batches of Parquet come without a pause in which a message would be heard.
    await setImmediate();
    await yieldTo?.();
    signal?.throwIfAborted();
  }
  return index;
}

/** As sha256Hex, by the platform: hashing is two thirds of the work of a pass. */
function nativeSha256(text: string): string {
  return hash("sha256", text);
}

function fillRow(
  index: RowIndex,
  {
    ordinal,
    row,
    reader,
  }: { readonly ordinal: number; readonly row: SourceRow; readonly reader: OpenFile["reader"] },
): void {
  index.line[ordinal] = row.line;
  const read = readTexts(reader, row);
  if (read.kind === "bad") {
    index.facts[ordinal] = packFacts({ kind: "bad", isSwapped: false, gold: null });
    return;
  }
  index.promptLength[ordinal] = lengthOf(read.prompt);
  const place = ordinal * rowIdBytes;
  if (read.kind === "response") {
    index.aLength[ordinal] = lengthOf(read.response);
    index.facts[ordinal] = packFacts({ kind: "response", isSwapped: false, gold: null });
    writeId(index.ids, place, responseOf(read).id);
    return;
  }
  const { pair, swapped } = canonicalPair(read, nativeSha256);
  index.aLength[ordinal] = lengthOf(read.a);
  index.bLength[ordinal] = lengthOf(read.b);
  index.facts[ordinal] = packFacts({ kind: "pair", isSwapped: swapped, gold: read.verdict });
  writeId(index.ids, place, pair.id);
}
