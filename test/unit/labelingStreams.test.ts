// The rows of the data in random order, against the same order read row by row, with labels that nobody here
// has given.
import fc from "fast-check";
import { expect, test } from "vitest";
import { Permutation } from "../../src/core/labeling/order.ts";
import type { Pair } from "../../src/core/pair.ts";
import { seededRandom } from "../../src/core/random.ts";
import { dataStream } from "../../src/host/labeling/dataStream.ts";
import type { Candidate } from "../../src/host/labeling/pairReader.ts";

const files = (size: number) => [
  { path: "a", rows: Math.floor(size / 3), stamp: "1" },
  { path: "b", rows: size - Math.floor(size / 3), stamp: "1" },
];

/** Row i of all files holds pair `p${i % distinct}`, but for rows that hold none. */
function dataOf(size: number, { distinct = size, bad = new Set<number>() } = {}) {
  const read: number[] = [];
  const rows = new Map<string, Candidate | null>();
  const pairs = new Map<string, Candidate>();
  const start = (path: string): number => (path === "a" ? 0 : files(size)[0]!.rows);
  const pairIn = (path: string, ordinal: number) => {
    const row = start(path) + ordinal;
    if (bad.has(row)) return null;
    return { id: `p${row % distinct}`, path, line: ordinal + 1, pair: {} as Pair };
  };
  return {
    read,
    reader: {
      at: (one: Candidate) => Promise.resolve(pairIn(one.path, one.line - 1)),
      inRow: (path: string, ordinal: number) => {
        read.push(start(path) + ordinal);
        return Promise.resolve(pairIn(path, ordinal));
      },
    },
    book: {
      row: ({ path }: { path: string }, ordinal: number) => rows.get(`${path} ${ordinal}`),
      addRow: ({ path }: { path: string }, ordinal: number, pair: Candidate | null) => {
        rows.set(`${path} ${ordinal}`, pair);
        if (pair !== null) pairs.set(pair.id, pair);
      },
      pair: (id: string) => pairs.get(id) ?? null,
    },
    order: (() => {
      const order = new Permutation(size, seededRandom("label order s"));
      return Array.from({ length: size }, (_, i) => order.at(i));
    })(),
  };
}

const logOf = (closed: ReadonlySet<string>) => ({
  isOpen: (id: string) => !closed.has(id),
  reopened: 0,
});

test("every open pair comes once, none that is judged, whoever judged what", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.record({
        size: fc.integer({ min: 1, max: 200 }),
        stretches: fc.array(fc.tuple(fc.nat(1), fc.nat(60)), { maxLength: 6 }),
        bad: fc.array(fc.nat(199), { maxLength: 10 }),
        ahead: fc.integer({ min: 1, max: 5 }),
        isCatchingUp: fc.boolean(),
      }),
      async ({ size, stretches, bad, ahead, isCatchingUp }) => {
        const distinct = Math.max(1, size - 5);
        const data = dataOf(size, { distinct, bad: new Set(bad) });
        const closed = new Set<string>();
        let at = 0;
        for (const [isClosed, length] of stretches) {
          for (const row of data.order.slice(at, at + length)) {
            if (isClosed === 1) closed.add(`p${row % distinct}`);
          }
          at += length;
        }
        const rows = data.order.filter((row) => !bad.includes(row));
        const expected = new Set(rows.map((row) => `p${row % distinct}`));
        for (const id of closed) expected.delete(id);
        const stream = dataStream(files(size), { seed: "s", ...data });
        const log = logOf(closed);
        const plan: string[] = [];
        const shown: string[] = [];
        for (;;) {
          while (plan.length < ahead) {
            const found = await stream.first(log, (id) => plan.includes(id));
            if (found === null) break;
            plan.push(found.id);
          }
          const judged = plan.shift();
          if (judged === undefined) break;
          expect(closed.has(judged)).toBe(false);
          expect(stream.candidate(judged)?.id).toBe(judged);
          shown.push(judged);
          closed.add(judged);
          if (isCatchingUp) await stream.catchUp();
        }
        expect(shown.length).toBe(expected.size);
        expect(new Set(shown)).toEqual(expected);
        expect(stream.left(log)).toBe(0);
      },
    ),
    { numRuns: 300 },
  );
});

test("without such labels, and after a front of them, the order is the seed's", async () => {
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 1, max: 400 }), fc.nat(400), async (size, front) => {
      const data = dataOf(size);
      const ids = data.order.map((row) => `p${row}`);
      const closed = new Set(ids.slice(0, front));
      const stream = dataStream(files(size), { seed: "s", ...data });
      const log = logOf(closed);
      const rest = ids.slice(front);
      expect((await stream.open(log, 7)).map(({ id }) => id)).toEqual(rest.slice(0, 7));
      for (const id of rest) {
        expect((await stream.first(log, () => false))?.id).toBe(id);
        closed.add(id);
      }
      expect(await stream.first(log, () => false)).toBe(null);
    }),
  );
});

test("100,000 labels that came by git cost the first pair a few rows, and none is lost", async () => {
  const data = dataOf(200_000);
  const ids = data.order.map((row) => `p${row}`);
  const closed = new Set(ids.slice(0, 100_000));
  const stream = dataStream(files(200_000), { seed: "s", ...data });
  const log = logOf(closed);
  expect((await stream.first(log, () => false))?.id).toBe(ids[100_000]);
  // 8 to see a stretch, and twice the binary logarithm of its length.
  expect(data.read.length).toBeLessThan(8 + 2 * 17 + 1);
  // Undo asks for the last of them.
  expect((await stream.find(ids[99_990]!))?.id).toBe(ids[99_990]);
  expect(data.read.length).toBeLessThan(60);
  for (let i = 0; i < 20; i++) await stream.catchUp();
  expect(stream.candidate(ids[99_850]!)?.id).toBe(ids[99_850]);
  // One that is open again comes up as soon as it is reached.
  closed.delete(ids[99_840]!);
  await stream.find(ids[99_840]!);
  const reopened = { ...log, reopened: 1 };
  const shown: (string | undefined)[] = [];
  for (let i = 0; i < 2; i++) {
    shown.push((await stream.first(reopened, (id) => shown.includes(id)))?.id);
  }
  expect(shown).toContain(ids[99_840]);
});
