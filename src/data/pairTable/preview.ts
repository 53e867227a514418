// How a file will be read, before it is a project's data: its form or why there is none, first rows, bad rows,
// lengths, and how often the longer response is preferred.
import type { FieldMapping } from "../../core/fieldMapping.ts";
import type { ImportPreview, PreviewPair } from "../../core/importPreview.ts";
import { lengthOf } from "../../core/length.ts";
import type { Winner } from "../../core/pair.ts";
import { budgets } from "../budgets.ts";
import { DataError } from "../dataError.ts";
import type { OwnVerdict } from "../forms/form.ts";
import { checkMapping, mapRow } from "../forms/mapping.ts";
import { recogniseForm } from "../forms/recognise.ts";
import { readTexts, type RowReader } from "../forms/rowReader.ts";
import { openSource } from "../readers/openSource.ts";
import type { SourceRow } from "../readers/source.ts";

export interface PreviewOptions {
  readonly cacheDir: string;
  readonly mapping: FieldMapping | null;
  /** Rows that are looked at; 20,000 by default, a second of work. */
  readonly most?: number;
}

/**
 * Reads the file's first rows. A file of no known form is no error: the preview says so, and names its columns.
 * @throws DataError where the file can't be read at all
 */
export async function previewFile(path: string, options: PreviewOptions): Promise<ImportPreview> {
  const { source } = await openSource(path, { cacheDir: options.cacheDir, note: () => undefined });
  const most = options.most ?? 20_000;
  try {
    let gathered: Gathered | null = null;
    let isWhole = true;
    for await (const batch of source.rows()) {
      gathered ??= new Gathered(batch, { path, mapping: options.mapping });
      isWhole = gathered.take(batch, most);
      if (!isWhole) break;
    }
    gathered ??= new Gathered([], { path, mapping: options.mapping });
    return gathered.preview(isWhole ? "whole" : "first rows");
  } finally {
    await source.close();
  }
}

/** The row's own verdict, where "first" is the file's own A. */
export function preferenceOf(verdict: OwnVerdict | null): Winner | null {
  return verdict === null ? null : winners[verdict];
}

const winners: Readonly<Record<OwnVerdict, Winner>> = {
  a: "first",
  b: "second",
  tie: "tie",
  "both-bad": "both-bad",
};

const fields: readonly (keyof FieldMapping)[] = [
  "prompt",
  "responseA",
  "responseB",
  "chosen",
  "rejected",
  "verdict",
  "id",
];
const shownSamples = 3;
const shownBadRows = 20;
const shownColumns = 500;

class Gathered {
  readonly #mapping: FieldMapping | null;
  readonly #reader: RowReader | null;
  readonly #problem: string | null;
  readonly #columns: readonly string[];
  readonly #samples: PreviewPair[] = [];
  readonly #badRows: { readonly line: number; readonly reason: string }[] = [];
  readonly #lengths: number[] = [];
  #badCount = 0;
  #rowsRead = 0;
  #longer = 0;
  #compared = 0;

  constructor(
    first: readonly SourceRow[],
    { path, mapping }: { readonly path: string; readonly mapping: FieldMapping | null },
  ) {
    this.#mapping = mapping;
    const rows = first.flatMap((row) => ("row" in row ? row.row : []));
    const sample = rows.slice(0, budgets.sampleRows);
    this.#columns = [...new Set(sample.flatMap(({ values }) => columnsOf(values)))].slice(
      0,
      shownColumns,
    );
    try {
      if (mapping !== null) checkMapping(path, sample, mapping);
      const mapped = mapping === null ? sample : sample.map((row) => mapRow(row, mapping));
      this.#reader = { form: recogniseForm(path, mapped), mapping, file: 0 };
      this.#problem = null;
    } catch (error) {
      if (!(error instanceof DataError)) throw error;
      this.#reader = null;
      this.#problem = error.message;
    }
  }

  /** Takes rows up to `most` in all; false where the batch holds more. */
  take(batch: readonly SourceRow[], most: number): boolean {
    for (const row of batch) {
      if (this.#rowsRead === most) return false;
      this.#rowsRead++;
      this.#takeRow(row);
    }
    return true;
  }

  preview(part: "whole" | "first rows"): ImportPreview {
    const rate = this.#compared === 0 ? NaN : this.#longer / this.#compared;
    return {
      form: this.#reader?.form.name ?? "not recognised",
      problem: this.#problem,
      columns: this.#columns,
      mapping: this.#mapping,
      fields,
      samples: this.#samples,
      badRows: this.#badRows,
      badCount: this.#badCount,
      rowsRead: this.#rowsRead,
      isWhole: part === "whole",
      lengths: Float64Array.from(this.#lengths),
      longerWins: Float64Array.of(rate, this.#compared),
    };
  }

  #takeRow(row: SourceRow): void {
    if (this.#reader === null) {
      if ("reason" in row) this.#bad(row.line, row.reason);
      return;
    }
    const read = readTexts(this.#reader, row);
    if (read.kind === "bad") return this.#bad(row.line, read.reason);
    if (read.kind === "response") return this.#count(lengthOf(read.response));
    const { prompt, a, b, verdict } = read;
    const [lengthA, lengthB] = [lengthOf(a), lengthOf(b)];
    this.#count(lengthA);
    this.#count(lengthB);
    if (verdict !== null && lengthA !== lengthB) {
      this.#compared++;
      const longer = lengthA > lengthB ? "a" : "b";
      if (verdict === longer) this.#longer++;
      else if (verdict !== "a" && verdict !== "b") this.#longer += 0.5;
    }
    if (this.#samples.length < shownSamples) {
      this.#samples.push({ line: row.line, prompt, a, b, preference: preferenceOf(verdict) });
    }
  }

  #bad(line: number, reason: string): void {
    this.#badCount++;
    if (this.#badRows.length < shownBadRows) this.#badRows.push({ line, reason });
  }

  #count(length: number): void {
    const bin = length < 2 ? 0 : 31 - Math.clz32(length);
    while (this.#lengths.length <= bin) this.#lengths.push(0);
    this.#lengths[bin]!++;
  }
}

/** Names that a mapping may use: columns, and what stands in objects one level below (`data.answer1`). */
function columnsOf(values: object): readonly string[] {
  return Object.entries(values).flatMap(([name, value]: [string, unknown]) =>
    typeof value === "object" && value !== null && !Array.isArray(value)
      ? [name, ...Object.keys(value).map((key) => `${name}.${key}`)]
      : [name],
  );
}
