// The label logs of a run, read again whenever the run asks: verdicts may arrive while it goes on.
import { stat } from "node:fs/promises";
import type { LabelEvent } from "../core/labels/labelEvent.ts";
import { foldLabels, type FoldedVerdict, sequenceGaps } from "../core/labels/labelFold.ts";
import type { LogProblem } from "../core/labels/labelLog.ts";
import { readLabelFile, readLabelFolder } from "../data/labels/labelFiles.ts";

export class LabelLogs {
  readonly #paths: readonly string[];
  readonly #note: (text: string) => void;
  readonly #noted = new Set<string>();

  /** Paths of logs, and of folders with all their logs; `note` is told once of what cannot be read. */
  constructor(paths: readonly string[], note: (text: string) => void) {
    this.#paths = paths;
    this.#note = note;
  }

  /**
   * The verdicts in force by pair id, as they stand now.
   * @throws LabelFileError where a file that was named cannot be read
   */
  async verdicts(): Promise<ReadonlyMap<string, FoldedVerdict>> {
    const events: LabelEvent[] = [];
    for (const path of this.#paths) {
      if (await isFolder(path)) {
        const log = await readLabelFolder(path);
        for (const event of log.events) events.push(event);
        for (const file of log.files) this.#tellProblems(file.path, file.problems);
        for (const file of log.unreadable) {
          this.#tell(`${file.path}: its verdicts are missing: ${file.reason}.`);
        }
      } else {
        const log = await readLabelFile(path);
        for (const event of log.events) events.push(event);
        this.#tellProblems(path, log.problems);
      }
    }
    this.#tellGaps(events);
    return foldLabels(events);
  }

  /** Writers count their events, so that those which a merge or a checkout lost are known to be missing. */
  #tellGaps(events: readonly LabelEvent[]): void {
    for (const { writer, from, to } of sequenceGaps(events)) {
      const which =
        from === to ? `event ${from} of ${writer} is` : `events ${from} to ${to} of ${writer} are`;
      this.#tell(
        `${this.#paths.join(", ")}: ${which} missing; another copy of the log, or its history, may have them.`,
      );
    }
  }

  #tellProblems(path: string, problems: readonly LogProblem[]): void {
    const [first] = problems;
    if (first === undefined) return;
    const parts = problems.length === 1 ? "1 part is" : `${problems.length} parts are`;
    this.#tell(
      `${path}: ${parts} no verdict and left out, the first at byte ${first.offset}: ${first.reason}.`,
    );
  }

  #tell(text: string): void {
    if (this.#noted.has(text)) return;
    this.#noted.add(text);
    this.#note(text);
  }
}

async function isFolder(path: string): Promise<boolean> {
  return stat(path).then(
    (info) => info.isDirectory(),
    () => false,
  );
}
