// The data editor's pieces on the host's side that need neither an editor nor a thread.
import fc from "fast-check";
import { expect, test } from "vitest";
import type { LabelEvent } from "../../src/core/labels/labelEvent.ts";
import { foldLog } from "../../src/core/labels/labelFold.ts";
import { cutLength, cutPrompt, cutText } from "../../src/data/pairTable/cutText.ts";
import { readId } from "../../src/data/pairTable/idOrder.ts";
import { labelWords } from "../../src/data/pairTable/rowStates.ts";
import { parseProjectFile } from "../../src/data/projectFile.ts";
import { hintOf } from "../../src/host/pairs/hintText.ts";
import { whyNotLabeled } from "../../src/host/pairs/labelable.ts";
import { packLabels } from "../../src/host/pairs/packLabels.ts";
import { PairsSession, type PairsActs } from "../../src/host/pairs/pairsSession.ts";
import { withDataFile } from "../../src/host/pairs/projectData.ts";
import { queryOfMark } from "../../src/host/pairs/rowQueries.ts";
import type { TableClient } from "../../src/host/pairs/tableClient.ts";
import type { ChartMark, RowQuery } from "../../src/protocol/page/pairsPage.ts";
import type { CancelSignal } from "../../src/protocol/peer.ts";
import { wholeFile } from "../../src/protocol/page/wholeFile.ts";

const text = fc.oneof(
  fc.string({ unit: "binary", maxLength: 3 * cutLength }),
  // Halves of characters at every place where a text may be cut.
  fc.nat(9).map((n) => "x".repeat(n) + "😀 ".repeat(n % 2) + "😀".repeat(cutLength)),
);

test("a cut text is one line, short, and begins as the whole does", () => {
  fc.assert(
    fc.property(text, (content) => {
      const cut = cutText([{ role: "assistant", content }]);
      expect(cut.length).toBeLessThanOrEqual(cutLength + 1);
      expect(cut).not.toMatch(/[\n\r\t]/);
      expect(cut.isWellFormed() || !content.isWellFormed()).toBe(true);
      const line = content.replace(/\s+/g, " ").trim();
      expect(line.startsWith(cut.replace(/…$/, "").trimEnd()) || cut === line).toBe(true);
    }),
  );
});

test("of a conversation the list shows the end", () => {
  const said = (content: string) => ({ role: "user", content });
  expect(cutPrompt([said("only")])).toBe("only");
  expect(cutPrompt([said("first"), said("last\n one")])).toBe("… last one");
  expect(cutPrompt([])).toBe("");
});

