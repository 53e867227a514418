// Writes the sample project: pairs without verdicts, 40 seed verdicts as a label log, the other verdicts as
// gold for reporting, and a held-out test set. Everything is drawn from one seed; the same script gives the
// same bytes. Run it with Node 24: node media/sample/makeSample.ts [FOLDER]
//
// The rule of preference. An answer has four aspects, each worded well or poorly; in the topics of advice,
// the answer with more good aspects is preferred. With `sums` (one pair in five) the answers differ in the
// result, and the right one is preferred however it is worded: words can't tell, so a model of words is not
// to be trusted there. One verdict in sixteen is the wrong way round, as people's are. And the longer answer
// is the preferred one in exactly 62 % of the pairs, by neutral sentences added to one of the two.
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { serializeEvent } from "../../src/core/labels/labelEvent.ts";
import { canonicalPair, plainPrompt, plainResponse } from "../../src/core/pair.ts";
import { seededRandom, shuffled } from "../../src/core/random.ts";
import { sha256Hex } from "../../src/core/hash.ts";
import { drawAdvice, drawSum, type Draft } from "./drafts.ts";
import { neutral } from "./phrases.ts";

interface Row {
  readonly id: string;
  readonly prompt: string;
  readonly response_a: string;
  readonly response_b: string;
  readonly topic: string;
  readonly subset: string;
  readonly winner: "a" | "b";
}

const pairCount = 1500;
const testCount = 400;
const seedCount = 40;
const shareOfSums = 0.2;
const shareLongerWins = 0.62;
const shareWrongVerdicts = 1 / 16;

const folder = process.argv[2] ?? import.meta.dirname;
const random = seededRandom("ssrm-sample-1");

const prompts = new Set<string>();
const pairs = drawRows("p", pairCount);
const test = drawRows("t", testCount);
const seeds = new Set(shuffled(pairs, random).slice(0, seedCount));

mkdirSync(join(folder, ".ssrm"), { recursive: true });
writeLines(
  "pairs.jsonl",
  pairs.map(({ winner: _, ...row }) => JSON.stringify(row)),
);
writeLines(
  "gold.jsonl",
  pairs.filter((row) => !seeds.has(row)).map((row) => JSON.stringify(row)),
);
writeLines(
  "test.jsonl",
  test.map((row) => JSON.stringify(row)),
);
writeLines(".ssrm/labels.jsonl", [...seeds].map(verdictLine));
const project = { data: ["pairs.jsonl"], gold: ["gold.jsonl"], test: ["test.jsonl"] };
writeFileSync(join(folder, ".ssrm/project.json"), `${JSON.stringify(project, null, 2)}\n`);

/** Rows with prompts that no row before had, so that the test set shares none with the pairs. */
function drawRows(prefix: string, count: number): Row[] {
  const wrongs = exactShare(count, shareWrongVerdicts);
  const longerWins = exactShare(count, shareLongerWins);
  const sums = exactShare(count, shareOfSums);
  return Array.from({ length: count }, (_, i) => {
    const draft = drawNew(sums[i] ? drawSum : drawAdvice);
    const [preferred, other] = wrongs[i]
      ? [draft.worse, draft.better]
      : [draft.better, draft.worse];
    const [longer, shorter] = longerWins[i] ? [preferred, other] : [other, preferred];
    const padded = padBeyond(longer, shorter);
    const winnerText = longerWins[i] ? padded : preferred;
    const loserText = longerWins[i] ? other : padded;
    const isFirst = random() < 0.5;
    return {
      id: `${prefix}${String(i + 1).padStart(4, "0")}`,
      prompt: draft.prompt,
      response_a: isFirst ? winnerText : loserText,
      response_b: isFirst ? loserText : winnerText,
      topic: draft.topic,
      subset: sums[i] ? "sums" : "advice",
      winner: isFirst ? "a" : "b",
    };
  });
}

function drawNew(draw: (random: () => number) => Draft): Draft {
  for (;;) {
    const draft = draw(random);
    if (prompts.has(draft.prompt) || draft.better === draft.worse) continue;
    prompts.add(draft.prompt);
    return draft;
  }
}

/** `count` flags of which exactly this share, rounded, is true. */
function exactShare(count: number, share: number): boolean[] {
  const flags = Array.from({ length: count }, (_, i) => i < Math.round(count * share));
  return shuffled(flags, random);
}

/** The text with neutral sentences behind it until it has more words than the other and more characters. */
function padBeyond(text: string, other: string): string {
  let padded = text;
  for (const sentence of shuffled(neutral, random)) {
    if (padded.length > other.length && wordsOf(padded) > wordsOf(other)) return padded;
    padded = `${padded} ${sentence}`;
  }
  return padded;
}

function wordsOf(text: string): number {
  return text.split(/\s+/).length;
}

function verdictLine(row: Row, i: number): string {
  const { pair, swapped } = canonicalPair({
    prompt: plainPrompt(row.prompt),
    a: plainResponse(row.response_a),
    b: plainResponse(row.response_b),
  });
  return serializeEvent({
    v: 1,
    id: sha256Hex(`ssrm-sample-1 ${row.id}`).slice(0, 32),
    writer: "sample",
    seq: i + 1,
    time: new Date(Date.UTC(2026, 0, 5, 9, 0, 30 * i)).toISOString(),
    kind: "verdict",
    pair: pair.id,
    winner: (row.winner === "a") === swapped ? "second" : "first",
    rater: "sample",
  });
}

function writeLines(name: string, lines: readonly string[]): void {
  writeFileSync(join(folder, name), lines.map((line) => `${line}\n`).join(""));
}
