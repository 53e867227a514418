// Length figures by hand, and the correlation against its textbook formula.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { lengthOf, longerWinsRate, pearson } from "../../src/core/length.ts";
import { plainResponse } from "../../src/core/pair.ts";
import { expectClose } from "../support/close.ts";

describe("lengthOf", () => {
  it("counts characters of all messages, without the blanks around them", () => {
    expect(lengthOf(plainResponse(" two words\n"))).toBe(9);
    expect(lengthOf([...plainResponse("ab"), ...plainResponse("c d")])).toBe(5);
    expect(lengthOf([])).toBe(0);
  });
});

describe("longerWinsRate", () => {
  it("counts ties by half and leaves equal lengths out", () => {
    const first = [10, 3, 5, 7, 2];
    const second = [4, 8, 5, 1, 9];
    // Longer: first, second, none, first, second.
    expect(longerWinsRate(first, second, [1, 0, 1, 0.5, 1])).toBe((1 + 1 + 0.5 + 0) / 4);
    expect(longerWinsRate([5], [5], [1])).toBeNull();
    expect(longerWinsRate([], [], [])).toBeNull();
  });

  it("does not care which response stands first", () => {
    const length = fc.integer({ min: 0, max: 4 });
    const rows = fc.array(fc.tuple(length, length, fc.constantFrom(0, 0.5, 1)));
    fc.assert(
      fc.property(rows, (list) => {
        const [a, b, t] = [0, 1, 2].map((k) => list.map((row) => row[k]!));
        const opposite = t!.map((x) => 1 - x);
        expect(longerWinsRate(b!, a!, opposite)).toBe(longerWinsRate(a!, b!, t!));
      }),
    );
  });
});

describe("pearson", () => {
  it("agrees with n sum xy - sum x sum y over its scale", () => {
    const value = fc.integer({ min: -1000, max: 1000 });
    fc.assert(
      fc.property(fc.array(fc.tuple(value, value), { minLength: 1, maxLength: 30 }), (points) => {
        const [x, y] = [points.map(([a]) => a), points.map(([, b]) => b)];
        const sum = (f: (i: number) => number): number => x.reduce((s, _, i) => s + f(i), 0);
        const n = points.length;
        const [sx, sy] = [sum((i) => x[i]!), sum((i) => y[i]!)];
        const vx = n * sum((i) => x[i]! ** 2) - sx * sx;
        const vy = n * sum((i) => y[i]! ** 2) - sy * sy;
        const r = pearson(x, y);
        expect(r === null).toBe(vx === 0 || vy === 0);
        if (r === null) return;
        const expected = (n * sum((i) => x[i]! * y[i]!) - sx * sy) / Math.sqrt(vx * vy);
        expectClose(r, expected, { atol: 1e-9, rtol: 0 });
      }),
    );
  });

  it("is null where there is nothing to correlate, also for constants that are not exact", () => {
    expect(pearson([], [])).toBeNull();
    expect(pearson([1], [2])).toBeNull();
    expect(pearson([0.1, 0.1, 0.1], [1, 2, 3])).toBeNull();
    expectClose(pearson([1e9, 1e9 + 1, 1e9 + 2], [3, 2, 1])!, -1, { atol: 1e-12, rtol: 0 });
  });
});
