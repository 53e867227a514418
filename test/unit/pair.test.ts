// Ids follow the content alone, in the written-down form; order, format and edge blanks don't matter.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  canonicalPair,
  type Message,
  plainPrompt,
  plainResponse,
  promptIdOf,
  responseIdOf,
  swapWinner,
  targetOf,
  textOf,
  trimBlanks,
  type Winner,
} from "../../src/core/pair.ts";

// Any UTF-16 text, lone surrogates included, with blanks more often than by chance.
const text = fc.string({
  unit: fc.oneof(
    fc.constantFrom(" ", "\n", "\t", "\r", "a", "é", "e\u0301", "\u00a0", '"', "\\"),
    fc.integer({ min: 0, max: 0xffff }).map((code) => String.fromCharCode(code)),
  ),
  maxLength: 12,
});
const message: fc.Arbitrary<Message> = fc.record({
  role: fc.constantFrom("user", "assistant", "system"),
  content: text,
});
const messages = fc.array(message, { maxLength: 3 });
const blanks = fc.string({ unit: fc.constantFrom(" ", "\n", "\t", "\r"), maxLength: 3 });
/** Two lists of messages that often differ in edge blanks alone. */
const nearMessages = fc
  .tuple(messages, messages, fc.array(blanks, { minLength: 6 }))
  .chain(([one, other, pads]) => {
    const padded = one.map((m, i) => ({ ...m, content: pads[i]! + m.content + pads[i + 3]! }));
    return fc.constantFrom([one, other] as const, [one, padded] as const);
  });
const shownPair = fc.record({ prompt: messages, a: messages, b: messages });

const exactForm = (list: readonly Message[]): string => JSON.stringify(list);
const trimmedForm = (list: readonly Message[]): string =>
  JSON.stringify(list.map((m) => [m.role, m.content.replace(/^[ \t\r\n]+|[ \t\r\n]+$/g, "")]));

// Made with Python's hashlib over json.dumps(..., ensure_ascii=False, separators=(",", ":")).
describe("known ids", () => {
  it("of a plain pair", () => {
    const a = plainResponse("A drink.");
    const b = plainResponse('Ein Getränk – "süß" 🍵\n');
    const { pair, swapped } = canonicalPair({ prompt: plainPrompt("What is tea?"), a, b });
    expect(pair).toEqual({
      id: "fb2775b74d0e239f0db23901b3ccf488",
      promptId: "b71f4533cd3b6a715b6113b0317ba548",
      prompt: [{ role: "user", content: "What is tea?" }],
      first: b,
      second: a,
    });
    expect(swapped).toBe(true);
    expect(responseIdOf(a)).toBe("3f28111dba20be0fc0986bd0fc01215c");
    expect(responseIdOf(b)).toBe("3b33bb5bb5a7b67c018ecece6b83e341");
  });

  it("of a pair with several messages", () => {
    const prompt = [
      { role: "system", content: "Be brief." },
      { role: "user", content: "a" },
      { role: "assistant", content: "b" },
      { role: "user", content: "c\td" },
    ];
    const b = [...plainResponse("y"), ...plainPrompt("z")];
    const { pair, swapped } = canonicalPair({ prompt, a: plainResponse("x"), b });
    expect(pair.promptId).toBe("7d020567f7ca7e8bbe031dc509e61fcc");
    expect(pair.id).toBe("34de5a327b3b96a7d6c0efb76c0a0116");
    expect(swapped).toBe(false);
  });

  it("of a lone surrogate, escaped as JSON.stringify does", () => {
    expect(responseIdOf(plainResponse("a\ud83d"))).toBe("291aa09ecd9135146bcffe0a8e9917fc");
  });
});

