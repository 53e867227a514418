// The order of rows that each page of a file looks at. A view without filter and sort is the file itself; one
// with words grows while the file is searched; every other one waits for the index. Runs in the file's thread.
import type { PairTable } from "../../data/pairTable/pairTable.ts";
import { isWholeFile, selectRows, type TableQuery } from "../../data/pairTable/query.ts";
import type { RowStates } from "../../data/pairTable/rowStates.ts";
import { readMark } from "../../data/pairTable/runModel.ts";
import { wordsOf, type TextSearch } from "../../data/pairTable/textSearch.ts";
import type { RowFilter, RowQuery, View } from "../../protocol/page/pairsPage.ts";
import { wholeFile } from "../../protocol/page/wholeFile.ts";

interface PageView {
  readonly viewId: number;
  readonly query: RowQuery;
  /** Null for the whole file in its order. */
  ordinals: Uint32Array | null;
  readonly search: TextSearch | null;
  readonly mark: MarkedRows | null;
}

/** The rows of a mark (1 where a row is in it), and all rows as its model sees them. */
interface MarkedRows {
  readonly set: Uint8Array;
  readonly states: RowStates;
}

/** How often a page is told that its view grew: a frame of a slow screen would be too often to read. */
const toldEveryMs = 200;

export class TableViews {
  readonly #table: PairTable;
  readonly #tell: (page: string, view: View) => void;
  readonly #views = new Map<string, PageView>();
  /** The last view of each page that is being made. */
  readonly #making = new Map<string, Promise<unknown>>();
  #lastId = 0;

  constructor(table: PairTable, tell: (page: string, view: View) => void) {
    this.#table = table;
    this.#tell = tell;
  }

  /**
   * Makes a page's view, in place of the one that it had; a search for the same words goes on. Null makes the
   * view anew that the page had, the whole file where it had none. Views of a page are made one after the other:
   * reading a mark's pairs takes a while, and the last one that was asked for must be the one that stays.
   */
  make(page: string, asked: RowQuery | null): Promise<{ view: View; query: RowQuery }> {
    const turn = (this.#making.get(page) ?? Promise.resolve())
      .catch(() => undefined)
      .then(async () => {
        const query = asked ?? this.#views.get(page)?.query ?? wholeFile;
        return { view: await this.#make(page, query), query };
      });
    this.#making.set(page, turn);
    return turn;
  }

  async #make(page: string, query: RowQuery): Promise<View> {
    const viewId = ++this.#lastId;
    const mark = await this.#marked(query.filter);
    const before = this.#views.get(page) ?? null;
    const kept = before?.query.filter.text === query.filter.text ? before.search : null;
    if (kept === null) before?.search?.stop();
    const search = kept ?? this.#searchFor(query.filter.text);
    const view: PageView = { viewId, query, ordinals: null, search, mark };
    this.#views.set(page, view);
    this.#order(view);
    if (search !== null && kept === null) this.#run(page, search);
    return this.#shown(view);
  }

  /** Ordinals of a part of a view; null where there is no such view any more. */
  part(viewId: number, { from, count }: { from: number; count: number }): ArrayLike<number> | null {
    const view = [...this.#views.values()].find((one) => one.viewId === viewId);
    if (view === undefined) return null;
    if (view.ordinals !== null) return view.ordinals.slice(from, from + count);
    const length = Math.max(0, Math.min(count, this.#table.known().rows - from));
    return Uint32Array.from({ length }, (_, i) => from + i);
  }

  /** What the model of a view's mark says; null where the view has none, and the run's newest model counts. */
  statesOf(viewId: number): RowStates | null {
    const view = [...this.#views.values()].find((one) => one.viewId === viewId);
    return view?.mark?.states ?? null;
  }

  /** Tells pages that look at the whole file of rows that were counted since. */
  grew(): void {
    for (const [page, view] of this.#views) {
      if (view.ordinals === null) this.#tell(page, this.#shown(view));
    }
  }

  close(page: string): void {
    this.#views.get(page)?.search?.stop();
    this.#views.delete(page);
    this.#making.delete(page);
  }

  #searchFor(text: string): TextSearch | null {
    return wordsOf(text).length === 0 ? null : this.#table.search(text);
  }

  #run(page: string, search: TextSearch): void {
    let told = performance.now();
    const progress = (): void => {
      const view = this.#views.get(page);
      const now = performance.now();
      if (view?.search !== search || (now - told < toldEveryMs && !search.isDone)) return;
      this.#order(view);
      this.#tell(page, this.#shown(view));
      // Ordering a million rows by a sort takes longer than the pause itself.
      told = performance.now();
    };
    // A file that changes meanwhile is opened anew by the host.
    void search.run(progress).catch(() => undefined);
  }

  #order(view: PageView): void {
    const { ready } = this.#table;
    const query = tableQuery(view.query);
    const isAll = isWholeFile(query) && view.query.filter.mark === null;
    if (isAll && view.search === null) {
      view.ordinals = null;
    } else if (ready !== null && (view.mark !== null || view.query.filter.mark === null)) {
      const sets = [view.mark?.set, view.search?.found].filter((set) => set !== undefined);
      const states = view.mark?.states ?? ready.states;
      view.ordinals = selectRows({ index: ready.index, states }, query, sets);
    } else {
      view.ordinals = isAll && view.search !== null ? view.search.ordinals() : new Uint32Array();
    }
  }

  #shown(view: PageView): View {
    const { rows, part } = this.#table.known();
    if (view.ordinals === null) return { viewId: view.viewId, count: rows, covered: part };
    const searched = view.search === null ? 1 : searchedPart(view.search, rows * part);
    const isOnlySearch = view.search !== null && view.mark === null;
    const indexed =
      isOnlySearch && isWholeFile(tableQuery(view.query)) ? 1 : this.#table.indexedPart();
    const covered = Math.min(searched, indexed);
    return { viewId: view.viewId, count: view.ordinals.length, covered };
  }

  /** Null where there is no mark, or no index yet to find its pairs in. */
  async #marked({ mark }: RowFilter): Promise<MarkedRows | null> {
    if (mark === null || this.#table.ready === null) return null;
    const said = await readMark(mark);
    const { ready } = this.#table;
    return ready && { set: this.#table.setOf(said.ids), states: ready.states.saidBy(said) };
  }
}

function searchedPart(search: TextSearch, rows: number): number {
  if (search.isDone) return 1;
  return rows === 0 ? 0 : Math.min(search.rows / rows, 0.999);
}

function tableQuery({ filter, sort, isDescending }: RowQuery): TableQuery {
  const { states, isFlagged, confidence, length, disagrees } = filter;
  return { states, isFlagged, confidence, length, disagrees, sort, isDescending };
}
