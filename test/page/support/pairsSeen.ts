// What the data editor's list shows, read from the page, against what arithmetic says of each row.
import type { Page } from "playwright-core";
import { expect } from "vitest";
import { expectClose } from "../../support/close.ts";
import { pOf, rowOf } from "./pairsHostRows.ts";

interface SeenRow {
  readonly position: number;
  readonly top: number;
  readonly height: number;
  readonly prompt: string;
  readonly said: Record<"line" | "state" | "label" | "kept" | "source" | "p", string>;
  /** Filled part of the bar; null where none is seen. */
  readonly bar: number | null;
  readonly isFlagged: boolean;
}

export interface Seen {
  readonly rowPx: number;
  readonly viewPx: number;
  readonly scrollTop: number;
  readonly scrollHeight: number;
  readonly rows: readonly SeenRow[];
}

/** The rows that lie in what is seen of the list, from top to bottom. */
export function seen(page: Page): Promise<Seen> {
  return page.evaluate(() => {
    const rows = document.querySelector(".rows")!.getBoundingClientRect();
    const scroller = document.querySelector(".scroller")!;
    const found = [...document.querySelectorAll<HTMLElement>(".rows .row")].map((row) => {
      const { top, height } = row.getBoundingClientRect();
      const text = (cell: string): string => row.querySelector(cell)!.textContent.trim();
      const box = row.querySelector(".p-bar")!;
      const share = row.querySelector(".p-fill")!.clientWidth / box.clientWidth;
      const bar = box.checkVisibility() ? share : null;
      const said = {
        ...{ line: text(".cell-line"), state: text(".cell-state"), label: text(".cell-label") },
        ...{ kept: text(".cell-selected"), source: text(".cell-source"), p: text(".cell-p") },
      };
      const isFlagged = row.querySelector(".flag")!.checkVisibility();
      const position = Number(row.dataset["position"]);
      return {
        position,
        top: top - rows.top,
        height,
        prompt: text(".cell-prompt"),
        said,
        bar,
        isFlagged,
      };
    });
    return {
      rowPx: found[0]!.height,
      viewPx: rows.height,
      scrollTop: scroller.scrollTop,
      scrollHeight: scroller.scrollHeight,
      rows: found
        .filter(({ top, height }) => top + height > 0 && top < rows.height)
        .sort((a, b) => a.top - b.top),
    };
  });
}

const stateWords = {
  labeled: "Labeled",
  "pseudo-labeled": "Pseudo-label",
  unsure: "Unsure",
  unlabeled: "Unlabeled",
  bad: "Bad row",
} as const;

/** The rows fill what is seen, one after the other, and each is the file's. */
export function expectRows({ rows, viewPx, rowPx }: Seen): void {
  expect(rows[0]!.top).toBeLessThanOrEqual(0.01);
  expect(rows.at(-1)!.top + rowPx).toBeGreaterThanOrEqual(viewPx - 0.01);
  for (const [i, { position, top, prompt, said, bar, isFlagged }] of rows.entries()) {
    expect(position).toBe(rows[0]!.position + i);
    expect(Math.abs(top - rows[0]!.top - i * rowPx)).toBeLessThan(0.01);
    const { kind, reason, prompt: expected, ...row } = rowOf(position);
    expect(prompt).toBe(kind === "bad" ? reason : expected);
    const p = pOf(position);
    expect(said).toEqual({
      line: (position + 1).toLocaleString("en-US"),
      state: stateWords[row.state],
      label: row.label === null ? "" : row.label[0]!.toUpperCase() + row.label.slice(1),
      kept: row.state === "pseudo-labeled" ? "Kept" : "",
      source: row.source ?? "",
      p: Number.isNaN(p) ? "" : (p > 0 && p < 1 ? Math.min(Math.max(p, 0.01), 0.99) : p).toFixed(2),
    });
    expect(bar === null).toBe(Number.isNaN(p));
    if (bar !== null) expectClose(bar, p, { atol: 0.05, rtol: 0 });
    expect(isFlagged).toBe(row.isFlagged);
  }
}