describe("canonicalPair", () => {
  it("gives one pair in either order, and flips `swapped`", () => {
    fc.assert(
      fc.property(shownPair, (shown) => {
        const one = canonicalPair(shown);
        const other = canonicalPair({ ...shown, a: shown.b, b: shown.a });
        expect(other.pair).toEqual(one.pair);
        const same = exactForm(shown.a) === exactForm(shown.b);
        expect(other.swapped).toBe(same ? one.swapped : !one.swapped);
        expect(one.pair.first).toBe(one.swapped ? shown.b : shown.a);
        expect(one.pair.second).toBe(one.swapped ? shown.a : shown.b);
      }),
    );
  });

  it("gives equal ids to equal content without edge blanks, and to nothing else", () => {
    fc.assert(
      fc.property(nearMessages, ([one, other]) => {
        const same = trimmedForm(one) === trimmedForm(other);
        expect(responseIdOf(one) === responseIdOf(other)).toBe(same);
        expect(promptIdOf(one) === promptIdOf(other)).toBe(same);
      }),
    );
  });

  it("keeps the texts as they are, blanks included", () => {
    const a = plainResponse("  yes \n");
    const { pair } = canonicalPair({ prompt: plainPrompt(" q "), a, b: plainResponse("no") });
    expect([pair.first, pair.second]).toContain(a);
    expect(pair.prompt).toEqual([{ role: "user", content: " q " }]);
  });

  it("tells apart what looks alike", () => {
    const prompt = plainPrompt("q");
    const idOf = (content: string): string =>
      canonicalPair({ prompt, a: plainResponse(content), b: plainResponse("x") }).pair.id;
    const alike = [
      ["é", "e\u0301"], // NFC and NFD
      ["a\ud83d", "a\ud83e"], // lone surrogates, both U+FFFD in UTF-8
      ["a\ud83d", "a\ufffd"],
      ["a\ud83d", "a\\ud83d"],
      ["\u00a0a", "a"], // white space that is no blank
      ["a b", "a  b"], // blanks that are not at an edge
    ] as const;
    for (const [one, other] of alike) expect(idOf(one), one).not.toBe(idOf(other));
  });

  it("takes a text as one message: a role or a border between messages makes another pair", () => {
    const b = plainResponse("x");
    const idOf = (a: readonly Message[]): string =>
      canonicalPair({ prompt: plainPrompt("q"), a, b }).pair.id;
    expect(idOf(plainResponse("y"))).toBe(idOf([{ role: "assistant", content: "y" }]));
    expect(idOf(plainPrompt("y"))).not.toBe(idOf(plainResponse("y")));
    expect(idOf([...plainResponse("y"), ...plainResponse("z")])).not.toBe(
      idOf(plainResponse("y\n\nz")),
    );
  });

  it("tells a prompt from a response of the same words, and prompt from prompt", () => {
    expect(promptIdOf(plainPrompt("y"))).not.toBe(responseIdOf(plainPrompt("y")));
    const [a, b] = [plainResponse("a"), plainResponse("b")];
    const one = canonicalPair({ prompt: plainPrompt("p"), a, b }).pair;
    const other = canonicalPair({ prompt: plainPrompt("q"), a, b }).pair;
    expect(one.id).not.toBe(other.id);
    expect(one.first).toEqual(other.first);
  });
});

describe("the small functions", () => {
  it("trims what a slow version trims", () => {
    fc.assert(
      fc.property(text, (t) => {
        expect(trimBlanks(t)).toBe(t.replace(/^[ \t\r\n]+|[ \t\r\n]+$/g, ""));
      }),
    );
  });

  it("swaps winners and targets alike", () => {
    const winners: readonly Winner[] = ["first", "second", "tie", "both-bad"];
    expect(winners.map(swapWinner)).toEqual(["second", "first", "tie", "both-bad"]);
    expect(winners.map(targetOf)).toEqual([1, 0, 0.5, 0.5]);
    for (const w of winners) expect(targetOf(swapWinner(w))).toBe(1 - targetOf(w));
  });

  it("joins messages as paragraphs", () => {
    expect(textOf([])).toBe("");
    expect(textOf(plainResponse(" a "))).toBe(" a ");
    expect(textOf([...plainResponse("a"), ...plainPrompt("b")])).toBe("a\n\nb");
  });
});
