// No gold label of U reaches training: with all of it flipped, as when a file's chosen and rejected change
// places, models, pseudo-labels and test figures are the same. A loop that leaks fails the same check.
import { describe, expect, it } from "vitest";
import { canonicalPair, type Winner } from "../../src/core/pair.ts";
import { iterationRecord } from "../../src/learn/iterationRecord.ts";
import { lexicalModel } from "../../src/learn/lexical/lexicalModel.ts";
import { ofKind, runLoop } from "../support/loopRuns.ts";
import { differences, publishedSelection } from "../support/leak.ts";
import { memoryPool, syntheticPairs } from "../support/syntheticPairs.ts";

const labeled = 30;
const threshold = 0.7;
const seen = syntheticPairs(150, 51);
const unseen = syntheticPairs(60, 52);

/** Rows as a file has them: chosen, rejected. */
const rows = seen.pairs.map((pair, i) => {
  const [chosen, rejected] =
    seen.gold[i] === 1 ? [pair.first, pair.second] : [pair.second, pair.first];
  return { prompt: pair.prompt, chosen, rejected };
});

interface Outcome {
  /** Everything that training could have changed, as text by name. */
  readonly made: ReadonlyMap<string, string>;
  readonly pseudoLabelAccuracy: readonly (number | null)[];
  readonly models: number;
}

/** Reads rows, trains, and writes everything down; `leaks`: selects as the published script does. */
async function outcome(
  data: typeof rows,
  setting: { leaks: boolean; start: "restart" | "continue"; confidence: "raw" | "calibrated" },
): Promise<Outcome> {
  const read = data.map(({ prompt, chosen, rejected }) =>
    canonicalPair({ prompt, a: chosen, b: rejected }),
  );
  const pool = memoryPool(read.map(({ pair }) => pair));
  const gold = Float64Array.from(read, ({ swapped }) => (swapped ? 0 : 1));
  const winners = Array.from(gold, (t): Winner => (t === 1 ? "first" : "second"));
  const verdicts = new Map(winners.slice(0, labeled).entries());
  const model = lexicalModel({ l2: "auto", length: true, seed: 0 });
  const test = {
    pool: memoryPool(unseen.pairs),
    target: unseen.gold,
    subsets: unseen.pairs.map((_, i) => (i % 2 ? "odd" : "even")),
  };
  const { leaks, ...options } = setting;
  const events = await runLoop({
    model,
    pool,
    test: test.pool,
    verdictsAt: () => verdicts,
    options: {
      ...options,
      threshold,
      ...(leaks ? { select: publishedSelection(gold, threshold) } : {}),
    },
  });

  const made = new Map<string, string>();
  const accuracy: (number | null)[] = [];
  let pseudo = null;
  for (const event of events) {
    if (event.kind === "pseudo-labels") {
      pseudo = event;
      const { index, p, selection } = event;
      made.set(
        `pseudo-labels ${event.iteration}`,
        JSON.stringify([index, p, selection.selected].map((list) => [...list])),
      );
    }
    if (event.kind !== "model") continue;
    for (const { name, checkpoint } of event.chains) {
      for (const [file, bytes] of model.save(checkpoint)) {
        made.set(`${file} of ${name} ${event.iteration}`, Buffer.from(bytes).toString("hex"));
      }
    }
    const lengths = new Float64Array(pool.size);
    const record = iterationRecord(
      event,
      { pool, gold, lengthFirst: lengths, lengthSecond: lengths, test },
      {
        pseudo,
        confidence: "raw",
        fit: model.describe(event.chains[0]!.checkpoint),
        seconds: 0,
      },
    );
    accuracy.push(record.pseudoLabelAccuracy);
    // All but the figures that are made of gold.
    const figures = { ...record, pseudoLabelAccuracy: 0, pseudoLabelGold: 0, length: 0 };
    made.set(`figures ${event.iteration}`, JSON.stringify(figures));
  }
  return { made, pseudoLabelAccuracy: accuracy, models: ofKind(events, "model").length };
}

const flippedRows = rows.map((row, i) =>
  i < labeled ? row : { ...row, chosen: row.rejected, rejected: row.chosen },
);

describe.each(["restart", "continue"] as const)("with start %s", (start) => {
  it.each(["raw", "calibrated"] as const)("nothing leaks (%s)", async (confidence) => {
    const setting = { leaks: false, start, confidence };
    const one = await outcome(rows, setting);
    const other = await outcome(flippedRows, setting);
    expect(differences(one.made, other.made)).toEqual([]);
    expect(one.models).toBeGreaterThan(1);
    // The flip was seen where it may be seen.
    for (const [k, value] of one.pseudoLabelAccuracy.entries()) {
      if (k === 0) expect([value, other.pseudoLabelAccuracy[k]]).toEqual([null, null]);
      else expect(other.pseudoLabelAccuracy[k]).toBeCloseTo(1 - value!, 12);
    }
  });
});

it("a loop that takes the data's own winner is caught", async () => {
  const setting = { leaks: true, start: "restart", confidence: "raw" } as const;
  const one = await outcome(rows, setting);
  const other = await outcome(flippedRows, setting);
  expect(one.pseudoLabelAccuracy[1]).toBe(1);
  const found = differences(one.made, other.made);
  expect(found).toContain("pseudo-labels 1");
  expect(found).toContain("weights.bin of whole 1");
  expect(found).toContain("figures 1");
  expect(found.some((name) => name.endsWith(" 0"))).toBe(false);
});
