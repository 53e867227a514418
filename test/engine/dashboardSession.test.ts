// The dashboard's session over real run directories: its snapshots say what the files say, a record reaches the
// page at once, a hidden page is told nothing, and no more than ten messages a second are sent.
import { readFileSync } from "node:fs";
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import type { RunInfo, RunRecord } from "../../src/core/records.ts";
import type { RunView } from "../../src/host/runStore.ts";
import type { DashboardSnapshot } from "../../src/protocol/page/dashboardPage.ts";
import { unpack } from "../../src/protocol/page/figures.ts";
import {
  type Folder,
  makeFolder,
  openPage,
  resetFolder,
  viewOf,
} from "../support/dashboardPage.ts";

const nothing = { selected: null, compared: null };
let folder: Folder;
beforeAll(async () => {
  folder = await makeFolder();
});
beforeEach(() => resetFolder(folder));
afterAll(() => folder.place.remove());

const lines = (dir: string, file: string): unknown[] =>
  readFileSync(`${dir}/${file}`, "utf8")
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line) as unknown);
const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

describe("a snapshot", () => {
  let snapshot: DashboardSnapshot;
  beforeEach(async () => {
    snapshot = await openPage(folder).page.request("open", nothing);
  });

  test("has the newest run's figures as they stand in its directory", () => {
    const { dir } = folder.runs[0]!;
    const figures = snapshot.selected!;
    expect(figures.dir).toBe(dir);
    expect(unpack<RunInfo>(figures.info)).toEqual(
      JSON.parse(readFileSync(`${dir}/run.json`, "utf8")),
    );
    expect(unpack<readonly RunRecord[]>(figures.records)).toEqual(lines(dir, "iterations.jsonl"));
    expect(figures.queueLength).toBe(lines(dir, "queue.jsonl").length);
    expect(figures.queueLength).toBeGreaterThan(0);
    expect([figures.audit, figures.review, figures.hasReport]).toEqual([null, null, true]);
  });

  test("lists all runs, newest first, with the form and what a run would do", () => {
    expect(snapshot.runs.map(({ dir, state }) => [dir, state])).toEqual(
      folder.runs.map(({ dir }) => [dir, "done"]),
    );
    expect(unpack(snapshot.form)).toMatchObject({ model: "lexical", threshold: 0.8 });
    const last = folder.runs[0]!.records.findLast((record) => record.kind === "iteration")!;
    const outlook = unpack(snapshot.outlook);
    expect(outlook).toMatchObject({ labels: 40, randomLabels: 40, unlabeled: last.unlabeled });
    expect(outlook.seconds).toBeGreaterThan(0);
  });

  test("has two runs where two are asked for, and none that is not there", async () => {
    const { page } = openPage(folder);
    const [newer, older] = folder.runs.map(({ dir }) => dir);
    const both = await page.request("open", { selected: older!, compared: newer! });
    expect([both.selected?.dir, both.compared?.dir]).toEqual([older, newer]);
    const gone = await page.request("select", { selected: "/gone", compared: "/gone too" });
    expect([gone.selected?.dir, gone.compared]).toEqual([newer, null]);
  });
});

describe("what the page is told", () => {
  const live = async (records: readonly RunRecord[], more: Partial<RunView> = {}) => {
    const view = await viewOf(folder, "20260102-newer", { owner: "here", ...more });
    return { ...view, records, info: { ...view.info, state: "running" as const } };
  };

  test("a record comes by itself, and soon after it the queue that belongs to it", async () => {
    const all = folder.runs[0]!.records;
    const upTo = all.findIndex((record) => record.kind === "iteration" && record.iteration === 1);
    folder.runs = [await live(all.slice(0, upTo)), folder.runs[1]!];
    folder.activity = "running";
    const { session, page, told } = openPage(folder);
    await page.request("open", nothing);
    folder.runs = [await live(all.slice(0, upTo + 1)), folder.runs[1]!];
    const asked = performance.now();
    session.runsChanged();
    await vi.waitFor(() => expect(told.map(({ method }) => method)).toEqual(["record", "show"]));
    const { record } = told[0]!.parameter as { record: Parameters<typeof unpack>[0] };
    expect(unpack(record)).toEqual(all[upTo]);
    expect(told[0]!.at - asked).toBeLessThan(250);
  });

  test("of 300 steps in 0.6 s it hears at most seven, the last one among them", async () => {
    folder.activity = "running";
    const { session, page, told } = openPage(folder);
    const running = await live(folder.runs[0]!.records);
    const step = (done: number): RunView => ({
      ...running,
      progress: { iteration: 2, step: { phase: "fit", done, total: 300 } },
    });
    folder.runs = [step(0), folder.runs[1]!];
    await page.request("open", nothing);
    for (let done = 1; done <= 300; done++) {
      folder.runs = [step(done), folder.runs[1]!];
      session.runsChanged();
      await pause(2);
    }
    await pause(150);
    const steps = told.map(({ parameter }) =>
      unpack((parameter as { steps: Parameters<typeof unpack>[0] }).steps),
    );
    const limit = Math.ceil((told.at(-1)!.at - told[0]!.at) / 100) + 1;
    expect(told.length).toBeLessThanOrEqual(limit);
    expect(new Set(told.map(({ method }) => method))).toEqual(new Set(["steps"]));
    expect(steps.at(-1)).toMatchObject({ iteration: 2, phase: "training", done: 300, total: 300 });
  });

  test("a hidden page hears nothing; when it comes back its snapshot has what it missed", async () => {
    const all = folder.runs[0]!.records;
    folder.runs = [await live(all.slice(0, 2)), folder.runs[1]!];
    const { session, connection, page, load, told } = openPage(folder);
    await page.request("open", nothing);
    connection.hidden();
    folder.runs = [await live(all), folder.runs[1]!];
    session.runsChanged();
    session.changed();
    await pause(250);
    expect(told).toEqual([]);
    const back = await load("session-2").request("open", nothing);
    expect(unpack<readonly RunRecord[]>(back.selected!.records)).toEqual(all);
  });

  test("who looks at the newest run is shown the next one; who chose an older one stays with it", async () => {
    const [newer, older] = folder.runs;
    folder.runs = [older!];
    const { session, page, told } = openPage(folder);
    await page.request("open", { ...nothing, selected: older!.dir });
    folder.runs = [newer!, older!];
    session.runsChanged();
    const shown = () => told.map(({ parameter }) => (parameter as DashboardSnapshot).selected?.dir);
    await vi.waitFor(() => expect(shown()).toEqual([newer!.dir]));
    await page.request("select", { ...nothing, selected: older!.dir });
    session.changed();
    await vi.waitFor(() => expect(shown()).toEqual([newer!.dir, older!.dir]));
  });

  test("two runs that a command compares are shown when the page comes", async () => {
    const [newer, older] = folder.runs.map(({ dir }) => dir);
    const { session, page } = openPage(folder);
    session.show({ selected: older!, compared: newer! });
    const { selected, compared } = await page.request("open", nothing);
    expect([selected?.dir, compared?.dir]).toEqual([older, newer]);
  });
});
