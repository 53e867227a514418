// What people and the last model said of each row, by ordinal and in the file's own order of A and B: 12 bytes
// a row. The query functions and the list read it; who says what comes as packed ids (16 bytes each).
import { golds, isPair, swappedBit, type SearchableIndex } from "./rowIndex.ts";
import { rowIdBytes } from "./idOrder.ts";

/** Labels in force, one entry a pair that was judged, skipped or flagged. */
export interface TableLabels {
  /** 16 bytes an entry. */
  readonly ids: Uint8Array;
  /** Indices into labelWords, in canonical order: A stands for the first. */
  readonly labels: Uint8Array;
  readonly flagged: Uint8Array;
  /** Index into `sources` plus 1; 0 where none is known. */
  readonly source: Uint16Array;
  readonly sources: readonly string[];
  /** Set where the file's own verdicts are labels: what to call them. */
  readonly fileSource: string | null;
}

/** What a model says, one entry a pair. */
export interface TableModel {
  readonly ids: Uint8Array;
  /** P(first preferred), canonical order. */
  readonly p: Float64Array;
  /** 1 where the pair's pseudo-label was kept for this model. */
  readonly selected: Uint8Array;
  /** A confidence at or below it is "unsure". */
  readonly threshold: number;
  /** The labels that a simulation drew from the data's own verdicts; null outside of one. */
  readonly drawn: Pick<TableLabels, "ids" | "labels"> | null;
}

/** Where a drawn label comes from, in the list. */
const drawnSource = "simulation";

export const labelWords = [null, "A", "B", "tie", "both bad", "skipped"] as const;
export type LabelWord = (typeof labelWords)[number];

export const rowStateNames = ["labeled", "pseudo-labeled", "unsure", "unlabeled", "bad"] as const;
export type RowStateName = (typeof rowStateNames)[number];

const [stateLabeled, statePseudo, stateUnsure, stateUnlabeled, stateBad] = [0, 1, 2, 3, 4];
const labelMask = 7;
const flaggedBit = 8;
const selectedBit = 16;

export class RowStates {
  readonly #index: SearchableIndex;
  /** P(the file's own A preferred); NaN where the model did not say. */
  readonly p: Float64Array;
  #marks: Uint8Array;
  #source: Uint16Array;
  /** What a simulation drew, as labelWords; holds where nobody judged the pair. */
  #drawn: Uint8Array;
  #sources: readonly string[] = [];
  #threshold = 0.5;

  constructor(index: SearchableIndex) {
    this.#index = index;
    this.p = new Float64Array(index.count).fill(NaN);
    this.#marks = new Uint8Array(index.count);
    this.#source = new Uint16Array(index.count);
    this.#drawn = new Uint8Array(index.count);
  }

  /** Replaces all labels. */
  setLabels(labels: TableLabels): void {
    const { facts, count, order } = this.#index;
    this.#sources =
      labels.fileSource === null ? labels.sources : [...labels.sources, labels.fileSource];
    for (let i = 0; i < count; i++) {
      const gold = labels.fileSource === null ? 0 : (facts[i]! >> 3) & labelMask;
      // The words of gold stand at the same places as those of labels.
      const label = gold < golds.length ? gold : 0;
      this.#marks[i] = (this.#marks[i]! & selectedBit) | label;
      this.#source[i] = label === 0 ? 0 : this.#sources.length;
    }
    for (let e = 0; e < labels.labels.length; e++) {
      order.each(labels.ids, e * rowIdBytes, (i) => {
        const label = turned(labels.labels[e]!, facts[i]!);
        const flag = labels.flagged[e] === 1 ? flaggedBit : 0;
        const kept = label === 0 ? this.#marks[i]! & labelMask : label;
        this.#marks[i] = (this.#marks[i]! & selectedBit) | kept | flag;
        if (label !== 0) this.#source[i] = labels.source[e]!;
      });
    }
  }

