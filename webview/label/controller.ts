// What the person does, as changes of the page's state and requests to the host. The state is changed and
// painted first; the host hears of it after.
import type { Judgment, LabelAction } from "../../src/protocol/page/judging.ts";
import { judgments } from "../../src/protocol/page/judging.ts";
import type {
  HostToLabelPage,
  JudgeRequest,
  LabelMode,
  LabelPageToHost,
  LabelSettings,
  LabelSnapshot,
  NextAction,
} from "../../src/protocol/page/labelPage.ts";
import type { Peer } from "../../src/protocol/peer.ts";
import { announce } from "../ui/announce.ts";
import type { Attention } from "./attention.ts";
import { advanced, deskOf, nextInLine } from "./lineUp.ts";
import { Outbox } from "./outbox.ts";
import { initialState, type KeptLabels, type LabelState } from "./state.ts";
import { judgmentWords } from "./words.ts";

type Answer = Awaited<ReturnType<LabelPageToHost["judge"]>>;

export interface ControllerOptions {
  readonly host: Peer<HostToLabelPage, LabelPageToHost>;
  readonly attention: Attention;
  readonly kept: KeptLabels;
  /** The state is another: paint it, keep it. */
  readonly onChange: (state: LabelState) => void;
  /** The person wants to type a reason. */
  readonly focusRationale: () => void;
}

/** The draft is sent this often at most. */
const draftEveryMs = 350;
const breakCheckMs = 15_000;

export class LabelController {
  readonly #options: ControllerOptions;
  readonly #outbox: Outbox<Answer>;
  #state: LabelState;
  #isBusy = false;
  #waiting: LabelAction[] = [];
  #draftTimer: ReturnType<typeof setTimeout> | null = null;
  #sinceBreakMs: number;

