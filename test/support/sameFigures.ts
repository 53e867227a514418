// Two records side by side: counts and texts exactly, other numbers to a few roundings.
import { expect } from "vitest";
import { expectClose } from "./close.ts";

/**
 * The same shape, whole numbers and texts; other numbers within 1e-9 of each other. Not so the calibrated
 * NLL: where labels are separable the temperature is 0.05 and p within a few roundings of 1, so that the one
 * rounding by which sigmoid(z) and 1 - sigmoid(-z) differ may change -log(1 - p) of a wrong pair by log 2.
 */
export function expectSameFigures(actual: unknown, expected: unknown, path = "record"): void {
  if (typeof expected === "number" && !Number.isInteger(expected)) {
    expect(typeof actual, path).toBe("number");
    try {
      const atol = path.endsWith("Calibrated.nll") ? Math.LN2 : 1e-9;
      expectClose(actual as number, expected, { atol, rtol: 1e-9 });
    } catch (cause) {
      throw new Error(`${path}: ${(cause as Error).message}`, { cause });
    }
    return;
  }
  if (typeof expected === "number" && typeof actual === "number" && !Number.isInteger(actual)) {
    expectSameFigures(expected, actual, path);
    return;
  }
  if (typeof expected !== "object" || expected === null) {
    expect(actual, path).toEqual(expected);
    return;
  }
  expect(Object.keys(actual as object), path).toEqual(Object.keys(expected));
  for (const [key, value] of Object.entries(expected)) {
    expectSameFigures((actual as Record<string, unknown>)[key], value, `${path}.${key}`);
  }
}
