// What the dashboard page asks of its session over real run directories, and what people's checks come to there.
import { appendFileSync, readFileSync, writeFileSync } from "node:fs";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { foldLog } from "../../src/core/labels/labelFold.ts";
import { parseLogBytes } from "../../src/core/labels/labelLog.ts";
import type { RunRecord } from "../../src/core/records.ts";
import type { DashboardActs } from "../../src/host/dashboard/dashboardParts.ts";
import type { FormSettings } from "../../src/protocol/page/dashboardPage.ts";
import { unpack } from "../../src/protocol/page/figures.ts";
import {
  dashboardRows,
  type Folder,
  makeFolder,
  openPage,
  resetFolder,
  viewOf,
} from "../support/dashboardPage.ts";
import { type MadeRow, pairOf, writeLog } from "../support/pairFiles.ts";

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

test("review and audit figures are those of the verdicts on what this run was unsure and sure of", async () => {
  const { dir, info } = folder.runs[0]!;
  const scores = lines(dir, "scores.jsonl") as { id: string; p: number }[];
  const kept = (
    lines(dir, "pseudo-labels/iteration-2.jsonl") as { id: string; p: number; selected: boolean }[]
  ).filter(({ selected }) => selected);
  const byId = new Map(dashboardRows.map((row) => [pairOf(row).id, row]));
  const unsure = scores.filter(({ p }) => p !== 0.5).slice(0, 12);
  const audited = kept.filter(({ id }) => !unsure.some((one) => one.id === id)).slice(0, 9);
  const judged = (items: readonly { id: string }[], drawn: MadeRow["drawn"], writer: string) => {
    const path = writeLog(
      folder.place.at(`${writer}.jsonl`),
      items.map(({ id }) => ({ ...byId.get(id)!, drawn: drawn! })),
      writer,
    );
    // Given after the run was made.
    return parseLogBytes(readFileSync(path)).events.map((event) => ({
      ...event,
      time: new Date(Date.parse(info.createdAt) + 60_000 + event.seq).toISOString(),
    }));
  };
  const events = [...judged(unsure, "unsure", "reviewer"), ...judged(audited, "audit", "auditor")];
  folder.verdicts = foldLog([
    ...parseLogBytes(readFileSync(folder.log)).events,
    ...events,
  ]).verdicts;
  const { page } = openPage(folder);
  const newest = (await page.request("open", nothing)).selected!;
  const guess = (p: number): string => (p > 0.5 ? "first" : "second");
  const wrong = (items: readonly { id: string; p: number }[]): number =>
    items.filter(({ id, p }) => folder.verdicts.get(id)!.winner !== guess(p)).length;
  expect(unpack(newest.review!)).toMatchObject({
    overrides: wrong(unsure),
    rate: { n: unsure.length, value: wrong(unsure) / unsure.length },
  });
  expect(unpack(newest.audit!)).toMatchObject({
    overrides: wrong(audited),
    rate: { n: audited.length, value: 1 - wrong(audited) / audited.length },
  });
  // They were chosen by the newer run, so they say nothing of the older one.
  const older = (await page.request("select", { ...nothing, selected: folder.runs[1]!.dir }))
    .selected!;
  expect([older.review, older.audit]).toEqual([null, null]);
});

describe("what the page asks", () => {
  const form: FormSettings = {
    ...{ model: "lexical", threshold: 0.7, confidence: "raw", iterations: 2 },
    ...{ start: "restart", keep: "last", seed: 1, seedCount: null, seedFraction: null },
  } as const;

  test("start keeps the form first, and does not start what can't be kept", async () => {
    const done: string[] = [];
    const acts = (error: Error | null): Partial<DashboardActs> => ({
      saveForm: (given) => {
        done.push(`save ${given.threshold}`);
        return error === null ? Promise.resolve() : Promise.reject(error);
      },
      start: ({ isDetached }) => Promise.resolve(void done.push(`start ${isDetached}`)),
    });
    await openPage(folder, acts(null)).page.request("start", { form, isDetached: true });
    const refused = openPage(folder, acts(new Error("threshold: too low")));
    await expect(refused.page.request("start", { form, isDetached: false })).rejects.toThrow(
      "threshold: too low",
    );
    expect(done).toEqual(["save 0.7", "start true", "save 0.7"]);
  });

  test("acts reach runs of this folder and no other path", async () => {
    const reached: unknown[] = [];
    const note = (...all: unknown[]) => Promise.resolve(void reached.push(all));
    const { page } = openPage(folder, {
      control: note,
      act: note,
      openPairs: note,
      saveFile: note,
    });
    const { dir } = folder.runs[1]!;
    await page.request("control", { act: "cancel", dir });
    await page.request("act", { act: "report", dir });
    const mark = { iteration: 1, set: "unlabeled", from: 0.8, to: 0.85 } as const;
    await page.request("openPairs", { dir, ...mark });
    await page.request("saveFile", { name: "../../chart.svg", text: "<svg/>" });
    expect(reached).toEqual([
      ["cancel", dir],
      ["report", dir],
      [{ runDir: dir, ...mark }],
      ["chart.svg", "<svg/>"],
    ]);
    for (const foreign of ["/etc", `${dir}/..`, ""]) {
      await expect(page.request("control", { act: "cancel", dir: foreign })).rejects.toThrow(
        "not in this folder",
      );
    }
    expect(reached).toHaveLength(4);
  });

  test("anything of another shape is refused before it reaches an act", async () => {
    const { page } = openPage(folder, { act: () => Promise.reject(new Error("reached")) });
    const ask = page as unknown as {
      request(method: string, parameter: unknown): Promise<unknown>;
    };
    for (const [method, parameter] of [
      ["act", { act: "workbench.action.quit", dir: null }],
      ["act", { act: "report", dir: null, more: 1 }],
      ["openPairs", { dir: "", iteration: -1, set: "unlabeled", from: 0, to: 1 }],
      ["saveForm", { form: { ...form, threshold: null } }],
      ["select", {}],
    ] as const) {
      await expect(ask.request(method, parameter)).rejects.toThrow(/^internal: the page asked/);
    }
  });
});

test("a torn line and a run without a queue do no harm", async () => {
  const { dir } = folder.runs[1]!;
  appendFileSync(`${dir}/iterations.jsonl`, '{"kind":"iteration","iter');
  writeFileSync(`${dir}/queue.jsonl`, "");
  folder.runs = [await viewOf(folder, "20260101-older")];
  const { selected } = await openPage(folder).page.request("open", nothing);
  expect(unpack<readonly RunRecord[]>(selected!.records)).toEqual(folder.runs[0]!.records);
  expect(selected!.queueLength).toBe(0);
});
