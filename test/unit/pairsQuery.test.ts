// The typed arrays and their queries against the slow obvious version: a filter and a sort over objects.
import fc from "fast-check";
import { expect, test } from "vitest";
import { idOrder, packIds } from "../../src/data/pairTable/idOrder.ts";
import { selectRows, type TableQuery } from "../../src/data/pairTable/query.ts";
import {
  emptyIndex,
  golds,
  packFacts,
  rowKinds,
  type RowFacts,
  type SearchableIndex,
} from "../../src/data/pairTable/rowIndex.ts";
import {
  labelWords,
  rowStateNames,
  RowStates,
  type LabelWord,
  type RowStateName,
} from "../../src/data/pairTable/rowStates.ts";

const facts: fc.Arbitrary<RowFacts> = fc.record({
  kind: fc.constantFrom(...rowKinds),
  isSwapped: fc.boolean(),
  gold: fc.constantFrom(...golds),
});

/** Ids of which many are equal, or begin alike. */
const id = fc.oneof(
  fc.constantFrom("0".repeat(32), "f".repeat(32), `${"0".repeat(31)}1`),
  fc.array(fc.constantFrom(..."0189af"), { minLength: 32, maxLength: 32 }).map((c) => c.join("")),
);

/** A row as an object, with what a person and a model say of its pair, in canonical order. */
interface ObviousRow {
  readonly id: string;
  readonly facts: RowFacts;
  readonly a: number;
  readonly b: number;
  readonly p: number | null;
  readonly isSelected: boolean;
  readonly label: LabelWord;
  readonly isFlagged: boolean;
}

const rows = fc.uniqueArray(
  fc.record({
    id,
    facts: facts.filter(({ kind }) => kind === "pair" || kind === "bad"),
    a: fc.nat(20),
    b: fc.nat(20),
    p: fc.option(fc.constantFrom(0, 0.1, 0.2, 0.25, 0.5, 0.75, 0.8, 0.9, 1)),
    isSelected: fc.boolean(),
    label: fc.constantFrom(...labelWords),
    isFlagged: fc.boolean(),
  }),
  { maxLength: 60, selector: (row) => row.id },
);
const range = (most: number) => fc.tuple(fc.nat(most), fc.nat(most));
const query: fc.Arbitrary<TableQuery> = fc.record({
  states: fc.subarray([...rowStateNames]),
  isFlagged: fc.boolean(),
  confidence: fc.option(
    range(10).map(([a, b]): [number, number] => [Math.min(a, b) / 10, Math.max(a, b) / 10]),
  ),
  length: fc.option(range(40).map(([a, b]): [number, number] => [Math.min(a, b), Math.max(a, b)])),
  disagrees: fc.boolean(),
  sort: fc.constantFrom("file", "confidence", "length", "length difference", "disagreement"),
  isDescending: fc.boolean(),
});
const threshold = 0.8;

function tableOf(all: readonly ObviousRow[]): { index: SearchableIndex; states: RowStates } {
  const index = emptyIndex(all.length);
  index.ids.set(packIds(all.map((row) => row.id)));
  all.forEach((row, i) => {
    index.facts[i] = packFacts(row.facts);
    index.aLength[i] = row.a;
    index.bLength[i] = row.b;
  });
  const searchable = { ...index, order: idOrder(index.ids, index.count) };
  const states = new RowStates(searchable);
  const labeled = all.filter((row) => row.facts.kind === "pair");
  const judged = labeled.filter((row) => row.p !== null);
  states.setModel({
    ids: packIds(judged.map((row) => row.id)),
    p: Float64Array.from(judged, (row) => row.p ?? NaN),
    selected: Uint8Array.from(judged, (row) => (row.isSelected ? 1 : 0)),
    threshold,
    drawn: null,
  });
  states.setLabels({
    ids: packIds(labeled.map((row) => row.id)),
    labels: Uint8Array.from(labeled, (row) => labelWords.indexOf(row.label)),
    flagged: Uint8Array.from(labeled, (row) => (row.isFlagged ? 1 : 0)),
    source: Uint16Array.from(labeled, () => 1),
    sources: ["ada"],
    fileSource: null,
  });
  return { index: searchable, states };
}

/** The row as its list shows it: in the file's own order. */
function shown(row: ObviousRow, ordinal: number) {
  const isPair = row.facts.kind === "pair";
  const swap: Partial<Record<string, LabelWord>> = row.facts.isSwapped ? { A: "B", B: "A" } : {};
  const label = isPair ? (swap[String(row.label)] ?? row.label) : null;
  const p = !isPair || row.p === null ? NaN : row.facts.isSwapped ? 1 - row.p : row.p;
  const confidence = Math.max(p, 1 - p);
  const hasVerdict = label !== null && label !== "skipped";
  const isSelected = isPair && row.p !== null && row.isSelected;
  const target = { A: 1, B: 0, tie: 0.5, "both bad": 0.5 }[String(label)] ?? NaN;
  let state: RowStateName = confidence <= threshold ? "unsure" : "unlabeled";
  if (isSelected) state = "pseudo-labeled";
  if (hasVerdict) state = "labeled";
  if (!isPair) state = "bad";
  return {
    ...{ ordinal, label, p, confidence, state, isSelected },
    isFlagged: isPair && row.isFlagged,
    length: isPair ? row.a + row.b : NaN,
    difference: isPair ? Math.abs(row.a - row.b) : NaN,
    disagreement: Math.abs(target - p),
    disagrees: (label === "A" && p < 0.5) || (label === "B" && p > 0.5),
  };
}

