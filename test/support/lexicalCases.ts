// Small logistic problems with scikit-learn's solutions, from test/fixtures/makeLexicalFixture.py.
import { readFileSync } from "node:fs";
import { z } from "zod";
import type { Design } from "../../src/learn/lexical/design.ts";

const numbers = z.array(z.number()).transform((list) => Float64Array.from(list));
const lexicalCase = z.strictObject({
  name: z.string(),
  x: z.array(z.array(z.number())),
  target: numbers,
  weight: numbers,
  l2: z.number(),
  solution: numbers,
  value: z.number(),
});

export const lexicalCases = z
  .array(lexicalCase)
  .min(1)
  .parse(
    JSON.parse(readFileSync(new URL("../fixtures/lexicalFixture.json", import.meta.url), "utf8")),
  );

/** Dense rows as a design without merged columns; the last column may stand in as the length feature. */
export function designFrom(
  x: readonly (readonly number[])[],
  options: { readonly lastIsLength: boolean },
): Design {
  const columnCount = x[0]!.length - (options.lastIsLength ? 1 : 0);
  const start = [0];
  const column: number[] = [];
  const value: number[] = [];
  for (const row of x) {
    for (let j = 0; j < columnCount; j++) {
      if (row[j] === 0) continue;
      column.push(j);
      value.push(row[j]!);
    }
    start.push(column.length);
  }
  return {
    start: Int32Array.from(start),
    column: Int32Array.from(column),
    value: Float32Array.from(value),
    columnCount,
    buckets: Int32Array.from({ length: columnCount }, (_, j) => j),
    columnOf: Int32Array.from({ length: columnCount }, (_, j) => j),
    shareOf: new Float64Array(columnCount).fill(1),
    hasLength: options.lastIsLength,
    length: Float64Array.from(x, (row) => (options.lastIsLength ? row.at(-1)! : 0)),
  };
}