  constructor(options: ControllerOptions) {
    const { host, kept } = options;
    this.#options = options;
    this.#state = { ...initialState, look: kept.look, rationale: kept.rationale };
    this.#sinceBreakMs = kept.sinceBreakMs;
    this.#outbox = new Outbox<Answer>({
      send: (request) => host.request("judge", request),
      onSaved: (request, answer) => this.#saved(request, answer),
      onChange: () => this.#change(this.#savingState()),
      wait: (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds)),
    });
    setInterval(() => this.#checkBreak(), breakCheckMs);
  }

  get state(): LabelState {
    return this.#state;
  }

  /** What is kept beside the state, for the next load. */
  kept(): Omit<KeptLabels, "scroll"> {
    const { desk, rationale, look } = this.#state;
    return {
      ticket: desk?.current?.ticket ?? null,
      rationale,
      look,
      activeMs: this.#options.attention.activeMs(),
      sinceBreakMs: this.#sinceBreakMs,
      outbox: this.#outbox.items.map(({ request }) => request),
    };
  }

  /** The first snapshot, with the pair that was in view before, and the verdicts that were not saved then. */
  async open(): Promise<void> {
    const { host, kept, attention } = this.#options;
    this.#change({ failure: null });
    try {
      const snapshot = await host.request("open", { ticket: kept.ticket });
      if (this.#outbox.items.length === 0) this.#outbox.add(kept.outbox);
      this.show(snapshot);
      if (this.#state.desk?.current?.ticket === kept.ticket && kept.ticket !== null) {
        this.#change({ rationale: kept.rationale });
        attention.restart(Math.max(kept.activeMs, this.#state.desk.current.activeMs));
      }
    } catch (error) {
      this.#change({ failure: messageOf(error) });
    }
  }

  /** Everything anew, as the host says; what is typed stays where the pair is the same. */
  show(snapshot: LabelSnapshot): void {
    const before = this.#state.desk?.current ?? null;
    const desk = deskOf(snapshot, this.#onTheirWay());
    const { left } = desk.progress;
    const { leftByMode } = this.#state;
    this.#options.attention.setIdle(desk.settings.idleMs);
    this.#change({
      desk,
      failure: null,
      leftByMode: left === null ? leftByMode : { ...leftByMode, [desk.mode]: left },
      ...this.#savingState(),
    });
    if (desk.current?.ticket !== before?.ticket) this.#turnedTo();
  }

  /** What a key, a button or a command means. */
  act(action: LabelAction): void {
    if (this.#isBusy) {
      this.#waiting.push(action);
      return;
    }
    if (isJudgment(action) || action === "skip") this.#judge(action);
    else this.#actOther(action);
  }

  typed(rationale: string): void {
    this.#change({ rationale });
    this.#draftTimer ??= setTimeout(() => this.#sendDraft(), draftEveryMs);
  }

  setMode(mode: LabelMode): void {
    if (mode !== this.#state.desk?.mode) {
      void this.#ask(() => this.#options.host.request("setMode", { mode }));
    }
  }

  take(act: NextAction["act"]): void {
    void this.#tell(this.#options.host.request("act", { act }));
  }

  editGuidelines(): void {
    void this.#tell(this.#options.host.request("editGuidelines", {}));
  }

  openLink(href: string): void {
    void this.#tell(this.#options.host.request("openLink", { href }));
  }

  closeKeys(): void {
    this.#change({ isKeysOpen: false });
  }

  retry(): void {
    this.#outbox.retryNow();
  }

  hadBreak(): void {
    this.#sinceBreakMs = -this.#options.attention.activeMs();
    this.#change({ breakMinutes: null });
  }

  dismissNotice(): void {
    this.#change({ notice: null });
  }

  #actOther(action: Exclude<LabelAction, Judgment | "skip">): void {
    const { look, desk } = this.#state;
    switch (action) {
      case "flag":
        return void this.#flag();
      case "rationale":
        return this.#options.focusRationale();
      case "undo":
        return void this.#undo();
      case "redo":
        if (desk?.progress.canRedo !== true) return announce("Nothing to redo.");
        return void this.#ask(() => this.#options.host.request("redo", {}), "Redone.");
      case "diff":
        announce(look.isDiff ? "Differences hidden." : "Differences shown.");
        return this.#change({ look: { ...look, isDiff: !look.isDiff } });
      case "raw":
        announce(look.isRaw ? "Texts rendered." : "Texts raw.");
        return this.#change({ look: { ...look, isRaw: !look.isRaw } });
      case "arrange":
        return this.#arrange();
      case "guidelines":
        return this.#change({ look: { ...look, isGuidelinesOpen: !look.isGuidelinesOpen } });
      case "keys":
        return this.#change({ isKeysOpen: !this.#state.isKeysOpen });
      default:
        action satisfies never;
    }
  }

  #judge(judgment: Judgment | "skip"): void {
    const { desk, rationale } = this.#state;
    if (desk?.current == null) return;
    const { ticket } = desk.current;
    const next = nextInLine(desk);
    const activeMs = this.#options.attention.restart(next.current?.activeMs ?? 0);
    this.#sinceBreakMs += activeMs;
    const request = { eventId: newId(), ticket, judgment, activeMs, rationale };
    this.#outbox.add([request]);
    this.#dropDraft();
    this.#change({
      desk: next,
      rationale: next.current?.rationale ?? "",
      notice: null,
      judged: null,
      ...this.#savingState(),
    });
    announce(
      next.current === null
        ? `${judgmentWords(judgment)}.`
        : `${judgmentWords(judgment)}. Pair ${desk.progress.done + this.#outbox.items.length + 1}.`,
    );
  }

  #saved(request: JudgeRequest, answer: Answer): void {
    const { desk, judged, leftByMode } = this.#state;
    if (desk === null) return;
    const hadNone = desk.current === null;
    const next = advanced(desk, answer, this.#onTheirWay());
    const { left } = next.progress;
    this.#change({
      desk: next,
      judged:
        answer.reveal === null ? judged : { reveal: answer.reveal, judgment: request.judgment },
      leftByMode: left === null ? leftByMode : { ...leftByMode, [next.mode]: left },
      ...this.#savingState(),
    });
    if (hadNone && next.current !== null) this.#turnedTo();
    else if (hadNone && next.nothing !== null) announce(next.nothing.title);
  }

  async #undo(): Promise<void> {
    const { desk } = this.#state;
    if (desk?.progress.canUndo !== true && this.#outbox.items.length === 0) {
      return announce("Nothing to undo.");
    }
    await this.#ask(async () => {
      const takenBack = await this.#outbox.takeBack();
      return takenBack === null
        ? this.#options.host.request("undo", {})
        : this.#options.host.request("open", { ticket: takenBack.ticket });
    }, "Taken back.");
  }

  async #flag(): Promise<void> {
    const { desk } = this.#state;
    if (desk?.current == null) return;
    const { ticket } = desk.current;
    const wanted = !desk.current.isFlagged;
    try {
      const { isFlagged } = await this.#options.host.request("flag", { ticket, isFlagged: wanted });
      const now = this.#state.desk;
      if (now?.current?.ticket === ticket) {
        this.#change({ desk: { ...now, current: { ...now.current, isFlagged } } });
      }
      announce(isFlagged ? "Flagged." : "Flag taken away.");
    } catch (error) {
      this.#change({ notice: `The flag was not saved: ${messageOf(error)}` });
    }
  }

  #arrange(): void {
    const { desk } = this.#state;
    if (desk === null) return;
    const order: readonly LabelSettings["arrangement"][] = ["auto", "side-by-side", "stacked"];
    const arrangement = order[(order.indexOf(desk.settings.arrangement) + 1) % order.length]!;
    this.#change({ desk: { ...desk, settings: { ...desk.settings, arrangement } } });
    const words = { auto: "By width", "side-by-side": "Side by side", stacked: "Stacked" };
    announce(`${words[arrangement]}.`);
    void this.#tell(this.#options.host.request("arrange", { arrangement }));
  }

  /** Asks for a snapshot; acts that come meanwhile wait for it, so that they mean the pair that it brings. */
  async #ask(request: () => Promise<LabelSnapshot>, done?: string): Promise<void> {
    this.#isBusy = true;
    this.#sendDraft();
    try {
      const snapshot = await request();
      this.#change({ notice: null, judged: null });
      this.show(snapshot);
      if (done !== undefined) announce(done);
    } catch (error) {
      this.#change({ notice: messageOf(error) });
    }
    this.#isBusy = false;
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const action of waiting) this.act(action);
  }

  async #tell(request: Promise<unknown>): Promise<void> {
    try {
      await request;
    } catch (error) {
      this.#change({ notice: messageOf(error) });
    }
  }

  #turnedTo(): void {
    const current = this.#state.desk?.current ?? null;
    this.#options.attention.restart(current?.activeMs ?? 0);
    this.#dropDraft();
    this.#change({ rationale: current?.rationale ?? "" });
  }

  #sendDraft(): void {
    const ticket = this.#state.desk?.current?.ticket;
    if (this.#draftTimer === null || ticket === undefined) return;
    this.#dropDraft();
    const { rationale } = this.#state;
    const activeMs = this.#options.attention.activeMs();
    this.#options.host.notify("draft", { ticket, rationale, activeMs });
  }

  #dropDraft(): void {
    if (this.#draftTimer !== null) clearTimeout(this.#draftTimer);
    this.#draftTimer = null;
  }

  #checkBreak(): void {
    const after = this.#state.desk?.settings.breakAfterMinutes ?? null;
    if (after === null) return;
    const minutes = (this.#sinceBreakMs + this.#options.attention.activeMs()) / 60_000;
    if (minutes >= after) this.#change({ breakMinutes: Math.round(minutes) });
  }

  #savingState(): Pick<LabelState, "unsaved" | "saving"> {
    const unsaved = this.#outbox.items;
    if (unsaved.some(({ problem }) => problem !== null)) return { unsaved, saving: "failing" };
    if (unsaved.length > 0) return { unsaved, saving: "saving" };
    return { unsaved, saving: this.#state.saving === "nothing" ? "nothing" : "saved" };
  }

  #onTheirWay(): ReadonlySet<string> {
    return new Set(this.#outbox.items.map(({ request }) => request.ticket));
  }

  #change(change: Partial<LabelState>): void {
    this.#state = { ...this.#state, ...change };
    this.#options.onChange(this.#state);
  }
}

function isJudgment(action: LabelAction): action is Judgment {
  return (judgments as readonly string[]).includes(action);
}

/** 32 random hex digits. */
function newId(): string {
  return crypto.randomUUID().replaceAll("-", "");
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
