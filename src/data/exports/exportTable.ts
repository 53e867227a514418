// The register of export forms (a new one is a file here and a line in the table), and an export as a whole:
// each row is proven before it is written, what is dropped is counted.
import { readRow } from "../forms/rowReader.ts";
import type { ExportForm, LabeledRow } from "./exportForm.ts";
import { hhTranscripts } from "./hhTranscripts.ts";
import { openaiDpo } from "./openaiDpo.ts";
import { prodigyChoice } from "./prodigyChoice.ts";
import { trlConversational } from "./trlConversational.ts";
import { trlStandard } from "./trlStandard.ts";

export const exportForms: readonly ExportForm[] = [
  trlStandard,
  trlConversational,
  openaiDpo,
  hhTranscripts,
  prodigyChoice,
];

/** Rows per reason. */
export type ReasonCounts = ReadonlyMap<string, number>;

export interface ExportSummary {
  readonly written: number;
  /** Rows that the form can't carry. */
  readonly dropped: ReasonCounts;
  /** Rows that were written and lost something. */
  readonly reduced: ReasonCounts;
}

export interface LabelExport {
  /** The row's line without its newline, or null where the form can't carry it. */
  line(row: LabeledRow): string | null;
  summary(): ExportSummary;
}

/** An export into one form; feed it the rows, then ask for the summary. */
export function startExport(form: ExportForm): LabelExport {
  let written = 0;
  const dropped = new Map<string, number>();
  const reduced = new Map<string, number>();
  return {
    line: (row) => {
      const reason = cannotCarry(form, row);
      if (reason !== null) {
        count(dropped, reason);
        return null;
      }
      const loss = form.loses(row);
      if (loss !== null) count(reduced, loss);
      written++;
      return JSON.stringify(form.write(row));
    },
    summary: () => ({ written, dropped, reduced }),
  };
}

/**
 * Why the form can't carry this row, or null where it can: what the form itself refuses, and every row that
 * would not be read back as the same pair with the same verdict, by the reader that users' files go through.
 */
export function cannotCarry(form: ExportForm, row: LabeledRow): string | null {
  const reason = form.refuse(row);
  if (reason !== null) return reason;
  const values = form.write(row);
  const reader = { form: form.readBy, mapping: null, file: 0 };
  const read = readRow(reader, { line: 1, row: { values, cells: false } });
  const isSame = read.kind === "pair" && read.pair.id === row.pair.id && read.gold === row.winner;
  if (isSame && form.readBy.matches({ values, cells: false })) return null;
  return `it would not be read back as the same pair (${form.name} can't tell its texts apart)`;
}

function count(counts: Map<string, number>, reason: string): void {
  counts.set(reason, (counts.get(reason) ?? 0) + 1);
}
