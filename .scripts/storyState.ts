// What a picture's subject is: a page in a state, opened in a theme and a size; and the sample's texts.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Browser, BrowserContextOptions, Page } from "playwright-core";

export interface Look {
  readonly theme: string;
  readonly context: BrowserContextOptions;
}

/** An open page, ready for its picture. */
export interface Ready {
  readonly page: Page;
  readonly close: () => Promise<void>;
}

export interface State {
  readonly name: string;
  /** In its own size and in one theme; without, 1,280 x 800 in all four. */
  readonly only?: BrowserContextOptions;
  readonly open: (browser: Browser, look: Look) => Promise<Ready>;
}

export const narrow = { viewport: { width: 320, height: 700 } };
/** 1,280 x 900 at 400 %. */
export const zoomed = { viewport: { width: 320, height: 225 }, deviceScaleFactor: 4 };
export const half = { viewport: { width: 600, height: 800 } };

export type Row = Readonly<Record<string, string>>;

/** The first rows of a JSON Lines file. */
export function rowsOf(path: string, count: number): Row[] {
  const lines = readFileSync(path, "utf8").split("\n", count);
  return lines.map((line) => JSON.parse(line) as Row);
}

export const sampleRows = rowsOf(join(import.meta.dirname, "../media/sample/pairs.jsonl"), 200);
