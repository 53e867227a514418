// A label session on real files in a temporary folder, as often restarted as a test likes.
import { createHash } from "node:crypto";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { LabelEvent } from "../../src/core/labels/labelEvent.ts";
import { readLabelFolder } from "../../src/data/labels/labelFiles.ts";
import { openLabelStore } from "../../src/data/labels/labelStore.ts";
import { openDataset } from "../../src/data/dataset.ts";
import { DeckKeeper } from "../../src/host/labeling/deckKeeper.ts";
import { Decks, type DeckRun, type LabelingOptions } from "../../src/host/labeling/decks.ts";
import { Drafts } from "../../src/host/labeling/drafts.ts";
import { LabelMemory } from "../../src/host/labeling/labelMemory.ts";
import { LabelSession } from "../../src/host/labeling/labelSession.ts";
import { PairReader } from "../../src/host/labeling/pairReader.ts";
import { PlaceBook } from "../../src/host/labeling/placeBook.ts";
import { resolveKeys } from "../../src/protocol/page/keyMap.ts";
import type { Guidelines, LabelMode, LabelPageToHost } from "../../src/protocol/page/labelPage.ts";
import type { Methods, Parameter, Result } from "../../src/protocol/peer.ts";

type Ask<M extends Methods<M>> = <K extends keyof M & string>(
  method: K,
  parameter: Parameter<M, K>,
) => Promise<Result<M, K>>;

export interface LabelDesk {
  readonly folder: string;
  readonly data: string;
  /** The session that is open now. */
  readonly session: () => LabelSession;
  readonly ask: Ask<LabelPageToHost>;
  /** The host is gone and there again: a new writer, nothing kept but files. */
  restart(options?: { readonly rater?: string }): Promise<void>;
  events(): Promise<readonly LabelEvent[]>;
  setRun(run: DeckRun | null): void;
  setGuidelines(text: string | null): void;
  setDir(dir: string): void;
  close(): Promise<void>;
}

export interface DeskOptions {
  readonly pairs: number;
  readonly mode?: LabelMode;
  readonly rater?: string;
  readonly labeling?: Partial<LabelingOptions>;
}

/** `pairs` rows of jsonl; pair i has the prompt "prompt i". */
export async function openLabelDesk(options: DeskOptions): Promise<LabelDesk> {
  const base = mkdtempSync(join(tmpdir(), "ssrm-desk-"));
  const folder = join(base, "workspace");
  mkdirSync(folder);
  const data = join(folder, "pairs.jsonl");
  const rows = Array.from({ length: options.pairs }, (_, i) =>
    JSON.stringify({ prompt: `prompt ${i}`, response_a: `left ${i}`, response_b: `right ${i}` }),
  );
  writeFileSync(data, `${rows.join("\n")}\n`);
  const labeling: LabelingOptions = {
    order: "random",
    unsureShare: 0.5,
    repeatShare: 0,
    reviewRandomShare: 0.2,
    ...options.labeling,
  };
  let clock = Date.UTC(2026, 0, 1);
  let ids = 0;
  let writers = 0;
  let rater = options.rater ?? "ada";
  let mode: LabelMode = options.mode ?? "label";
  let run: DeckRun | null = null;
  let guidelines: Guidelines | null = null;
  let dir = join(folder, ".ssrm");
  let open: { readonly session: LabelSession; readonly close: () => Promise<void> } | null = null;

  const start = async (): Promise<void> => {
    await open?.close();
    const writer = `w${++writers}`;
    const store = openLabelStore({
      dir,
      journalDir: null,
      writer,
      now: () => new Date(clock++),
      randomId: randomId(() => `event ${++ids}`),
    });
    const book = await PlaceBook.open(join(base, "storage", "places.jsonl"));
    const reader = new PairReader((path) => openDataset([path], { cacheDir: join(base, "cache") }));
    const session = new LabelSession(
      {
        labels: new LabelMemory(store, { folder: dir, noted: () => undefined }),
        decks: new DeckKeeper(new Decks({ reader, book }), () =>
          Promise.resolve({
            kind: "ready",
            source: {
              seed: 7,
              options: labeling,
              files: [{ path: data, stamp: "1" }],
              run,
              guard: (path) => Promise.resolve(path),
            },
          }),
        ),
        reader,
        book,
        drafts: new Drafts(join(base, "storage", "drafts.json")),
        rater: () => Promise.resolve(rater),
        guidelines: () => Promise.resolve(guidelines),
        settings: () => ({
          keys: resolveKeys("numbers", {}).keys,
          keyProblems: [],
          arrangement: "auto",
          idleMs: 30_000,
          breakAfterMinutes: null,
          isScrollSynchronous: true,
        }),
        editor: {
          act: () => undefined,
          arrange: () => undefined,
          editGuidelines: () => undefined,
          openLink: () => undefined,
        },
        keepMode: (next) => (mode = next),
        randomId: randomId(() => `undo ${++ids}`),
      },
      mode,
    );
    open = { session, close: () => book.flush().then(() => reader.close()) };
  };
  await start();
  const session = (): LabelSession => open!.session;
  return {
    folder,
    data,
    session,
    ask: async (method, parameter) => {
      const answer: unknown = await session().handlers[method](parameter, {
        aborted: false,
        addEventListener: () => undefined,
      });
      return answer as never;
    },
    restart: async (next) => {
      rater = next?.rater ?? rater;
      await start();
    },
    events: async () => (await readLabelFolder(dir)).events,
    setRun: (next) => (run = next),
    setGuidelines: (text) =>
      (guidelines = text === null ? null : { markdown: text, version: hex(text, 12) }),
    setDir: (next) => (dir = next),
    close: async () => {
      await open?.close();
      rmSync(base, { recursive: true, force: true });
    },
  };
}

/** 32 hex digits that are the same for the same text. */
export function eventId(text: string): string {
  return hex(text, 32);
}

function randomId(name: () => string): () => string {
  return () => hex(name(), 32);
}

function hex(text: string, digits: number): string {
  return createHash("sha256").update(text).digest("hex").slice(0, digits);
}
