// Numbers survive the way to a page, which JSON does not carry whole.
import fc from "fast-check";
import { expect, it } from "vitest";
import { pack, unpack } from "../../src/protocol/page/figures.ts";

const value = fc.letrec((tie) => ({
  any: fc.oneof(
    { depthSize: "small" },
    fc.double(),
    fc.string(),
    fc.boolean(),
    fc.constant(null),
    fc.array(tie("any"), { maxLength: 4 }),
    fc.dictionary(fc.string(), tie("any"), { maxKeys: 4 }),
  ),
})).any;

/** What the editor does with a message: JSON, and typed arrays beside it. */
function throughTheEditor<T>(message: { readonly shape: T; readonly numbers: Float64Array }) {
  return {
    shape: JSON.parse(JSON.stringify(message.shape)) as T,
    numbers: message.numbers.slice(),
  };
}

it("any value comes back equal, NaN, infinities and -0 included", () => {
  fc.assert(
    fc.property(value, (before) => {
      expect(unpack(throughTheEditor(pack(before)))).toEqual(before);
    }),
    { numRuns: 1000 },
  );
});

it("JSON alone would lose them", () => {
  expect(JSON.parse(JSON.stringify({ a: NaN }))).toEqual({ a: null });
  expect(unpack(throughTheEditor(pack({ a: NaN, b: -Infinity, c: [null, 3] })))).toEqual({
    a: NaN,
    b: -Infinity,
    c: [null, 3],
  });
});
