// The seam between the label page and the extension host, for its three uses: labeling, reviewing what a
// model is unsure of, and auditing what it was sure of. The host owns pairs, order, verdicts and figures; the
// page owns how they look, and verdicts that the host has not yet acknowledged.
import type { Message } from "../../core/pair.ts";
import type { Proportion } from "../../core/records.ts";
import type { Packed } from "./figures.ts";
import type { Judgment, KeyMap, LabelAction } from "./judging.ts";

/** `label`: pairs of the data. `review`: what the last model is unsure of. `audit`: kept pseudo-labels. */
export type LabelMode = "label" | "review" | "audit";

/** One showing of a pair. Nothing here tells where a response comes from or what a model thinks of it. */
export interface PairCard {
  /** Names this showing: a hidden repeat of a pair has another one. */
  readonly ticket: string;
  readonly pairId: string;
  readonly prompt: readonly Message[];
  readonly a: readonly Message[];
  readonly b: readonly Message[];
  readonly isFlagged: boolean;
  /** What this person said before, where the pair came back by undo or was opened by hand. */
  readonly given: Judgment | "skip" | null;
  /** What was typed as reason and not sent yet, or stands with the verdict taken back. */
  readonly rationale: string;
  /** Milliseconds of attention so far, from an earlier showing that was interrupted. */
  readonly activeMs: number;
}

export interface LabelProgress {
  /** Verdicts in force by this person in this use of the page. */
  readonly done: number;
  /** Pairs that still wait; null while they are being counted. */
  readonly left: number | null;
  /** Median active seconds per verdict over the last ones; null before the third. */
  readonly secondsPerVerdict: number | null;
  /** Estimated active seconds for what is left, null where not known. */
  readonly secondsLeft: number | null;
  /** Verdicts in force in the whole project, by anybody. */
  readonly labels: number;
  readonly canUndo: boolean;
  readonly canRedo: boolean;
  /** Verdicts made under an older text of the guidelines. */
  readonly stale: number;
  /** How often A was preferred over B: near 1/2 where sides are shuffled and the person is not lopsided. */
  readonly leftRate: Proportion | null;
  /** How often a hidden repeat with swapped sides got the same verdict. */
  readonly consistency: Proportion | null;
  /** Review: how often the person overrode the model's guess. Audit: how often it was right. */
  readonly agreement: AgreementFigures | null;
}

export interface AgreementFigures {
  /** Review: verdicts that differ from the guess. Audit: verdicts that agree with the pseudo-label, ties 1/2. */
  readonly rate: Proportion;
  readonly overrides: number;
  /** Audit: further checks until the interval is `narrowTo` wide to each side; null elsewhere. */
  readonly moreChecks: number | null;
  readonly narrowTo: number | null;
}

/** What the model had said of the pair just judged; only after the vote. */
export interface Reveal {
  readonly ticket: string;
  /** Its preference in the order that was shown. */
  readonly guess: "a" | "b" | "tie";
  /** Its probability for that preference, from 0.5 to 1. */
  readonly confidence: number;
  readonly agrees: boolean;
}

export interface Guidelines {
  readonly markdown: string;
  /** First 12 hex digits of the text's SHA-256. */
  readonly version: string;
}

export interface LabelSettings {
  readonly keys: KeyMap;
  /** Two actions on one key, a key that is none: one sentence each. */
  readonly keyProblems: readonly string[];
  readonly arrangement: "auto" | "side-by-side" | "stacked";
  /** Attention ends this long after the last key, move or scroll. */
  readonly idleMs: number;
  /** Minutes of active time after which a break is suggested; null for never. */
  readonly breakAfterMinutes: number | null;
  readonly isScrollSynchronous: boolean;
}

/** Why no pair is shown, and the one thing to do next. */
export interface Nothing {
  readonly title: string;
  readonly text: string;
  readonly action: NextAction | null;
}

export interface NextAction {
  readonly label: string;
  readonly act:
    "run" | "dashboard" | "label" | "review" | "audit" | "new-project" | "open-data" | "log";
}

