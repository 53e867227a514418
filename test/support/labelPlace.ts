// A fresh workspace with a label store, for tests on disk.
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { LabelPayload } from "../../src/core/labels/labelEvent.ts";
import { openLabelStore } from "../../src/data/labels/labelStore.ts";
import type { LabelStore } from "../../src/data/labels/labelStore.ts";

export interface LabelPlace {
  readonly workspace: string;
  /** The .ssrm folder; not made yet. */
  readonly dir: string;
  readonly log: string;
  readonly journalDir: string;
  store(options?: { readonly writer?: string; readonly journal?: false }): LabelStore;
  /** Sets the stores' clock back. */
  setBack(ms: number): void;
  remove(): void;
}

/** A folder under the system's temporary one; clock and ids count up from the same start each time. */
export function makeLabelPlace(): LabelPlace {
  const base = mkdtempSync(join(tmpdir(), "ssrm-labels-"));
  const workspace = join(base, "workspace");
  mkdirSync(workspace);
  const dir = join(workspace, ".ssrm");
  const journalDir = join(base, "storage", "journal", "w");
  let clock = Date.UTC(2026, 0, 1);
  let ids = 0;
  return {
    workspace,
    dir,
    log: join(dir, "labels.jsonl"),
    journalDir,
    store: ({ writer = "w1", journal } = {}) =>
      openLabelStore({
        dir,
        journalDir: journal === false ? null : journalDir,
        writer,
        now: () => new Date(clock++),
        randomId: () => (++ids).toString(16).padStart(32, "0"),
      }),
    setBack: (ms) => void (clock -= ms),
    remove: () => rmSync(base, { recursive: true, force: true }),
  };
}

/** A pair id for each small number. */
export function pairId(n: number): string {
  return n.toString(16).padStart(32, "a");
}

export function verdict(n: number): Extract<LabelPayload, { readonly kind: "verdict" }> {
  return { kind: "verdict", pair: pairId(n), winner: "first" };
}
