// What the person does: changes of the page's state, painted at once, and requests to the host after that.
import type { Judgment, LabelAction } from "../../src/protocol/page/judging.ts";
import type {
  LabelMode,
  LabelPageToHost,
  LabelSnapshot,
} from "../../src/protocol/page/labelPage.ts";
import { announce } from "../ui/announce.ts";
import { createAsking } from "./asking.ts";
import type { Attention } from "./attention.ts";
import { breakCheckMs, createBreakHint, type BreakHint } from "./breakHint.ts";
import { createDraft } from "./draft.ts";
import { withDesk, withOutbox } from "./deskState.ts";
import { createFurtherPairs } from "./furtherPairs.ts";
import { advanced, deskOf, isCutOff, nextInLine, ticketsOf } from "./lineUp.ts";
import { newEventId, Outbox, type OutboxOptions } from "./outbox.ts";
import { arrange, messageOf, tell, toggleFlag, toggleLook, type Host } from "./smallActs.ts";
import { newsAround, takenBack } from "./snapshots.ts";
import { isVerdict, type KeptLabels, type LabelState } from "./state.ts";
import { createStore, type Store } from "./store.ts";
import { judgmentWords } from "./words.ts";

type Answer = Awaited<ReturnType<LabelPageToHost["judge"]>>;
type Saved = Parameters<OutboxOptions<Answer>["onSaved"]>[0];

export interface ControllerOptions {
  readonly host: Host;
  readonly attention: Attention;
  readonly kept: KeptLabels;
  /** The state is another: paint it, keep it. */
  readonly onChange: (state: LabelState) => void;
  /** The person wants to type a reason. */
  readonly focusRationale: () => void;
}

