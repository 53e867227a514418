// L-BFGS for smooth convex functions: two-loop recursion, backtracking line search with the Armijo and weak
// Wolfe conditions (Nocedal & Wright 2006, algorithms 7.4 and 7.5; Lewis & Overton 2013 for the bisection).

/** Writes the gradient at x into `gradient` and returns the value. */
export type Objective = (x: Float64Array, gradient: Float64Array) => number;

export interface LbfgsOptions {
  /** Stops when the largest component of the gradient is at most this. */
  readonly gradientTolerance: number;
  readonly maxSteps: number;
}

export interface LbfgsResult {
  readonly x: Float64Array;
  readonly value: number;
  readonly steps: number;
  /** Largest component of the gradient at x. */
  readonly gradientNorm: number;
}

/** Pairs of differences that are remembered. On HH 5 take as many steps as 10, each in two thirds of the time. */
const memory = 5;

/**
 * Minimizes f from x0 (which is not changed). Deterministic: equal inputs give equal bits.
 * Yields the number of steps made, once per step.
 */
export function* minimize(
  f: Objective,
  x0: Float64Array,
  { gradientTolerance, maxSteps }: LbfgsOptions,
): Generator<number, LbfgsResult> {
  const size = x0.length;
  let x = x0.slice();
  let gradient = new Float64Array(size);
  let value = f(x, gradient);
  const steps: { s: Float64Array; y: Float64Array; rho: number }[] = [];
  let count = 0;
  while (largest(gradient) > gradientTolerance && count < maxSteps) {
    const direction = descent(gradient, steps);
    // Without remembered steps the direction is the gradient, whose length says nothing about the step.
    const firstStep =
      steps.length === 0 ? Math.min(1, 1 / Math.sqrt(dot(direction, direction))) : 1;
    const next = lineSearch(f, { x, value, gradient, direction }, firstStep);
    if (next === null) break; // No progress at the resolution of float64.
    const s = new Float64Array(size);
    const y = new Float64Array(size);
    let sy = 0;
    for (let i = 0; i < size; i++) {
      s[i] = next.x[i]! - x[i]!;
      y[i] = next.gradient[i]! - gradient[i]!;
      sy += s[i]! * y[i]!;
    }
    if (sy > 0) {
      steps.push({ s, y, rho: 1 / sy });
      if (steps.length > memory) steps.shift();
    }
    ({ x, gradient, value } = next);
    yield ++count;
  }
  return { x, value, steps: count, gradientNorm: largest(gradient) };
}

interface Point {
  readonly x: Float64Array<ArrayBuffer>;
  readonly value: number;
  readonly gradient: Float64Array<ArrayBuffer>;
}

/** -H * gradient, H being the inverse Hessian that the remembered steps imply. */
function descent(
  gradient: Float64Array,
  steps: readonly { s: Float64Array; y: Float64Array; rho: number }[],
): Float64Array {
  const q = gradient.slice();
  const alpha = new Float64Array(steps.length);
  for (let k = steps.length - 1; k >= 0; k--) {
    const { s, y, rho } = steps[k]!;
    alpha[k] = rho * dot(s, q);
    addScaled(q, y, -alpha[k]!);
  }
  const last = steps.at(-1);
  if (last) {
    const scale = 1 / (last.rho * dot(last.y, last.y));
    for (let i = 0; i < q.length; i++) q[i] = q[i]! * scale;
  }
  for (const [k, { s, y, rho }] of steps.entries()) {
    addScaled(q, s, alpha[k]! - rho * dot(y, q));
  }
  for (let i = 0; i < q.length; i++) q[i] = -q[i]!;
  return q;
}

/** A point on the ray that satisfies both conditions; null when nothing improves. */
function lineSearch(
  f: Objective,
  from: Point & { readonly direction: Float64Array },
  firstStep: number,
): Point | null {
  const slope = dot(from.gradient, from.direction);
  if (!(slope < 0)) return null;
  let low = 0;
  let high = Infinity;
  let step = firstStep;
  for (let tries = 0; tries < 50; tries++) {
    const x = from.x.slice();
    addScaled(x, from.direction, step);
    const gradient = new Float64Array(x.length);
    const value = f(x, gradient);
    if (!(value <= from.value + 1e-4 * step * slope)) high = step;
    else if (dot(gradient, from.direction) < 0.9 * slope) low = step;
    else return { x, value, gradient };
    step = high === Infinity ? 2 * step : (low + high) / 2;
  }
  return null;
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!;
  return sum;
}

function addScaled(target: Float64Array, source: Float64Array, scale: number): void {
  for (let i = 0; i < target.length; i++) target[i] = target[i]! + scale * source[i]!;
}

function largest(values: Float64Array): number {
  let max = 0;
  for (let i = 0; i < values.length; i++) max = Math.max(max, Math.abs(values[i]!));
  return max;
}
