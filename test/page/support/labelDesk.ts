// A host of the label page with its pairs in memory: the next one after each verdict, undo, and a record of
// what the page asked for.
import type {
  Advance,
  JudgeRequest,
  LabelPageToHost,
  LabelProgress,
  LabelSettings,
  LabelSnapshot,
  PairCard,
} from "../../../src/protocol/page/labelPage.ts";
import { pack } from "../../../src/protocol/page/figures.ts";
import { resolveKeys } from "../../../src/protocol/page/keyMap.ts";
import type { Handlers } from "../../../src/protocol/peer.ts";

export const labelSettings: LabelSettings = {
  keys: resolveKeys("numbers", null).keys,
  keyProblems: [],
  arrangement: "auto",
  idleMs: 30_000,
  breakAfterMinutes: null,
  isScrollSynchronous: true,
};

/** A card for these texts; the number makes its ticket. */
export function cardOf(number: number, texts: Pick<PairCard, "prompt" | "a" | "b">): PairCard {
  const pairId = number.toString(16).padStart(32, "0");
  return {
    ticket: `${pairId}-${"0".repeat(16)}`,
    pairId,
    ...texts,
    isFlagged: false,
    given: null,
    rationale: "",
    activeMs: 0,
  };
}

/** One message of the assistant, as most responses are. */
export function answer(content: string): PairCard["a"] {
  return [{ role: "assistant", content }];
}

/** One message of the user. */
export function question(content: string): PairCard["prompt"] {
  return [{ role: "user", content }];
}

export interface LabelDesk {
  readonly handlers: Handlers<LabelPageToHost>;
  readonly judged: JudgeRequest[];
  /** Addresses that the page asked the host to open. */
  readonly links: string[];
  snapshot(): LabelSnapshot;
}

/** Deals these cards in their order; `settled` changes what a snapshot says beside them. */
export function labelDesk(
  cards: readonly PairCard[],
  settled: Partial<Omit<LabelSnapshot, "current" | "upcoming" | "progress">> & {
    readonly progress?: Partial<LabelProgress>;
  } = {},
): LabelDesk {
  const judged: JudgeRequest[] = [];
  const links: string[] = [];
  let at = 0;
  let mode = settled.mode ?? "label";
  const progress = (): LabelProgress => ({
    done: judged.length,
    left: cards.length - at,
    secondsPerVerdict: judged.length < 3 ? null : 6,
    secondsLeft: judged.length < 3 ? null : 6 * (cards.length - at),
    labels: 40 + judged.length,
    canUndo: at > 0,
    canRedo: false,
    stale: 0,
    leftRate: null,
    consistency: null,
    agreement: null,
    ...settled.progress,
  });
  const rest = (): Advance => ({
    progress: pack(progress()),
    upcoming: cards.slice(at + 1, at + 6),
    nothing:
      at < cards.length
        ? null
        : (settled.nothing ?? { title: "All done", text: "No pair is left.", action: null }),
    warning: settled.warning ?? null,
  });
  const snapshot = (): LabelSnapshot => ({
    order: "pairs.jsonl, in random order",
    settings: labelSettings,
    guidelines: null,
    ...settled,
    ...rest(),
    mode,
    current: cards[at] ?? null,
  });
  return {
    judged,
    links,
    snapshot,
    handlers: {
      open: snapshot,
      judge: (request) => {
        judged.push(request);
        const place = cards.findIndex(({ ticket }) => ticket === request.ticket);
        at = Math.max(at, place + 1);
        return { ...rest(), reveal: null };
      },
      undo: () => {
        at = Math.max(0, at - 1);
        return snapshot();
      },
      redo: snapshot,
      flag: ({ isFlagged }) => ({ isFlagged }),
      draft: () => undefined,
      setMode: (request) => {
        mode = request.mode;
        return snapshot();
      },
      arrange: () => undefined,
      act: () => undefined,
      editGuidelines: () => undefined,
      openLink: ({ href }) => void links.push(href),
    },
  };
}
