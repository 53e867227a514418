// A lexical checkpoint comes back from its files as it was, and a damaged one is named.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { bucketCount } from "../../src/learn/lexical/features.ts";
import {
  type LexicalCheckpoint,
  loadLexical,
  saveLexical,
} from "../../src/learn/lexical/lexicalFiles.ts";

const float32 = fc.float({ noNaN: true, noDefaultInfinity: true }).filter((v) => v !== 0);
const checkpoint: fc.Arbitrary<LexicalCheckpoint> = fc.record({
  weights: fc
    .tuple(
      fc.uniqueArray(fc.integer({ min: 0, max: bucketCount - 1 }), { maxLength: 20 }),
      fc.array(float32, { minLength: 20, maxLength: 20 }),
      fc.oneof(fc.constant(0), float32),
    )
    .map(([buckets, values, length]) => ({
      buckets: Int32Array.from(buckets).sort(),
      values: Float32Array.from(values.slice(0, buckets.length)),
      length,
    })),
  l2: fc.double({ min: 1e-9, max: 1e3, noNaN: true }),
  steps: fc.nat(500),
});

const sample: LexicalCheckpoint = {
  weights: { buckets: Int32Array.of(2, 5), values: Float32Array.of(0.5, -1), length: 0.25 },
  l2: 0.01,
  steps: 7,
};
const bytesOf = (text: string): Uint8Array => Uint8Array.from(Buffer.from(text));

describe("saveLexical and loadLexical", () => {
  it("are each other's reverse, for equal bytes and equal values", () => {
    fc.assert(
      fc.property(checkpoint, (c) => {
        const files = saveLexical(c);
        expect(loadLexical(files)).toEqual(c);
        expect(saveLexical(loadLexical(files))).toEqual(files);
      }),
    );
  });

  it("reads bytes that lie inside a larger buffer", () => {
    const files = saveLexical(sample);
    const weights = files.get("weights.bin")!;
    const larger = new Uint8Array(weights.length + 8).fill(9);
    larger.set(weights, 3);
    files.set("weights.bin", larger.subarray(3, 3 + weights.length));
    expect(loadLexical(files)).toEqual(sample);
  });

  it("writes the form that it says", () => {
    const files = saveLexical(sample);
    expect(Buffer.from(files.get("lexical.json")!).toString()).toBe(
      '{\n  "format": "ssrm-lexical-1",\n  "buckets": 262144,\n  "n": 2,\n  "length": 0.25,\n' +
        '  "l2": 0.01,\n  "steps": 7\n}\n',
    );
    expect(Buffer.from(files.get("weights.bin")!).toString("hex")).toBe(
      "02000000" + "05000000" + "0000003f" + "000080bf",
    );
  });
});

describe("damaged files", () => {
  const header = Buffer.from(saveLexical(sample).get("lexical.json")!).toString();
  const with_ = (change: Record<string, unknown>): Uint8Array =>
    bytesOf(JSON.stringify({ ...(JSON.parse(header) as object), ...change }));

  it.each([
    [
      "cut off",
      bytesOf(header.slice(0, 40)),
      /^lexical\.json: expected a JSON object, got 40 bytes/,
    ],
    ["empty", new Uint8Array(0), /^lexical\.json: expected a JSON object, got 0 bytes/],
    ["far too long", new Uint8Array(2_000_000), /^lexical\.json: .*got 2000000 bytes/],
    ["no object", bytesOf("null"), /^lexical\.json: expected a JSON object, got null/],
    ["a list", bytesOf("[]"), /^lexical\.json: expected format ssrm-lexical-1/],
    ["of another format", with_({ format: "x" }), /^lexical\.json: .*got x with 262144/],
    ["of other buckets", with_({ buckets: 7 }), /^lexical\.json: .*with 7$/],
    ["without a count", with_({ n: undefined }), /^lexical\.json: .*number at n, got undefined/],
    ["with half a weight", with_({ n: 0.5 }), /^lexical\.json: expected n .*got 0\.5/],
    ["with a negative count", with_({ n: -2 }), /^lexical\.json: expected n .*got -2/],
    ["with a text as l2", with_({ l2: "0.1" }), /^lexical\.json: .*number at l2, got "0.1"/],
    ["with an endless length", bytesOf(header.replace("0.25", "1e999")), /number at length/],
    ["with more weights", with_({ n: 3 }), /^weights\.bin: expected 24 bytes .*, got 16$/],
  ])("lexical.json %s", (_, bytes, message) => {
    const files = new Map(saveLexical(sample)).set("lexical.json", bytes);
    expect(() => loadLexical(files)).toThrow(message);
  });

  const weights = (buckets: readonly number[], values: readonly number[]): Uint8Array =>
    new Uint8Array([
      ...new Uint8Array(Int32Array.from(buckets).buffer),
      ...new Uint8Array(Float32Array.from(values).buffer),
    ]);

  it.each([
    ["cut off", new Uint8Array(15), /^weights\.bin: expected 16 bytes for 2 weights, got 15$/],
    ["with a bucket too high", weights([2, bucketCount], [1, 1]), /^weights\.bin: weight 1: /],
    ["with a negative bucket", weights([-1, 5], [1, 1]), /^weights\.bin: weight 0: /],
    ["with a bucket twice", weights([5, 5], [1, 1]), /^weights\.bin: weight 1: .*got 5 and 1$/],
    ["out of order", weights([5, 2], [1, 1]), /^weights\.bin: weight 1: /],
    ["with NaN", weights([2, 5], [1, NaN]), /^weights\.bin: weight 1: .*got 5 and NaN$/],
    ["with Infinity", weights([2, 5], [Infinity, 1]), /^weights\.bin: weight 0: /],
  ])("weights.bin %s", (_, bytes, message) => {
    const files = new Map(saveLexical(sample)).set("weights.bin", bytes);
    expect(() => loadLexical(files)).toThrow(message);
  });

  it.each(["lexical.json", "weights.bin"])("%s missing", (name) => {
    const files = new Map(saveLexical(sample));
    files.delete(name);
    expect(() => loadLexical(files)).toThrow(new RegExp(`^${name}: .*got no`));
  });
});
