// The detached run must be the run that the window would have made.
import fc from "fast-check";
import { expect, test, vi } from "vitest";
import type { RunSettings } from "../../src/core/records.ts";
import { runOptions } from "../../src/cli/options.ts";
import { parseArguments } from "../../src/cli/parseArguments.ts";
import { runRequest } from "../../src/cli/runRequest.ts";
import { isOwnCommand, runArguments } from "../../src/host/commandLine.ts";

// It reads package.json beside the bundle, which the sources do not have.
vi.mock("../../src/cli/version.ts", () => ({ version: () => "0" }));

const path = fc.stringMatching(/^\/[a-z][a-z _.-]{0,12}$/);
const paths = fc.array(path, { maxLength: 3 });
const settings: fc.Arbitrary<RunSettings> = fc.record({
  model: fc.constant("lexical"),
  threshold: fc.double({ min: 0.5, max: 0.99, noNaN: true }),
  confidence: fc.constantFrom("raw", "calibrated"),
  iterations: fc.integer({ min: 0, max: 100 }),
  start: fc.constantFrom("restart", "continue"),
  keep: fc.constantFrom("last", "best"),
  seed: fc.nat(),
  seedCount: fc.constantFrom(null, 184),
  seedFraction: fc.constant(null),
  lexical: fc.record({
    l2: fc.constantFrom<number | "auto">("auto", 0.01, 1e-7),
    length: fc.boolean(),
  }),
});

test("the command line of a request is read as the same request", async () => {
  const request = fc.record({
    data: fc.array(path, { minLength: 1, maxLength: 3 }),
    labels: paths,
    labeled: paths,
    gold: paths,
    test: paths,
    settings,
    out: path,
    mapping: fc.constant(null),
    cacheDir: fc.constant("/cache"),
    version: fc.constant("0"),
  });
  await fc.assert(
    fc.asyncProperty(request, async (wanted) => {
      const [command, ...words] = runArguments(wanted);
      expect(command).toBe("run");
      const { values, operands } = parseArguments(runOptions, words);
      const read = await runRequest(values, { operands, out: values.out! });
      expect({ ...read, cacheDir: "/cache", version: "0" }).toEqual(wanted);
    }),
    { numRuns: 50 },
  );
});

test("only the command itself may be stopped through a lock", async () => {
  expect(await isOwnCommand(process.pid)).toBe(false);
  expect(await isOwnCommand(1)).toBe(false);
});
