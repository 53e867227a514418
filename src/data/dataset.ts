// Opens data files in any known format and form, and gives their rows one after the other or by place.
import type { FieldMapping } from "../core/fieldMapping.ts";
import { budgets } from "./budgets.ts";
import { DataError } from "./dataError.ts";
import { checkMapping, mapRow } from "./forms/mapping.ts";
import { openSource, type OpenedSource } from "./readers/openSource.ts";
import { recogniseForm } from "./forms/recognise.ts";
import { readRow, type RowReader } from "./forms/rowReader.ts";
import type { DataFile, DataRow, Dataset, Place } from "./rows.ts";
import type { Source, SourceRow } from "./readers/source.ts";

export interface DatasetOptions {
  /** Folder for unpacked copies of files that can't be indexed where they are; made where it is missing. */
  readonly cacheDir: string;
  /** Names columns that are not recognised by themselves. */
  readonly mapping?: FieldMapping | null;
  /** Takes lines for the user: how a file was read, and what is unpacked, before it is. */
  readonly note?: (text: string) => void;
}

/** A file that is open: its rows as they stand, and how they are read. */
export interface OpenFile {
  readonly source: Source;
  readonly reader: RowReader;
  readonly info: DataFile;
}

/**
 * Opens one file, as openDataset does; close its source when done.
 * @throws DataError as openDataset
 */
export async function openDataFile(
  path: string,
  { options, file = 0 }: { readonly options: DatasetOptions; readonly file?: number },
): Promise<OpenFile> {
  const note = options.note ?? (() => undefined);
  const opened = await openSource(path, { cacheDir: options.cacheDir, note });
  const open = await recognised(opened, { path, file, mapping: options.mapping ?? null });
  note(`${path}: read as ${open.info.form} (${opened.source.format}).`);
  return open;
}

/**
 * Opens files; their first rows are read to recognise their form.
 * @throws DataError for a file that is missing, unreadable, empty, in no known form, or without a single row
 * that can be read; the message names the file, what was expected, what was got and what to do
 */
export async function openDataset(
  paths: readonly string[],
  options: DatasetOptions,
): Promise<Dataset> {
  const files: OpenFile[] = [];
  const close = async () => {
    await Promise.all(files.map((file) => file.source.close()));
  };
  try {
    for (const [file, path] of paths.entries()) {
      files.push(await openDataFile(path, { options, file }));
    }
  } catch (error) {
    await close();
    throw error;
  }
  return {
    files: files.map((file) => file.info),
    rows: () => rowsOf(files),
    rowAt: async (place) => rowAt(files, place),
    rowsFrom: async (file, ordinal, count) => {
      const { source, reader } = fileAt(files, file);
      return (await source.rowsFrom(ordinal, count)).map((row) => readRow(reader, row));
    },
    countRows: async (file) => fileAt(files, file).source.countRows(),
    close,
  };
}

async function recognised(
  { source, bytes }: OpenedSource,
  { path, file, mapping }: { path: string; file: number; mapping: FieldMapping | null },
): Promise<OpenFile> {
  try {
    const reader = await recognise(source, { path, file, mapping });
    return { source, reader, info: { path, bytes, format: source.format, form: reader.form.name } };
  } catch (error) {
    await source.close();
    throw error;
  }
}

/** Reads rows until the form is known and one of them is a pair, which nearly always the first rows are. */
async function recognise(
  source: Source,
  { path, file, mapping }: { path: string; file: number; mapping: FieldMapping | null },
): Promise<RowReader> {
  let reader: RowReader | null = null;
  let reason: string | null = null;
  for await (const batch of source.rows()) {
    reader ??= readerFor(batch, { path, file, mapping });
    for (const row of batch) {
      const read = reader === null ? row : readRow(reader, row);
      if (!("reason" in read)) return reader!;
      reason ??= `on line ${row.line}: ${read.reason}`;
    }
  }
  throw new DataError(
    reason === null
      ? `${path}: expected preference pairs, got no rows at all: check how the file was written.`
      : `${path}: expected preference pairs, got none; ${reason}. Check how the file was written.`,
  );
}

/** A reader for the form of these rows, null where none of them could be taken apart. */
function readerFor(
  batch: readonly SourceRow[],
  { path, file, mapping }: { path: string; file: number; mapping: FieldMapping | null },
): RowReader | null {
  const rows = batch.flatMap((row) => ("row" in row ? row.row : [])).slice(0, budgets.sampleRows);
  if (rows.length === 0) return null;
  if (mapping === null) return { form: recogniseForm(path, rows), mapping, file };
  checkMapping(path, rows, mapping);
  const form = recogniseForm(
    path,
    rows.map((row) => mapRow(row, mapping)),
  );
  return { form, mapping, file };
}

async function* rowsOf(files: readonly OpenFile[]): AsyncGenerator<DataRow> {
  for (const { source, reader } of files) {
    for await (const batch of source.rows()) {
      for (const row of batch) yield readRow(reader, row);
    }
  }
}

async function rowAt(files: readonly OpenFile[], place: Place): Promise<DataRow> {
  const { source, reader } = fileAt(files, place.file);
  return readRow(reader, await source.rowAt(place.line));
}

function fileAt(files: readonly OpenFile[], index: number): OpenFile {
  const file = files[index];
  if (file === undefined)
    throw new RangeError(`expected a file from 0 to ${files.length - 1}, got ${index}`);
  return file;
}
