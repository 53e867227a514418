import fc from "fast-check";
import { expect, test } from "vitest";
import { canonicalPair, plainPrompt, plainResponse, swapWinner } from "../../src/core/pair.ts";
import { pairText, shownOrder, winnerOf } from "../../src/core/shownPair.ts";

test("the response under the letter that was chosen is the winner", () => {
  fc.assert(
    fc.property(fc.string(), fc.nat(1000), (salt, seed) => {
      const { pair } = canonicalPair({
        prompt: plainPrompt(`which ${salt}`),
        a: plainResponse("the apple"),
        b: plainResponse("the pear"),
      });
      const text = pairText(pair, seed);
      const underA = text.split("Response A")[1]!.split("Response B")[0]!.includes("apple")
        ? "the apple"
        : "the pear";
      const winner = winnerOf("a", shownOrder(pair.id, seed));
      expect(pair[winner as "first" | "second"][0]!.content).toBe(underA);
      expect(winnerOf("b", shownOrder(pair.id, seed))).toBe(swapWinner(winner));
    }),
  );
});

test("either order comes up about as often, and stays the same for one pair", () => {
  const ids = Array.from({ length: 2000 }, (_, i) => i.toString(16).padStart(32, "0"));
  const swapped = ids.filter((id) => shownOrder(id, 0) === "second-first").length;
  // 5 standard deviations of a fair coin: 5 * sqrt(2000) / 2 = 112.
  expect(Math.abs(swapped - 1000)).toBeLessThan(112);
  expect(ids.filter((id) => shownOrder(id, 0) === "second-first").length).toBe(swapped);
});

test("a conversation keeps its roles", () => {
  const { pair } = canonicalPair({
    prompt: [
      { role: "system", content: "Be short." },
      { role: "user", content: "Why?" },
    ],
    a: plainResponse("Because."),
    b: plainResponse("No idea."),
  });
  expect(pairText(pair, 1)).toContain("system:\nBe short.\n\nuser:\nWhy?");
  expect(pairText(pair, 1)).toContain(`Pair ${pair.id}`);
});
