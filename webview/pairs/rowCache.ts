// The rows that were asked for, in blocks; the least recently painted are forgotten. At most two requests are
// under way, so that a fast scroll waits for the host instead of flooding it, and a block that was scrolled
// past is cancelled or never asked for.
import type { CancelSignal } from "../../src/protocol/peer.ts";
import type { RowPage, RowView } from "../../src/protocol/page/pairsPage.ts";

/** A screen's worth: in a browser all that comes is unpacked on the thread that paints. */
const blockRows = 50;
const maxBlocks = 80;
const maxUnderWay = 2;
/** Milliseconds between one place of a jump from place to place and the next whose rows are asked for. */
const jumpRestMs = 60;

export interface LoadedRow {
  readonly row: RowView;
  /** P(A preferred), NaN where the model did not say. */
  readonly p: number;
  readonly isSelected: boolean;
}

export interface RowRequest {
  readonly viewId: number;
  readonly from: number;
  readonly count: number;
}

export interface RowCacheOptions {
  ask(request: RowRequest, signal: CancelSignal): Promise<RowPage>;
  /** Rows arrived: paint. */
  arrived(): void;
  failed(reason: string): void;
}

interface Block {
  readonly page: RowPage;
  /** Which asking it is of: what was asked for before is shown until it has come again. */
  readonly round: number;
  /** Rows of the view when it was asked for: a view that has grown may fill the block. */
  readonly knownCount: number;
}

/** The rows that are painted, from `first` up to before `end`, and the cursor's, of `count` in the view. */
interface Wanted {
  readonly first: number;
  readonly end: number;
  readonly cursor: number;
  readonly count: number;
}

export class RowCache {
  readonly #options: RowCacheOptions;
  readonly #blocks = new Map<number, Block>();
  readonly #underWay = new Map<number, AbortController>();
  #viewId = -1;
  #round = 0;
  #wanted: Wanted = { first: 0, end: 0, cursor: 0, count: 0 };
  #hasFailed = false;
  #resting = 0;

  constructor(options: RowCacheOptions) {
    this.#options = options;
  }

  /** Another view: what was there is forgotten. */
  replace(viewId: number): void {
    this.#blocks.clear();
    this.refresh(viewId);
  }

  /** The same view, made anew: rows are shown as they were until they have come again. */
  refresh(viewId: number): void {
    this.#round++;
    this.#hasFailed = false;
    this.rename(viewId);
  }

  /** The same rows under another name: only those that are on their way are asked for again. */
  rename(viewId: number): void {
    this.#viewId = viewId;
    for (const request of this.#underWay.values()) request.abort();
    this.#underWay.clear();
  }

  /** The row at a position of the view; null while it is on its way. */
  at(position: number): LoadedRow | null {
    const page = this.#blocks.get(Math.floor(position / blockRows))?.page;
    const i = position % blockRows;
    const row = page?.rows[i];
    if (page === undefined || row === undefined) return null;
    return { row, p: page.p[i] ?? NaN, isSelected: page.selected[i] === 1 };
  }

  /** Says which rows are painted; called with every frame. */
  want(wanted: Wanted): void {
    const isJump = Math.abs(wanted.first - this.#wanted.first) > blockRows;
    this.#wanted = wanted;
    if (this.#hasFailed) return;
    // Who jumps does not go on to the next rows.
    const blocks = wantedBlocks(wanted, isJump ? "seen" : "near");
    for (const [block, request] of this.#underWay) {
      if (!blocks.includes(block)) request.abort();
    }
    for (const block of blocks) {
      this.#touch(block);
    }
    if (isJump) this.#rests();
    if (this.#resting !== 0) return;
    for (const block of blocks) {
      if (this.#underWay.size >= maxUnderWay) return;
      if (!this.#underWay.has(block) && this.#lacks(block)) void this.#load(block);
    }
  }

  /** Asks again after a failure. */
  retry(): void {
    this.#hasFailed = false;
    this.want(this.#wanted);
  }

  /** Asks for nothing for a moment, then for what is wanted by then. */
  #rests(): void {
    if (this.#resting !== 0) return;
    this.#resting = setTimeout(() => {
      this.#resting = 0;
      this.want(this.#wanted);
    }, jumpRestMs);
  }

  #lacks(block: number): boolean {
    const held = this.#blocks.get(block);
    if (held?.round !== this.#round) return true;
    const isFull = held.page.rows.length === blockRows;
    return !isFull && held.knownCount < this.#wanted.count;
  }

  #touch(block: number): void {
    const held = this.#blocks.get(block);
    if (held === undefined) return;
    this.#blocks.delete(block);
    this.#blocks.set(block, held);
  }

  async #load(block: number): Promise<void> {
    const request = new AbortController();
    const viewId = this.#viewId;
    const round = this.#round;
    const knownCount = this.#wanted.count;
    const isCurrent = (): boolean => this.#underWay.get(block) === request;
    this.#underWay.set(block, request);
    try {
      const page = await this.#options.ask(
        { viewId, from: block * blockRows, count: blockRows },
        request.signal,
      );
      if (!isCurrent()) return;
      if (page.viewId !== viewId) throw new Error("internal: rows of another view arrived");
      this.#keep(block, { page, round, knownCount });
    } catch (error) {
      if (!isCurrent()) return;
      if (!request.signal.aborted) {
        this.#hasFailed = true;
        this.#options.failed(error instanceof Error ? error.message : String(error));
      }
    }
    this.#underWay.delete(block);
    this.want(this.#wanted);
  }

  #keep(block: number, held: Block): void {
    this.#blocks.set(block, held);
    for (const oldest of this.#blocks.keys()) {
      if (this.#blocks.size <= maxBlocks) break;
      this.#blocks.delete(oldest);
    }
    this.#options.arrived();
  }
}

/** The blocks of these rows, then the cursor's, then the neighbours where what is near is wanted too. */
function wantedBlocks({ first, end, cursor, count }: Wanted, which: "seen" | "near"): number[] {
  if (end <= first) return [];
  const from = Math.floor(first / blockRows);
  const to = Math.floor((end - 1) / blockRows);
  const last = Math.floor((count - 1) / blockRows);
  const seen = Array.from({ length: to - from + 1 }, (_, i) => from + i);
  const neighbours = which === "near" ? [to + 1, from - 1] : [];
  return [...new Set([...seen, Math.floor(cursor / blockRows), ...neighbours])].filter(
    (block) => block >= 0 && block <= last,
  );
}