export class LabelController {
  readonly #options: ControllerOptions;
  readonly #outbox: Outbox<Answer>;
  readonly #store: Store;
  readonly #break: BreakHint;
  readonly #furtherPairs: () => void;
  readonly #draft = createDraft(() => this.#sendDraft());
  readonly #asking = createAsking({
    onAsk: () => this.#draft.flush(),
    onAnswer: (snapshot) => {
      this.#store.change({ notice: null, judged: null });
      this.show(snapshot);
    },
    onFailure: (notice) => this.#store.change({ notice }),
    act: (action) => this.act(action),
  });

  constructor(options: ControllerOptions) {
    const { host, kept, onChange } = options;
    this.#options = options;
    this.#store = createStore({ look: kept.look }, onChange);
    this.#break = createBreakHint(kept.sinceBreakMs);
    this.#outbox = new Outbox<Answer>({
      send: (request) => host.request("judge", { ...request, known: ticketsOf(this.state.desk) }),
      onSaved: (saved) => this.#saved(saved),
      onChange: () => {
        this.#store.change(withOutbox(this.state, this.#outbox.items));
        this.#furtherPairs();
      },
      wait: (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds)),
    });
    this.#furtherPairs = createFurtherPairs({ store: this.#store, host, outbox: this.#outbox });
    setInterval(() => this.#checkBreak(), breakCheckMs);
  }

  get state(): LabelState {
    return this.#store.state;
  }

  /** What is kept beside where the panes are scrolled to. */
  kept(): Omit<KeptLabels, "scroll"> {
    const { desk, rationale, look } = this.state;
    return {
      ticket: desk?.current?.ticket ?? null,
      rationale,
      look,
      activeMs: this.#options.attention.activeMs(),
      sinceBreakMs: this.#break.sinceBreakMs,
      outbox: this.#outbox.items.map(({ request }) => request),
    };
  }

  /** The first snapshot, with the pair that was in view before, and the verdicts that were not saved then. */
  async open(): Promise<void> {
    const { host, kept, attention } = this.#options;
    this.#store.change({ failure: null });
    try {
      const snapshot = await host.request("open", { ticket: kept.ticket });
      if (this.#outbox.items.length === 0) this.#outbox.add(kept.outbox);
      this.show(snapshot);
      const current = this.state.desk?.current ?? null;
      if (current === null || current.ticket !== kept.ticket) return;
      attention.restart(Math.max(kept.activeMs, current.activeMs));
      // What the host heard last is newer where the window died before it had kept that.
      if (kept.activeMs >= current.activeMs) this.#store.change({ rationale: kept.rationale });
    } catch (error) {
      this.#store.change({ failure: messageOf(error) });
    }
  }

  /** Everything anew, as the host says; what is typed stays where the pair is the same. */
  show(snapshot: LabelSnapshot): void {
    const before = this.state.desk?.current?.ticket;
    const desk = deskOf(snapshot, this.#outbox.tickets);
    this.#options.attention.setIdle(desk.settings.idleMs);
    this.#store.change({ ...withDesk(this.state, desk, this.#outbox.items), failure: null });
    if (desk.current?.ticket !== before) this.#turnedTo();
  }

  /** Something changed elsewhere. */
  async refresh(): Promise<void> {
    await this.#asking.idle();
    await newsAround(this.#store, this.#options.host).then(
      (snapshot) => this.show(snapshot),
      (error: unknown) => this.#store.change({ notice: messageOf(error) }),
    );
  }

  /** What a key, a button or a command means. */
  act(action: LabelAction): void {
    if (this.#asking.holdsBack(action)) return;
    if (isVerdict(action)) this.#judge(action);
    else this.#actOther(action);
  }

  typed(rationale: string): void {
    this.#store.change({ rationale });
    this.#draft.touch();
  }

  setMode(mode: LabelMode): void {
    if (mode === this.state.desk?.mode) return;
    const request = () => this.#options.host.request("setMode", { mode });
    void this.#asking.ask({ request, brings: "other pair" });
  }

  /** Asks the host for something whose answer changes nothing here. */
  tell(request: Promise<unknown>): void {
    void tell(this.#store, request);
  }

  retry(): void {
    this.#outbox.retryNow();
  }

  hadBreak(): void {
    this.#break.hadBreak(this.#options.attention.activeMs());
    this.#store.change({ breakMinutes: null });
  }

  close(what: "keys" | "notice"): void {
    this.#store.change(what === "keys" ? { isKeysOpen: false } : { notice: null });
  }

  #actOther(action: Exclude<LabelAction, Judgment | "skip">): void {
    const { host, focusRationale } = this.#options;
    switch (action) {
      case "flag":
        return void toggleFlag(this.#store, host);
      case "rationale":
        return focusRationale();
      case "undo":
        return void this.#undo();
      case "redo":
        if (this.state.desk?.progress.canRedo !== true) return announce("Nothing to redo.");
        return void this.#asking.ask({
          ...{ request: () => host.request("redo", {}), done: "Redone.", brings: "other pair" },
        });
      case "diff":
        return toggleLook(this.#store, "isDiff");
      case "raw":
        return toggleLook(this.#store, "isRaw");
      case "arrange":
        return arrange(this.#store, host);
      case "guidelines":
        return toggleLook(this.#store, "isGuidelinesOpen");
      case "keys":
        return this.#store.change({ isKeysOpen: !this.state.isKeysOpen });
      default:
        action satisfies never;
    }
  }

  #judge(judgment: Judgment | "skip"): void {
    const { desk, rationale } = this.state;
    if (desk === null || desk.current === null) return;
    const { ticket } = desk.current;
    const next = nextInLine(desk);
    const activeMs = this.#options.attention.restart(next.current?.activeMs ?? 0);
    this.#break.add(activeMs);
    this.#draft.drop();
    this.#outbox.add([{ eventId: newEventId(), ticket, judgment, activeMs, rationale }]);
    this.#store.change({
      ...withDesk(this.state, next, this.#outbox.items),
      ...{ notice: null, judged: null, rationale: next.current?.rationale ?? "" },
    });
    const position = desk.progress.done + this.#outbox.items.length + 1;
    this.#furtherPairs();
    announce(`${judgmentWords(judgment)}.${next.current === null ? "" : ` Pair ${position}.`}`);
  }

  #saved({ request, answer, isNewest }: Saved): void {
    const { desk, judged } = this.state;
    if (desk === null) return;
    const next = isNewest ? advanced(desk, answer, this.#outbox.tickets) : desk;
    const { reveal } = answer;
    this.#store.change({
      ...withDesk(this.state, next, this.#outbox.items),
      judged: reveal === null ? judged : { reveal, judgment: request.judgment },
    });
    if (desk.current !== null) return;
    if (next.current !== null) this.#turnedTo();
    else if (next.nothing !== null) announce(next.nothing.title);
    else if (isNewest && isCutOff(next, answer, this.#outbox.tickets)) void this.refresh();
  }

  async #undo(): Promise<void> {
    if (this.state.desk?.progress.canUndo !== true && this.#outbox.items.length === 0) {
      return announce("Nothing to undo.");
    }
    const request = () => takenBack(this.#outbox, this.#options.host);
    await this.#asking.ask({ request, done: "Taken back.", brings: "known pair" });
  }

  #turnedTo(): void {
    const current = this.state.desk?.current ?? null;
    this.#options.attention.restart(current?.activeMs ?? 0);
    this.#draft.drop();
    this.#store.change({ rationale: current?.rationale ?? "" });
  }

  #sendDraft(): void {
    const { desk, rationale } = this.state;
    const ticket = desk?.current?.ticket;
    if (ticket === undefined) return;
    const activeMs = this.#options.attention.activeMs();
    this.#options.host.notify("draft", { ticket, rationale, activeMs });
  }

  #checkBreak(): void {
    const after = this.state.desk?.settings.breakAfterMinutes ?? null;
    const breakMinutes = this.#break.due(after, this.#options.attention.activeMs());
    if (breakMinutes !== this.state.breakMinutes) this.#store.change({ breakMinutes });
  }
}
