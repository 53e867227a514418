// Answers the label page: one session for each panel. The page may be reloaded, hidden or gone at any moment,
// and the host restarted: what holds is in the log, what was typed in the drafts. No VS Code here.
import { pack } from "../../protocol/page/figures.ts";
import type {
  Advance,
  JudgeRequest,
  LabelMode,
  LabelPageToHost,
  LabelSnapshot,
  Nothing,
  PairCard,
} from "../../protocol/page/labelPage.ts";
import type { Handlers } from "../../protocol/peer.ts";
import { cardOf, revealOf } from "./cards.ts";
import type { Deck } from "./deck.ts";
import { showingInView } from "./inView.ts";
import { trouble } from "./nothing.ts";
import type { Candidate } from "./pairReader.ts";
import { PersonLog, type LabelAccess, type Person } from "./personLog.ts";
import { Planner, type Planned } from "./planner.ts";
import { showingFor, showingOf } from "./tickets.ts";
import { progressOf } from "./progress.ts";
import type { SessionParts } from "./sessionParts.ts";
import { actPayload } from "./verdicts.ts";

export class LabelSession {
  readonly handlers: Handlers<LabelPageToHost>;
  readonly #parts: SessionParts;
  readonly #person: PersonLog;
  readonly #planner: Planner;
  #mode: LabelMode;
  #warning: string | null = null;
  /** Turned to another use since the page loaded: a hidden page comes back with what it showed in the last. */
  #isTurned = false;
  #queue: Promise<unknown> = Promise.resolve();

  constructor(parts: SessionParts, mode: LabelMode) {
    this.#parts = parts;
    this.#mode = mode;
    this.#person = new PersonLog(parts.labels, parts.rater);
    this.#planner = new Planner(parts);
    this.handlers = {
      ...parts.editor,
      open: ({ ticket }) => this.#inTurn(() => this.#open(ticket)),
      judge: (request) => this.#inTurn(() => this.#judge(request)),
      more: ({ waiting }) => this.#inTurn(() => this.#more(new Set(waiting))),
      undo: () => this.undo(),
      redo: () => this.redo(),
      flag: (request) => this.#inTurn(() => this.#flag(request)),
      draft: ({ ticket, rationale, activeMs }) => parts.drafts.set(ticket, { rationale, activeMs }),
      setMode: ({ mode: next }) => this.setMode(next),
    };
  }

  get mode(): LabelMode {
    return this.#mode;
  }

  /** Takes the last act back and shows its pair. */
  undo(): Promise<LabelSnapshot> {
    return this.#inTurn(() => this.#undo());
  }

  /** Brings back what undo took away last. */
  redo(): Promise<LabelSnapshot> {
    return this.#inTurn(() => this.#redo());
  }