test("a query leaves and orders what filter and sort over objects do", () => {
  fc.assert(
    fc.property(rows, query, fc.option(fc.infiniteStream(fc.boolean())), (all, asked, inSet) => {
      const table = tableOf(all);
      const set = Uint8Array.from(all, () => (inSet?.next().value ? 1 : 0));
      const keys = {
        file: "ordinal",
        confidence: "confidence",
        length: "length",
        "length difference": "difference",
        disagreement: "disagreement",
      } as const;
      const key = keys[asked.sort];
      const within = (value: number, limits: readonly [number, number] | null) =>
        limits === null || (value >= limits[0] && value <= limits[1]);
      const expected = all
        .map(shown)
        .filter((row) => asked.states.length === 0 || asked.states.includes(row.state))
        .filter((row) => !asked.isFlagged || row.isFlagged)
        .filter((row) => !asked.disagrees || row.disagrees)
        .filter((row) => within(row.confidence, asked.confidence))
        .filter((row) => within(row.length, asked.length))
        .filter((row) => inSet === null || set[row.ordinal] === 1)
        .sort((a, b) => {
          const [x, y] = [a[key], b[key]];
          if (Number.isNaN(x) || Number.isNaN(y)) return +Number.isNaN(x) - +Number.isNaN(y);
          return asked.isDescending ? y - x : x - y;
        })
        .map((row) => row.ordinal);
      const sets = inSet === null ? [] : [set];
      expect([...selectRows(table, asked, sets)]).toEqual(expected);
      for (const row of all.map(shown)) {
        const { ordinal } = row;
        expect(rowStateNames[table.states.state(ordinal)]).toBe(row.state);
        expect(table.states.label(ordinal)).toBe(row.label);
        expect(table.states.p[ordinal]).toBe(row.p);
        expect(table.states.isSelected(ordinal)).toBe(row.isSelected);
        expect(table.states.source(ordinal)).toBe(row.label === null ? null : "ada");
      }
      const counted = Object.fromEntries(
        rowStateNames.map((name) => [
          name,
          all.map(shown).filter(({ state }) => state === name).length,
        ]),
      );
      expect(table.states.counts()).toEqual(counted);
    }),
    { numRuns: 500 },
  );
});

test("new labels and a new model leave nothing of the old ones", () => {
  fc.assert(
    fc.property(rows, (all) => {
      const { states } = tableOf(all);
      const none = new Uint8Array();
      const noLabels = { ids: none, labels: none, flagged: none, source: new Uint16Array() };
      states.setLabels({ ...noLabels, sources: [], fileSource: null });
      states.setModel(null);
      all.forEach((row, i) => {
        expect([states.label(i), states.source(i)]).toEqual([null, null]);
        expect([states.isFlagged(i), states.isSelected(i), states.p[i]]).toEqual([
          false,
          false,
          NaN,
        ]);
        expect(rowStateNames[states.state(i)]).toBe(row.facts.kind === "bad" ? "bad" : "unlabeled");
      });
    }),
  );
});

test("the verdicts of a file that is labeled are its rows' labels, a person's stand above them", () => {
  const index = emptyIndex(2);
  index.ids.set(packIds(["1".repeat(32), "2".repeat(32)]));
  index.facts.fill(packFacts({ kind: "pair", isSwapped: true, gold: "b" }));
  const states = new RowStates({ ...index, order: idOrder(index.ids, 2) });
  states.setLabels({
    ids: packIds(["2".repeat(32)]),
    labels: Uint8Array.of(labelWords.indexOf("B")),
    flagged: Uint8Array.of(0),
    source: Uint16Array.of(1),
    sources: ["ada"],
    fileSource: "labeled.jsonl",
  });
  expect([states.label(0), states.source(0)]).toEqual(["B", "labeled.jsonl"]);
  // The canonical second is A in the file, whose order is the other one.
  expect([states.label(1), states.source(1)]).toEqual(["A", "ada"]);
});

test("what a simulation drew is a label while nobody judged the pair, and goes with the model", () => {
  const index = emptyIndex(3);
  index.ids.set(packIds(["1", "2", "3"].map((digit) => digit.repeat(32))));
  index.facts.fill(packFacts({ kind: "pair", isSwapped: true, gold: null }));
  const states = new RowStates({ ...index, order: idOrder(index.ids, 3) });
  const first = Uint8Array.of(labelWords.indexOf("A"));
  const ids = packIds(["2".repeat(32)]);
  states.setLabels({
    ...{ ids, labels: first, flagged: Uint8Array.of(0), source: Uint16Array.of(1) },
    ...{ sources: ["ada"], fileSource: null },
  });
  states.setModel({
    ids: packIds(["1", "2", "3"].map((digit) => digit.repeat(32))),
    p: Float64Array.of(0.4, 0.4, 0.4),
    selected: new Uint8Array(3),
    threshold: 0.8,
    drawn: {
      ids: packIds(["1".repeat(32), "2".repeat(32)]),
      labels: Uint8Array.of(labelWords.indexOf("A"), labelWords.indexOf("B")),
    },
  });
  // Swapped rows: the canonical first is B in the file, and P(A) is 0.6.
  expect([0, 1, 2].map((i) => [states.label(i), states.source(i), states.disagrees(i)])).toEqual([
    ["B", "simulation", true],
    ["B", "ada", true],
    [null, null, false],
  ]);
  expect(states.counts()).toMatchObject({ labeled: 2, unsure: 1 });
  states.setModel(null);
  expect([states.label(0), states.source(0)]).toEqual([null, null]);
});
