// How far the panes of a pair are scrolled: both responses together, kept over a reload, moved by keys.
import type { ScrollPlaces } from "./state.ts";

/** A pane's element by its name, where it is there. */
export function paneOf(name: string): HTMLElement | null {
  return document.querySelector<HTMLElement>(`[data-pane="${name}"]`);
}

export interface ScrollOptions {
  readonly root: HTMLElement;
  readonly isSynchronous: () => boolean;
  /** The person has scrolled something. */
  readonly onScroll: () => void;
}

/** Scrolls one response with the other, by proportion, where each has a scroll bar of its own. */
export function listenForScrolls({ root, isSynchronous, onScroll }: ScrollOptions): void {
  /** Where a pane was put by us: the event that follows is not the person's. */
  const placed = new Map<string, number>();
  root.addEventListener(
    "scroll",
    ({ target }) => {
      const pane = target instanceof HTMLElement ? target : null;
      const name = pane?.dataset["pane"];
      if (pane === null || name === undefined) return;
      onScroll();
      if (name !== "a" && name !== "b") return;
      if (placed.get(name) === Math.round(pane.scrollTop)) return;
      placed.delete(name);
      const other = paneOf(name === "a" ? "b" : "a");
      if (other === null || !isSynchronous()) return;
      const room = pane.scrollHeight - pane.clientHeight;
      const otherRoom = other.scrollHeight - other.clientHeight;
      if (room <= 0 || otherRoom <= 0) return;
      other.scrollTop = (pane.scrollTop / room) * otherRoom;
      placed.set(other.dataset["pane"]!, Math.round(other.scrollTop));
    },
    { capture: true, passive: true },
  );
}

/** Where all panes are now. */
export function scrollPlaces(): ScrollPlaces {
  const panes = document.querySelectorAll<HTMLElement>("[data-pane]");
  return Object.fromEntries(
    [...panes].map((pane) => [pane.dataset["pane"]!, Math.round(pane.scrollTop)]),
  );
}

/** Puts the panes where they were; texts may still grow, so it is tried a few times. */
export function restoreScroll(places: ScrollPlaces): void {
  const wanted = Object.entries(places).filter(([, top]) => top > 0);
  let tries = 0;
  const attempt = (): void => {
    const missed = wanted.filter(([name, top]) => {
      const pane = paneOf(name);
      if (pane !== null) pane.scrollTop = top;
      return pane !== null && Math.abs(pane.scrollTop - top) > 2;
    });
    if (missed.length > 0 && ++tries < 20) setTimeout(attempt, 50);
  };
  attempt();
}

/** How far each pane is scrolled by proportion; answers how to put them there again, in another form. */
export function sharesOfScroll(): () => void {
  const shares = ["a", "b", "reading"].flatMap((name) => {
    const pane = paneOf(name);
    return pane === null || pane.scrollTop === 0
      ? []
      : [[name, pane.scrollTop / pane.scrollHeight] as const];
  });
  return () => {
    for (const [name, share] of shares) {
      const pane = paneOf(name);
      if (pane !== null) pane.scrollTop = share * pane.scrollHeight;
    }
  };
}

/** What a scroll key does where the focus is on nothing that scrolls: moves the responses, or all of it. */
export function scrollByKey(key: string): void {
  const a = paneOf("a");
  const hasOwnBar = a !== null && a.scrollHeight > a.clientHeight + 1 && canScroll(a);
  const pane = hasOwnBar ? a : (paneOf("b") ?? null);
  const chosen = pane !== null && canScroll(pane) ? pane : paneOf("reading");
  if (chosen === null) return;
  const page = chosen.clientHeight * 0.9;
  const by: Readonly<Record<string, number>> = {
    ArrowUp: -40,
    ArrowDown: 40,
    PageUp: -page,
    PageDown: page,
    Home: -chosen.scrollHeight,
    End: chosen.scrollHeight,
  };
  chosen.scrollTop += by[key] ?? 0;
}

function canScroll(pane: HTMLElement): boolean {
  return pane.scrollHeight > pane.clientHeight + 1 && getComputedStyle(pane).overflowY === "auto";
}