  setMode(mode: LabelMode): Promise<LabelSnapshot> {
    return this.#inTurn(() => {
      if (mode !== this.#mode) {
        this.#planner.clear();
        this.#isTurned = true;
      }
      this.#mode = mode;
      this.#parts.keepMode(mode);
      return this.#snapshot();
    });
  }

  /** Puts a pair that somebody picked in front, judged or not. Throws where it does not stand there any more. */
  choose(candidate: Candidate): Promise<LabelSnapshot> {
    return this.#inTurn(async () => {
      const { rater } = await this.#person.person();
      const showing = showingFor(candidate.id, "chosen", rater);
      if (!(await this.#planner.pin(showing, candidate))) {
        throw new Error(
          `${candidate.path}, row ${candidate.line}: expected pair ${candidate.id}, found another row. ` +
            "The file has changed since; open the pair from a list that is up to date.",
        );
      }
      return this.#snapshot();
    });
  }

  async #open(ticket: string | null): Promise<LabelSnapshot> {
    const person = await this.#person.person();
    const typed = await this.#parts.drafts.newest();
    const planned = this.#planner.plan.map((one) => one.ticket);
    const [mode, isTurned] = [this.#mode, this.#isTurned];
    const showing = showingInView({ mode, kept: ticket, typed, planned, isTurned }, person);
    this.#isTurned = false;
    // The pairs behind the one in view may come from what is no longer the newest run.
    this.#planner.keepFirst();
    if (showing !== null) {
      const deck = await this.#parts.decks.deck(this.#mode, person.log.judged);
      await this.#pinIfThere(showing, await this.#planner.find(deck, showing.pair));
    }
    return this.#snapshot();
  }

  async #judge(request: JudgeRequest): Promise<Advance & { reveal: ReturnType<typeof revealOf> }> {
    const { ticket, eventId } = request;
    const showing = this.#showing(ticket);
    const { rater } = await this.#person.person();
    const guideline = (await this.#parts.guidelines())?.version ?? null;
    const payload = actPayload(request, showing, { rater, guideline });
    const { event, warning } = await this.#person.append(payload, eventId);
    this.#warning = warning;
    await this.#parts.drafts.clear(ticket).catch(() => undefined);
    this.#planner.remove(ticket);
    const { deck, person, problem } = await this.#ready();
    const winner = event.kind === "verdict" ? event.winner : null;
    const p = this.#mode === "label" ? null : deck.guessOf(showing.pair);
    // After this answer; what can't be read then is told where it is needed.
    this.#inTurn(() => deck.catchUp()).catch(() => undefined);
    return {
      progress: pack(progressOf(deck, person, guideline)),
      ...(await this.#line(person, new Set(request.known))),
      nothing: this.#nothing(deck, problem),
      warning,
      reveal: revealOf({ ticket, showing }, p, winner),
    };
  }

  async #more(waiting: ReadonlySet<string>): Promise<{ upcoming: readonly PairCard[] }> {
    const person = await this.#person.person();
    const deck = await this.#parts.decks.deck(this.#mode, person.log.judged);
    await this.#planner.fill(deck, person, waiting);
    return { upcoming: await this.#cards(this.#planner.plan, person) };
  }

  async #undo(): Promise<LabelSnapshot> {
    const { own, rater } = await this.#person.person();
    const act = own.undoable;
    if (act === null) return this.#snapshot();
    await this.#append({ kind: "undo", target: act.id, rater });
    const usual = showingFor(act.pair, act.drawn ?? "chosen", rater);
    const showing = { ...usual, shown: act.shown ?? usual.shown };
    const { log } = await this.#person.person();
    const deck = await this.#parts.decks.deck(this.#mode, log.judged);
    await this.#pinIfThere(showing, await this.#planner.find(deck, act.pair));
    return this.#snapshot();
  }

  async #redo(): Promise<LabelSnapshot> {
    const { own, rater } = await this.#person.person();
    const back = own.redoable;
    if (back === null) return this.#snapshot();
    await this.#append({ kind: "undo", target: back.undo.id, rater });
    return this.#snapshot();
  }

  async #flag({ ticket, isFlagged }: { ticket: string; isFlagged: boolean }) {
    const { pair, shown, drawn } = this.#showing(ticket);
    const { log, rater } = await this.#person.person();
    const flags = log.flagsOf(pair);
    if (isFlagged && flags.length === 0) {
      await this.#append({ kind: "flag", pair, shown, rater, drawn });
    }
    if (!isFlagged) {
      for (const { id } of flags) await this.#append({ kind: "undo", target: id, rater });
    }
    return { isFlagged };
  }

  async #append(payload: Parameters<LabelAccess["append"]>[0]): Promise<void> {
    this.#warning = (await this.#person.append(payload, this.#parts.randomId())).warning;
  }

  /** Everything that the page needs to be drawn. */
  async #snapshot(): Promise<LabelSnapshot> {
    const guidelines = await this.#parts.guidelines();
    const { deck, person, problem } = await this.#ready();
    const [current, ...upcoming] = await this.#cards(this.#planner.plan, person);
    return {
      mode: this.#mode,
      order: deck.order,
      current: current ?? null,
      upcoming,
      nothing: this.#nothing(deck, problem),
      progress: pack(progressOf(deck, person, guidelines?.version ?? null)),
      settings: this.#parts.settings(),
      guidelines,
      warning: this.#warning,
    };
  }

  /** Plans ahead; what can't be read is told in place of a pair, for the verdict before it is safe already. */
  async #ready(): Promise<{ deck: Deck; person: Person; problem: Nothing | null }> {
    const person = await this.#person.person();
    const deck = await this.#parts.decks.deck(this.#mode, person.log.judged);
    this.#planner.prune(person);
    try {
      await this.#planner.fill(deck, person);
      return { deck, person, problem: null };
    } catch (error) {
      return { deck, person, problem: trouble("The pairs can't be read", error) };
    }
  }

  #nothing(deck: Deck, problem: Nothing | null): Nothing | null {
    return this.#planner.plan.length > 0 ? null : (problem ?? deck.end);
  }

  async #pinIfThere(...showing: Parameters<Planner["pin"]>): Promise<void> {
    // A pair that can't be found any more is not shown; what was said of it holds.
    await this.#planner.pin(...showing).catch(() => false);
  }

  /** What comes, and the cards of it that the page has not. */
  async #line(person: Person, known: ReadonlySet<string>) {
    const { plan } = this.#planner;
    const unknown = plan.filter(({ ticket }) => !known.has(ticket));
    const line = plan.map(({ ticket }) => ticket);
    return { upcoming: await this.#cards(unknown, person), line };
  }

  #cards(plan: readonly Planned[], person: Person): Promise<PairCard[]> {
    return Promise.all(
      plan.map(async (planned) =>
        cardOf(planned, person, await this.#parts.drafts.get(planned.ticket)),
      ),
    );
  }

  #showing(ticket: string) {
    const showing = showingOf(ticket);
    if (showing !== null) return showing;
    throw new Error(`internal: ${ticket} names no showing of a pair`);
  }

  /** One act after the other: each sees what the one before it did. */
  #inTurn<T>(act: () => Promise<T>): Promise<T> {
    const result = this.#queue.then(act);
    this.#queue = result.catch(() => undefined);
    return result;
  }
}
