// The pure parts of labeling, each against its slow and obvious version.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  activeMsAt,
  attend,
  restartActiveTime,
  startActiveTime,
  type AttentionEvent,
} from "../../src/core/labeling/activeTime.ts";
import { leftRate, repeatConsistency } from "../../src/core/labeling/consistency.ts";
import { Permutation, repeatAfter, sampleOf, streamOf } from "../../src/core/labeling/order.ts";
import { secondsLeft, secondsPerVerdict } from "../../src/core/labeling/pace.ts";
import { auditPrecision, checksUntil, overrideRate } from "../../src/core/labeling/review.ts";
import { proportion, wilson } from "../../src/core/metrics/accuracy.ts";
import type { VerdictEvent } from "../../src/core/labels/labelEvent.ts";
import { seededRandom } from "../../src/core/random.ts";
import { expectClose } from "../support/close.ts";

describe("active time", () => {
  const idleMs = 30;
  const step = fc.record({
    event: fc.constantFrom<AttentionEvent>("shown", "hidden", "focused", "blurred", "activity"),
    afterMs: fc.nat(50),
  });

  /** Millisecond by millisecond: one counts where the page was shown, focused and touched lately. */
  function countedSlowly(
    steps: readonly { event: AttentionEvent; afterMs: number }[],
    endMs: number,
  ) {
    let [isShown, isFocused, touchedAt, counted, next, at] = [true, true, 0, 0, 0, 0];
    const times = steps.map(({ afterMs }) => (at += afterMs));
    for (let ms = 0; ms < endMs; ms++) {
      for (; next < steps.length && times[next]! <= ms; next++) {
        const { event } = steps[next]!;
        if (event === "shown" || event === "hidden") isShown = event === "shown";
        if (event === "focused" || event === "blurred") isFocused = event === "focused";
        const isSign = event !== "hidden" && event !== "blurred";
        if (isSign && isShown && isFocused) touchedAt = ms;
      }
      if (isShown && isFocused && ms < touchedAt + idleMs) counted++;
    }
    return counted;
  }

  test("equals counting each millisecond", () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 30 }), fc.nat(100), (steps, restMs) => {
        let time = startActiveTime({ nowMs: 0, idleMs });
        let now = 0;
        for (const { event, afterMs } of steps) time = attend(time, event, (now += afterMs));
        expect(activeMsAt(time, now + restMs)).toBe(countedSlowly(steps, now + restMs));
      }),
    );
  });

  test("a next pair starts at what it had, and a clock that is set back counts nothing", () => {
    const first = startActiveTime({ nowMs: 100, idleMs, activeMs: 7 });
    expect(activeMsAt(first, 110)).toBe(17);
    const second = restartActiveTime(first, 110, 3);
    expect(activeMsAt(second, 115)).toBe(8);
    expect(activeMsAt(attend(second, "activity", 50), 50)).toBe(3);
  });
});

describe("order", () => {
  test("a permutation has each number once, and is the seed's", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 300 }), fc.string(), (size, seed) => {
        const order = new Permutation(size, seededRandom(seed));
        const all = Array.from({ length: size }, (_, i) => order.at(i));
        expect([...all].sort((a, b) => a - b)).toEqual(all.map((_, i) => i));
        const again = new Permutation(size, seededRandom(seed));
        expect(again.at(size - 1)).toBe(all[size - 1]);
      }),
    );
  });

  test("each number is as likely at each position", () => {
    const random = seededRandom("fair");
    const counts = Array.from({ length: 5 }, () => [0, 0, 0, 0, 0]);
    for (let i = 0; i < 5000; i++) {
      const order = new Permutation(5, random);
      for (let at = 0; at < 5; at++) counts[at]![order.at(at)]!++;
    }
    // 5 standard deviations of 5,000 draws with chance 1/5.
    for (const count of counts.flat()) expect(Math.abs(count - 1000)).toBeLessThan(142);
  });

  test("a sample is of the items, each as likely", async () => {
    const random = seededRandom("sample");
    async function* ten() {
      for (let i = 0; i < 10; i++) yield await Promise.resolve(i);
    }
    const counts = Array.from({ length: 10 }, () => 0);
    for (let i = 0; i < 2000; i++) {
      const { sample, count } = await sampleOf(ten(), { size: 3, random });
      expect(count).toBe(10);
      expect(new Set(sample).size).toBe(3);
      for (const item of sample) counts[item]!++;
    }
    // 5 standard deviations of 2,000 draws with chance 3/10.
    for (const count of counts) expect(Math.abs(count - 600)).toBeLessThan(103);
    expect((await sampleOf(ten(), { size: 50, random })).sample.length).toBe(10);
  });

  test("the share of random showings is the one that was stated", () => {
    const streams = Array.from({ length: 4000 }, (_, i) =>
      streamOf(i, { seed: "s", randomShare: 0.2 }),
    );
    // 5 standard deviations.
    expect(Math.abs(streams.filter((one) => one === "random").length - 800)).toBeLessThan(127);
  });

  test("a repeat is an old verdict, not a skip, not a repeat, and only once", () => {
    const showing = fc.record({
      pair: fc.nat(30).map(String),
      isVerdict: fc.boolean(),
      isRepeat: fc.boolean(),
    });
    fc.assert(
      fc.property(fc.array(showing, { maxLength: 60 }), fc.string(), (past, seed) => {
        const pair = repeatAfter(past, { seed, share: 1 });
        const eligible = past.filter(
          (one, i) =>
            one.isVerdict &&
            !one.isRepeat &&
            past.length - i > 10 &&
            !past.some((other) => other.isRepeat && other.pair === one.pair),
        );
        if (pair === null) expect(eligible).toEqual([]);
        else expect(eligible.map((one) => one.pair)).toContain(pair);
        expect(repeatAfter(past, { seed, share: 0 })).toBe(null);
      }),
    );
  });
});

