// Reading label logs from disk. Files are never changed here, and what is wrong inside them is reported, not
// thrown.
import { open, readdir } from "node:fs/promises";
import { join } from "node:path";
import type { LabelEvent } from "../../core/labels/labelEvent.ts";
import { mergeEvents } from "../../core/labels/labelFold.ts";
import { LabelLogParser } from "../../core/labels/labelLog.ts";
import type { LogProblem, ParsedLog } from "../../core/labels/labelLog.ts";
import { explainFault, faultCode } from "../fileFault.ts";

/** A label file that could not be read at all. */
export class LabelFileError extends Error {
  override readonly name = "LabelFileError";
}

export interface LabelFile {
  readonly path: string;
  /** How many events it holds, repeats included. */
  readonly events: number;
  readonly problems: readonly LogProblem[];
}

export interface LabelFolder {
  /** Of all files, each once, in order. */
  readonly events: readonly LabelEvent[];
  readonly files: readonly LabelFile[];
  /** Label files that could not be read; a person must be told, for their verdicts are missing. */
  readonly unreadable: readonly { readonly path: string; readonly reason: string }[];
}

/**
 * The events of one log file and what is wrong in it.
 * @throws LabelFileError where there is no such file or it cannot be read.
 */
export async function readLabelFile(path: string): Promise<ParsedLog> {
  const parser = new LabelLogParser();
  try {
    const file = await open(path, "r");
    try {
      for await (const chunk of file.createReadStream({ highWaterMark: 1 << 20 })) {
        parser.push(chunk as Buffer);
      }
    } finally {
      await file.close();
    }
  } catch (error) {
    const what = faultCode(error) === "ENOENT" ? "there is no such file" : explainFault(error);
    throw new LabelFileError(
      `Label file ${path} cannot be read: ${what}; expected a label log such as .ssrm/labels.jsonl`,
      { cause: error },
    );
  }
  return parser.finish();
}

/** All label logs of an .ssrm folder, copies that sync programs made included; a missing folder has none. */
export function readLabelFolder(folder: string): Promise<LabelFolder> {
  return readLogs(folder, /^labels.*\.jsonl$/i);
}

/** All logs of a journal folder. */
export function readJournalFolder(folder: string): Promise<LabelFolder> {
  return readLogs(folder, /\.jsonl$/i);
}

async function readLogs(folder: string, pattern: RegExp): Promise<LabelFolder> {
  const files: LabelFile[] = [];
  const unreadable: { path: string; reason: string }[] = [];
  const events: LabelEvent[] = [];
  for (const entry of await entriesOf(folder, unreadable)) {
    if (!pattern.test(entry.name)) continue;
    const path = join(folder, entry.name);
    if (!entry.isFile()) {
      // A link could point anywhere, a pipe would never end.
      unreadable.push({ path, reason: "it is not a plain file" });
      continue;
    }
    try {
      const log = await readLabelFile(path);
      for (const event of log.events) events.push(event);
      files.push({ path, events: log.events.length, problems: log.problems });
    } catch (error) {
      const cause = error instanceof LabelFileError ? error.cause : error;
      unreadable.push({ path, reason: explainFault(cause) });
    }
  }
  return { events: mergeEvents(events), files, unreadable };
}

async function entriesOf(
  folder: string,
  unreadable: { path: string; reason: string }[],
): Promise<{ readonly name: string; isFile(): boolean }[]> {
  try {
    const entries = await readdir(folder, { withFileTypes: true });
    return entries.sort((a, b) => (a.name < b.name ? -1 : 1));
  } catch (error) {
    if (faultCode(error) !== "ENOENT")
      unreadable.push({ path: folder, reason: explainFault(error) });
    return [];
  }
}
