// What the pages of a row group claim, checked before hyparquet decodes them: a page of some bytes may state two
// billion values, or a size that no memory holds, and the decoder believes both.
import {
  type AsyncBuffer,
  type ColumnMetaData,
  type Compressors,
  type FileMetaData,
} from "hyparquet";
import { decompressZstd, compressors as allCompressors } from "hyparquet-compressors";
import { parquetHeader } from "hyparquet/src/column.js";
import { decompressPage } from "hyparquet/src/datapage.js";
import {
  getMaxDefinitionLevel,
  getMaxRepetitionLevel,
  getSchemaPath,
} from "hyparquet/src/schema.js";
import { budgets, showBytes } from "../budgets.ts";
import { InvalidParquet } from "./invalidParquet.ts";
import { checkRuns } from "./parquetRuns.ts";

/** hyparquet's, with zstd held to the size that the page states. */
export const compressors: Compressors = {
  ...allCompressors,
  ZSTD: (input, length) => decompressZstd(input, new Uint8Array(length)),
};

type PageHeader = ReturnType<typeof parquetHeader>;

interface Levels {
  readonly codec: ColumnMetaData["codec"];
  /** Bits of a repetition and of a definition level; 0 where the column has none. */
  readonly repetition: number;
  readonly definition: number;
}

/** @throws InvalidParquet where the pages of a row group are over the budgets or other than it says */
export async function checkPages(
  file: AsyncBuffer,
  { metadata, index }: { metadata: FileMetaData; index: number },
): Promise<void> {
  const group = metadata.row_groups[index]!;
  const rows = Number(group.num_rows);
  if (rows > budgets.parquetGroupRows) {
    const limit = `at most ${budgets.parquetGroupRows} rows in one row group`;
    throw new InvalidParquet(limit, String(rows));
  }
  let unpacked = 0;
  for (const { meta_data: column } of group.columns) {
    if (column === undefined) throw new InvalidParquet("a description of each column", "none");
    const levels = levelsOf(metadata, column);
    // Some writers state 0 where there is no dictionary.
    const start = Number(column.dictionary_page_offset || column.data_page_offset);
    const bytes = await file.slice(start, start + Number(column.total_compressed_size));
    let values = 0;
    for (const { header, body } of pagesOf(bytes)) {
      unpacked += header.uncompressed_page_size;
      checkUnpacked(unpacked);
      values += valuesOf(header);
      checkValues(values, { rows, levels, column });
      checkPage(header, { body, levels });
    }
    if (levels.repetition === 0 && values !== rows) {
      throw new InvalidParquet(`${rows} values in ${nameOf(column)}`, String(values));
    }
  }
}

function levelsOf(metadata: FileMetaData, column: ColumnMetaData): Levels {
  const path = getSchemaPath(metadata.schema, column.path_in_schema);
  const bits = (level: number) => 32 - Math.clz32(level);
  // hyparquet takes a column of one name for one without repetition.
  const repetition = path.length > 1 ? bits(getMaxRepetitionLevel(path)) : 0;
  return { codec: column.codec, repetition, definition: bits(getMaxDefinitionLevel(path)) };
}

function checkUnpacked(unpacked: number): void {
  if (unpacked <= budgets.parquetGroupBytes) return;
  const limit = showBytes(budgets.parquetGroupBytes);
  throw new InvalidParquet(
    `at most ${limit} unpacked in one row group`,
    `${showBytes(unpacked)} or more`,
  );
}

function checkValues(
  values: number,
  { rows, levels, column }: { rows: number; levels: Levels; column: ColumnMetaData },
): void {
  const limit = levels.repetition === 0 ? rows : budgets.parquetGroupValues;
  if (values <= limit) return;
  throw new InvalidParquet(`at most ${limit} values in ${nameOf(column)}`, `${values} or more`);
}

