// The data editor's entry: paints the state, measures the list, keeps where the user is.
import "../ui/base.css";
import "./pairs.css";
import "./grid.css";
import "./cells.css";
import "./reading.css";
import { render } from "lit";
import type { HostToPairsPage, PairsPageToHost } from "../../src/protocol/page/pairsPage.ts";
import { connect, keep, kept } from "../ui/connect.ts";
import { GridInput } from "./gridInput.ts";
import { PairsPage } from "./page.ts";
import { pageView } from "./pageView.ts";
import { showTab } from "./reading.ts";
import { RowElements } from "./rowElements.ts";
import { initialState, keptOf, parseKept } from "./state.ts";

/** What is kept crosses to the editor, which shares this page's thread in a browser. */
const keepAfterMs = 500;

const root = document.getElementById("page")!;
const before = parseKept(kept());
const page = new PairsPage(initialState(before, rowHeight()), before, paintSoon);
const input = new GridInput(page);
const rows = new RowElements();
const sizes = new ResizeObserver(measure);
let scroller: HTMLElement | null = null;
let frame = 0;
let keeping = 0;

root.addEventListener("keydown", holdTyping);
addEventListener("pagehide", () => keep(keptOf(page.state)));
paint();
void page.open(connect<HostToPairsPage, PairsPageToHost>(page.handlers));
showTab(page, page.state.tab);

function paintSoon(): void {
  if (frame === 0) frame = requestAnimationFrame(paint);
}

function paint(): void {
  frame = 0;
  render(pageView(page, input), root);
  attach(root.querySelector<HTMLElement>(".scroller"));
  if (scroller !== null) {
    rows.paint(scroller.querySelector<HTMLElement>(".rows")!, page);
    input.follow(scroller);
  }
  // Before the file is there, nothing is known that is worth more than what was kept.
  if (page.state.snapshot.is !== "there" || keeping !== 0) return;
  keeping = setTimeout(() => {
    keeping = 0;
    keep(keptOf(page.state));
  }, keepAfterMs);
}

/** Listens to the list that is shown; it goes and comes with its tab. */
function attach(found: HTMLElement | null): void {
  if (found === scroller) return;
  sizes.disconnect();
  scroller = found;
  if (found === null) return;
  found.addEventListener("wheel", input.turned, { passive: false });
  sizes.observe(found);
}

/** Whole pixels, so that the last row is never cut off by a part of one. */
function measure(entries: readonly ResizeObserverEntry[]): void {
  const size = entries.at(-1)!.contentRect;
  const { viewPx, roomPx, rowPx } = page.state;
  const seenPx = Math.max(Math.floor(size.height) - rowPx, 0);
  const widePx = Math.floor(size.width);
  if (seenPx !== viewPx || widePx !== roomPx) page.measured({ viewPx: seenPx, roomPx: widePx });
}

/** One line of text in the user's font and a little air; at least what a finger needs. */
function rowHeight(): number {
  const fontPx = Number.parseFloat(getComputedStyle(document.body).fontSize);
  return Math.max(Math.round(fontPx * 1.5 + 6), 26);
}

/** What is typed into a field is the field's: no binding of the editor may fire on it. */
function holdTyping(event: KeyboardEvent): void {
  const [field] = event.composedPath();
  const isTyping = field instanceof HTMLInputElement || field instanceof HTMLTextAreaElement;
  if (isTyping && event.key !== "Tab" && !event.ctrlKey && !event.metaKey && !event.altKey) {
    event.stopPropagation();
  }
}
