// The one comparison of numbers: |actual - expected| <= atol + rtol * |expected|, NaN equal to NaN.

export interface Tolerance {
  readonly atol: number;
  readonly rtol: number;
}

/** Throws with the first place that differs. Arrays must have equal lengths. */
export function expectClose(
  actual: number | ArrayLike<number>,
  expected: number | ArrayLike<number>,
  { atol, rtol }: Tolerance,
): void {
  const a = typeof actual === "number" ? [actual] : actual;
  const e = typeof expected === "number" ? [expected] : expected;
  if (a.length !== e.length) throw new Error(`expected ${e.length} numbers, got ${a.length}`);
  for (let i = 0; i < e.length; i++) {
    const got = a[i]!;
    const want = e[i]!;
    if (Number.isNaN(got) && Number.isNaN(want)) continue;
    if (got === want) continue;
    if (!(Math.abs(got - want) <= atol + rtol * Math.abs(want))) {
      throw new Error(`at ${i}: expected ${want} within atol ${atol} and rtol ${rtol}, got ${got}`);
    }
  }
}
