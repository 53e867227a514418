// What can be done on the page: each act changes the state and asks the host for what it lacks.
import type {
  HostToPairsPage,
  PairsPageToHost,
  PairsSnapshot,
  RowQuery,
  View,
} from "../../src/protocol/page/pairsPage.ts";
import type { Handlers, Peer } from "../../src/protocol/peer.ts";
import { announce } from "../ui/announce.ts";
import { answerOf, reasonOf } from "./answers.ts";
import { placeWithin, type Place } from "./moves.ts";
import { isSame } from "./queries.ts";
import { RowCache, type LoadedRow } from "./rowCache.ts";
import { clampOffset, offsetToSee, type Extent } from "./scrolling.ts";
import type { Kept, RowAct, State } from "./state.ts";
import { counted, whole } from "./words.ts";
import { wholeFile } from "../../src/protocol/page/wholeFile.ts";

export type PairsHost = Peer<HostToPairsPage, PairsPageToHost>;

export class PairsPage {
  readonly rows: RowCache;
  readonly #paint: () => void;
  #host: PairsHost | null = null;
  #state: State;
  /** Where the user was before a reload, until all rows are there or the user moves. */
  #goBack: Pick<Kept, "offset" | "place"> | null;
  /** What is done with the row of the place as soon as the row is there. */
  #pending: { readonly place: Place; readonly act: RowAct } | null = null;
  #asked: AbortController | null = null;
  #paneAsked = -1;

  constructor(state: State, kept: Kept | null, paint: () => void) {
    this.#state = state;
    this.#goBack = kept;
    this.#paint = paint;
    this.rows = new RowCache({
      ask: (request, signal) => this.host.request("rows", request, signal),
      arrived: () => this.#rowsArrived(),
      failed: (reason) => this.set({ rowsProblem: reason }),
    });
  }

  get state(): State {
    return this.#state;
  }

  get extent(): Extent {
    const { view, rowPx, viewPx } = this.#state;
    return { count: view.count, rowPx, viewPx };
  }

  /** Changes the state and paints with the next frame. */
  set(change: Partial<State>): void {
    this.#state = { ...this.#state, ...change };
    this.#paint();
  }

