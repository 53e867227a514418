// How long the gaps between frames are while somebody scrolls, measured inside a page of the editor.
import type { Frame } from "playwright-core";
import type { Editor } from "../vscode/support/editor.ts";
import { atPace } from "./benchWindow.ts";

/** What scrolls: the element and where the mouse is over it. */
export interface Scrolled {
  readonly editor: Editor;
  readonly frame: Frame;
  /** Of the element whose scroll bar is moved. */
  readonly selector: string;
}

interface GapWindow {
  ssrmGaps?: number[];
  ssrmWatching?: boolean;
}

/** Milliseconds between one frame and the next while `act` lasts, and half a second after. */
export async function gapsDuring(frame: Frame, act: () => Promise<unknown>): Promise<number[]> {
  await frame.evaluate(() => {
    const gaps: number[] = [];
    const page = window as GapWindow;
    Object.assign(page, { ssrmGaps: gaps, ssrmWatching: true });
    let last = performance.now();
    const next = (): void => {
      const now = performance.now();
      gaps.push(now - last);
      last = now;
      if (page.ssrmWatching === true) requestAnimationFrame(next);
    };
    requestAnimationFrame(next);
  });
  await act();
  return frame.evaluate(async () => {
    await new Promise((resolve) => setTimeout(resolve, 500));
    const page = window as GapWindow;
    page.ssrmWatching = false;
    return page.ssrmGaps!;
  });
}

const gestureMs = 6000;

/** Ways through the rows, each some seconds long. */
export const gestures = {
  /** A turn of a wheel by three notches, 60 times a second. */
  wheel: async ({ editor, frame, selector }: Scrolled): Promise<void> => {
    const box = (await frame.locator(selector).boundingBox())!;
    await editor.page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
    await atPace(gestureMs / 16, 16, () => editor.page.mouse.wheel(0, 360));
  },
  /** The thumb drawn from the top to the end and back: the bar is at another place in each frame. */
  thumb: async ({ frame, selector }: Scrolled): Promise<void> => {
    await frame.evaluate(
      ({ selector: of, ms }) =>
        new Promise<void>((resolve) => {
          const element = document.querySelector(of)!;
          const way = element.scrollHeight - element.clientHeight;
          const started = performance.now();
          const next = (): void => {
            const share = (performance.now() - started) / ms;
            if (share >= 1) return resolve();
            element.scrollTop = way * (1 - Math.abs(2 * share - 1));
            requestAnimationFrame(next);
          };
          requestAnimationFrame(next);
        }),
      { selector, ms: gestureMs },
    );
  },
  /** PageDown held down, at the rate at which keyboards repeat. */
  "page down": async ({ editor, frame, selector }: Scrolled): Promise<void> => {
    await frame.locator(selector).focus();
    await atPace(gestureMs / 33, 33, () => editor.page.keyboard.down("PageDown"));
    await editor.page.keyboard.up("PageDown");
  },
} as const;

/** Lays an empty element of this height over the page, which scrolls; answers how to take it away. */
export async function coverWithEmpty(frame: Frame, heightPx: number): Promise<() => Promise<void>> {
  await frame.evaluate((height) => {
    const cover = document.createElement("div");
    cover.id = "ssrm-empty";
    cover.tabIndex = 0;
    const look = { position: "fixed", inset: "0", overflow: "auto", zIndex: "10000" };
    Object.assign(cover.style, look, { background: "var(--vscode-editor-background)" });
    const content = document.createElement("div");
    content.style.height = `${height}px`;
    cover.append(content);
    document.body.append(cover);
  }, heightPx);
  return () => frame.evaluate(() => document.getElementById("ssrm-empty")!.remove());
}
