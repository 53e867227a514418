import fc from "fast-check";
import { expect, test } from "vitest";
import { RestartBudget } from "../../src/core/restartBudget.ts";

const limits = { restarts: 3, windowMs: 600_000 };

test("grants three restarts in ten minutes and refuses the fourth", () => {
  const budget = new RestartBudget(limits);
  for (const at of [0, 1000, 2000]) expect(budget.died(at).kind).toBe("restart");
  expect(budget.died(3000)).toEqual({
    kind: "stop",
    reason: "it died 4 times within 10 minutes without progress",
  });
});

test("deaths older than the window are forgotten", () => {
  const budget = new RestartBudget(limits);
  for (let i = 0; i < 20; i++) expect(budget.died(i * 200_001).kind).toBe("restart");
});

test("progress refills", () => {
  const budget = new RestartBudget(limits);
  for (let i = 0; i < 20; i++) {
    expect(budget.died(i).kind).toBe("restart");
    budget.progressed();
  }
});

test("the same step twice in a row stops and is named", () => {
  const budget = new RestartBudget(limits);
  budget.atStep("iteration 2, fit 57 of 300");
  expect(budget.died(0).kind).toBe("restart");
  budget.atStep("iteration 2, fit 56 of 300");
  budget.atStep("iteration 2, fit 57 of 300");
  expect(budget.died(1)).toEqual({
    kind: "stop",
    reason: "it died twice at the same step (iteration 2, fit 57 of 300)",
  });
});

test("deaths before any step, and at different steps, are not a poisoned step", () => {
  const budget = new RestartBudget(limits);
  expect(budget.died(0).kind).toBe("restart");
  expect(budget.died(1).kind).toBe("restart");
  const other = new RestartBudget(limits);
  other.atStep("a");
  other.died(0);
  other.atStep("b");
  expect(other.died(1).kind).toBe("restart");
});

test("agrees with a slow model on random scripts", () => {
  const action = fc.oneof(
    fc.record({ kind: fc.constant("step" as const), step: fc.constantFrom("x", "y", "z") }),
    fc.record({ kind: fc.constant("progress" as const) }),
    fc.record({ kind: fc.constant("death" as const), after: fc.integer({ min: 0, max: 400_000 }) }),
  );
  fc.assert(
    fc.property(fc.array(action, { maxLength: 40 }), (script) => {
      const budget = new RestartBudget(limits);
      let now = 0;
      // The naive model keeps the whole history and asks it every question anew.
      let history: { at: number; step: string | null }[] = [];
      let step: string | null = null;
      for (const act of script) {
        if (act.kind === "step") {
          budget.atStep(act.step);
          step = act.step;
        } else if (act.kind === "progress") {
          budget.progressed();
          history = [];
          step = null;
        } else {
          now += act.after;
          const before = history.at(-1);
          history.push({ at: now, step });
          const poisoned = step !== null && before?.step === step;
          const recent = history.filter((death) => now - death.at < limits.windowMs).length;
          const expected = poisoned || recent > limits.restarts ? "stop" : "restart";
          expect(budget.died(now).kind).toBe(expected);
          if (expected === "stop") return;
          step = null;
        }
      }
    }),
  );
});
