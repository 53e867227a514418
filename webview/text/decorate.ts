// Colours of code and drawn formulas, by chunks of script that are loaded on first need.
import type { Job } from "./slices.ts";
import { runInSlices } from "./slices.ts";

type Decorator = (element: HTMLElement) => void;

/** One text shows so many decorated places per slice; the rest stays plain. */
const maxPlaces = 200;

const codeColors = loader(async () => (await import("./codeColors.ts")).colorCode);
const formulas = loader(async () => (await import("./formulas.ts")).drawFormula);

/** Decorates a slice of rendered text, now where the chunk is loaded, else when it is. */
export function* decorate(slice: HTMLElement): Job {
  yield* decorateAll(slice, "code[data-language]", codeColors);
  yield* decorateAll(slice, ".formula", formulas);
}

function* decorateAll(slice: HTMLElement, selector: string, decorator: Loader): Job {
  const found = [...slice.querySelectorAll<HTMLElement>(selector)]
    .slice(0, maxPlaces)
    // Where characters are hidden the source matters more than its looks.
    .filter((element) => element.querySelector(".hidden-character") === null);
  if (found.length === 0) return;
  if (decorator.loaded === null) {
    void decorator.load().then((apply) => {
      // Also where the slice is not in the page: it may be one that is made ahead.
      if (apply !== null) runInSlices(applyAll(found, apply));
    });
    return;
  }
  yield* applyAll(found, decorator.loaded);
}

function* applyAll(elements: readonly HTMLElement[], apply: Decorator): Job {
  for (const element of elements) {
    apply(element);
    yield;
  }
}

interface Loader {
  loaded: Decorator | null;
  load(): Promise<Decorator | null>;
}

function loader(fetch: () => Promise<Decorator>): Loader {
  let pending: Promise<Decorator | null> | null = null;
  const self: Loader = {
    loaded: null,
    load: () => {
      // Without the chunk the text is there, plain: nothing to tell anybody.
      pending ??= fetch().then(
        (decorator) => (self.loaded = decorator),
        () => null,
      );
      return pending;
    },
  };
  return self;
}