test("the pace is the median of the last twenty", () => {
  expect(secondsPerVerdict([1000, 2000])).toBe(null);
  expect(secondsPerVerdict([9000, 1000, 2000])).toBe(2);
  const many = [
    ...Array.from({ length: 50 }, () => 1e6),
    ...Array.from({ length: 20 }, (_, i) => i),
  ];
  expect(secondsPerVerdict(many)).toBe(0.0095);
  expect(secondsLeft(10, 2.5)).toBe(25);
  expect(secondsLeft(null, 2)).toBe(null);
  expect(secondsLeft(3, null)).toBe(null);
});

test("consistency and left rate count what they say", () => {
  const said = (
    pair: string,
    winner: VerdictEvent["winner"],
    more: Partial<VerdictEvent> = {},
  ): VerdictEvent => ({
    ...{ v: 1, id: "", writer: "", seq: 1, time: "", kind: "verdict", shown: "first-second" },
    pair,
    winner,
    ...more,
  });
  const repeat = { drawn: "repeat", shown: "second-first" } as const;
  const verdicts = [
    said("p", "first", { strength: 3 }),
    said("q", "tie"),
    said("r", "second"),
    said("p", "first", { ...repeat, strength: 1 }),
    said("q", "both-bad", repeat),
    said("z", "first", repeat),
  ];
  expect(repeatConsistency(verdicts)).toEqual(proportion(1, 2));
  expect(repeatConsistency(verdicts.slice(0, 3))).toBe(null);
  // A was preferred in the first alone; the others prefer B, or nobody.
  expect(leftRate(verdicts)).toEqual(proportion(1, 4));
  expect(leftRate([said("q", "tie")])).toBe(null);
});

describe("review", () => {
  test("overrides and precision", () => {
    const checked = [
      { winner: "first", p: 0.9 },
      { winner: "second", p: 0.9 },
      { winner: "tie", p: 0.2 },
      { winner: "second", p: 0.2 },
      { winner: "both-bad", p: 0.7 },
    ] as const;
    expect(overrideRate(checked)).toEqual(proportion(3, 5));
    expect(auditPrecision(checked)).toEqual(proportion(3, 5));
    expect(overrideRate([])).toBe(null);
    expect(auditPrecision([])).toBe(null);
  });

  test("how many more checks, against trying one after the other", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 200 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.double({ min: 0.03, max: 0.4, noNaN: true }),
        (n, part, narrowTo) => {
          const rate = proportion(Math.round(2 * n * part) / 2, n);
          const half = (checks: number): number => {
            const { low, high } = wilson(Math.min(checks, rate.value * checks), checks);
            return (high - low) / 2;
          };
          let more = 0;
          while (half(n + more) > narrowTo) more++;
          expect(checksUntil(narrowTo, rate)).toBe(more);
        },
      ),
    );
    // Before the first check: 1.96^2 / (4 * 0.1^2) - 1.96^2 = 92.2 for a share of 1/2.
    expectClose(checksUntil(0.1, null), 93, { atol: 0, rtol: 0 });
    expect(() => checksUntil(0, null)).toThrow(RangeError);
  });
});
