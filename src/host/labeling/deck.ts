// The pairs of one use of the page: from which streams they come, in which mix, and what a model said of them.
import type { Drawn } from "../../core/labels/labelEvent.ts";
import type { FoldedVerdict } from "../../core/labels/labelFold.ts";
import type { JudgedLog } from "../../core/labeling/judgedLog.ts";
import { streamOf } from "../../core/labeling/order.ts";
import type { AgreementFigures, LabelMode, Nothing } from "../../protocol/page/labelPage.ts";
import { leftOf } from "./left.ts";
import type { Candidate, FoundPair } from "./pairReader.ts";
import type { OpenPairs, PairStream } from "./pairStreams.ts";

export interface DrawnPair {
  readonly drawn: Drawn;
  readonly found: FoundPair;
}

/** A pair that is open by the log and not planned yet. */
export interface Wish {
  readonly log: OpenPairs;
  readonly isPlanned: (id: string) => boolean;
}

export interface Deck {
  readonly mode: LabelMode;
  /** What the pairs are, in one line. */
  readonly order: string;
  /** Share of showings that repeat an earlier verdict with swapped sides. */
  readonly repeatShare: number;
  readonly seed: string;
  /** The pair of a showing, by its number; null where none is left. */
  next(showing: number, wish: Wish): Promise<DrawnPair | null>;
  candidate(id: string): Candidate | null;
  /** The same, also where rows must be read to find it. */
  find(id: string): Promise<Candidate | null>;
  /** Reads a little of what was passed over; for when nobody waits. */
  catchUp(): Promise<void>;
  left(log: JudgedLog): number | null;
  /** P(first preferred) that the run's model said of a pair; null where it said none, or none may be told. */
  guessOf(id: string): number | null;
  /** What all people's verdicts say of the run's guesses; null where nothing was guessed. */
  agreement(verdicts: Iterable<FoldedVerdict>): AgreementFigures | null;
  /** What is said where no pair is left. */
  readonly end: Nothing;
}

export interface DeckParts {
  readonly mode: LabelMode;
  readonly order: string;
  readonly repeatShare: number;
  readonly seed: string;
  readonly end: Nothing;
  /** By how they are drawn; the first stands for the others where it has no pair left. */
  readonly streams: Partial<Record<"random" | "unsure" | "audit", PairStream>>;
  /** Share of showings that come from the random stream, where there are two. */
  readonly randomShare: number;
  /** Without pairs in this stream the deck is at its end, whatever the other has. */
  readonly endsWith: "random" | "unsure" | "audit";
  readonly guesses: ReadonlyMap<string, number>;
  readonly figures: Deck["agreement"];
}

/** Puts streams together into one sequence. */
export function makeDeck(parts: DeckParts): Deck {
  const { streams, endsWith, seed, randomShare } = parts;
  const main = streams[endsWith];
  const all = Object.values(streams);
  const orderAt = (showing: number): readonly ("random" | "unsure" | "audit")[] => {
    if (endsWith === "audit") return ["audit"];
    return streamOf(showing, { seed, randomShare }) === "random"
      ? ["random", "unsure"]
      : ["unsure", "random"];
  };
  return {
    mode: parts.mode,
    order: parts.order,
    repeatShare: parts.repeatShare,
    seed,
    end: parts.end,
    next: async (showing, { log, isPlanned }) => {
      const rest = (await main?.first(log, isPlanned)) ?? null;
      if (rest === null) return null;
      for (const drawn of orderAt(showing)) {
        const found = drawn === endsWith ? rest : await streams[drawn]?.first(log, isPlanned);
        if (found !== null && found !== undefined) return { drawn, found };
      }
      return null;
    },
    candidate: (id) => {
      for (const stream of all) {
        const candidate = stream.candidate(id);
        if (candidate !== null) return candidate;
      }
      return null;
    },
    find: async (id) => {
      for (const stream of all) {
        const candidate = await stream.find(id);
        if (candidate !== null) return candidate;
      }
      return null;
    },
    catchUp: async () => {
      for (const stream of all) await stream.catchUp();
    },
    left: (log) => {
      if (main === undefined) return 0;
      return endsWith === "random" ? leftOf(main, log) : main.left(log);
    },
    guessOf: (id) => parts.guesses.get(id) ?? null,
    agreement: parts.figures,
  };
}

/** A deck without pairs, and why it is one. */
export function emptyDeck(mode: LabelMode, end: Nothing): Deck {
  return makeDeck({
    mode,
    order: "",
    repeatShare: 0,
    seed: "",
    end,
    streams: {},
    randomShare: 0,
    endsWith: mode === "audit" ? "audit" : "random",
    guesses: new Map(),
    figures: () => null,
  });
}
