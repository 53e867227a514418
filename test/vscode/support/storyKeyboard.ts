// What a person without a mouse does: commands by F1, and Tab until the thing is reached.
import type { Frame, Page } from "playwright-core";

export const pause = (milliseconds: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, milliseconds));

/** Polls until `look` gives something; `what` and what was seen last make the message where it never does. */
export async function until<T>(
  what: string,
  look: () => Promise<T | null | false> | T | null | false,
  { seconds = 60, everyMs = 100, seen = (): unknown => "" } = {},
): Promise<T> {
  const deadline = Date.now() + seconds * 1000;
  let problem: unknown = null;
  for (;;) {
    try {
      const found = await look();
      if (found !== null && found !== false) return found;
      problem = null;
    } catch (error) {
      // A page that is being replaced loses its frames while it is looked at.
      problem = error;
    }
    if (Date.now() > deadline) {
      const last = String(await Promise.resolve(seen()).catch(String));
      throw new Error(`${seconds} s without: ${what}. Seen instead: ${last}`, { cause: problem });
    }
    await pause(everyMs);
  }
}

/** Runs a command by its title with keys alone. */
export async function commandByKeys(page: Page, title: string): Promise<void> {
  const input = page.locator(".quick-input-widget input");
  const focused = page.locator(".quick-input-list .monaco-list-row.focused");
  const label = async (): Promise<string> =>
    (await focused.first().getAttribute("aria-label", { timeout: 1000 })) ?? "";
  for (let tries = 1; ; tries++) {
    try {
      await page.keyboard.press("F1");
      await input.waitFor({ timeout: 10_000 });
      // What is typed goes where the focus is; a list that was asked for twice selects its text.
      await page.keyboard.type(title);
      await until(
        `the command “${title}” in the list`,
        async () => {
          const text = await label();
          if (text === title || text.startsWith(`${title},`)) return true;
          if (text !== "") await page.keyboard.press("ArrowDown");
          return false;
        },
        { seconds: 15, everyMs: 150, seen: label },
      );
      return await page.keyboard.press("Enter");
    } catch (error) {
      // An editor that opens at the same time takes the focus, and the list closes.
      if (tries === 3) throw error;
      await page.keyboard.press("Escape");
    }
  }
}

/** Presses Tab in a page until its focused element's text matches; the page must have the focus. */
export async function tabTo(page: Page, frame: Frame, text: RegExp): Promise<void> {
  const seen: string[] = [];
  for (let tabs = 0; tabs < 80; tabs++) {
    const now = await frame.evaluate(() => {
      const at = document.activeElement;
      return at === null || at === document.body
        ? ""
        : `${at.id === "" ? "" : `#${at.id}`} ${at.getAttribute("aria-label") ?? at.textContent ?? ""}`
            .replace(/\s+/g, " ")
            .trim();
    });
    if (text.test(now)) return;
    seen.push(now.slice(0, 40));
    await page.keyboard.press("Tab");
    await pause(30);
  }
  throw new Error(`Tab never reached ${String(text)}; it went over ${seen.join(" | ")}`);
}

/** The page of ours that has this title, once something is in it; two of them may stand side by side. */
export function pageTitled(page: Page, title: string, content: string): Promise<Frame> {
  const texts = async (): Promise<string> => {
    const all = page.frames().map((frame) => frame.evaluate(() => document.body.innerText));
    return (await Promise.allSettled(all))
      .map((text) => (text.status === "fulfilled" ? text.value.slice(0, 200) : ""))
      .join(" | ");
  };
  return until(
    `a page ${title} with ${content}`,
    async () => {
      for (const frame of page.frames().toReversed()) {
        const isIt = await frame
          .evaluate(
            ([of, inside]) =>
              document.querySelectorAll(`main[aria-label="${of}"] :is(${inside})`).length > 0,
            [title, content],
          )
          .catch(() => false);
        if (isIt) return frame;
      }
      return null;
    },
    { seen: texts },
  );
}

/**
 * Waits until a page has the keyboard: keys then go to it and nobody else. A page that does not get it with its
 * tab, which the editor's own list of commands may keep from it when it closes late, is asked for by a command.
 */
export async function hasKeyboard(frame: Frame): Promise<void> {
  const page = frame.page();
  const has = (): Promise<boolean> => frame.evaluate(() => document.hasFocus());
  const seen = (): Promise<unknown> =>
    page.evaluate(() => document.activeElement?.outerHTML.slice(0, 200));
  const what = "the page has the focus";
  await until(what, has, { seconds: 8, seen }).catch(async () => {
    console.log("a page did not get the focus with its tab");
    await commandByKeys(page, "View: Focus Active Editor Group");
    await until(what, has, { seconds: 20, seen });
  });
}
