// What the label page shows, as one record, and the little of it that survives a reload.
import { judgments, type Judgment } from "../../src/protocol/page/judging.ts";
import type {
  Guidelines,
  JudgeRequest,
  LabelMode,
  LabelProgress,
  LabelSettings,
  Nothing,
  PairCard,
  Reveal,
} from "../../src/protocol/page/labelPage.ts";

/** A verdict that the host has not acknowledged. */
export interface Unsaved {
  readonly request: JudgeRequest;
  /** Why the last attempt failed; null while none has. */
  readonly problem: string | null;
}

/** How the person looks at the pair. */
export interface LookChoices {
  readonly isDiff: boolean;
  readonly isRaw: boolean;
  readonly isGuidelinesOpen: boolean;
}

/** What the host has told, ready to be painted. */
export interface Desk {
  readonly mode: LabelMode;
  readonly order: string;
  readonly current: PairCard | null;
  readonly upcoming: readonly PairCard[];
  readonly nothing: Nothing | null;
  readonly progress: LabelProgress;
  readonly settings: LabelSettings;
  readonly guidelines: Guidelines | null;
  readonly warning: string | null;
}

export interface LabelState {
  /** Null while loading, and where loading failed. */
  readonly desk: Desk | null;
  /** Why nothing can be shown; null where all is well. */
  readonly failure: string | null;
  readonly rationale: string;
  readonly look: LookChoices;
  readonly isKeysOpen: boolean;
  readonly unsaved: readonly Unsaved[];
  /** "saved" once something was saved and nothing waits. */
  readonly saving: "nothing" | "saving" | "saved" | "failing";
  /** The pair just judged, where a model had guessed. */
  readonly judged: { readonly reveal: Reveal; readonly judgment: Judgment | "skip" } | null;
  /** An act that did not work: one sentence. */
  readonly notice: string | null;
  /** Minutes of active time since the last break, once a break is due. */
  readonly breakMinutes: number | null;
  /** Pairs that waited in each mode when it was last shown. */
  readonly leftByMode: Readonly<Partial<Record<LabelMode, number>>>;
}

/** Where each pane was scrolled to, as pixels from its top, by the pane's name. */
export type ScrollPlaces = Readonly<Record<string, number>>;

/** What `keep` has. */
export interface KeptLabels {
  readonly ticket: string | null;
  readonly rationale: string;
  readonly activeMs: number;
  /** Active milliseconds since the last break. */
  readonly sinceBreakMs: number;
  readonly look: LookChoices;
  readonly scroll: ScrollPlaces;
  readonly outbox: readonly JudgeRequest[];
}

export const initialState: LabelState = {
  desk: null,
  failure: null,
  rationale: "",
  look: { isDiff: false, isRaw: false, isGuidelinesOpen: false },
  isKeysOpen: false,
  unsaved: [],
  saving: "nothing",
  judged: null,
  notice: null,
  breakMinutes: null,
  leftByMode: {},
};

/** Reads what was kept, by this version of the page or by another. */
export function readKept(value: unknown): KeptLabels {
  const kept = recordOf(value);
  const look = recordOf(kept["look"]);
  const scroll = Object.entries(recordOf(kept["scroll"])).filter(
    (entry): entry is [string, number] => typeof entry[1] === "number",
  );
  return {
    ticket: typeof kept["ticket"] === "string" ? kept["ticket"] : null,
    rationale: typeof kept["rationale"] === "string" ? kept["rationale"] : "",
    activeMs: numberOf(kept["activeMs"]),
    sinceBreakMs: numberOf(kept["sinceBreakMs"]),
    look: {
      isDiff: look["isDiff"] === true,
      isRaw: look["isRaw"] === true,
      isGuidelinesOpen: look["isGuidelinesOpen"] === true,
    },
    scroll: Object.fromEntries(scroll),
    outbox: Array.isArray(kept["outbox"]) ? kept["outbox"].filter(isJudgeRequest) : [],
  };
}

/** True for what is said of a pair, as against what is done with the page. */
export function isVerdict(action: string): action is Judgment | "skip" {
  return action === "skip" || (judgments as readonly string[]).includes(action);
}

function isJudgeRequest(value: unknown): value is JudgeRequest {
  const request = recordOf(value);
  return (
    typeof request["eventId"] === "string" &&
    typeof request["ticket"] === "string" &&
    typeof request["activeMs"] === "number" &&
    typeof request["rationale"] === "string" &&
    isVerdict(String(request["judgment"]))
  );
}

function recordOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};
}

function numberOf(value: unknown): number {
  return typeof value === "number" && Number.isFinite(value) ? value : 0;
}
