// A host of the label page in memory: pairs in order, verdicts in a list, undo and redo, failures on demand. It
// says what the seam says and nothing about how the real host does it.
import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import type { Message } from "../../../src/core/pair.ts";
import { labelSchemas } from "../../../src/host/labeling/labelSchemas.ts";
import { pack } from "../../../src/protocol/page/figures.ts";
import type { KeyMap } from "../../../src/protocol/page/judging.ts";
import { resolveKeys } from "../../../src/protocol/page/keyMap.ts";
import type {
  HostToLabelPage,
  JudgeRequest,
  LabelPageToHost,
  LabelProgress,
  LabelSettings,
  LabelSnapshot,
  PairCard,
  Reveal,
} from "../../../src/protocol/page/labelPage.ts";
import type { Handlers } from "../../../src/protocol/peer.ts";
import { openPage, type OpenedPage } from "./pageHarness.ts";

export const keyMap: KeyMap = resolveKeys("numbers", {}).keys;

export interface MemoryOptions {
  readonly pairs: readonly PairCard[];
  readonly settings?: Partial<LabelSettings>;
  readonly snapshot?: Partial<LabelSnapshot>;
  readonly progress?: Partial<LabelProgress>;
  readonly reveal?: (request: JudgeRequest) => Reveal | null;
  /** Pairs that a page has in advance. */
  readonly ahead?: number;
}

export interface MemoryHost {
  readonly handlers: Handlers<LabelPageToHost>;
  /** Verdicts in force, oldest first. */
  readonly verdicts: JudgeRequest[];
  /** Every call, as "method parameter". */
  readonly calls: { readonly method: string; readonly parameter: unknown }[];
  readonly drafts: Map<string, string>;
  /** Verdicts that are refused before the disk is well again. */
  failNext: number;
  /** Every answer takes this long. */
  delayMs: number;
}

/** A card with the texts of a pair. */
export function card(index: number, texts: Partial<PairCard> = {}): PairCard {
  const id = index.toString(16).padStart(32, "0");
  const user: Message = { role: "user", content: `Question ${index}: what is ${index} plus one?` };
  return {
    ticket: `${id}-${"0".repeat(16)}`,
    pairId: id,
    prompt: [user],
    a: [{ role: "assistant", content: `It is **${index + 1}**.` }],
    b: [{ role: "assistant", content: `It is ${index + 2}, I think.` }],
    isFlagged: false,
    given: null,
    rationale: "",
    activeMs: 0,
    ...texts,
  };
}

/** As many plain cards. */
export function cards(count: number): PairCard[] {
  return Array.from({ length: count }, (_, index) => card(index));
}

