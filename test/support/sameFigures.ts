// Two records side by side: counts and texts exactly, other numbers to a few roundings.
import { expect } from "vitest";
import { expectClose } from "./close.ts";

/** The same shape, whole numbers and texts; other numbers within 1e-9 of each other. */
export function expectSameFigures(actual: unknown, expected: unknown, path = "record"): void {
  if (typeof expected === "number" && !Number.isInteger(expected)) {
    expect(typeof actual, path).toBe("number");
    try {
      expectClose(actual as number, expected, { atol: 1e-9, rtol: 1e-9 });
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