  /** Replaces what the model says; null for no model. */
  setModel(model: TableModel | null): void {
    const { facts, count, order } = this.#index;
    this.p.fill(NaN);
    this.#drawn.fill(0);
    for (let i = 0; i < count; i++) this.#marks[i]! &= ~selectedBit;
    if (model === null) return;
    this.#threshold = model.threshold;
    this.#setSaid(model, (i, e) => {
      if (model.selected[e] === 1) this.#marks[i]! |= selectedBit;
    });
    const { ids, labels } = model.drawn ?? { ids: new Uint8Array(), labels: new Uint8Array() };
    for (let e = 0; e < labels.length; e++) {
      order.each(ids, e * rowIdBytes, (i) => {
        if (isPair(facts[i]!)) this.#drawn[i] = turned(labels[e]!, facts[i]!);
      });
    }
  }

  /** The same rows with what another model said, and nothing but that; the labels stay those of this one. */
  saidBy(said: Pick<TableModel, "ids" | "p">): RowStates {
    const other = new RowStates(this.#index);
    [other.#marks, other.#source, other.#drawn] = [this.#marks, this.#source, this.#drawn];
    [other.#sources, other.#threshold] = [this.#sources, this.#threshold];
    other.#setSaid(said, () => undefined);
    return other;
  }

  #setSaid(said: Pick<TableModel, "ids" | "p">, also: (i: number, entry: number) => void): void {
    const { facts, order } = this.#index;
    for (let e = 0; e < said.p.length; e++) {
      order.each(said.ids, e * rowIdBytes, (i) => {
        if (!isPair(facts[i]!)) return;
        const p = said.p[e]!;
        this.p[i] = (facts[i]! & swappedBit) === 0 ? p : 1 - p;
        also(i, e);
      });
    }
  }

  /** Index into labelWords. */
  #label(i: number): number {
    const own = this.#marks[i]! & labelMask;
    return own === 0 ? this.#drawn[i]! : own;
  }

  /** Index into rowStateNames. */
  state(i: number): number {
    const facts = this.#index.facts[i]!;
    if ((facts & 3) === 2) return stateBad;
    const label = this.#label(i);
    if (label >= 1 && label <= 4) return stateLabeled;
    if ((this.#marks[i]! & selectedBit) !== 0) return statePseudo;
    return this.confidence(i) <= this.#threshold ? stateUnsure : stateUnlabeled;
  }

  /** From 0.5 to 1; NaN where the model did not say. */
  confidence(i: number): number {
    const p = this.p[i]!;
    return Math.max(p, 1 - p);
  }

  label(i: number): LabelWord {
    return labelWords[this.#label(i)] ?? null;
  }

  isFlagged(i: number): boolean {
    return (this.#marks[i]! & flaggedBit) !== 0;
  }

  isSelected(i: number): boolean {
    return (this.#marks[i]! & selectedBit) !== 0;
  }

  /** Who the label is from; null where not known. */
  source(i: number): string | null {
    const source = this.#source[i]!;
    if (this.#drawn[i] !== 0 && (this.#marks[i]! & labelMask) === 0) return drawnSource;
    return source === 0 ? null : (this.#sources[source - 1] ?? null);
  }

  /** |what the label says P(A) is - p|, from 0 to 1; NaN where one of them is not known. */
  disagreement(i: number): number {
    const target = targets[this.#label(i)]!;
    return Math.abs(target - this.p[i]!);
  }

  /** Whether person and model prefer different responses. */
  disagrees(i: number): boolean {
    const label = this.#label(i);
    return (label === 1 && this.p[i]! < 0.5) || (label === 2 && this.p[i]! > 0.5);
  }

  /** Rows per state, as rowStateNames. */
  counts(): Record<RowStateName, number> {
    const counts = new Float64Array(rowStateNames.length);
    for (let i = 0; i < this.#index.count; i++) counts[this.state(i)]!++;
    const [labeled, pseudo, unsure, unlabeled, bad] = counts;
    return {
      labeled: labeled!,
      "pseudo-labeled": pseudo!,
      unsure: unsure!,
      unlabeled: unlabeled!,
      bad: bad!,
    };
  }
}

/** P(A preferred) by label: none, A, B, tie, both bad, skipped. */
const targets = [NaN, 1, 0, 0.5, 0.5, NaN, NaN, NaN];

/** A canonical label as one in the file's own order. */
function turned(label: number, facts: number): number {
  if ((facts & swappedBit) === 0 || label > 2 || label === 0) return label;
  return 3 - label;
}
