// The solver on functions with known minima, and on logistic problems that scikit-learn solved.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { seededRandom } from "../../src/core/random.ts";
import { minimize, type Objective } from "../../src/learn/lbfgs.ts";
import { objectiveOf, train } from "../../src/learn/lexical/bradleyTerry.ts";
import { expectClose } from "../support/close.ts";
import { fitDense, solve } from "../support/denseLogistic.ts";
import { returned } from "../support/generators.ts";
import { designFrom, lexicalCases } from "../support/lexicalCases.ts";
import { boundsOf } from "../support/trainTolerance.ts";

const tight = { gradientTolerance: 1e-10, maxSteps: 2000 };

describe("minimize", () => {
  it("solves a quadratic of condition 1,000 with a known solution", () => {
    const size = 20;
    const random = seededRandom(1);
    const factor = Array.from({ length: size }, () =>
      Array.from({ length: size }, () => random() - 0.5),
    );
    const scales = Array.from({ length: size }, (_, i) => 1000 ** (i / (size - 1)));
    const a = factor.map((_, i) =>
      factor.map(
        (__, j) =>
          factor.reduce((sum, row, k) => sum + row[i]! * scales[k]! * row[j]!, 0) +
          (i === j ? 1 : 0),
      ),
    );
    const b = scales.map(() => random() * 10 - 5);
    const quadratic: Objective = (x, gradient) => {
      let value = 0;
      for (let i = 0; i < size; i++) {
        const ax = a[i]!.reduce((sum, aij, j) => sum + aij * x[j]!, 0);
        gradient[i] = ax - b[i]!;
        value += x[i]! * (ax / 2 - b[i]!);
      }
      return value;
    };
    const result = returned(minimize(quadratic, new Float64Array(size), tight));
    // The search ends at the resolution of the value: 1e-16 of about 10 is 1e-7 squared in x.
    expectClose(result.x, solve(a, b), { atol: 3e-6, rtol: 3e-6 });
  });

  it("follows a bent and narrow valley (Rosenbrock) to its end", () => {
    const rosenbrock: Objective = (x, gradient) => {
      let value = 0;
      gradient.fill(0);
      for (let i = 0; i + 1 < x.length; i++) {
        const bend = x[i + 1]! - x[i]! ** 2;
        value += 100 * bend ** 2 + (1 - x[i]!) ** 2;
        gradient[i]! += -400 * bend * x[i]! - 2 * (1 - x[i]!);
        gradient[i + 1]! += 200 * bend;
      }
      return value;
    };
    const start = Float64Array.of(-1.2, 1, -1.2, 1, 0.5, 2);
    const result = returned(minimize(rosenbrock, start, tight));
    expectClose(result.x, new Float64Array(6).fill(1), { atol: 1e-7, rtol: 0 });
    expect(start).toEqual(Float64Array.of(-1.2, 1, -1.2, 1, 0.5, 2));
  });

  it("counts its steps, keeps to the most of them, and never gets worse", () => {
    const values: number[] = [];
    const quartic: Objective = (x, gradient) => {
      gradient[0] = 4 * x[0]! ** 3 + 1;
      return x[0]! ** 4 + x[0]!;
    };
    for (const maxSteps of [0, 1, 2, 3, 4, 5]) {
      const steps = [...minimize(quartic, Float64Array.of(3), { ...tight, maxSteps })];
      expect(steps).toEqual(Array.from({ length: maxSteps }, (_, i) => i + 1));
      values.push(returned(minimize(quartic, Float64Array.of(3), { ...tight, maxSteps })).value);
    }
    expect(values).toEqual(values.toSorted((a, b) => b - a));
  });

  it("stays where the gradient is zero", () => {
    const flat: Objective = (_, gradient) => {
      gradient.fill(0);
      return 7;
    };
    const result = returned(minimize(flat, Float64Array.of(1, 2), tight));
    expect(result).toEqual({ x: Float64Array.of(1, 2), value: 7, steps: 0, gradientNorm: 0 });
  });

  it("backs off where a step is too long to have a value", () => {
    // -log(1 - x^2) + x, defined on (-1, 1) alone.
    const barrier: Objective = (x, gradient) => {
      gradient[0] = (2 * x[0]!) / (1 - x[0]! ** 2) + 1;
      return -Math.log(1 - x[0]! ** 2) + x[0]!;
    };
    const { x } = returned(minimize(barrier, Float64Array.of(0.99), tight));
    expectClose(x, [1 - Math.SQRT2], { atol: 1e-8, rtol: 0 });
  });
});