/** The levels and, where they are run-length encoded, the values of one page. */
function checkPage(
  header: PageHeader,
  { body, levels }: { body: Uint8Array; levels: Levels },
): void {
  const values = valuesOf(header);
  const v1 = header.data_page_header;
  const v2 = header.data_page_header_v2;
  if (v1 !== undefined) {
    const page = decompressPage(body, header.uncompressed_page_size, levels.codec, compressors);
    const view = viewOf(page);
    let from = 0;
    for (const width of [levels.repetition, levels.definition]) {
      if (width === 0) continue;
      checkRuns(view, { from: from + 4, width, values });
      from += 4 + view.getUint32(from, true);
    }
    checkEncoded(v1.encoding, { view, from, values });
  } else if (v2 !== undefined) {
    const view = viewOf(body);
    const middle = v2.repetition_levels_byte_length;
    const to = middle + v2.definition_levels_byte_length;
    if (levels.repetition > 0) checkRuns(view, { from: 0, width: levels.repetition, values });
    if (levels.definition > 0) checkRuns(view, { from: middle, width: levels.definition, values });
    const size = header.uncompressed_page_size - to;
    const codec = v2.is_compressed === false ? "UNCOMPRESSED" : levels.codec;
    const page =
      codec === "UNCOMPRESSED"
        ? body.subarray(to)
        : decompressPage(body.subarray(to), size, codec, compressors);
    checkEncoded(v2.encoding, { view: viewOf(page), from: 0, values });
  } else if (header.dictionary_page_header === undefined) {
    throw new InvalidParquet("pages of data or of a dictionary", String(header.type));
  }
}

function checkEncoded(
  encoding: string,
  { view, from, values }: { view: DataView; from: number; values: number },
): void {
  if (from >= view.byteLength) return;
  if (encoding === "PLAIN_DICTIONARY" || encoding === "RLE_DICTIONARY") {
    checkRuns(view, { from: from + 1, width: view.getUint8(from), values });
  } else if (encoding === "RLE") {
    checkRuns(view, { from: from + 4, width: 1, values });
  }
}

function* pagesOf(bytes: ArrayBuffer): Generator<{ header: PageHeader; body: Uint8Array }> {
  const reader = { view: new DataView(bytes), offset: 0 };
  while (reader.offset < bytes.byteLength - 1) {
    const header = parquetHeader(reader);
    const packed = header.compressed_page_size;
    checkHeader(header, bytes.byteLength - reader.offset);
    yield { header, body: new Uint8Array(bytes, reader.offset, packed) };
    reader.offset += packed;
  }
}

/** Numbers that a header lacks come as undefined, which would send the decoder round in circles. */
function checkHeader(header: PageHeader, room: number): void {
  const { compressed_page_size: packed, uncompressed_page_size: unpacked } = header;
  const v1 = header.data_page_header;
  const v2 = header.data_page_header_v2;
  const listed = (v1 ?? v2 ?? header.dictionary_page_header)?.num_values;
  const levels = v2 && [v2.repetition_levels_byte_length, v2.definition_levels_byte_length];
  const limits: readonly (readonly [number | undefined, number])[] = [
    [packed, room],
    [unpacked, budgets.parquetGroupBytes],
    [listed, budgets.parquetGroupValues],
    ...(v2
      ? ([
          [v2.num_nulls, v2.num_values],
          [v2.num_rows, v2.num_values],
        ] as const)
      : []),
    ...(levels
      ? ([
          [levels[0]! + levels[1]!, packed],
          [levels[0], packed],
          [levels[1], packed],
        ] as const)
      : []),
  ];
  for (const [number, limit] of limits) {
    if (number !== undefined && number >= 0 && number <= limit) continue;
    throw new InvalidParquet(`page headers with numbers of at most ${limit}`, String(number));
  }
}

function valuesOf(header: PageHeader): number {
  return header.data_page_header?.num_values ?? header.data_page_header_v2?.num_values ?? 0;
}

function nameOf(column: ColumnMetaData): string {
  return `column ${JSON.stringify(column.path_in_schema.join("."))}`;
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
