// What a session of the label page works with; tests bring their own.
import type {
  Guidelines,
  LabelMode,
  LabelPageToHost,
  LabelSettings,
} from "../../protocol/page/labelPage.ts";
import type { Handlers } from "../../protocol/peer.ts";
import type { DeckKeeper } from "./deckKeeper.ts";
import type { Drafts } from "./drafts.ts";
import type { PairReader } from "./pairReader.ts";
import type { LabelAccess } from "./personLog.ts";
import type { PlaceBook } from "./placeBook.ts";

/** What the page asks of the editor rather than of the labels. */
export type EditorActs = Pick<
  Handlers<LabelPageToHost>,
  "act" | "arrange" | "editGuidelines" | "openLink"
>;

export interface SessionParts {
  readonly labels: LabelAccess;
  readonly decks: DeckKeeper;
  readonly reader: PairReader;
  readonly book: PlaceBook;
  readonly drafts: Drafts;
  readonly rater: () => Promise<string>;
  readonly guidelines: () => Promise<Guidelines | null>;
  readonly settings: () => LabelSettings;
  readonly editor: EditorActs;
  /** Remembers the mode over restarts. */
  readonly keepMode: (mode: LabelMode) => void;
  /** 32 random hex digits. */
  readonly randomId: () => string;
}