  /** What the host tells. */
  readonly handlers: Handlers<HostToPairsPage> = {
    changed: (snapshot) => this.#show(snapshot),
    viewChanged: (view) => {
      if (view.viewId !== this.#state.view.viewId) return;
      const { sort, isDescending } = this.#state.query;
      // Rows in the file's order stay where they are when more are found; others move.
      if (sort !== "file" || isDescending) this.rows.refresh(view.viewId);
      this.#takeView(view);
    },
  };

  /** Connects and asks for everything; again after a failure. */
  async open(host: PairsHost): Promise<void> {
    this.#host = host;
    this.set({ snapshot: { is: "waiting" } });
    const snapshot = await answerOf(host.request("open", { query: this.#state.query }));
    if (snapshot.is === "there") this.#show(snapshot.value);
    else this.set({ snapshot });
  }

  /** Starts over after the file could not be opened. */
  readonly reopen = (): void => void this.open(this.host);

  /** Filters or sorts; the list starts at its top. */
  readonly ask = async (query: RowQuery): Promise<void> => {
    this.#asked?.abort();
    const asked = new AbortController();
    this.#asked = asked;
    this.#goBack = null;
    this.set({ query, isAsking: true, rowsProblem: null });
    const view = await answerOf(this.host.request("query", query, asked.signal));
    if (this.#asked !== asked) return;
    this.#asked = null;
    if (view.is === "failed") {
      this.set({ isAsking: false, rowsProblem: view.reason });
      return;
    }
    this.rows.replace(view.value.viewId);
    const { column } = this.#state.place;
    this.set({ isAsking: false, offset: 0, place: { position: 0, column } });
    this.#takeView(view.value);
    announce(this.#countSentence());
  };

  /** Takes all conditions away; the order stays. */
  readonly clear = (): void => void this.ask({ ...this.#state.query, filter: wholeFile.filter });

  /** Asks again for what did not come. */
  readonly retry = (): void => {
    const { view, query } = this.#state;
    this.set({ rowsProblem: null });
    if (view.viewId < 0) void this.ask(query);
    else this.rows.retry();
  };

  readonly scroll = (offset: number): void => {
    this.#goBack = null;
    this.set({ offset: clampOffset(this.extent, offset) });
  };

  /** Moves the cursor and, where it is out of sight, the list. */
  readonly move = (place: Place): void => {
    this.#goBack = null;
    const offset =
      place.position < 0
        ? this.#state.offset
        : offsetToSee(this.extent, this.#state.offset, place.position);
    this.set({ place, offset });
    if (this.#state.isPaneOpen) void this.#fillPane();
  };

  /** Opens the pair of the cursor in the label page, or its line in the text editor. */
  readonly act = (act: RowAct): void => {
    const { place } = this.#state;
    const loaded = this.#rowAt(place);
    if (loaded === null) {
      this.#pending = { place, act };
      return;
    }
    this.#pending = null;
    const { ordinal, kind, reason, line } = loaded.row;
    if (act === "open" && kind === "bad") {
      announce(`Line ${whole(line)} can't be labeled: ${reason ?? "it is a bad row"}`);
      return;
    }
    this.actOn(act, ordinal);
  };

  /** Asks the host for an act on a row; where it refuses, its reason stays until it is tried again or sent away. */
  readonly actOn = (act: RowAct, ordinal: number): void => {
    this.set({ refused: null });
    const method = act === "open" ? "openPair" : "openLine";
    void this.host.request(method, { ordinal }).catch((error: unknown) => {
      this.set({ refused: { act, ordinal, reason: reasonOf(error) } });
    });
  };

  readonly togglePane = (): void => {
    this.set({ isPaneOpen: !this.#state.isPaneOpen });
    if (this.#state.isPaneOpen) void this.#fillPane();
  };

  /** The host; there is one from the first paint with a file on. */
  get host(): PairsHost {
    return this.#host!;
  }

  #show(snapshot: PairsSnapshot): void {
    const known = this.#state.snapshot;
    this.set({ snapshot: { is: "there", value: snapshot } });
    // The user has asked for something else meanwhile; its answer brings the view.
    if (this.#asked !== null) return;
    const isSameQuery = isSame(snapshot.query, this.#state.query);
    const { viewId } = snapshot.view;
    if (known.is !== "there" || !isSameQuery) this.rows.replace(viewId);
    else if (isOnlyProgress(known.value, snapshot)) this.rows.rename(viewId);
    else this.rows.refresh(viewId);
    if (!isSameQuery) {
      this.#goBack = null;
      const place = { position: 0, column: this.#state.place.column };
      // A mark of a chart was chosen, and its pairs are in the list.
      const { tab } = snapshot.query.filter.mark === null ? this.#state : { tab: "rows" as const };
      this.set({ query: snapshot.query, offset: 0, place, tab });
    }
    this.set({ rowsProblem: null });
    this.#takeView(snapshot.view);
    this.#paneAsked = -1;
    if (this.#state.isPaneOpen) void this.#fillPane();
    if (known.is !== "there") announce(`${snapshot.name}, ${this.#countSentence()}`);
  }

  #takeView(view: View): void {
    const { place, offset } = this.#goBack ?? this.#state;
    const isWhole = view.covered >= 1;
    this.set({ view, place: placeWithin(place, view.count) });
    this.set({ offset: clampOffset(this.extent, offset) });
    if (isWhole && this.#state.viewPx > 0) this.#goBack = null;
  }

  /** The list was measured, or its size changed. */
  measured(size: Pick<State, "viewPx" | "roomPx">): void {
    this.set(size);
    if (this.#state.view.viewId >= 0) this.#takeView(this.#state.view);
  }

  #rowAt({ position }: Place): LoadedRow | null {
    return position < 0 ? null : this.rows.at(position);
  }

  #rowsArrived(): void {
    this.set({});
    const pending = this.#pending;
    if (pending !== null && pending.place === this.#state.place) this.act(pending.act);
    if (this.#state.isPaneOpen) void this.#fillPane();
  }

  async #fillPane(): Promise<void> {
    const loaded = this.#rowAt(this.#state.place);
    if (loaded === null || loaded.row.ordinal === this.#paneAsked) return;
    const { ordinal, line } = loaded.row;
    this.#paneAsked = ordinal;
    const pair = await answerOf(this.host.request("row", { ordinal }));
    if (this.#paneAsked === ordinal) this.set({ pane: { ordinal, line, pair } });
  }

  #countSentence(): string {
    const { view, snapshot } = this.#state;
    const all = snapshot.is === "there" ? snapshot.value.rowCount : null;
    return all === null || all === view.count
      ? `${counted(view.count, "row")}.`
      : `${whole(view.count)} of ${counted(all, "row")}.`;
  }
}

/**
 * True where the file was looked through further and no row says anything else: states come with the whole index,
 * and so do all orders but the file's. Twice a second, fetching rows anew would disturb a scroll.
 */
function isOnlyProgress(before: PairsSnapshot, now: PairsSnapshot): boolean {
  const isFile = isSame(now.query, wholeFile);
  return (
    isFile && now.indexed < 1 && now.indexed > before.indexed && now.problem === before.problem
  );
}
