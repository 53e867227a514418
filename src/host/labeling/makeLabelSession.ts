// Puts a session together from the services of this window.
import { join } from "node:path";
import { sha256Hex } from "../../core/hash.ts";
import type { LabelMode } from "../../protocol/page/labelPage.ts";
import type { CommandServices } from "../commandServices.ts";
import { DeckKeeper } from "./deckKeeper.ts";
import { Decks } from "./decks.ts";
import { Drafts } from "./drafts.ts";
import { readGuidelines } from "./guidelines.ts";
import { guidelinesPath, labelEditorActs } from "./labelEditorActs.ts";
import { LabelSession } from "./labelSession.ts";
import { currentRater, labelSettings } from "./labelSettings.ts";
import { PairReader } from "./pairReader.ts";
import { PlaceBook } from "./placeBook.ts";
import { wantedPairs } from "./wantedPairs.ts";

export interface SessionNeeds {
  readonly mode: LabelMode;
  readonly keepMode: (mode: LabelMode) => void;
  readonly showMode: (mode: LabelMode) => Promise<void>;
  readonly randomId: () => string;
}

/** A session, and what to call when its panel is gone. */
export async function makeLabelSession(
  { context, project, labels, runs, log, cacheDir }: CommandServices,
  { mode, keepMode, showMode, randomId }: SessionNeeds,
): Promise<{ readonly session: LabelSession; readonly close: () => void }> {
  const folder = project.folder ?? "none";
  const storage = join(context.globalStorageUri.fsPath, "labeling", sha256Hex(folder).slice(0, 32));
  const book = await PlaceBook.open(join(storage, "places.jsonl"));
  const reader = new PairReader(async (path) => {
    const { openDataset } = await import("../../data/dataset.ts");
    const mapping = Object.entries(
      (project.state.kind === "ready" ? project.state.file.mapping : null) ?? {},
    ).filter(([, column]) => column !== undefined);
    return openDataset([path], {
      cacheDir,
      mapping: mapping.length === 0 ? null : Object.fromEntries(mapping),
    });
  });
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
  const close = (): void => {
    void book.flush();
    void reader.close();
  };
  return { session, close };
}