test("a file is added to project.json, and nothing in it is lost", () => {
  const given =
    '{\n    "data": ["a.jsonl"],\n    "later": {"x": 1},\n    "settings": {"seed": 3}\n}\n';
  const mapping = { prompt: "q", responseA: "one", responseB: "two" };
  const next = withDataFile(given, { path: "b.csv", mapping });
  expect(JSON.parse(next)).toEqual({ ...JSON.parse(given), data: ["a.jsonl", "b.csv"], mapping });
  expect(next).toMatch(/^\{\n {4}"data"/);
  expect(next.endsWith("}\n")).toBe(true);
  expect(withDataFile(next, { path: "b.csv", mapping })).toBe(next);
  expect(withDataFile(next, { path: "b.csv", mapping: null })).toBe(next);
  const windows = withDataFile(`\uFEFF${given.replaceAll("\n", "\r\n")}`, { path: "c", mapping });
  expect(windows.startsWith("\uFEFF{\r\n    ")).toBe(true);
  expect(windows.replaceAll("\r\n", "")).not.toContain("\n");
  expect(parseProjectFile(withDataFile("{}", { path: "c", mapping }))).toEqual({
    data: ["c"],
    mapping,
  });
  for (const broken of ["", "[]", '{"data": "x"}']) {
    expect(() => withDataFile(broken, { path: "c", mapping })).toThrow(/project\.json.*correct it/);
  }
});

test("labels are packed with their raters; skips and flags too", () => {
  const pair = (digit: string) => digit.repeat(32);
  const event = (seq: number, rest: object): LabelEvent =>
    ({
      v: 1,
      id: String(seq).repeat(32),
      writer: "w",
      seq,
      time: `2026-01-0${seq}T00:00:00.000Z`,
      ...rest,
    }) as LabelEvent;
  const state = foldLog([
    event(1, { kind: "verdict", pair: pair("a"), winner: "second", rater: "ada" }),
    event(2, { kind: "verdict", pair: pair("b"), winner: "both-bad" }),
    event(3, { kind: "skip", pair: pair("c") }),
    event(4, { kind: "flag", pair: pair("a") }),
    event(5, { kind: "flag", pair: pair("d") }),
  ]);
  const packed = packLabels(state, "file.jsonl");
  const entries = Array.from(packed.labels, (label, i) => [
    readId(packed.ids, 16 * i),
    labelWords[label],
    packed.flagged[i],
    packed.source[i] === 0 ? null : packed.sources[packed.source[i]! - 1],
  ]);
  expect(entries).toEqual([
    [pair("a"), "B", 1, "ada"],
    [pair("b"), "both bad", 0, null],
    [pair("c"), "skipped", 0, null],
    [pair("d"), null, 1, null],
  ]);
  expect(packed.fileSource).toBe("file.jsonl");
});

test("a hint says p and state, and nothing where nothing is known", () => {
  expect(hintOf({ p: NaN, state: "unlabeled", label: null })).toBeNull();
  expect(hintOf({ p: 0.2, state: "unsure", label: null })!.text).toBe("p 0.20 · unsure");
  expect(hintOf({ p: 0.2, state: "unsure", label: null })!.tooltip).toMatch(
    /80 % sure that response B/,
  );
  expect(hintOf({ p: NaN, state: "labeled", label: "A" })!.text).toBe("labeled A");
  expect(hintOf({ p: 0.9, state: "unlabeled", label: "skipped" })!.text).toBe("p 0.90 · skipped");
});

const signal: CancelSignal = { aborted: false, addEventListener: () => undefined };
const mark: ChartMark = {
  runDir: "/p/.ssrm/runs/1",
  iteration: 2,
  set: "selected",
  from: 0.9,
  to: 1,
};

/** A session whose thread and page are lists of what they were asked and told. */
function sessionWith(known: readonly string[]) {
  const asked: { method: string; parameter: unknown }[] = [];
  const told: { method: string; parameter: unknown }[] = [];
  const answer = {
    table: { format: "jsonl", iteration: 3, problem: null },
    view: { viewId: 1, count: 0, covered: 1 },
  };
  const ask = (method: string, parameter: { query?: RowQuery | null; ordinal?: number }) => {
    asked.push({ method, parameter });
    if (method === "place")
      return Promise.resolve(
        parameter.ordinal === 0 ? { line: 7, pairId: "x" } : { line: 8, pairId: null },
      );
    return Promise.resolve({ ...answer, query: parameter.query ?? wholeFile });
  };
  let isSeen = true;
  const opened: unknown[] = [];
  const acts: PairsActs = {
    openPair: (place) => Promise.resolve(void opened.push(place)),
    openLine: (place) => Promise.resolve(void opened.push(place)),
    useFile: () => Promise.resolve(),
    log: (error) => expect.unreachable(String(error)),
  };
  const page = { notify: (method: string, parameter: unknown) => told.push({ method, parameter }) };
  const session = new PairsSession(
    "me",
    {
      path: "/p/pairs.jsonl",
      client: () => ({ ask }) as unknown as Pick<TableClient, "ask">,
      runName: () => "run 2026-11-24",
      isInProject: () => true,
      nameOfRun: (dir) => (known.includes(dir) ? "run 2026-11-23" : null),
      page: () => (isSeen ? (page as never) : null),
    },
    acts,
  );
  return { session, asked, told, opened, hide: () => (isSeen = false) };
}

test("a page is given a snapshot with the model's name; marks of unknown runs are left out", async () => {
  const { session, asked } = sessionWith([mark.runDir]);
  const { open, query } = session.handlers;
  expect(await open({ query: null }, signal)).toMatchObject({
    name: "pairs.jsonl",
    model: "run 2026-11-24, iteration 3",
    isInProject: true,
  });
  expect(await open({ query: queryOfMark(mark) }, signal)).toMatchObject({
    model: "run 2026-11-24, iteration 3",
    // Pseudo-labels are what the model before says.
    markModel: `run 2026-11-23, iteration ${mark.iteration - 1}`,
  });
  const judged = { ...mark, set: "test" } as const;
  expect(await open({ query: queryOfMark(judged) }, signal)).toMatchObject({
    markModel: `run 2026-11-23, iteration ${mark.iteration}`,
  });
  await query(queryOfMark(mark), signal);
  expect(asked.at(-1)!.parameter).toEqual({ page: "me", query: queryOfMark(mark) });
  await query(queryOfMark({ ...mark, runDir: "/etc" }), signal);
  const plain = { ...queryOfMark(mark), filter: wholeFile.filter };
  expect(asked.at(-1)!.parameter).toEqual({ page: "me", query: plain });
});

test("a hidden page is told nothing; news that come close together are told once more", async () => {
  const { session, told, asked, hide } = sessionWith([mark.runDir]);
  session.changed();
  session.changed();
  session.changed();
  await new Promise((resolve) => setImmediate(resolve));
  expect(told.map(({ method }) => method)).toEqual(["changed", "changed"]);
  session.viewChanged("another", { viewId: 9, count: 1, covered: 0 });
  session.viewChanged("me", { viewId: 9, count: 1, covered: 0 });
  expect(told.at(-1)!.method).toBe("viewChanged");
  expect(told).toHaveLength(3);
  hide();
  session.changed();
  session.show(queryOfMark(mark));
  await new Promise((resolve) => setImmediate(resolve));
  expect(told).toHaveLength(3);
  await session.handlers.open({ query: wholeFile }, signal);
  expect(asked.at(-1)!.parameter).toEqual({ page: "me", query: queryOfMark(mark) });
});

test("a pair opens in the label page, another row says why not", async () => {
  const { session, opened } = sessionWith([]);
  await session.handlers.openPair({ ordinal: 0 }, signal);
  expect(opened).toEqual([{ pairId: "x", line: 7 }]);
  await expect(session.handlers.openPair({ ordinal: 1 }, signal)).rejects.toThrow(/no pair/);
});

test("only pairs that a run would use are labeled from the list; the others say why not and what to do", () => {
  const why = (role: Parameters<typeof whyNotLabeled>[0]) => whyNotLabeled(role, "x.jsonl");
  expect([why("data"), why("labeled")]).toEqual([null, null]);
  expect(why("test")).toMatch(/x\.jsonl is the test set.*Label pairs of the project's data/);
  expect(why("gold")).toMatch(/gold.*Open the data file/);
  expect(why(null)).toMatch(/no run would use.*Use this file/);
});
