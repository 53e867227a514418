// The typed arrays of a pair table, each against the slow obvious version.
import fc from "fast-check";
import { expect, test } from "vitest";
import { idOrder, packIds, readId } from "../../src/data/pairTable/idOrder.ts";
import {
  emptyIndex,
  golds,
  packFacts,
  rowKinds,
  unpackFacts,
  type RowFacts,
} from "../../src/data/pairTable/rowIndex.ts";
import { RowStates } from "../../src/data/pairTable/rowStates.ts";
import { sortByKey } from "../../src/data/pairTable/sortByKey.ts";

const facts: fc.Arbitrary<RowFacts> = fc.record({
  kind: fc.constantFrom(...rowKinds),
  isSwapped: fc.boolean(),
  gold: fc.constantFrom(...golds),
});

test("facts of a row survive their byte", () => {
  fc.assert(
    fc.property(facts, (one) => {
      expect(unpackFacts(packFacts(one))).toEqual(one);
    }),
  );
});

test("keys are sorted as a comparing sort sorts them, unknown ones last", () => {
  const key = fc.oneof(
    fc.double({ min: 0, noNaN: true }),
    fc.constantFrom(0, -0, 0.5, 1, 1e300, Number.MIN_VALUE, NaN),
    fc.nat(5),
  );
  fc.assert(
    fc.property(
      fc.array(key, { maxLength: 200 }),
      fc.constantFrom("ascending", "descending"),
      (keys, direction) => {
        const sign = direction === "ascending" ? 1 : -1;
        const expected = keys
          .map((value, i) => ({ value, i }))
          .sort((a, b) => {
            if (Number.isNaN(a.value) || Number.isNaN(b.value)) {
              return Number(Number.isNaN(a.value)) - Number(Number.isNaN(b.value));
            }
            return a.value < b.value ? -sign : a.value > b.value ? sign : 0;
          })
          .map(({ i }) => i);
        expect([...sortByKey(Float64Array.from(keys), direction)]).toEqual(expected);
      },
    ),
  );
});

/** Ids of which many are equal, or begin alike. */
const id = fc.oneof(
  fc.constantFrom("0".repeat(32), "f".repeat(32), `${"0".repeat(31)}1`),
  fc.array(fc.constantFrom(..."0189af"), { minLength: 32, maxLength: 32 }).map((c) => c.join("")),
);

test("every ordinal of an id is found, and no other", () => {
  fc.assert(
    fc.property(fc.array(id, { maxLength: 40 }), id, (ids, sought) => {
      const order = idOrder(packIds(ids), ids.length);
      for (const one of [...ids, sought]) {
        const found: number[] = [];
        order.each(packIds([one]), 0, (ordinal) => found.push(ordinal));
        const expected = ids.flatMap((other, i) => (other === one ? [i] : []));
        expect(found.sort((a, b) => a - b)).toEqual(expected);
        expect(order.first(packIds([one]), 0)).toBe(expected[0] ?? -1);
      }
      expect(ids.map((_, i) => readId(packIds(ids), 16 * i))).toEqual(ids);
    }),
  );
});

test("a million pairs weigh less than 60 MB", () => {
  const count = 1_000_000;
  const index = emptyIndex(count);
  const arrays = [index.ids, index.promptLength, index.aLength, index.bLength, index.line];
  const bytes = [...arrays, index.facts].reduce((sum, array) => sum + array.byteLength, 0);
  const order = 4 * count;
  const states = new RowStates({ ...index, order: { each: () => undefined, first: () => -1 } });
  // p, marks and source of a row; a view; an entry of the file's index for 16 rows, of three numbers.
  const beside = states.p.byteLength + 3 * count + 4 * count + (count / 16) * 24;
  expect(bytes + order + beside).toBeLessThan(60e6);
});
