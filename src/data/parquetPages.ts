// What the pages of a row group claim, checked before one is unpacked: a page of some bytes may state two
// billion values, or a size that no memory holds, and the decoder believes both.
import type { AsyncBuffer, RowGroup } from "hyparquet";
import { parquetHeader } from "hyparquet/src/column.js";
import { budgets, showBytes } from "./budgets.ts";

/** What a Parquet file should have held, and what it does. */
export class InvalidParquet extends Error {
  readonly expected: string;
  readonly got: string;

  constructor(expected: string, got: string) {
    super(`expected ${expected}, got ${got}`);
    this.expected = expected;
    this.got = got;
  }
}

/** @throws InvalidParquet where the pages of a row group are over the budgets or other than it says */
export async function checkPages(file: AsyncBuffer, group: RowGroup): Promise<void> {
  const rows = Number(group.num_rows);
  if (rows > budgets.parquetGroupRows) {
    throw new InvalidParquet(
      `at most ${budgets.parquetGroupRows} rows in one row group`,
      String(rows),
    );
  }
  let unpacked = 0;
  for (const { meta_data: column } of group.columns) {
    if (column === undefined) throw new InvalidParquet("a description of each column", "none");
    // Some writers state 0 where there is no dictionary.
    const start = Number(column.dictionary_page_offset || column.data_page_offset);
    const size = Number(column.total_compressed_size);
    const view = new DataView(await file.slice(start, start + size));
    let values = 0;
    for (const page of pagesOf(view)) {
      values += page.values;
      unpacked += page.unpacked;
      if (unpacked > budgets.parquetGroupBytes) {
        throw new InvalidParquet(
          `at most ${showBytes(budgets.parquetGroupBytes)} unpacked in one row group`,
          `${showBytes(unpacked)} or more`,
        );
      }
      if (values > Number(column.num_values)) {
        throw new InvalidParquet(
          `${column.num_values} values in column "${column.path_in_schema.join(".")}"`,
          "more",
        );
      }
    }
    // Messages stand in lists: up to some hundred of them in a row.
    if (values > budgets.parquetGroupValues) {
      throw new InvalidParquet(
        `at most ${budgets.parquetGroupValues} values in one row group`,
        String(values),
      );
    }
  }
}

function* pagesOf(view: DataView): Generator<{ values: number; unpacked: number }> {
  const reader = { view, offset: 0 };
  while (reader.offset < view.byteLength - 1) {
    const header = parquetHeader(reader);
    const { compressed_page_size: packed, uncompressed_page_size: unpacked } = header;
    if (!(packed >= 0 && unpacked >= 0 && reader.offset + packed <= view.byteLength)) {
      throw new InvalidParquet(
        "pages within their column",
        `one of ${packed} bytes, unpacked ${unpacked}`,
      );
    }
    const data = header.data_page_header ?? header.data_page_header_v2;
    const listed = data?.num_values ?? header.dictionary_page_header?.num_values ?? 0;
    if (!(listed >= 0 && listed <= budgets.parquetGroupValues)) {
      throw new InvalidParquet(
        `pages of at most ${budgets.parquetGroupValues} values`,
        String(listed),
      );
    }
    yield { values: data?.num_values ?? 0, unpacked };
    reader.offset += packed;
  }
}
