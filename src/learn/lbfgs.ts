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
  // All vectors are used again and again: a new one per step made garbage collection a tenth of a run.
  let here: Point = { x: Float64Array.from(x0), gradient: new Float64Array(size) };
  let there: Point = { x: new Float64Array(size), gradient: new Float64Array(size) };
  const direction = new Float64Array(size);
  let value = f(here.x, here.gradient);
  const steps: RememberedStep[] = [];
  let count = 0;
  while (largest(here.gradient) > gradientTolerance && count < maxSteps) {
    setDescent(direction, here.gradient, steps);
    const reached = lineSearch(
      f,
      { here, there },
      { value, direction, isFirst: steps.length === 0 },
    );
    if (reached === null) break; // No progress at the resolution of float64.
    remember(steps, here, there);
    value = reached;
    [here, there] = [there, here];
    yield ++count;
  }
  return { x: here.x, value, steps: count, gradientNorm: largest(here.gradient) };
}

interface Point {
  readonly x: Float64Array;
  readonly gradient: Float64Array;
}

interface RememberedStep {
  readonly s: Float64Array;
  readonly y: Float64Array;
  readonly rho: number;
}

/** Adds the step from one point to the next; the oldest makes room, and its arrays are used again. */
function remember(steps: RememberedStep[], from: Point, to: Point): void {
  const size = from.x.length;
  const oldest = steps.length === memory ? steps.shift() : undefined;
  const s = oldest?.s ?? new Float64Array(size);
  const y = oldest?.y ?? new Float64Array(size);
  let sy = 0;
  for (let i = 0; i < size; i++) {
    s[i] = to.x[i]! - from.x[i]!;
    y[i] = to.gradient[i]! - from.gradient[i]!;
    sy += s[i]! * y[i]!;
  }
  if (sy > 0) steps.push({ s, y, rho: 1 / sy });
}

/** Sets q to -H * gradient, H being the inverse Hessian that the remembered steps imply. */
function setDescent(
  q: Float64Array,
  gradient: Float64Array,
  steps: readonly RememberedStep[],
): void {
  q.set(gradient);
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
}

/** Sets `there` to a point on the ray that satisfies both conditions; its value, or null where none improves. */
function lineSearch(
  f: Objective,
  { here, there }: { readonly here: Point; readonly there: Point },
  ray: {
    readonly value: number;
    readonly direction: Float64Array;
    readonly isFirst: boolean;
  },
): number | null {
  const { value, direction } = ray;
  const slope = dot(here.gradient, direction);
  if (!(slope < 0)) return null;
  let low = 0;
  let high = Infinity;
  // Without remembered steps the direction is the gradient, whose length says nothing about the step.
  let step = ray.isFirst ? Math.min(1, 1 / Math.sqrt(dot(direction, direction))) : 1;
  for (let tries = 0; tries < 50; tries++) {
    there.x.set(here.x);
    addScaled(there.x, direction, step);
    const reached = f(there.x, there.gradient);
    if (!(reached <= value + 1e-4 * step * slope)) high = step;
    else if (dot(there.gradient, direction) < 0.9 * slope) low = step;
    else return reached;
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
  for (let i = 0; i < target.length; i++) target[i]! += scale * source[i]!;
}

function largest(values: Float64Array): number {
  let max = 0;
  for (let i = 0; i < values.length; i++) max = Math.max(max, Math.abs(values[i]!));
  return max;
}
