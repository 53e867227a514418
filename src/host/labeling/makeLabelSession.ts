// Puts a session together from the services of this window.
import { join } from "node:path";
import type { LabelMode } from "../../protocol/page/labelPage.ts";
import type { CommandServices } from "../commandServices.ts";
import { DeckKeeper } from "./deckKeeper.ts";
import { Decks } from "./decks.ts";
import { Drafts } from "./drafts.ts";
import { readGuidelines } from "./guidelines.ts";
import { guidelinesPath, labelEditorActs } from "./labelEditorActs.ts";
import { LabelSession } from "./labelSession.ts";
import { currentRater, labelSettings } from "./labelSettings.ts";
import { wantedPairs } from "./wantedPairs.ts";

export interface SessionNeeds {
  readonly mode: LabelMode;
  readonly keepMode: (mode: LabelMode) => void;
  readonly showMode: (mode: LabelMode) => Promise<void>;
  readonly randomId: () => string;
}

/** A session, and what to call when its panel is gone. */
export async function makeLabelSession(
  { project, labels, runs, log, sources }: CommandServices,
  { mode, keepMode, showMode, randomId }: SessionNeeds,
): Promise<{ readonly session: LabelSession; readonly close: () => void }> {
  const { reader, storage } = sources;
  const book = await sources.book();
  const session = new LabelSession(
    {
      labels,
      decks: new DeckKeeper(new Decks({ reader, book }), () => wantedPairs(project, runs)),
      reader,
      book,
      drafts: new Drafts(join(storage, "drafts.json")),
      rater: () => currentRater(project.folder),
      guidelines: async () => {
        const path = await guidelinesPath(project).catch(() => null);
        return path === null ? null : readGuidelines(path);
      },
      settings: labelSettings,
      editor: labelEditorActs(project, { showMode, log }),
      keepMode,
      randomId,
    },
    mode,
  );
  return { session, close: () => void book.flush() };
}
