// The label log on disk: nothing is acknowledged before it is safe. Reading is in labelFiles.ts, how bytes
// are made to stay in durableAppend.ts.
import { statfs, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { serializeEvent } from "../../core/labels/labelEvent.ts";
import type { LabelEvent, LabelPayload } from "../../core/labels/labelEvent.ts";
import { AppendError, DurableAppender } from "../durableAppend.ts";
import { explainFault } from "../fileFault.ts";
import { readJournalFolder, readLabelFolder } from "./labelFiles.ts";
import type { LabelFolder } from "./labelFiles.ts";

export interface LabelStoreOptions {
  /** The .ssrm folder. */
  readonly dir: string;
  /** Folder of the second copy, outside the workspace; null for none. */
  readonly journalDir: string | null;
  /** Names this session, and nothing else ever: letters, digits, - and _, at most 64. */
  readonly writer: string;
  readonly now: () => Date;
  /** 32 random hex digits. */
  readonly randomId: () => string;
}

/** Where an append has arrived. */
export interface SaveResult {
  /** `journaled-only`: on this machine and safe, not in the workspace before the next append that works, or reconcile. */
  readonly state: "saved" | "journaled-only";
  /** Why a copy is missing, as a sentence for the user; null where none is. */
  readonly reason: string | null;
}

export interface AppendResult extends SaveResult {
  readonly event: LabelEvent;
}

export interface Reconciliation {
  /** Events of the journal that the workspace does not have (any more). */
  readonly missing: readonly LabelEvent[];
  /** Puts them back into the workspace. */
  readonly restore: () => Promise<SaveResult>;
}

export interface LabelStore {
  /**
   * Stamps the payload and appends it; resolves once it is safe. The event's id may be given (32 hex digits):
   * giving it again makes no second event, it appends the first where it did not arrive, and answers with it.
   * @throws LabelsNotSavedError where it is in neither place; nothing else happened then, and
   * `appendEvents(error.events)`, or `append` with the same id, tries again without making a second event of it.
   */
  append(payload: LabelPayload, id?: string): Promise<AppendResult>;
  /** Appends events that have their stamp (import, restore, another try) all at once. Throws as append does. */
  appendEvents(events: readonly LabelEvent[]): Promise<SaveResult>;
  /** All labels*.jsonl of the folder. */
  readAll(): Promise<LabelFolder>;
  /** Compares the journal with the workspace. */
  reconcile(): Promise<Reconciliation>;
}

/** Labels that reached neither the workspace nor the journal. */
export class LabelsNotSavedError extends Error {
  override readonly name = "LabelsNotSavedError";
  readonly events: readonly LabelEvent[];
  constructor(
    message: string,
    options: { readonly events: readonly LabelEvent[]; readonly cause: unknown },
  ) {
    super(message, { cause: options.cause });
    this.events = options.events;
  }
}

/** The store of one writer session. Nothing is read or made on disk before the first call. */
export function openLabelStore(options: LabelStoreOptions): LabelStore {
  const { dir, journalDir, writer, now, randomId } = options;
  if (!/^[\w-]{1,64}$/.test(writer)) {
    throw new Error(
      `Writer ${JSON.stringify(writer)} can't name a file: expected letters, digits, - and _, at most 64`,
    );
  }
  const journal =
    journalDir === null
      ? null
      : new DurableAppender({ path: join(journalDir, `${writer}.jsonl`), folders: "all" });
  let log: DurableAppender | null = null;
  let seq = 0;
  let lastTime = 0;
  let queue: Promise<unknown> = Promise.resolve();
  /** Ids in the log, once somebody gave one: read once, then kept up by what is appended here. */
  let logged: Set<string> | null = null;
  /** Counts up where an append begins and where it has arrived. */
  let appends = 0;
  /** Events under given ids that the log does not have. */
  const waiting = new Map<string, LabelEvent>();
  /** Events that the journal has and the log does not yet: they go first with the next that is appended. */
  const owed = new Map<string, LabelEvent>();

  const stamped = (payload: LabelPayload, id: string): LabelEvent => {
    // A clock that is set back must not put an undo before its verdict, or a new verdict before an old one.
    lastTime = Math.max(lastTime, now().getTime());
    const time = new Date(lastTime).toISOString();
    return { ...payload, v: 1, id, writer, seq: ++seq, time };
  };

  /** Reads all; what was read while nothing was appended is what is in the log. */
  const readAll = async (): Promise<LabelFolder> => {
    const before = appends;
    const folder = await readLabelFolder(dir);
    if (folder.unreadable.length === 0 && appends === before) {
      logged ??= new Set(folder.events.map(({ id }) => id));
    }
    return folder;
  };

  /** The event of this id in the log; another window's, written since the log was read, counts twice as one. */
  const fromLog = async (id: string): Promise<LabelEvent | null> => {
    if (logged?.has(id) === false) return null;
    const { events, unreadable } = await readLabelFolder(dir);
    if (unreadable.length === 0) logged = new Set(events.map((event) => event.id));
    return events.find((event) => event.id === id) ?? null;
  };

  const arrived = ({ id }: LabelEvent): void => {
    appends++;
    logged?.add(id);
    waiting.delete(id);
    owed.delete(id);
  };

  const save = async (events: readonly LabelEvent[]): Promise<SaveResult> => {
    appends++;
    const ids = new Set(events.map(({ id }) => id));
    const journalFault = await faultOf(async () => journal?.append(linesOf(events)));
    const logFault = await faultOf(async () => {
      const isFirst = log === null;
      log ??= await openLog(dir, writer);
      // One by one: what has got there stays there, also where there is no room for all.
      for (const late of [...owed.values()].filter(({ id }) => !ids.has(id))) {
        await log.append(linesOf([late]));
        arrived(late);
      }
      await log.append(linesOf(events));
      if (isFirst) await describeMerging(dir);
    });
    if (logFault === null) {
      for (const event of events) arrived(event);
      if (journalFault === null) return { state: "saved", reason: null };
      return { state: "saved", reason: `The second copy is missing: ${sentenceOf(journalFault)}` };
    }
    if (journal !== null && journalFault === null) {
      for (const event of events) owed.set(event.id, event);
      return {
        state: "journaled-only",
        reason: `Saved on this machine, but not in the workspace: ${sentenceOf(logFault)}`,
      };
    }
    throw new LabelsNotSavedError(`Not saved: ${sentenceOf(logFault)}`, {
      events,
      cause: logFault,
    });
  };

  const inTurn = <T>(act: () => Promise<T>): Promise<T> => {
    const result = queue.then(act);
    queue = result.catch(() => undefined);
    return result;
  };

  const appendEvents = (events: readonly LabelEvent[]): Promise<SaveResult> => {
    if (events.length === 0) return Promise.resolve({ state: "saved", reason: null });
    return inTurn(() => save(events));
  };

  /** Stamped in its turn, so that the order of the stamps is the order in which append was called. */
  const appendOnce = async (payload: LabelPayload, id: string): Promise<AppendResult> => {
    const known = await fromLog(id);
    if (known !== null) return { event: known, state: "saved", reason: null };
    const event = waiting.get(id) ?? stamped(payload, id);
    serializeEvent(event); // One that is refused is not kept: it may come again with a shorter rationale.
    waiting.set(id, event);
    return { event, ...(await save([event])) };
  };

  return {
    append: (payload, id) =>
      inTurn(async () => {
        if (id !== undefined) return await appendOnce(payload, id);
        const event = stamped(payload, randomId());
        return { event, ...(await save([event])) };
      }),
    appendEvents,
    readAll,
    reconcile: async () => {
      await queue;
      const kept = new Set((await readLabelFolder(dir)).events.map(({ id }) => id));
      const journaled = journalDir === null ? [] : (await readJournalFolder(journalDir)).events;
      const missing = journaled.filter(({ id }) => !kept.has(id));
      return { missing, restore: () => appendEvents(missing) };
    },
  };
}

function linesOf(events: readonly LabelEvent[]): Buffer {
  return Buffer.from(events.map((event) => `${serializeEvent(event)}\n`).join(""));
}

/** Several processes of one machine share labels.jsonl; over a network, appends are not atomic. */
async function openLog(dir: string, writer: string): Promise<DurableAppender> {
  const name = (await isOnNetwork(dirname(dir))) ? `labels.${writer}.jsonl` : "labels.jsonl";
  return new DurableAppender({ path: join(dir, name), folders: "own" });
}

async function isOnNetwork(folder: string): Promise<boolean> {
  try {
    return networkFileSystems.has((await statfs(folder)).type);
  } catch {
    return false;
  }
}

/** Linux's magic numbers (statfs(2)): NFS, SMB (3), AFS, Ceph, FUSE (sshfs and the like), 9P (WSL, virtual machines). */
const networkFileSystems: ReadonlySet<number> = new Set([
  0x6969, 0x517b, 0xff534d42, 0xfe534d42, 0x5346414f, 0x00c36400, 0x65735546, 0x01021997,
]);

/**
 * Tells git to merge logs by keeping the lines of both sides; inside .ssrm, so that no file of the user's is
 * touched. A file that is there stays as it is, and labels are saved with or without it.
 */
async function describeMerging(dir: string): Promise<void> {
  const text = "labels*.jsonl text eol=lf merge=union\n";
  await writeFile(join(dir, ".gitattributes"), text, { flag: "wx" }).catch(() => undefined);
}

async function faultOf(act: () => Promise<unknown>): Promise<unknown> {
  try {
    await act();
    return null;
  } catch (error) {
    return error ?? new Error("unknown");
  }
}

function sentenceOf(error: unknown): string {
  if (!(error instanceof AppendError)) return explainFault(error);
  return `${error.message}: ${explainFault(error.cause)}`;
}
