// Small pair files from a seed: in each pair one response is better by a noisy rule that a lexical model can
// learn, and the rows know their verdict, so the same pairs can be written with it, without it or as labels.
import { writeFileSync } from "node:fs";
import { type Drawn, serializeEvent } from "../../src/core/labels/labelEvent.ts";
import { canonicalPair, type Pair, plainPrompt, plainResponse } from "../../src/core/pair.ts";
import { swapWinner, type Winner } from "../../src/core/pair.ts";
import { seededRandom } from "../../src/core/random.ts";

export interface MadeRow {
  readonly prompt: string;
  readonly a: string;
  readonly b: string;
  /** Of a and b as they stand here. */
  readonly winner: "a" | "b" | "tie" | "bothbad";
  /** How the pair came to the person, where it stands in a label log. */
  readonly drawn?: Drawn;
}

const good = "exact careful kind clear tested sourced honest patient".split(" ");
const bad = "rude vague wrong lazy harsh noisy sloppy curt".split(" ");
const plain = "river table garden music winter paper train bread window street".split(" ");

/** Every prompt has one to three pairs; about an eighth of the verdicts is against the rule. */
export function makeRows(count: number, seed: string): MadeRow[] {
  const random = seededRandom(`pair files ${seed}`);
  const pick = (words: readonly string[]): string => words[Math.floor(random() * words.length)]!;
  const text = (words: readonly string[]): string =>
    Array.from({ length: 5 + Math.floor(random() * 7) }, () =>
      pick(random() < 0.35 ? words : plain),
    ).join(" ");
  const rows: MadeRow[] = [];
  for (let p = 0; rows.length < count; p++) {
    const prompt = `${seed} ${p}: the ${pick(plain)} of the ${pick(plain)}?`;
    for (let n = 1 + Math.floor(3 * random()); n > 0 && rows.length < count; n--) {
      const [better, worse] = [text(good), text(bad)];
      const aIsBetter = random() < 0.5;
      const isNoise = random() < 0.12;
      const [a, b] = aIsBetter ? [better, worse] : [worse, better];
      rows.push({ prompt, a, b, winner: aIsBetter !== isNoise ? "a" : "b" });
    }
  }
  return rows;
}

/** The same pair as the program knows it. */
export function pairOf({ prompt, a, b }: MadeRow): Pair {
  return canonicalPair({ prompt: plainPrompt(prompt), a: plainResponse(a), b: plainResponse(b) })
    .pair;
}

/** A row's verdict in canonical order. */
function winnerOf(row: MadeRow): Winner {
  if (row.winner === "tie") return "tie";
  if (row.winner === "bothbad") return "both-bad";
  const winner = row.winner === "a" ? "first" : "second";
  const { first } = pairOf(row);
  return first[0]!.content === row.a ? winner : swapWinner(winner);
}

/** Rows with their verdicts. */
export function judged(rows: readonly MadeRow[]): object[] {
  return rows.map(({ prompt, a, b, winner }) => ({
    prompt,
    response_a: a,
    response_b: b,
    winner,
  }));
}

/** Rows without their verdicts. */
export function open(rows: readonly MadeRow[]): object[] {
  return rows.map(({ prompt, a, b }) => ({ prompt, response_a: a, response_b: b }));
}

/** The lines of a label log that judges these rows. */
export function logLines(rows: readonly MadeRow[], writer = "w1"): string {
  return rows
    .map((row, n) => {
      const event = {
        ...({ v: 1, kind: "verdict", writer, seq: n + 1, pair: pairOf(row).id } as const),
        id: `${writer} ${n}`.split("").reduce(toHex, "").padStart(32, "0").slice(-32),
        time: new Date(Date.UTC(2026, 0, 1) + n).toISOString(),
        winner: winnerOf(row),
        ...(row.drawn ? { drawn: row.drawn } : {}),
      };
      return `${serializeEvent(event)}\n`;
    })
    .join("");
}

function toHex(text: string, letter: string): string {
  return text + letter.charCodeAt(0).toString(16);
}

/** Writes JSON lines and gives the path back. */
export function writeRowsTo(path: string, rows: readonly object[]): string {
  writeFileSync(path, rows.map((row) => `${JSON.stringify(row)}\n`).join(""));
  return path;
}

/** Writes a label log and gives the path back. */
export function writeLog(path: string, rows: readonly MadeRow[], writer = "w1"): string {
  writeFileSync(path, logLines(rows, writer));
  return path;
}
