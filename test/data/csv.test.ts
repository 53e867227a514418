// CSV records and fields against csv-parse, and the splitting of records at every size of chunk.
import { parse } from "csv-parse/sync";
import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { csvFields } from "../../src/data/readers/csvFields.ts";
import { CsvSplitter } from "../../src/data/readers/csvSplitter.ts";
import { RowError } from "../../src/data/dataError.ts";
import { RecordScan, type ByteReader } from "../../src/data/readers/recordScan.ts";
import { dataFolder, type DataFolder } from "../support/dataFiles.ts";

let folder: DataFolder;
beforeAll(async () => {
  folder = await dataFolder();
});
afterAll(() => folder.remove());

interface Piece {
  readonly text: string;
  readonly offset: number;
  readonly line: number;
}

async function split(text: string, chunkBytes: number): Promise<Piece[]> {
  const bytes = Buffer.from(text);
  const read: ByteReader["read"] = (buffer, offset, ...[length, position]) =>
    Promise.resolve({ bytesRead: bytes.copy(buffer, offset, position, position + length) });
  const scan = new RecordScan({ read }, new CsvSplitter(","), {
    start: { offset: 0, line: 1 },
    chunkBytes,
  });
  const pieces: Piece[] = [];
  let more = true;
  while (more) {
    more = await scan.step(({ chunk, from, to, offset, line }) => {
      pieces.push({ text: chunk.toString("utf8", from, to), offset, line });
    });
  }
  return pieces;
}

async function records(text: string): Promise<string[][] | null> {
  const pieces = await split(text, 1 << 16);
  try {
    return pieces
      .filter((piece) => piece.text.trim() !== "")
      .map((piece) => csvFields(piece.text, ","));
  } catch (error) {
    if (error instanceof RowError) return null;
    throw error;
  }
}

function oracle(text: string): string[][] | null {
  try {
    return parse(text, {
      record_delimiter: ["\r\n", "\n"],
      relax_column_count: true,
      skip_empty_lines: true,
    });
  } catch {
    return null;
  }
}

const document = fc
  .array(fc.constantFrom("a", "b", ",", '"', '""', "\n", "\r\n", '"x",', 'é,"', ',"'), {
    maxLength: 24,
  })
  .map((parts) => parts.join(""));

test("records are those of csv-parse, and what it refuses is refused", async () => {
  let valid = 0;
  await fc.assert(
    fc.asyncProperty(document, async (text) => {
      const want = oracle(text);
      if (want !== null) valid++;
      expect(await records(text)).toEqual(want);
    }),
    { numRuns: 3000 },
  );
  expect(valid).toBeGreaterThan(300);
});

test("well-formed tables are those of csv-parse", async () => {
  const field = fc.array(fc.constantFrom("a", " ", ",", '"', "\n", "\r\n", "é", "𝄞"), {
    maxLength: 6,
  });
  const rows = fc.array(
    fc.array(
      field.map((parts) => parts.join("")),
      { minLength: 2, maxLength: 4 },
    ),
  );
  await fc.assert(
    fc.asyncProperty(rows, fc.constantFrom("\n", "\r\n"), async (values, end) => {
      const quoted = (value: string) => `"${value.replaceAll('"', '""')}"`;
      const text = values.map((row) => row.map(quoted).join(",") + end).join("");
      expect(await records(text)).toEqual(oracle(text));
      expect(await records(text)).toEqual(values);
    }),
    { numRuns: 500 },
  );
});

test("records, offsets and lines are the same at every size of chunk", async () => {
  await fc.assert(
    fc.asyncProperty(document, fc.integer({ min: 1, max: 9 }), async (text, chunkBytes) => {
      const whole = await split(text, 1 << 16);
      expect(await split(text, chunkBytes)).toEqual(whole);
      expect(whole.map((piece) => piece.text).join("")).toBe(text);
      for (const { offset, line } of whole) {
        const before = Buffer.from(text).subarray(0, offset).toString();
        expect(line).toBe(before.split("\n").length);
      }
    }),
    { numRuns: 1000 },
  );
});

test("rows that do not fit the header are bad, with the line they start on, and the rest loads", async () => {
  const { pairs, bad } = await folder.read(
    "bad.csv",
    'prompt,chosen,rejected\n"two\nlines",b,c\nd,e\nf,"g"h,i\nj,k,l\nm,n"o,p\nq,r,"s',
  );
  expect(pairs.map((pair) => pair.line)).toEqual([2, 6]);
  expect(bad).toMatchObject([
    { line: 4, reason: "expected 3 fields, got 2" },
    { line: 5, reason: 'expected a delimiter after the closing quote of field 2, got "h,i"' },
    {
      line: 7,
      reason:
        'expected quotes around a whole field and doubled inside it, got a quote within "n\\"o"',
    },
    { line: 8, reason: "expected a closing quote, got none to the end of the file" },
  ]);
});

test("semicolons and tabs are taken for the delimiter where the header has them and no comma", async () => {
  const semicolons = await folder.read("semicolon.csv", "prompt;chosen;rejected\na,b;c;d\n");
  expect(semicolons.pairs[0]?.pair.prompt).toEqual([{ role: "user", content: "a,b" }]);
  const tabs = await folder.read("tab.tsv", 'prompt\tchosen\trejected\n"a\tb"\tc\td\n');
  expect(tabs.pairs[0]?.pair.prompt).toEqual([{ role: "user", content: "a\tb" }]);
});

test("a header that names a column twice is refused", async () => {
  const read = folder.read("twice.csv", "prompt,chosen,chosen\na,b,c\n");
  await expect(read).rejects.toThrow(/twice\.csv: expected a header.*got "chosen" twice/);
});
