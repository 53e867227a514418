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

/** Waits until a page has the keyboard: keys then go to it and nobody else. */
export async function hasKeyboard(frame: Frame): Promise<void> {
  await until("the page has the focus", () => frame.evaluate(() => document.hasFocus()), {
    seconds: 30,
    seen: () => frame.page().evaluate(() => document.activeElement?.outerHTML.slice(0, 200)),
  });
}