describe.each(lexicalCases)("logistic: $name", ({ x, target, weight, l2, solution, value }) => {
  const rows = Int32Array.from(x.keys());
  const size = x[0]!.length;

  it.each([{ lastIsLength: false }, { lastIsLength: true }])(
    "finds scikit-learn's solution (%o)",
    (options) => {
      const objective = objectiveOf(designFrom(x, options), rows, { target, weight, l2 });
      const result = returned(minimize(objective, new Float64Array(size), tight));
      // l2/2 |x - best|^2 <= f(x) - best, which float64 resolves to about 1e-15.
      expectClose(result.x, solution, { atol: Math.sqrt(2e-15 / l2), rtol: 0 });
      expectClose(result.value, value, { atol: 1e-12, rtol: 1e-12 });
    },
  );

  it("finds it from anywhere, to the tolerance of training", () => {
    const design = designFrom(x, { lastIsLength: false });
    const start = Float64Array.from({ length: size }, (_, j) => Math.sin(j) * 3);
    const w = returned(train(design, rows, { target, weight, l2, start }));
    const bounds = boundsOf(size, l2);
    expectClose(w, solution, { atol: bounds.w, rtol: 0 });
    const objective = objectiveOf(design, rows, { target, weight, l2 });
    expectClose(objective(w, new Float64Array(size)), value, { atol: bounds.value, rtol: 0 });
  });

  it("agrees with the dense oracle of the other tests", () => {
    const dense = fitDense({ x, target: [...target], weight: [...weight], l2 });
    expectClose(dense, solution, { atol: 1e-7, rtol: 1e-7 });
  });
});

describe("objectiveOf", () => {
  const number = fc.integer({ min: -96, max: 96 }).map((k) => k / 32);
  const problem = fc.record({
    x: fc.array(fc.array(number, { minLength: 4, maxLength: 4 }), { minLength: 1, maxLength: 8 }),
    targets: fc.array(fc.constantFrom(0, 0.5, 1, 0.3), { minLength: 8, maxLength: 8 }),
    weights: fc.array(fc.constantFrom(0.25, 1, 3), { minLength: 8, maxLength: 8 }),
    w: fc.array(number, { minLength: 4, maxLength: 4 }),
    lastIsLength: fc.boolean(),
    l2: fc.constantFrom(0, 1e-3, 1),
  });

  it("has the gradient that central differences have", () => {
    fc.assert(
      fc.property(problem, ({ x, targets, weights, w, lastIsLength, l2 }) => {
        const f = objectiveOf(designFrom(x, { lastIsLength }), Int32Array.from(x.keys()), {
          target: Float64Array.from(targets),
          weight: Float64Array.from(weights),
          l2,
        });
        const at = Float64Array.from(w);
        const gradient = new Float64Array(4);
        f(at, gradient);
        const step = 1e-5;
        const valueAt = (j: number, shift: number): number => {
          const moved = at.slice();
          moved[j]! += shift;
          return f(moved, new Float64Array(4));
        };
        const differences = w.map((_, j) => (valueAt(j, step) - valueAt(j, -step)) / (2 * step));
        expectClose(gradient, differences, { atol: 1e-8, rtol: 1e-6 });
      }),
    );
  });

  it("is the mean loss over the given rows alone", () => {
    const x = [[1], [2], [-3]];
    const f = objectiveOf(designFrom(x, { lastIsLength: false }), Int32Array.of(0, 2), {
      target: Float64Array.of(1, 0, 0.5),
      weight: Float64Array.of(1, 100, 3),
      l2: 0.1,
    });
    const loss = (z: number, t: number): number => Math.log(1 + Math.exp(z)) - z * t;
    expectClose(
      f(Float64Array.of(0.7), new Float64Array(1)),
      (loss(0.7, 1) + 3 * loss(-2.1, 0.5)) / 4 + 0.05 * 0.49,
      { atol: 1e-14, rtol: 0 },
    );
  });

  it("keeps its value and gradient, to the bit, where every row and target is flipped", () => {
    fc.assert(
      fc.property(problem, ({ x, targets, weights, w, lastIsLength, l2 }) => {
        const evaluate = (sign: 1 | -1): { value: number; gradient: Float64Array } => {
          const gradient = new Float64Array(4);
          const rows = x.map((row) => row.map((v) => (v === 0 ? 0 : sign * v)));
          const halves = targets.filter((t) => t !== 0.3).concat(0, 0, 0, 0, 0, 0, 0, 0);
          const f = objectiveOf(designFrom(rows, { lastIsLength }), Int32Array.from(x.keys()), {
            target: Float64Array.from(halves, (t) => (sign === 1 ? t : 1 - t)),
            weight: Float64Array.from(weights),
            l2,
          });
          return { value: f(Float64Array.from(w), gradient), gradient };
        };
        const [one, other] = [evaluate(1), evaluate(-1)];
        expect(other.value).toBe(one.value);
        expect(Array.from(other.gradient, (g) => g + 0)).toEqual(
          Array.from(one.gradient, (g) => g + 0),
        );
      }),
    );
  });
});
