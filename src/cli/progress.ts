// Progress of a run on stderr: one bar on a terminal, plain lines otherwise; a line per finished model in both.
import type { RunRecord } from "../core/records.ts";
import { counted, duration, percent } from "../core/report/numbers.ts";
import type { Step } from "../learn/rewardModel.ts";
import { accuracyText } from "./figures.ts";

/** How often a bar is drawn, and a plain line written, at most. */
const barMs = 100;
const lineMs = 5000;
const barWidth = 24;

const doing: Readonly<Record<Step["phase"], string>> = {
  read: "reading pairs",
  tune: "choosing the L2 penalty",
  fit: "fitting",
  score: "scoring",
};

export class Progress {
  readonly #out = process.stderr;
  #shownAt = performance.now();
  #hasBar = false;

  step(iteration: number, { phase, done, total }: Step): void {
    const isTerminal = this.#out.isTTY;
    const now = performance.now();
    if (now - this.#shownAt < (isTerminal ? barMs : lineMs)) return;
    this.#shownAt = now;
    const part = total > 0 ? Math.min(done / total, 1) : 0;
    const what = `model ${iteration}: ${doing[phase]}`;
    if (!isTerminal) {
      this.#out.write(`${what}, ${percent(part)}\n`);
      return;
    }
    const filled = Math.round(part * barWidth);
    const bar = "█".repeat(filled) + "░".repeat(barWidth - filled);
    this.#out.write(`\r\u001B[2K${bar} ${what}`.slice(0, (this.#out.columns || 80) + 4));
    this.#hasBar = true;
  }

  record(record: RunRecord): void {
    const line = recordLine(record);
    if (line !== null) this.line(line);
  }

  line(text: string): void {
    this.end();
    this.#out.write(`${text}\n`);
  }

  /** Takes the bar away. */
  end(): void {
    if (this.#hasBar) this.#out.write("\r\u001B[2K");
    this.#hasBar = false;
  }
}

function recordLine(record: RunRecord): string | null {
  switch (record.kind) {
    case "iteration": {
      const pseudo =
        record.iteration === 0 ? "" : ` and ${counted(record.selected, "pseudo-label")}`;
      const judged = record.test ?? record.validation;
      const where = record.test ? "test" : "held-out labels";
      const figures = judged === null ? "" : `, ${accuracyText(judged)} right on ${where}`;
      const from = `${counted(record.labeled, "label")}${pseudo}`;
      return `model ${record.iteration}: from ${from}${figures} (${duration(record.seconds)})`;
    }
    case "labels":
      return record.iteration > 0 && record.added > 0
        ? `${counted(record.added, "new verdict")} arrived before model ${record.iteration}`
        : null;
    case "ended-early":
      return `ended before iteration ${record.iteration}: ${record.reason}`;
    default:
      return record satisfies never;
  }
}
