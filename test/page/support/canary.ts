// What a text must not bring about in a page: a call, a question, a window, another place.
import type { Page } from "playwright-core";

export interface Canary {
  /** Calls, dialogs, windows and moves to another address, in words. */
  readonly happened: string[];
  /** Milliseconds of the longest frame since the last call. */
  longestFrame(): Promise<number>;
}

/** Watches a page that is open. */
export async function watchCanary(page: Page): Promise<Canary> {
  const happened: string[] = [];
  const home = page.url();
  await page.exposeFunction("canary", (what: unknown) => happened.push(`called ${String(what)}`));
  page.on("dialog", (dialog) => {
    happened.push(`dialog ${dialog.message()}`);
    void dialog.dismiss();
  });
  page.on("popup", (popup) => happened.push(`window ${popup.url()}`));
  page.on("download", (download) => happened.push(`download ${download.url()}`));
  page.on("framenavigated", (frame) => {
    if (frame.url() !== home) happened.push(`went to ${frame.url()}`);
  });
  await page.evaluate(() => {
    const watch = { last: performance.now(), longest: 0 };
    Object.assign(globalThis, { frameWatch: watch });
    const frame = (now: number): void => {
      watch.longest = Math.max(watch.longest, now - watch.last);
      watch.last = now;
      requestAnimationFrame(frame);
    };
    requestAnimationFrame(frame);
  });
  return {
    happened,
    longestFrame: () =>
      page.evaluate(async () => {
        // The frame in which the page is now must have ended.
        await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve, 0)));
        const watch = (globalThis as unknown as { frameWatch: { longest: number } }).frameWatch;
        const { longest } = watch;
        watch.longest = 0;
        return longest;
      }),
  };
}

/** Waits until nothing below a place has changed for a moment, at most 20 s. */
export async function settled(page: Page, place: string): Promise<void> {
  await page.evaluate(
    (selector) =>
      new Promise<void>((resolve) => {
        const end = (): void => {
          observer.disconnect();
          resolve();
        };
        let timer = setTimeout(end, 60);
        const latest = performance.now() + 20_000;
        const observer = new MutationObserver(() => {
          if (performance.now() > latest) return;
          clearTimeout(timer);
          timer = setTimeout(end, 60);
        });
        observer.observe(document.querySelector(selector)!, { childList: true, subtree: true });
      }),
    place,
  );
}

/** Clicks up to 50 things below a place that a text could have made, as a person would. */
export async function clickAll(page: Page, place: string): Promise<void> {
  await page.evaluate((selector) => {
    const things = document.querySelectorAll<HTMLElement>(
      `${selector} :is(a, [data-address], [role="link"], .text button, img, input)`,
    );
    for (const thing of [...things].slice(0, 50)) thing.click();
  }, place);
}

/**
 * Where the raw form of a text differs from the text, once it has come in whole or 30 s have passed: null where
 * it is the same. Hidden characters are shown by their code points, and a line end at a block's end is the end
 * of the block.
 */
export async function rawDifference(
  page: Page,
  selector: string,
  text: string,
): Promise<string | null> {
  const latest = Date.now() + 30_000;
  for (;;) {
    const difference = await differenceNow(page, selector, text);
    if (difference === null || Date.now() > latest) return difference;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

function differenceNow(page: Page, selector: string, text: string): Promise<string | null> {
  return page.evaluate(
    ({ where, json }) => {
      const expected = (JSON.parse(json) as string).replaceAll("\n", "");
      const shown = [...document.querySelectorAll(`${where} .raw`)]
        .map((element) => element.textContent)
        .join("")
        .replaceAll("\n", "")
        .replace(/\[U\+([0-9A-F]{4,6})(?: ×(\d+))?\]/g, (_mark, code: string, times = "1") =>
          String.fromCodePoint(Number.parseInt(code, 16)).repeat(Number(times)),
        );
      if (shown === expected) return null;
      let at = 0;
      while (at < shown.length && shown[at] === expected[at]) at++;
      const piece = (value: string): string => JSON.stringify(value.slice(at, at + 40));
      return `at ${at}: ${piece(shown)} of ${shown.length} for ${piece(expected)} of ${expected.length}`;
    },
    // As JSON: a lone surrogate is lost on the way otherwise.
    { where: selector, json: JSON.stringify(text) },
  );
}
