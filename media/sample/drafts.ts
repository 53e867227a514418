// One prompt with a better and a worse answer, before noise and length come in.
import type { Random } from "../../src/core/random.ts";
import { aspects } from "./phrases.ts";
import { allSubjects, circumstances, questions } from "./subjects.ts";

export interface Draft {
  readonly topic: string;
  readonly prompt: string;
  readonly better: string;
  readonly worse: string;
}

/** In how many of its aspects an answer is worded at all: few, so that one answer shows few wordings. */
const aspectsShown = 3;
/** How likely an aspect of an answer is worded well, for the two kinds of answer. */
const wellWorded = { careful: 0.9, careless: 0.1 };

/** Advice: the answer with more well-worded aspects is the better one. */
export function drawAdvice(random: Random): Draft {
  const { topic, task, tips } = pick(allSubjects, random);
  const prompt = pick(questions, random)
    .replace("{task}", task)
    .replace("{I}", pick(circumstances, random));
  for (;;) {
    const one = wording(random, { quality: "careful" });
    const two = wording(random, { quality: random() < 0.8 ? "careless" : "careful" });
    if (one.score === two.score) continue;
    const [better, worse] = one.score > two.score ? [one, two] : [two, one];
    const say = (words: Wording): string => words.text.replace("{tip}", pick(tips, random));
    return { topic, prompt, better: say(better), worse: say(worse) };
  }
}

/** A sum: the answer with the right result is the better one, however it is worded. */
export function drawSum(random: Random): Draft {
  const { prompt, right, state } = pick(sums, random)(random);
  const wrong = right + pick([-10, -9, -2, -1, 1, 2, 9, 10], random);
  const say = (result: number): string => {
    const { text } = wording(random, { quality: random() < 0.5 ? "careful" : "careless" });
    return text.replace("{tip}", `count on ${state(result)}`);
  };
  return { topic: "sums", prompt, better: say(right), worse: say(wrong) };
}

interface Wording {
  readonly text: string;
  readonly score: number;
}

function wording(random: Random, { quality }: { quality: "careful" | "careless" }): Wording {
  // The framing, which carries the advice, is always there.
  const shown = new Set([1]);
  while (shown.size < aspectsShown) shown.add(Math.floor(random() * aspects.length));
  let score = 0;
  const sentences = aspects.flatMap((aspect, i) => {
    if (!shown.has(i)) return [];
    const isGood = random() < wellWorded[quality];
    score += isGood ? 1 : -1;
    return pick(isGood ? aspect.good : aspect.poor, random);
  });
  return { text: sentences.join(" "), score };
}

interface Sum {
  readonly prompt: string;
  readonly right: number;
  readonly state: (result: number) => string;
}

const sums: readonly ((random: Random) => Sum)[] = [
  (random) => {
    const [a, b] = [between(random, 12, 98), between(random, 3, 19)];
    return {
      prompt: `I need ${b} boxes with ${a} tiles each. How many tiles is that?`,
      right: a * b,
      state: (result) => `${result} tiles`,
    };
  },
  (random) => {
    const [a, b] = [between(random, 120, 980), between(random, 120, 980)];
    return {
      prompt: `One room cost ${a} euros and the other ${b}. What did I spend in all?`,
      right: a + b,
      state: (result) => `${result} euros in all`,
    };
  },
  (random) => {
    const [a, b] = [between(random, 500, 990), between(random, 110, 480)];
    return {
      prompt: `Of ${a} seedlings ${b} did not survive. How many are left?`,
      right: a - b,
      state: (result) => `${result} seedlings left`,
    };
  },
  (random) => {
    const [a, b] = [between(random, 3, 29), between(random, 5, 55)];
    return {
      prompt: `A train takes ${a} hours and ${b} minutes. How many minutes is that?`,
      right: 60 * a + b,
      state: (result) => `${result} minutes`,
    };
  },
];

function pick<T>(items: readonly T[], random: Random): T {
  const item = items[Math.floor(random() * items.length)];
  if (item === undefined) throw new Error("internal: nothing to pick from");
  return item;
}

function between(random: Random, low: number, high: number): number {
  return low + Math.floor(random() * (high - low + 1));
}
