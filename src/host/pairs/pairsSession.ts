// What one page of the data editor is answered and told. No VS Code here: what needs it comes as PairsActs.
import { basename } from "node:path";
import type { FieldMapping } from "../../core/fieldMapping.ts";
import type {
  ChartMark,
  HostToPairsPage,
  PairsPageToHost,
  PairsSnapshot,
  RowQuery,
  View,
} from "../../protocol/page/pairsPage.ts";
import type { Handlers, Peer } from "../../protocol/peer.ts";
import type { TableClient } from "./tableClient.ts";

/** What a session knows of its file from elsewhere. */
export interface PairsSources {
  readonly path: string;
  client(): Pick<TableClient, "ask">;
  /** "run 2026-11-24" of the run whose model the rows show; null before any. */
  runName(): string | null;
  isInProject(): boolean;
  /** The same of a run that a mark names; null for none of this project: a page must not name other folders. */
  nameOfRun(runDir: string): string | null;
  /** The page that is seen now; null while it is hidden. */
  page(): Peer<PairsPageToHost, HostToPairsPage> | null;
}

/** What a session does outside of its page. */
export interface PairsActs {
  openPair(place: { readonly pairId: string; readonly line: number }): Promise<void>;
  openLine(place: { readonly line: number; readonly format: string }): Promise<void>;
  useFile(mapping: FieldMapping | null): Promise<void>;
  log(error: unknown): void;
}

export class PairsSession {
  readonly #id: string;
  readonly #sources: PairsSources;
  readonly #acts: PairsActs;
  /** What is to be shown when the page opens next, in place of its own query. */
  #pending: RowQuery | null = null;
  #format = "";
  /** A snapshot is on its way; `again` where something changed since it was asked for. */
  #pushing: "no" | "yes" | "again" = "no";

  constructor(id: string, sources: PairsSources, acts: PairsActs) {
    this.#id = id;
    this.#sources = sources;
    this.#acts = acts;
  }

  readonly handlers: Handlers<PairsPageToHost> = {
    open: ({ query }) => {
      const asked = this.#pending ?? query;
      this.#pending = null;
      return this.#snapshot(asked);
    },
    rows: (request) => this.#client.ask("rows", request),
    query: (query) => this.#client.ask("query", { page: this.#id, query: this.#allowed(query) }),
    row: (request) => this.#client.ask("row", request),
    openPair: async ({ ordinal }) => {
      const place = await this.#client.ask("place", { ordinal });
      if (place === null || place.pairId === null) {
        throw new Error("This row is no pair of two responses, so there is nothing to compare.");
      }
      await this.#acts.openPair({ pairId: place.pairId, line: place.line });
    },
    openLine: async ({ ordinal }) => {
      const place = await this.#client.ask("place", { ordinal });
      if (place === null) throw new Error("The file has no such row any more.");
      await this.#acts.openLine({ line: place.line, format: this.#format });
    },
    preview: (request) => this.#client.ask("preview", request),
    useFile: ({ mapping }) => this.#acts.useFile(mapping),
  };

  /** Shows this query now, or when the page opens next. */
  show(query: RowQuery): void {
    this.#pending = query;
    if (this.#sources.page() !== null) void this.#push();
  }

  /** The file, its labels or its model changed. */
  changed(): void {
    void this.#push();
  }

  viewChanged(page: string, view: View): void {
    if (page === this.#id) this.#sources.page()?.notify("viewChanged", view);
  }

  /** The page was hidden or closed: what it looked at is forgotten, and it asks again when it comes back. */
  hidden(): void {
    void this.#client.ask("closePage", { page: this.#id }).catch(() => undefined);
  }

  get #client(): Pick<TableClient, "ask"> {
    return this.#sources.client();
  }

  async #push(): Promise<void> {
    if (this.#sources.page() === null) return;
    if (this.#pushing !== "no") {
      this.#pushing = "again";
      return;
    }
    this.#pushing = "yes";
    try {
      const query = this.#pending;
      this.#pending = null;
      this.#sources.page()?.notify("changed", await this.#snapshot(query));
    } catch (error) {
      this.#acts.log(error);
    }
    const isStale = (this.#pushing as string) === "again";
    this.#pushing = "no";
    if (isStale) await this.#push();
  }

  async #snapshot(query: RowQuery | null): Promise<PairsSnapshot> {
    const allowed = query === null ? null : this.#allowed(query);
    const answer = await this.#client.ask("snapshot", { page: this.#id, query: allowed });
    const { iteration, ...table } = answer.table;
    this.#format = table.format;
    const run = this.#sources.runName();
    return {
      ...table,
      name: basename(this.#sources.path),
      path: this.#sources.path,
      model: run === null || iteration === null ? null : `${run}, iteration ${iteration}`,
      markModel: this.#markModel(answer.query.filter.mark),
      isInProject: this.#sources.isInProject(),
      view: answer.view,
      query: answer.query,
    };
  }

  /** A mark of a run that is not the project's is left out: it may be of a folder that is gone. */
  #allowed(query: RowQuery): RowQuery {
    const { mark } = query.filter;
    if (mark === null || this.#sources.nameOfRun(mark.runDir) !== null) return query;
    return { ...query, filter: { ...query.filter, mark: null } };
  }

  /** Pseudo-labels are what the model before the one that they train says. */
  #markModel(mark: ChartMark | null): string | null {
    if (mark === null) return null;
    const run = this.#sources.nameOfRun(mark.runDir);
    const model = mark.set === "selected" ? mark.iteration - 1 : mark.iteration;
    return run === null ? null : `${run}, iteration ${model}`;
  }
}
