// The deck of each mode, made anew where the project or its newest run is another one.
import type { LabelMode, Nothing } from "../../protocol/page/labelPage.ts";
import { emptyDeck, type Deck } from "./deck.ts";
import type { Decks, DeckSource } from "./decks.ts";
import { trouble } from "./nothing.ts";

/** What the project is now; what stands in the way of labeling where there is nothing to label. */
export type Wanted =
  | { readonly kind: "nothing"; readonly nothing: Nothing }
  | { readonly kind: "ready"; readonly source: Omit<DeckSource, "judged"> };

export class DeckKeeper {
  readonly #decks: Decks;
  readonly #wanted: () => Promise<Wanted>;
  readonly #made = new Map<LabelMode, { readonly key: string; readonly deck: Deck }>();

  constructor(decks: Decks, wanted: () => Promise<Wanted>) {
    this.#decks = decks;
    this.#wanted = wanted;
  }

  /** Never throws: what is wrong is what an empty deck says. */
  async deck(mode: LabelMode, judged: ReadonlySet<string>): Promise<Deck> {
    try {
      const wanted = await this.#wanted();
      if (wanted.kind === "nothing") return emptyDeck(mode, wanted.nothing);
      const key = keyOf(mode, wanted.source);
      const made = this.#made.get(mode);
      if (made?.key === key) return made.deck;
      const deck = await this.#decks.deck(mode, { ...wanted.source, judged });
      this.#made.set(mode, { key, deck });
      return deck;
    } catch (error) {
      return emptyDeck(mode, trouble("The pairs can't be read", error));
    }
  }
}

function keyOf(mode: LabelMode, { seed, options, files, run }: Omit<DeckSource, "judged">): string {
  const usesRun = mode !== "label" || options.order !== "random";
  const usesData = mode === "label";
  return JSON.stringify([
    seed,
    options,
    usesData ? files : null,
    usesRun && run !== null ? [run.dir, run.iteration, run.info.data] : null,
  ]);
}
