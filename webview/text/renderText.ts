// A text of a stranger in a page: rendered as Markdown, or raw. The first screen is there at once, the rest
// comes in slices; what would be too much to render is shown raw, with a note that says so.
import { decorate } from "./decorate.ts";
import { showHidden } from "./hiddenCharacters.ts";
import { blocksOf, htmlOf, type Block, type Environment } from "./markdown.ts";
import { piecesOfMarkdown } from "./markdownPieces.ts";
import { appendRaw } from "./rawText.ts";
import { sanitized } from "./sanitize.ts";
import { runAhead, runInSlices, type Job } from "./slices.ts";

export type TextForm = "rendered" | "raw";

/** Characters of a text that are rendered without being asked for. */
const renderedLimit = 200_000;
/** A piece without a blank line that is longer than this is shown raw. */
const pieceLimit = 40_000;
/** Tokens that become one slice, and tokens of a single block that is still rendered. */
const sliceSize = 400;
const blockLimit = 4000;

/** Texts that are rendered before they are shown: each in an element of its own. */
const ahead = new Map<string, { readonly made: HTMLElement; isDone: boolean; stop: () => void }>();
/** Longer texts are not worth their memory, nor the time where they are never shown. */
const aheadLimit = 50_000;

/** Renders texts that will be shown soon, while the page is idle; forgets those of the call before. */
export function renderAhead(texts: readonly string[]): void {
  const wanted = new Set(texts.filter((text) => text.length <= aheadLimit));
  for (const [text, { stop }] of ahead) {
    if (wanted.has(text)) continue;
    stop();
    ahead.delete(text);
  }
  for (const text of wanted) {
    if (ahead.has(text)) continue;
    const one = { made: document.createElement("div"), isDone: false, stop: () => undefined };
    ahead.set(text, one);
    one.stop = runAhead(madeAhead(one, text)) as () => undefined;
  }
}

function* madeAhead(one: { readonly made: HTMLElement; isDone: boolean }, text: string): Job {
  yield* appendRendered(one.made, text);
  one.isDone = true;
}

/** Moves a text into its container where it was rendered ahead, to its end. */
function tookFromAhead(container: HTMLElement, text: string): boolean {
  const one = ahead.get(text);
  if (one?.isDone !== true) return false;
  container.append(...one.made.childNodes);
  ahead.delete(text);
  return true;
}

/** Fills an empty container. Answers how to stop, for when the text goes before it is complete. */
export function showText(container: HTMLElement, text: string, form: TextForm): () => void {
  let stop = (): void => undefined;
  if (form === "rendered" && tookFromAhead(container, text)) return stop;
  if (form === "rendered" && text.length > renderedLimit) {
    stop = start(appendRaw(container, text));
    container.prepend(
      longNote(text.length, () => {
        stop();
        container.replaceChildren();
        stop = start(appendRendered(container, text));
      }),
    );
  } else {
    stop = start(form === "raw" ? appendRaw(container, text) : appendRendered(container, text));
  }
  return () => stop();
}

function start(job: Job): () => void {
  return runInSlices(job);
}

function* appendRendered(container: HTMLElement, text: string): Job {
  const environment: Environment = {};
  for (const piece of piecesOfMarkdown(text)) {
    if (piece.length > pieceLimit) {
      container.append(note("Too long to render without a blank line; shown as it is."));
      yield* appendRaw(container, piece);
      continue;
    }
    yield* appendPiece(container, piece, environment);
  }
}

function* appendPiece(container: HTMLElement, piece: string, environment: Environment): Job {
  let waiting: Block[] = [];
  let size = 0;
  for (const block of blocksOf(piece, environment)) {
    if (block.isTooDeep || block.size > blockLimit) {
      yield* appendSlice(container, htmlOf(waiting, environment));
      waiting = [];
      size = 0;
      const why = block.isTooDeep ? "Nested too deeply to render" : "Too much to render";
      container.append(note(`${why}; shown as it is.`));
      yield* appendRaw(container, piece.split("\n").slice(block.from, block.to).join("\n"));
      continue;
    }
    waiting.push(block);
    size += block.size;
    if (size < sliceSize) continue;
    yield* appendSlice(container, htmlOf(waiting, environment));
    waiting = [];
    size = 0;
  }
  yield* appendSlice(container, htmlOf(waiting, environment));
}

function* appendSlice(container: HTMLElement, html: string): Job {
  if (html === "") return;
  const slice = document.createElement("div");
  // The first slices are in view; a browser that skips them would have to guess their height.
  slice.className = container.childElementCount > 3 ? "slice deferred" : "slice";
  slice.append(sanitized(html));
  showHidden(slice);
  container.append(slice);
  yield;
  yield* decorate(slice);
}

function note(text: string): HTMLElement {
  const element = document.createElement("p");
  element.className = "text-note";
  element.textContent = text;
  return element;
}

function longNote(length: number, render: () => void): HTMLElement {
  const element = note(
    `${length.toLocaleString("en")} characters: shown as they are, because rendering takes a while. `,
  );
  const button = document.createElement("button");
  button.type = "button";
  button.className = "plain-button";
  button.textContent = "Render as Markdown";
  button.addEventListener("click", render);
  element.append(button);
  return element;
}
