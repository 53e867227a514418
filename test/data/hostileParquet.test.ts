// Parquet files made to harm, and damaged ones: refused by what they claim, before anything is unpacked.
import fc from "fast-check";
import { parquetWriteBuffer } from "hyparquet-writer";
import { afterAll, beforeAll, expect, test } from "vitest";
import { DataError } from "../../src/data/dataError.ts";
import { dataFolder, type DataFolder } from "../support/dataFiles.ts";

let folder: DataFolder;
beforeAll(async () => {
  folder = await dataFolder();
});
afterAll(() => folder.remove());

test("a Parquet bomb is refused by what it claims", async () => {
  const rows = 2_100_000;
  const data = new Array<string>(rows).fill("x".repeat(64));
  const bomb = parquetWriteBuffer({
    columnData: ["prompt", "chosen", "rejected"].map((name) => ({ name, type: "STRING", data })),
    rowGroupSize: rows,
  });
  expect(bomb.byteLength).toBeLessThan(100_000);
  await expect(folder.read("bomb.parquet", new Uint8Array(bomb))).rejects.toThrow(
    /bomb\.parquet: expected at most 2000000 rows in one row group, got 2100000\. Write it again/,
  );
});

test("a damaged Parquet file is refused or read, never more", async () => {
  const columnData = ["prompt", "chosen", "rejected"].map((name) => ({
    name,
    type: "STRING" as const,
    data: Array.from({ length: 40 }, (_, i) => `${name} ${i}`),
  }));
  const whole = Buffer.from(parquetWriteBuffer({ columnData, rowGroupSize: 15 }));
  await expect(folder.read("cut.parquet", whole.subarray(0, -20))).rejects.toThrow(DataError);
  await expect(folder.read("pointer.parquet", "version https://example.invalid")).rejects.toThrow(
    /does not start with PAR1/,
  );
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.tuple(fc.nat(whole.length - 5), fc.nat(255)), { minLength: 1, maxLength: 4 }),
      async (damage) => {
        const bytes = Buffer.from(whole);
        for (const [at, value] of damage) bytes[Math.max(4, at)] = value;
        const read = await folder.read("fuzz.parquet", bytes).catch((error: unknown) => error);
        if (read instanceof Error) expect(read).toBeInstanceOf(DataError);
      },
    ),
    // A fixed seed: a decoder that runs in circles can't be timed out from inside. Other seeds, some thousand
    // files, were tried by hand.
    { numRuns: 300, seed: 1 },
  );
});
