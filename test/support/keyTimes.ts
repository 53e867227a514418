// How long from a key to what it paints, measured inside a page of the editor.
import type { Frame } from "playwright-core";
import type { Editor } from "../vscode/support/editor.ts";
import { endOfAnswer } from "./benchPairs.ts";
import { atPace } from "./benchWindow.ts";

/** Milliseconds from each key. */
export interface KeyTimes {
  /** To the frame in which the next pair's answers are painted. */
  readonly painted: number[];
  /** To the acknowledgement of the disk, on the page. */
  readonly saved: number[];
  /** Keys that were pressed while no pair was there. */
  readonly lost: number;
  /** Pairs whose long answers were not complete 200 ms after they came, or that have none. */
  readonly short: number;
}

interface TimedWindow {
  ssrmTimes?: { painted: number[]; saved: number[]; lost: number; short: number };
}

/** A fast person: four verdicts a second. */
const verdictEveryMs = 250;
const keys = ["1", "2", "3", "4", "5", "6", "7"];

/** Judges pair after pair on the label page. Throws where a key had no effect. */
export async function labelTimes(editor: Editor, frame: Frame, times: number): Promise<KeyTimes> {
  await frame.locator("article.pair").click();
  await frame.evaluate(watchLabelPage, endOfAnswer);
  await atPace(times, verdictEveryMs, (i) => editor.page.keyboard.press(keys[i % keys.length]!));
  await frame.waitForSelector('[data-saving="saved"]', { timeout: 60_000 });
  const measured = await frame.evaluate(() => (window as TimedWindow).ssrmTimes!);
  const { painted, lost } = measured;
  if (painted.length + lost !== times) {
    throw new Error(`expected ${times} pairs, got ${painted.length}, and ${lost} keys without one`);
  }
  return measured;
}

/** Runs in the page. */
function watchLabelPage(end: string): void {
  const times = { painted: [] as number[], saved: [] as number[], lost: 0, short: 0 };
  (window as TimedWindow).ssrmTimes = times;
  const ticketNow = (): string =>
    document.querySelector<HTMLElement>("article.pair")?.dataset["ticket"] ?? "";
  let pressedAt: number | null = null;
  let ticket = ticketNow();
  let isSaving = false;
  const isShown = (side: string): boolean =>
    (document.querySelector(`.response-${side} .text`)?.textContent ?? "") !== "";
  const endsShown = (): boolean =>
    ["a", "b"].every((side) =>
      (document.querySelector(`.response-${side}`)?.textContent ?? "").trimEnd().endsWith(end),
    );
  const pressed = ({ timeStamp }: KeyboardEvent): void => {
    if (ticketNow() === "") times.lost++;
    else pressedAt = timeStamp;
  };
  addEventListener("keydown", pressed, { capture: true });
  const changed = (): void => {
    const saving = document.querySelector<HTMLElement>(".saving")?.dataset["saving"];
    if (saving !== "saved") isSaving = true;
    else if (isSaving && pressedAt !== null) {
      isSaving = false;
      times.saved.push(performance.now() - pressedAt);
    }
    if (ticketNow() === ticket || ticketNow() === "" || !isShown("a") || !isShown("b")) return;
    const from = pressedAt!;
    const painted = ticketNow();
    ticket = painted;
    requestAnimationFrame(() => {
      // A message is taken up once the frame is painted.
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = () => times.painted.push(performance.now() - from);
      port2.postMessage(null);
    });
    setTimeout(() => {
      if (ticket === painted && !endsShown()) times.short++;
    }, 200);
  };
  new MutationObserver(changed).observe(document.getElementById("page")!, {
    ...{ childList: true, subtree: true, attributes: true },
    attributeFilter: ["data-ticket", "data-saving"],
  });
}

/** Keys in an empty page of the same window, each of which changes one text. */
export async function emptyPageTimes(editor: Editor, times: number): Promise<number[]> {
  const { page } = editor;
  await page.evaluate(() => {
    const frame = document.createElement("iframe");
    frame.name = "ssrm-empty";
    Object.assign(frame.style, { position: "fixed", inset: "20%", zIndex: "10000" });
    document.body.append(frame);
  });
  const frame = page.frame({ name: "ssrm-empty" })!;
  await frame.evaluate(() => {
    const painted: number[] = [];
    (window as TimedWindow).ssrmTimes = { painted, saved: [], lost: 0, short: 0 };
    document.body.tabIndex = 0;
    document.body.focus();
    addEventListener("keydown", ({ timeStamp }) => {
      document.body.textContent = String(timeStamp);
      requestAnimationFrame(() => {
        const { port1, port2 } = new MessageChannel();
        port1.onmessage = () => painted.push(performance.now() - timeStamp);
        port2.postMessage(null);
      });
    });
  });
  await frame.locator("body").click();
  await atPace(times, 50, () => page.keyboard.press("1"));
  const painted = await frame.evaluate(() => (window as TimedWindow).ssrmTimes!.painted);
  await page.evaluate(() => document.querySelector("iframe[name=ssrm-empty]")!.remove());
  if (painted.length < times - 1) throw new Error(`expected ${times} keys, got ${painted.length}`);
  return painted;
}
