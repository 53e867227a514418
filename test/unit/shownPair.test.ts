import { expect, test } from "vitest";
import { swapWinner } from "../../src/core/pair.ts";
import { shownOrder, winnerOf } from "../../src/core/shownPair.ts";

test("the response under the letter that was chosen is the winner", () => {
  expect(winnerOf("a", "first-second")).toBe("first");
  expect(winnerOf("a", "second-first")).toBe("second");
  for (const order of ["first-second", "second-first"] as const) {
    expect(winnerOf("b", order)).toBe(swapWinner(winnerOf("a", order)));
  }
});

test("either order comes up about as often, and stays the same for one pair", () => {
  const ids = Array.from({ length: 2000 }, (_, i) => i.toString(16).padStart(32, "0"));
  const swapped = ids.filter((id) => shownOrder(id, 0) === "second-first").length;
  // 5 standard deviations of a fair coin: 5 * sqrt(2000) / 2 = 112.
  expect(Math.abs(swapped - 1000)).toBeLessThan(112);
  expect(ids.filter((id) => shownOrder(id, 0) === "second-first").length).toBe(swapped);
});
