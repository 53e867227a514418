import { expect, test } from "vitest";
import { StepWatch } from "../../src/core/stepWatch.ts";

const limits = { leastMs: 60_000, medianFactor: 20 };

test("before any step the least limit holds", () => {
  const watch = new StepWatch(1000, limits);
  expect(watch.overdueMs(61_000)).toBeNull();
  expect(watch.overdueMs(61_001)).toBe(60_001);
});

test("short steps do not shorten the limit, long ones lengthen it", () => {
  const watch = new StepWatch(0, limits);
  for (let t = 10; t <= 1000; t += 10) watch.stepped(t);
  expect(watch.limitMs()).toBe(60_000);
  const slow = new StepWatch(0, limits);
  for (let t = 5000; t <= 50_000; t += 5000) slow.stepped(t);
  expect(slow.limitMs()).toBe(100_000);
  expect(slow.overdueMs(149_999)).toBeNull();
  expect(slow.overdueMs(150_001)).toBe(100_001);
});

test("a pause does not count", () => {
  const watch = new StepWatch(0, limits);
  watch.restart(500_000);
  expect(watch.overdueMs(550_000)).toBeNull();
});

test("one long step does not move the median", () => {
  const watch = new StepWatch(0, limits);
  watch.stepped(50_000);
  for (let t = 50_010; t <= 50_500; t += 10) watch.stepped(t);
  expect(watch.limitMs()).toBe(60_000);
});
