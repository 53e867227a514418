// Real runs as the dashboard's session sees them, and a page at the other end of its connection.
import { readFileSync } from "node:fs";
import { expect } from "vitest";
import { foldLog } from "../../src/core/labels/labelFold.ts";
import { parseLogBytes } from "../../src/core/labels/labelLog.ts";
import { readRun } from "../../src/data/runs/runFiles.ts";
import { makeRun } from "../../src/engine/runJob.ts";
import type { DashboardActs, DashboardSources } from "../../src/host/dashboard/dashboardParts.ts";
import { dashboardSchemas } from "../../src/host/dashboard/dashboardSchemas.ts";
import { DashboardSession } from "../../src/host/dashboard/dashboardSession.ts";
import { outlookOf } from "../../src/host/dashboard/outlookOf.ts";
import { systemClock } from "../../src/host/dashboard/pushes.ts";
import type { Verdicts } from "../../src/host/dashboard/runFigures.ts";
import { PageConnection } from "../../src/host/pages/pageConnection.ts";
import type { RunView } from "../../src/host/runStore.ts";
import type {
  DashboardPageToHost,
  HostToDashboardPage,
} from "../../src/protocol/page/dashboardPage.ts";
import { Peer } from "../../src/protocol/peer.ts";
import { type MadeRow, makeRows, open, writeLog, writeRowsTo } from "./pairFiles.ts";
import { hooks, makeRunPlace, type RunPlace } from "./runs.ts";

export const dashboardRows = makeRows(160, "dashboard");
const labeled = dashboardRows.slice(0, 40).map((row): MadeRow => ({ ...row, drawn: "random" }));

/** What the editor would say of the folder; a test changes it. */
export interface Folder {
  readonly place: RunPlace;
  /** The label log. */
  readonly log: string;
  verdicts: Verdicts;
  runs: readonly RunView[];
  activity: "idle" | "running";
}

/** Two finished runs on the same file and 40 random labels; the newer has two iterations, the older one. */
export async function makeFolder(): Promise<Folder> {
  const place = makeRunPlace();
  const data = writeRowsTo(place.at("pairs.jsonl"), open(dashboardRows));
  const log = writeLog(place.at("labels.jsonl"), labeled);
  for (const [name, iterations] of [
    ["20260101-older", 1],
    ["20260102-newer", 2],
  ] as const) {
    const settings = { iterations, threshold: 0.6 };
    const request = place.request(name, { data: [data], labels: [log] }, settings);
    expect(await makeRun(request, hooks())).toEqual({ state: "done", error: null });
  }
  return { place, log, verdicts: new Map(), runs: [], activity: "idle" };
}

/** The folder as the runs left it. */
export async function resetFolder(folder: Folder): Promise<void> {
  const views = ["20260102-newer", "20260101-older"].map((name) => viewOf(folder, name));
  folder.runs = await Promise.all(views);
  folder.verdicts = foldLog(parseLogBytes(readFileSync(folder.log)).events).verdicts;
  folder.activity = "idle";
}

/** A run as the store reads it. */
export async function viewOf(
  { place }: Folder,
  name: string,
  more: Partial<RunView> = {},
): Promise<RunView> {
  const dir = place.at("runs", name);
  const { info, records } = await readRun(dir);
  return { dir, info, records, owner: "nobody", progress: null, hasReport: true, ...more };
}

function sourcesOf(folder: Folder): DashboardSources {
  return {
    project: () => ({ kind: "ready", problem: null, file: { data: ["pairs.jsonl"] } }),
    isTrusted: () => true,
    activity: () => folder.activity,
    runs: () => folder.runs,
    verdicts: () => Promise.resolve(folder.verdicts),
    outlook: (form) => {
      const { runs, verdicts } = folder;
      const files = runs[0]?.info.data ?? [];
      const data = files.map(({ path, bytes }) => ({ path, bytes, rows: null }));
      const rest = { seedCount: null, labeled: [], problem: null, device: "cpu" };
      return Promise.resolve(outlookOf({ form, runs, verdicts, data, ...rest }));
    },
    clock: systemClock,
  };
}

/** A message of the host, and when it came, in milliseconds. */
export interface Told {
  readonly at: number;
  readonly method: string;
  readonly parameter: unknown;
}

export interface OpenPage {
  readonly session: DashboardSession;
  readonly connection: PageConnection<DashboardPageToHost, HostToDashboardPage>;
  readonly told: readonly Told[];
  /** Loads the page anew; the name has 8 characters or more. */
  readonly load: (name: string) => Peer<HostToDashboardPage, DashboardPageToHost>;
  readonly page: Peer<HostToDashboardPage, DashboardPageToHost>;
}

/** A session with a page at the other end of a real connection, whose messages are copies. */
export function openPage(folder: Folder, acts: Partial<DashboardActs> = {}): OpenPage {
  const toHost: ((message: unknown) => void)[] = [];
  const toPage: ((message: unknown) => void)[] = [];
  const told: Told[] = [];
  const done = () => Promise.resolve();
  const session: DashboardSession = new DashboardSession(
    sourcesOf(folder),
    {
      ...{ saveForm: done, start: done, control: done, openPairs: done, act: done },
      ...{ saveFile: done, copy: done, ...acts },
      log: (error) => {
        throw error;
      },
    },
    () => connection.page,
  );
  const connection: OpenPage["connection"] = new PageConnection(
    {
      postMessage: (message) => {
        const { wire } = structuredClone(message) as { wire: unknown };
        for (const listener of toPage) listener(wire);
        return Promise.resolve(true);
      },
      onDidReceiveMessage: (listener) => {
        toHost.push(listener);
        return { dispose: () => undefined };
      },
    },
    { schemas: dashboardSchemas, handlers: session.handlers },
    () => undefined,
  );
  const note =
    (method: string) =>
    (parameter: unknown): void =>
      void told.push({ at: performance.now(), method, parameter });
  const load = (name: string) =>
    new Peer<HostToDashboardPage, DashboardPageToHost>(
      {
        post: (wire) => {
          const copy = structuredClone({ session: name, wire });
          setImmediate(() => toHost.forEach((listener) => listener(copy)));
        },
        onMessage: (listener) => void toPage.splice(0, toPage.length, listener),
        onClose: () => undefined,
      },
      { show: note("show"), record: note("record"), steps: note("steps") },
    );
  return { session, connection, told, load, page: load("session-1") };
}
