// One side of a comparison as the content of an element: `<div class="text" ${diffContent(a, b, "a")}></div>`.
// Texts are raw here; what only this side has is marked by a tint and a line under it.
import { nothing } from "lit";
import { AsyncDirective, directive } from "lit/async-directive.js";
import type { ElementPart } from "lit/directive.js";
import { nodesOf } from "./hiddenCharacters.ts";
import { chunksOf } from "./rawText.ts";
import { runInSlices, type Job } from "./slices.ts";
import { diffTexts, type TextDiff } from "./textDiff.ts";

type Side = "a" | "b";

/** The comparison made last: both sides ask for the same one. */
let last: { readonly a: string; readonly b: string; readonly diff: TextDiff } | null = null;

function diffOf(a: string, b: string): TextDiff {
  if (last?.a !== a || last.b !== b) last = { a, b, diff: diffTexts(a, b) };
  return last.diff;
}

const unitNotes: Readonly<Record<TextDiff["unit"], string | null>> = {
  words: null,
  lines: "Too much differs to compare word by word; whole lines are marked.",
  none: "Too long to compare.",
};

/** Fills an empty container with one side. Answers how to stop. */
function showDiff(container: HTMLElement, diff: TextDiff, side: Side): () => void {
  const note = unitNotes[diff.unit];
  if (note !== null) {
    const element = document.createElement("p");
    element.className = "text-note";
    element.textContent = note;
    container.append(element);
  }
  return runInSlices(appendDiff(container, diff, side));
}

function* appendDiff(container: HTMLElement, { unit, parts }: TextDiff, side: Side): Job {
  const shown = parts.filter(({ where }) => where === "both" || where === side);
  let element = rawElement(container);
  let length = 0;
  let isAtLineEnd = false;
  for (const { where, text } of shown) {
    for (const chunk of chunksOf(text)) {
      // A block per screen or so, ended where a line ends, so that long texts are laid out when in view.
      if (length > (isAtLineEnd ? 4000 : 8000)) {
        element = rawElement(container);
        element.classList.add("deferred");
        length = 0;
        yield;
      }
      const nodes = nodesOf(chunk);
      if (where === "both" || unit === "none") element.append(...nodes);
      else {
        const mark = document.createElement("mark");
        mark.className = `only-${side}`;
        mark.append(...nodes);
        element.append(mark);
      }
      length += chunk.length;
      isAtLineEnd = chunk.endsWith("\n");
    }
  }
}

function rawElement(container: HTMLElement): HTMLElement {
  const element = document.createElement("div");
  element.className = "raw";
  element.dir = "auto";
  container.append(element);
  return element;
}

class DiffContent extends AsyncDirective {
  #key: string | null = null;
  #stop: () => void = () => undefined;

  override render(_a: string, _b: string, _side: Side): unknown {
    return nothing;
  }

  override update({ element }: ElementPart, [a, b, side]: [string, string, Side]): unknown {
    const key = `${a}\u0000${b}`;
    if (key === this.#key) return nothing;
    this.#key = key;
    this.#stop();
    element.replaceChildren();
    this.#stop = showDiff(element as HTMLElement, diffOf(a, b), side);
    return nothing;
  }

  protected override disconnected(): void {
    this.#stop();
  }
}

/** Shows one side of two texts with what differs. */
export const diffContent = directive(DiffContent);