/** Everything that a page needs to be drawn, whatever it missed. */
export interface LabelSnapshot {
  readonly mode: LabelMode;
  /** What the pairs are, in one line: "unsure first, 20 % at random", "pairs.jsonl, in random order". */
  readonly order: string;
  readonly current: PairCard | null;
  /** The pairs after it, ready to be painted without asking. */
  readonly upcoming: readonly PairCard[];
  readonly nothing: Nothing | null;
  readonly progress: Packed<LabelProgress>;
  readonly settings: LabelSettings;
  readonly guidelines: Guidelines | null;
  /** A copy is missing (full disk, read-only folder): one sentence; null where all is well. */
  readonly warning: string | null;
}

/** After an act: what to show next, and what it did to the figures. */
export interface Advance {
  readonly progress: Packed<LabelProgress>;
  /** Without those that the page said it has. */
  readonly upcoming: readonly PairCard[];
  /** The tickets of all that come, in order; where it is left out, `upcoming` has them all. */
  readonly line?: readonly string[];
  readonly nothing: Nothing | null;
  readonly warning: string | null;
}

export interface JudgeRequest {
  /** 32 random hex digits that the page makes: sending the same again makes no second event. */
  readonly eventId: string;
  readonly ticket: string;
  readonly judgment: Judgment | "skip";
  readonly activeMs: number;
  readonly rationale: string;
  /** Tickets of the pairs that the page has: 60 kB less to bring at each key. */
  readonly known?: readonly string[];
}

/** What the page asks of the host. */
export interface LabelPageToHost {
  /** First thing after (re)loading, and after `changed`; `ticket` is what it shows or showed, null for none. */
  open(request: { readonly ticket: string | null }): LabelSnapshot;
  /**
   * A verdict or a skip; answers once it is on the disk. Fails where it is on none: the page keeps it, shows it
   * as not saved, and asks again. Works for any ticket that was ever shown in this workspace.
   */
  judge(request: JudgeRequest): Advance & { readonly reveal: Reveal | null };
  /**
   * Further pairs while verdicts wait for a disk that fails, so that the person can go on; `waiting` are the
   * tickets of these verdicts.
   */
  more(request: { readonly waiting: readonly string[] }): {
    readonly upcoming: readonly PairCard[];
  };
  /** Takes the last act of this person back and answers with its pair; `current` null where nothing is left. */
  undo(request: Record<string, never>): LabelSnapshot;
  /** Brings back what undo took away last. */
  redo(request: Record<string, never>): LabelSnapshot;
  /** Marks the pair for a second look, or takes the mark away. */
  flag(request: { readonly ticket: string; readonly isFlagged: boolean }): {
    readonly isFlagged: boolean;
  };
  /** What was typed and how long was looked, for when the window dies; at most a few times a second. */
  draft(request: {
    readonly ticket: string;
    readonly rationale: string;
    readonly activeMs: number;
  }): void;
  setMode(request: { readonly mode: LabelMode }): LabelSnapshot;
  /** Remembers how the person likes the page. */
  arrange(request: { readonly arrangement: LabelSettings["arrangement"] }): void;
  act(request: { readonly act: NextAction["act"] }): void;
  /** Opens the guidelines in the editor, made from a template where there are none. */
  editGuidelines(request: Record<string, never>): void;
  /** A link in a text was clicked: the host shows where it leads and asks. */
  openLink(request: { readonly href: string }): void;
}

/** What the host tells the page. */
export interface HostToLabelPage {
  /** Another pair, picked elsewhere: draw all of it anew. The page keeps its draft where the pair is the same. */
  show(snapshot: LabelSnapshot): void;
  /** Something changed elsewhere: the page asks for all of it by `open`, with the pair that it has in view. */
  changed(event: Record<string, never>): void;
  /** A command of the editor, or a key that the user bound in it. */
  act(event: { readonly action: LabelAction }): void;
}
