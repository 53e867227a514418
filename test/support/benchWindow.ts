// What benchmarks measure in a window of VS Code: when something was painted, and what its extension host weighs.
import { readFileSync } from "node:fs";
import { setTimeout as delay } from "node:timers/promises";
import type { Frame } from "playwright-core";
import type { Editor } from "../vscode/support/editor.ts";

interface WatchedWindow {
  /** Milliseconds since 1970 at which the frame's page showed its content. */
  ssrmShownAt?: number;
}

/** Has every page opened from now on note when it first paints the text or image that the selector finds. */
export async function watchFirstPaint(editor: Editor, selector: string): Promise<void> {
  await editor.page.addInitScript((wanted: string) => {
    if (window === window.top) return;
    // The editor writes a page's document anew, which ends requested frames but no intervals.
    const looking = setInterval(() => {
      const found = document.querySelector(wanted);
      const isThere =
        found instanceof HTMLImageElement
          ? found.naturalWidth > 0
          : (found?.textContent ?? "").trim() !== "";
      if (!isThere) return;
      clearInterval(looking);
      requestAnimationFrame(() => {
        // A message is taken up once the frame is painted.
        const { port1, port2 } = new MessageChannel();
        port1.onmessage = () => {
          (window as WatchedWindow).ssrmShownAt = performance.timeOrigin + performance.now();
        };
        port2.postMessage(null);
      });
    }, 5);
    setTimeout(() => clearInterval(looking), 60_000);
  }, selector);
}

/**
 * Types a file's name, or `>` and a command's title, into the palette, and goes to it; milliseconds from the Enter key
 * to the first paint in the tab of this name.
 */
export async function timeToPaint(
  editor: Editor,
  typed: string,
  tab: string,
): Promise<{ readonly ms: number; readonly frame: Frame }> {
  const { page } = editor;
  await openPalette(editor, typed);
  const pressedAt = await page.evaluate(() => performance.timeOrigin + performance.now());
  await page.keyboard.press("Enter");
  const deadline = Date.now() + 120_000;
  for (;;) {
    const frame = await editor.webview(tab);
    const shownAt = await frame
      .evaluate(() => (window as WatchedWindow).ssrmShownAt ?? null)
      .catch(() => null);
    if (shownAt !== null) return { ms: shownAt - pressedAt, frame };
    if (Date.now() > deadline) {
      const text = await frame.locator("body").innerText();
      throw new Error(`${tab}: not what was waited for within 120 s, but ${text.slice(0, 300)}`);
    }
    await delay(50);
  }
}

/** A command stands there once its extension says that it can be run. */
async function openPalette({ page }: Editor, typed: string): Promise<void> {
  const name = typed.replace(/^>/, "");
  const deadline = Date.now() + 120_000;
  const named = `:is([aria-label="${name}"], [aria-label^="${name},"])`;
  const rows = page.locator(".quick-input-list .monaco-list-row");
  for (;;) {
    await page.keyboard.press("F1");
    await page.locator(".quick-input-widget input").fill(typed);
    const found = page.locator(`.quick-input-list .monaco-list-row${named}`).first();
    const isThere = await found.waitFor({ timeout: 3000 }).then(
      () => true,
      () => false,
    );
    for (let left = isThere ? await rows.count() : 0; left > 0; left--) {
      if (/\bfocused\b/.test((await found.getAttribute("class")) ?? "")) return;
      await page.keyboard.press("ArrowDown");
    }
    if (Date.now() > deadline) throw new Error(`the palette has no ${name} after 120 s`);
    await page.keyboard.press("Escape");
  }
}

/** The highest resident memory, so far, of the extension host that was started last, in MB. */
export function hostPeakMb(editor: Editor): number {
  const pid = Math.max(...editor.processes("--type=extensionHost"));
  const status = readFileSync(`/proc/${pid}/status`, "utf8");
  return Number(/^VmHWM:\s+(\d+) kB/m.exec(status)![1]) / 1024;
}

/** The value that a share of the sorted values does not exceed. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))]!;
}

/** Calls at a steady pace, whatever a call takes. */
export async function atPace(
  times: number,
  everyMs: number,
  call: (i: number) => Promise<unknown>,
): Promise<void> {
  const started = performance.now();
  for (let i = 0; i < times; i++) {
    await delay(Math.max(0, started + i * everyMs - performance.now()));
    await call(i);
  }
}
