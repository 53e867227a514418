// From a verdict to its acknowledgement, journal and workspace both, beside the least that is safe: a plain
// append and fdatasync on one file held open. And how long a long log takes to read.
import { randomBytes } from "node:crypto";
import {
  closeSync,
  fdatasyncSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  rmSync,
  writeSync,
} from "node:fs";
import { join } from "node:path";
import { serializeEvent } from "../../src/core/labels/labelEvent.ts";
import type { LabelEvent, LabelPayload } from "../../src/core/labels/labelEvent.ts";
import { parseLogBytes } from "../../src/core/labels/labelLog.ts";
import { openLabelStore } from "../../src/data/labels/labelStore.ts";
import { medianMs, printFigure } from "../support/figures.ts";

const count = 2000;
const randomId = (): string => randomBytes(16).toString("hex");
const payload = (): LabelPayload => ({
  ...({ kind: "verdict", pair: randomId(), winner: "first", strength: 2 } as const),
  ...({ shown: "second-first", activeMs: 5321, rater: "rater-1" } as const),
});
const stamped = (seq: number): LabelEvent => ({
  ...payload(),
  ...({ v: 1, id: randomId(), writer: "bench", seq, time: new Date().toISOString() } as const),
});

// On the checkout's disk: the system's temporary folder may be memory.
const cache = join(import.meta.dirname, "../../.cache");
mkdirSync(cache, { recursive: true });
const folder = mkdtempSync(join(cache, "bench-labels-"));
try {
  const dir = join(folder, ".ssrm");
  const journalDir = join(folder, "journal");
  const store = openLabelStore({
    dir,
    journalDir,
    writer: "bench",
    now: () => new Date(),
    randomId,
  });
  const plain = openSync(join(folder, "plain.jsonl"), "a");
  const ours: number[] = [];
  const baseline: number[] = [];
  for (let n = 0; n < count; n++) {
    let start = performance.now();
    const { state } = await store.append(payload());
    ours.push(performance.now() - start);
    if (state !== "saved") throw new Error(`expected the verdict saved, got ${state}`);
    start = performance.now();
    writeSync(plain, `${serializeEvent(stamped(n))}\n`);
    fdatasyncSync(plain);
    baseline.push(performance.now() - start);
  }
  closeSync(plain);
  const name = "append + fdatasync";
  for (const [label, share] of [
    ["p50", 0.5],
    ["p99", 0.99],
  ] as const) {
    printFigure({
      name: `label acknowledged, ${label}`,
      value: quantile(ours, share),
      unit: "ms",
      baseline: { name: `${name}, ${label}`, value: quantile(baseline, share) },
      ...(label === "p99" ? { limit: 10 } : {}),
    });
  }
} finally {
  rmSync(folder, { recursive: true });
}

const lines = Array.from({ length: 100_000 }, (_, n) => serializeEvent(stamped(n)));
const bytes = Buffer.from(`${lines.join("\n")}\n`);
printFigure({
  name: "100,000 labels read",
  value: medianMs(5, () => parseLogBytes(bytes)) / 1000,
  unit: "s",
  baseline: {
    name: "split + JSON.parse",
    value:
      medianMs(5, () =>
        bytes
          .toString()
          .trimEnd()
          .split("\n")
          .map((line) => JSON.parse(line) as unknown),
      ) / 1000,
  },
  limit: 1,
});

function quantile(values: readonly number[], share: number): number {
  return values.toSorted((a, b) => a - b)[Math.floor(share * (values.length - 1))]!;
}
