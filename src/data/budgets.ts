// Every limit on what a data file may cost, in one place, each with its reason.

const kB = 1024;
const MB = 1024 * kB;
const GB = 1024 * MB;

export const budgets = {
  /**
   * Bytes of one row. A pair of two 1 MB answers with a long conversation is far below; a 1 GB line would
   * exceed V8's longest string (512 MB) and take three times its size while it is parsed.
   */
  rowBytes: 64 * MB,
  /**
   * Bytes read at a time. Large enough that 1.2 GB need only 5,000 reads; small enough that the rows of one
   * read and their parsed form die young, and that a thread which reads hears of messages every 10 ms.
   */
  chunkBytes: 256 * kB,
  /** Records between two entries of an index: 1 MB of index per million rows, 16 rows to read for one. */
  indexStride: 16,
  /** Columns of a table; the widest known form has about 30. */
  columns: 10_000,
  /** Rows looked at to recognise a file's form. */
  sampleRows: 64,
  /** Bytes that one packed file may unpack to, whatever its size. */
  unpackedBytes: 20 * GB,
  /**
   * Unpacked bytes per packed byte, once `unpackedFreeBytes` are out. Text packs 3 to 12 times, very
   * repetitive tables up to 60; gzip's own limit is 1,032, which only a bomb comes near.
   */
  unpackedRatio: 200,
  /** Below this a bomb does no harm, and a small repetitive file may well pack 1,000 times. */
  unpackedFreeBytes: 256 * MB,
  /** Bytes of all unpacked copies together; the ones used longest ago are deleted first. */
  cacheBytes: 20 * GB,
  /** Bytes that stay free on the disk when a copy is unpacked. */
  diskReserveBytes: 1 * GB,
  /** Bytes of a Parquet file's own description of itself, which take 20 times as much once read. */
  parquetFooterBytes: 16 * MB,
  /** Rows of a Parquet file: beyond any pair data set, and what a 7 kB bomb can claim. */
  parquetRows: 100_000_000,
  /** Rows of one row group, which are decoded together; writers use 1,000 to 1,048,576. */
  parquetGroupRows: 2_000_000,
  /** Values of one column in one row group: its rows, or the messages in their lists. */
  parquetGroupValues: 20_000_000,
  /** Unpacked bytes of the pages of one row group that are held at once. */
  parquetGroupBytes: 1 * GB,
} as const;

/** A byte count for people: `1.2 GB`. */
export function showBytes(bytes: number): string {
  if (bytes >= GB) return `${(bytes / GB).toFixed(1)} GB`;
  if (bytes >= MB) return `${(bytes / MB).toFixed(1)} MB`;
  return bytes >= kB ? `${(bytes / kB).toFixed(1)} kB` : `${bytes} bytes`;
}
