// What a Parquet file should have held, and what it does: one clause each, for the message about the file.

/** Thrown while a Parquet file is read; becomes a DataError that names the file. */
export class InvalidParquet extends Error {
  override readonly name = "InvalidParquet";
  readonly expected: string;
  readonly got: string;

  constructor(expected: string, got: string) {
    super(`expected ${expected}, got ${got}`);
    this.expected = expected;
    this.got = got;
  }
}
