// The same content has the same pair id, verdict and sides in every form and every format.
import { zstdCompressSync, gzipSync } from "node:zlib";
import fc from "fast-check";
import { parquetWriteBuffer } from "hyparquet-writer";
import { afterAll, beforeAll, expect, test } from "vitest";
import { canonicalPair, plainResponse } from "../../src/core/pair.ts";
import { recogniseForm } from "../../src/data/forms/recognise.ts";
import { readRow } from "../../src/data/forms/rowReader.ts";
import { dataFolder, jsonLines, table, type DataFolder } from "../support/dataFiles.ts";
import { formWriters, type PlainPair } from "../support/formWriters.ts";

let folder: DataFolder;
beforeAll(async () => {
  folder = await dataFolder();
});
afterAll(() => folder.remove());

/** Any UTF-16, lone surrogates and controls included, with blanks and markers more often than chance has them. */
const wildText = fc
  .array(
    fc.oneof(
      {
        weight: 3,
        arbitrary: fc.constantFrom(" ", "\n", "\n\n", "a", "b", "1", '"', ",", "é", "e\u0301"),
      },
      fc.string({ unit: "grapheme", maxLength: 3 }),
      fc.integer({ min: 0, max: 0xffff }).map((code) => String.fromCharCode(code)),
      fc.constantFrom(
        "\ud800",
        "\udc00",
        "__proto__",
        "[",
        "{",
        "Human",
        "\t",
        "\r\n",
        "\u2028",
        "\ufeff",
      ),
    ),
    { maxLength: 12 },
  )
  .map((parts) => parts.join(""));

/** What a file of UTF-8 can carry without escapes, and a table without being taken for damaged. */
const fileText = wildText.map((text) => text.toWellFormed().replaceAll("\0", ""));

function pairOf(text: fc.Arbitrary<string>): fc.Arbitrary<PlainPair> {
  const turn = fc.record({ role: fc.constantFrom("user", "assistant", "system"), content: text });
  return fc.record({
    prompt: fc.oneof(
      text.map((content) => [{ role: "user", content }]),
      fc.array(turn, { minLength: 1, maxLength: 4 }),
    ),
    a: text,
    b: text,
    verdict: fc.constantFrom("a", "b", "tie", "both-bad", null),
  });
}

function expected(pair: PlainPair) {
  const shown = { prompt: pair.prompt, a: plainResponse(pair.a), b: plainResponse(pair.b) };
  const { pair: canonical, swapped } = canonicalPair(shown);
  const verdicts = { a: swapped ? "second" : "first", b: swapped ? "first" : "second" } as const;
  const gold = pair.verdict === "a" || pair.verdict === "b" ? verdicts[pair.verdict] : pair.verdict;
  return { id: canonical.id, promptId: canonical.promptId, gold };
}

test("every form gives the pair's id and verdict", () => {
  const written = new Set<number>();
  fc.assert(
    fc.property(pairOf(wildText), (pair) => {
      for (const [i, writer] of formWriters.entries()) {
        const row = writer.write(pair);
        if (row === null) continue;
        written.add(i);
        const values = JSON.parse(JSON.stringify(row)) as object;
        const form = recogniseForm("test", [{ values, cells: false }]);
        const read = readRow(
          { form, mapping: null, file: 0 },
          { line: 1, row: { values, cells: false } },
        );
        if (read.kind !== "pair") throw new Error(`${form.name}: ${JSON.stringify(read)}`);
        expect(writer.names).toContain(form.name);
        const want = expected(pair);
        // Responses that differ in blanks alone share their hash; which is first is then a matter of form.
        if (pair.a.trim() === pair.b.trim()) continue;
        expect(
          { id: read.pair.id, promptId: read.pair.promptId, gold: read.gold },
          form.name,
        ).toEqual(want);
      }
    }),
    { numRuns: 1000 },
  );
  expect(written.size).toBe(formWriters.length);
});

test("every format gives the pair's id and verdict", async () => {
  let run = 0;
  await fc.assert(
    fc.asyncProperty(
      fc.array(pairOf(fileText), { minLength: 20, maxLength: 40 }),
      async (pairs) => {
        run++;
        for (const [i, writer] of formWriters.entries()) {
          const written = pairs.flatMap((pair) => {
            const row = writer.write(pair);
            return row === null || pair.a.trim() === pair.b.trim() ? [] : { row, pair };
          });
          if (written.length === 0) continue;
          const rows = written.map(({ row }) => row);
          const want = written.map(({ pair }) => expected(pair));
          for (const [name, content] of filesOf(rows, i + run)) {
            const read = await folder.read(`${run}-${i}.${name}`, content);
            expect(read.bad).toEqual([]);
            const got = read.pairs.map(({ pair, gold }) => ({
              id: pair.id,
              promptId: pair.promptId,
              gold,
            }));
            expect(got, `${read.form} in ${name}`).toEqual(want);
          }
        }
      },
    ),
    { numRuns: 2, endOnFailure: true },
  );
});

/** The rows in every format; of the packed ones another each time, to keep this quick. */
function filesOf(
  rows: readonly Record<string, unknown>[],
  turn: number,
): [string, string | Uint8Array][] {
  const lines = jsonLines(rows);
  const packed: [string, string | Uint8Array][] = [
    ["jsonl.gz", gzipSync(lines)],
    ["json.gz", gzipSync(JSON.stringify({ version: [1, 2], rows }))],
    ["csv.gz", gzipSync(table(rows, ","))],
    ["parquet.gz", gzipSync(parquet(rows, "UNCOMPRESSED"))],
  ];
  return [
    ["jsonl", lines],
    ["json", JSON.stringify(rows, null, turn % 3)],
    ["csv", table(rows, ",")],
    ["tsv", `\ufeff${table(rows, "\t")}`],
    ["parquet", parquet(rows, (["SNAPPY", "GZIP", "ZSTD"] as const)[turn % 3]!)],
    packed[turn % 4]!,
  ];
}

function parquet(
  rows: readonly Record<string, unknown>[],
  codec: "SNAPPY" | "GZIP" | "ZSTD" | "UNCOMPRESSED",
) {
  const columns = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  const cell = (value: unknown) =>
    value === null || value === undefined || typeof value === "string"
      ? (value ?? null)
      : JSON.stringify(value);
  const buffer = parquetWriteBuffer({
    columnData: columns.map((name) => ({
      name,
      type: "STRING",
      data: rows.map((row) => cell(row[name])),
    })),
    codec,
    compressors: { GZIP: (bytes) => gzipSync(bytes), ZSTD: (bytes) => zstdCompressSync(bytes) },
    rowGroupSize: 3,
  });
  return new Uint8Array(buffer);
}
