// Records that are lines: JSONL.
import type { Splitter } from "./recordScan.ts";

const newline = 0x0a;

export class LineSplitter implements Splitter {
  end(chunk: Buffer, from: number): number {
    return chunk.indexOf(newline, from) + 1 || -1;
  }

  takeLines(): number {
    return 1;
  }
}
