// Hostile texts in the built label page, as prompt, response A and response B: nothing runs, nothing is asked
// for, nothing leads away, the page goes on, and the raw form is what was there. How long frames take is
// measured by `npm run bench`; here only a page that stands still for seconds fails.
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { clickAll, rawDifference, settled, watchCanary } from "./support/canary.ts";
import { hostileFamilies, type HostileText } from "./support/hostileTexts.ts";
import { card, memoryHost, openLabelPage } from "./support/labelHost.ts";
import { launch, whyNot } from "./support/pageHarness.ts";

const reason = whyNot();
if (reason !== null) console.log(`skipped: ${reason}`);

/** Far above the goal of 200 ms: a loaded machine is no bug, a page that hangs is. */
const hangMs = 10_000;

test("there are 200 different texts and more", () => {
  const texts = [...hostileFamilies.values()].flat().map(({ text }) => text);
  expect(new Set(texts).size).toBeGreaterThanOrEqual(200);
});

describe.skipIf(reason !== null)("hostile texts in the label page", () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launch();
  });
  afterAll(() => browser?.close());

  test.each([...hostileFamilies])(
    "%s",
    async (_family, texts) => {
      for (const [name, problems] of await problemsOf(texts))
        expect.soft(problems, name).toEqual([]);
    },
    300_000,
  );

  /** Looks at each text in both forms, clicks what can be clicked, and goes on to the next pair by its key. */
  async function problemsOf(texts: readonly HostileText[]): Promise<Map<string, string[]>> {
    const found = new Map<string, string[]>();
    // B begins otherwise, because the page folds what both responses begin with.
    const sides = (text: string) => ({ prompt: text, a: text, b: `B.\n\n${text}` });
    const pairs = texts.map(({ text }, number) => {
      const { prompt, a, b } = sides(text);
      return card(number, {
        prompt: [{ role: "user", content: prompt }],
        a: [{ role: "assistant", content: a }],
        b: [{ role: "assistant", content: b }],
      });
    });
    // Few pairs in advance: some are megabytes.
    const host = memoryHost({ pairs, ahead: 2 });
    const { page, errors, requests, close } = await openLabelPage(browser, host, { theme: "dark" });
    const canary = await watchCanary(page);
    for (const [number, { name, text }] of texts.entries()) {
      const problems: string[] = [];
      found.set(name, problems);
      await page.locator(`[data-ticket="${pairs[number]!.ticket}"]`).waitFor();
      // The page keeps its form from pair to pair, so every second text is first seen raw.
      const forms = number % 2 === 0 ? ["rendered", "raw"] : ["raw", "rendered"];
      for (const form of forms) {
        await settled(page, ".pair");
        if (form === "rendered") await clickAll(page, ".pair");
        else {
          for (const [side, expected] of Object.entries(sides(text))) {
            const place = side === "prompt" ? ".prompt" : `.response-${side}`;
            const difference = await rawDifference(page, place, expected);
            if (difference !== null) problems.push(`${side}: ${difference}`);
          }
        }
        const longest = await canary.longestFrame();
        if (longest > hangMs) problems.push(`${form}: a frame of ${longest} ms`);
        if (form === forms[0]) await page.keyboard.press("m");
      }
      problems.push(...canary.happened.splice(0), ...errors.splice(0), ...requests);
      const acting = "script, iframe, object, embed, form, base, svg, img, link[href*=canary]";
      const count = await page.locator(acting).count();
      if (count !== 1) problems.push(`${count} elements that act or load, where the page has 1`);
      await page.keyboard.press("4");
    }
    await expect.poll(() => host.verdicts.length, { timeout: 30_000 }).toBe(texts.length);
    const addresses = host.calls.flatMap(({ method, parameter }) =>
      method === "openLink" ? [(parameter as { readonly href: string }).href] : [],
    );
    const strange = addresses.filter((address) => !/^(?:https?:\/\/|mailto:)/i.test(address));
    found.set("links that the host is asked to open", strange);
    await close();
    return found;
  }
});
