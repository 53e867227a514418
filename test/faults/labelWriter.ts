// A process that appends verdicts and says of each what became of it, one JSON line at once: the victim of
// the fault tests. `kind` "store" is the product; the others are controls that a test must catch.
import { closeSync, fdatasyncSync, openSync, statSync, writeSync } from "node:fs";
import { join } from "node:path";
import { randomBytes } from "node:crypto";
import { serializeEvent } from "../../src/core/labels/labelEvent.ts";
import type { LabelEvent, LabelPayload } from "../../src/core/labels/labelEvent.ts";
import { LabelsNotSavedError, openLabelStore } from "../../src/data/labels/labelStore.ts";

export type WriterKind =
  "store" | "ack before sync" | "one write" | "ack before write" | "no second look";

export interface WriterTask {
  readonly kind: WriterKind;
  /** The .ssrm folder. */
  readonly dir: string;
  readonly journalDir: string | null;
  readonly writer: string;
  readonly count: number;
  /** Rationales have up to so many characters. */
  readonly maxText: number;
}

/** What the writer says of an event; "ready" comes first, without an event. */
export interface Outcome {
  readonly id: string;
  readonly state: "saved" | "journaled-only" | "refused";
  readonly reason: string | null;
}

const task = JSON.parse(process.argv[2]!) as WriterTask;
const say = (what: Outcome | "ready"): void => void writeSync(1, `${JSON.stringify(what)}\n`);
const randomId = (): string => randomBytes(16).toString("hex");

/** The appends that people write first. */
function controlAppend(): (payload: LabelPayload) => Outcome {
  let held: string[] = [];
  let seq = 0;
  return (payload) => {
    const stamp = { v: 1, id: randomId(), writer: task.writer, seq: ++seq } as const;
    const event = { ...payload, ...stamp, time: new Date().toISOString() } as LabelEvent;
    held.push(`${serializeEvent(event)}\n`);
    const saved: Outcome = { id: event.id, state: "saved", reason: null };
    if (task.kind === "ack before write" && held.length < 10) return saved;
    const bytes = Buffer.from(held.join(""));
    held = [];
    try {
      const file = openSync(join(task.dir, "labels.jsonl"), "a");
      let done = writeSync(file, bytes);
      while (task.kind !== "one write" && done < bytes.length) done += writeSync(file, bytes, done);
      try {
        fdatasyncSync(file);
      } catch (error) {
        if (task.kind !== "ack before sync") throw error;
      }
      closeSync(file);
    } catch (error) {
      return { id: event.id, state: "refused", reason: String(error) };
    }
    return saved;
  };
}

function storeAppend(): (payload: LabelPayload) => Promise<Outcome> {
  const { dir, journalDir, writer } = task;
  const store = openLabelStore({ dir, journalDir, writer, now: () => new Date(), randomId });
  return async (payload) => {
    try {
      const { event, state, reason } = await store.append(payload);
      return { id: event.id, state, reason };
    } catch (error) {
      if (!(error instanceof LabelsNotSavedError)) throw error;
      return { id: error.events[0]!.id, state: "refused", reason: error.message };
    }
  };
}

const append = task.kind === "store" ? storeAppend() : controlAppend();
if (task.kind !== "store") statSync(task.dir);
say("ready");
for (let n = 0; n < task.count; n++) {
  const rationale = "ü".repeat((n * 7919) % (task.maxText + 1));
  say(await append({ kind: "verdict", pair: randomId(), winner: "tie", rationale }));
}
