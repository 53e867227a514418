// The label page in its states. Texts are the sample's and, where they lie beside the checkout, public data's.
import type { Page } from "playwright-core";
import type { Message } from "../src/core/pair.ts";
import type { PairCard } from "../src/protocol/page/labelPage.ts";
import {
  card,
  memoryHost,
  openLabelPage,
  type MemoryOptions,
} from "../test/page/support/labelHost.ts";
import { sharedData } from "../test/support/sharedData.ts";
import { half, narrow, rowsOf, sampleRows, zoomed, type Row, type State } from "./storyState.ts";

const says = (role: string, content: string): Message => ({ role, content });

function cardOf(index: number, texts: readonly [prompt: string, a: string, b: string]): PairCard {
  const [prompt, a, b] = texts;
  return card(index, {
    prompt: [says("user", prompt)],
    a: [says("assistant", a)],
    b: [says("assistant", b)],
  });
}

const samples = sampleRows.map((row, index) =>
  cardOf(index, [row["prompt"]!, row["response_a"]!, row["response_b"]!]),
);

/** The longest of the public pairs; many of the sample's answers after each other where there are none. */
function longPair(): PairCard {
  const path = sharedData("llmbar.jsonl");
  if (path === null) {
    const many = (key: string): string => sampleRows.map((row) => row[key]!).join("\n\n");
    return cardOf(0, [sampleRows[0]!["prompt"]!, many("response_a"), many("response_b")]);
  }
  const length = (row: Row): number => row["chosen"]!.length + row["rejected"]!.length;
  const [longest] = rowsOf(path, 400).sort((a, b) => length(b) - length(a));
  return cardOf(0, [longest!["prompt"]!, longest!["chosen"]!, longest!["rejected"]!]);
}

const code = `Use a set, so that each look-up takes constant time:

\`\`\`python
def duplicates(values):
    """Values that occur more than once, in order."""
    seen, found = set(), []
    for value in values:
        if value in seen and value not in found:
            found.append(value)  # first repeat only
        seen.add(value)
    return found
\`\`\`

| input | result |
| ----- | -----: |
| \`[1, 2, 1]\` | \`[1]\` |
| \`[]\` | \`[]\` |`;
const math = `The sum is bounded by the integral:

$$\\sum_{k=2}^{n} \\frac{1}{k} \\le \\int_1^n \\frac{dx}{x} = \\ln n$$

so $H_n \\le 1 + \\ln n$, and with $\\gamma \\approx 0.5772$ we have $H_n = \\ln n + \\gamma + O(1/n)$.`;
const hebrew = `כן. ראשית, שטפו את הירקות במים קרים.

1. חתכו את העגבניות לקוביות.
2. הוסיפו שמן זית ו-5 גרם מלח.
3. הגישו מיד, עם לחם טרי.`;
const arabic = "نعم. اغسل الخضار أولاً بالماء البارد، ثم قطّعها وأضف زيت الزيتون. يكفي 10 دقائق.";
const turns = [
  says("user", "I want to learn the guitar. Where do I begin?"),
  says("assistant", "With three chords: G, C and D. Change between them slowly, with a metronome."),
  says("user", "My fingers hurt. Is that normal?"),
];

function label(options: MemoryOptions, act?: (page: Page) => Promise<void>): State["open"] {
  return async (browser, look) => {
    const opened = await openLabelPage(browser, memoryHost(options), look);
    await opened.page.locator(".response-a, .state").first().waitFor();
    await act?.(opened.page);
    return opened;
  };
}

const press =
  (...keys: readonly string[]) =>
  async (page: Page): Promise<void> => {
    for (const key of keys) {
      await page.keyboard.press(key);
      await page.waitForTimeout(150);
    }
  };
const figure = { value: 0.52, low: 0.41, high: 0.63, n: 80 };
const agreement = { rate: { value: 0.86, low: 0.69, high: 0.94, n: 28 }, overrides: 4 };

/** The label page: labeling, review, audit. */
export const labelStates: readonly State[] = [
  {
    name: "label",
    open: label({ pairs: samples, progress: { leftRate: figure } }, press("2", "6", "3", "5")),
  },
  { name: "label-one-pair", only: {}, open: label({ pairs: samples.slice(0, 1) }) },
  { name: "label-empty", open: label({ pairs: [] }) },
  { name: "label-long", open: label({ pairs: [longPair()] }) },
  {
    name: "label-code",
    open: label({ pairs: [cardOf(0, ["Find duplicates.", code, code.slice(0, 320)])] }, (page) =>
      page.locator("[class^=hljs]").first().waitFor(),
    ),
  },
  {
    name: "label-math",
    only: {},
    open: label(
      {
        pairs: [cardOf(0, ["How fast does the harmonic series grow?", math, math.slice(0, 110)])],
      },
      // Formulas come with a chunk of their own.
      (page) => page.locator("math").first().waitFor(),
    ),
  },
  {
    name: "label-rtl",
    only: {},
    open: label({ pairs: [cardOf(0, ["איך מכינים סלט?", hebrew, arabic])] }),
  },
  {
    name: "label-turns",
    only: {},
    open: label({
      pairs: [
        card(0, {
          prompt: turns,
          a: [says("assistant", "Yes, for two weeks or so. Play ten minutes at a time.")],
          b: [says("assistant", "Yes. It passes.")],
        }),
      ],
    }),
  },
  { name: "label-diff", only: {}, open: label({ pairs: samples }, press("d")) },
  {
    name: "label-raw",
    only: {},
    open: label({ pairs: [cardOf(0, ["Find duplicates.", code, "x\u202Ey \u200B"])] }, press("m")),
  },
  { name: "label-keys", open: label({ pairs: samples }, press("?")) },
  {
    name: "label-guidelines",
    only: {},
    open: label(
      {
        pairs: samples,
        snapshot: {
          guidelines: {
            markdown:
              "# What is better\n\n- **Right** before *polite*.\n- Short is no merit by itself.",
            version: "0123456789ab",
          },
        },
      },
      press("g"),
    ),
  },
  {
    name: "label-review",
    open: label(
      {
        pairs: samples,
        snapshot: { mode: "review", order: "unsure first, 20 % at random" },
        progress: { agreement: { ...agreement, moreChecks: null, narrowTo: null } },
        reveal: ({ ticket }) => ({ ticket, guess: "a", confidence: 0.57, agrees: false }),
      },
      press("6"),
    ),
  },
  {
    name: "label-audit",
    only: {},
    open: label(
      {
        pairs: samples,
        snapshot: { mode: "audit", order: "kept pseudo-labels, at random" },
        progress: { agreement: { ...agreement, moreChecks: 37, narrowTo: 0.1 } },
      },
      press("2"),
    ),
  },
  {
    name: "label-warning",
    only: {},
    open: label({
      pairs: samples,
      snapshot: {
        warning:
          "The folder is read-only: verdicts are kept in the editor's storage alone. Make .ssrm writable.",
      },
    }),
  },
  { name: "label-half", only: half, open: label({ pairs: samples }, press("2")) },
  { name: "label-narrow", only: narrow, open: label({ pairs: samples }, press("2")) },
  { name: "label-400-percent", only: zoomed, open: label({ pairs: samples }) },
];