/** A host with these pairs. */
export function memoryHost(options: MemoryOptions): MemoryHost {
  const { pairs, ahead = 20 } = options;
  const undone: JudgeRequest[] = [];
  const seen = new Set<string>();
  const call = async (method: string, parameter: unknown): Promise<void> => {
    host.calls.push({ method, parameter });
    if (host.delayMs > 0) await new Promise((resolve) => setTimeout(resolve, host.delayMs));
  };
  const waiting = (): PairCard[] =>
    pairs.filter(({ ticket }) => !host.verdicts.some((verdict) => verdict.ticket === ticket));
  const progress = (): LabelProgress => ({
    done: host.verdicts.length,
    left: waiting().length,
    secondsPerVerdict: host.verdicts.length < 3 ? null : 12,
    secondsLeft: host.verdicts.length < 3 ? null : waiting().length * 12,
    labels: host.verdicts.length,
    canUndo: host.verdicts.length > 0,
    canRedo: undone.length > 0,
    stale: 0,
    leftRate: null,
    consistency: null,
    agreement: null,
    ...options.progress,
  });
  const nothing = (): LabelSnapshot["nothing"] =>
    waiting().length > 0
      ? null
      : {
          title: "All pairs are judged",
          text: "Run to train on them.",
          action: { label: "Run", act: "run" },
        };
  const snapshot = (first?: PairCard): LabelSnapshot => {
    const line = waiting();
    const current = first ?? line[0] ?? null;
    const upcoming = line.filter(({ ticket }) => ticket !== current?.ticket);
    return {
      mode: "label",
      order: "pairs.jsonl, in random order",
      current: current && {
        ...current,
        rationale: host.drafts.get(current.ticket) ?? current.rationale,
      },
      upcoming: upcoming.slice(0, ahead),
      nothing: nothing(),
      progress: pack(progress()),
      settings: {
        keys: keyMap,
        keyProblems: [],
        arrangement: "auto",
        idleMs: 30_000,
        breakAfterMinutes: null,
        isScrollSynchronous: true,
        ...options.settings,
      },
      guidelines: null,
      warning: null,
      ...options.snapshot,
    };
  };
  const cardOf = (wanted: string): PairCard | undefined =>
    pairs.find(({ ticket }) => ticket === wanted);

  const host: MemoryHost = {
    verdicts: [],
    calls: [],
    drafts: new Map(),
    failNext: 0,
    delayMs: 0,
    handlers: {
      open: async (parameter) => {
        await call("open", parameter);
        const wanted = parameter.ticket === null ? undefined : cardOf(parameter.ticket);
        const isJudged = host.verdicts.some(({ ticket }) => ticket === wanted?.ticket);
        return snapshot(isJudged ? undefined : wanted);
      },
      judge: async (parameter) => {
        await call("judge", parameter);
        if (host.failNext > 0) {
          host.failNext--;
          throw new Error("The disk is full.");
        }
        if (!seen.has(parameter.eventId)) {
          seen.add(parameter.eventId);
          host.verdicts.push(parameter);
          undone.length = 0;
        }
        const line = waiting().slice(0, ahead);
        return {
          progress: pack(progress()),
          upcoming: line.filter(({ ticket }) => parameter.known?.includes(ticket) !== true),
          line: line.map(({ ticket }) => ticket),
          nothing: nothing(),
          warning: null,
          reveal: options.reveal?.(parameter) ?? null,
        };
      },
      more: async (parameter) => {
        await call("more", parameter);
        const open = waiting().filter(({ ticket }) => !parameter.waiting.includes(ticket));
        return { upcoming: open.slice(0, ahead) };
      },
      undo: async (parameter) => {
        await call("undo", parameter);
        const last = host.verdicts.pop();
        if (last === undefined) return { ...snapshot(), current: null };
        undone.push(last);
        const back = cardOf(last.ticket)!;
        return snapshot({ ...back, given: last.judgment, rationale: last.rationale });
      },
      redo: async (parameter) => {
        await call("redo", parameter);
        const again = undone.pop();
        if (again !== undefined) host.verdicts.push(again);
        return snapshot();
      },
      flag: async (parameter) => {
        await call("flag", parameter);
        return { isFlagged: parameter.isFlagged };
      },
      draft: async (parameter) => {
        await call("draft", parameter);
        host.drafts.set(parameter.ticket, parameter.rationale);
      },
      setMode: async (parameter) => {
        await call("setMode", parameter);
        return { ...snapshot(), mode: parameter.mode };
      },
      arrange: (parameter) => call("arrange", parameter),
      act: (parameter) => call("act", parameter),
      editGuidelines: (parameter) => call("editGuidelines", parameter),
      openLink: (parameter) => call("openLink", parameter),
    },
  };
  return host;
}

/** The built label page before a host. */
export function openLabelPage(
  browser: Browser,
  host: MemoryHost,
  look: { readonly theme?: string; readonly context?: BrowserContextOptions } = {},
): Promise<OpenedPage<LabelPageToHost, HostToLabelPage>> {
  return openPage<LabelPageToHost, HostToLabelPage>(browser, {
    name: "label",
    schemas: labelSchemas,
    handlers: host.handlers,
    ...look,
  });
}

/** What the page shows once everything is on the disk. */
export const savedText = ".saving[data-saving=saved]";

/** The ticket of the pair that is shown; null where none is. */
export function ticketInView(page: Page): Promise<string | null> {
  return page.evaluate(
    () => document.querySelector<HTMLElement>("article")?.dataset["ticket"] ?? null,
  );
}
