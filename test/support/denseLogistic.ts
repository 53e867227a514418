// Weighted logistic regression the plain way: dense rows, Newton's method, elimination. The oracle of the
// sparse design and of its solver.

export interface DenseProblem {
  readonly x: readonly (readonly number[])[];
  /** From [0, 1]. */
  readonly target: readonly number[];
  readonly weight: readonly number[];
  readonly l2: number;
}

/**
 * Minimizes sum weight loss / sum weight + l2/2 |w|^2, to a gradient below 1e-12. Newton's method as repeated
 * least squares: w = X' (X X' + l2 D^-1)^-1 y, a system of as many equations as rows, which are few.
 */
export function fitDense({ x, target, weight, l2 }: DenseProblem): number[] {
  const columns = [...x[0]!.keys()];
  const total = weight.reduce((a, b) => a + b, 0);
  const products = x.map((one) => x.map((other) => dot(one, other)));
  let w = columns.map(() => 0);
  for (let step = 0; step < 100; step++) {
    const z = x.map((row) => dot(row, w));
    const p = z.map((zr) => 1 / (1 + Math.exp(-zr)));
    const residual = p.map((pr, r) => (weight[r]! / total) * (pr - target[r]!));
    const gradient = columns.map(
      (j) => l2 * w[j]! + x.reduce((g, row, r) => g + residual[r]! * row[j]!, 0),
    );
    if (Math.max(...gradient.map(Math.abs)) < 1e-12) return w;
    const curvature = p.map((pr, r) => (weight[r]! / total) * pr * (1 - pr));
    const system = products.map((row, r) =>
      row.map((k, q) => (q === r ? k + l2 / curvature[r]! : k)),
    );
    const alpha = solve(
      system,
      z.map((zr, r) => zr - residual[r]! / curvature[r]!),
    );
    w = columns.map((j) => x.reduce((sum, row, r) => sum + alpha[r]! * row[j]!, 0));
  }
  throw new Error("fitDense: expected Newton's method to end within 100 steps, it did not");
}

/** x with a x = b, by Gaussian elimination with pivoting. */
export function solve(a: readonly (readonly number[])[], b: readonly number[]): number[] {
  const rows = a.map((row, i) => [...row, b[i]!]);
  const n = rows.length;
  for (let c = 0; c < n; c++) {
    let pivot = c;
    for (let r = c + 1; r < n; r++) {
      if (Math.abs(rows[r]![c]!) > Math.abs(rows[pivot]![c]!)) pivot = r;
    }
    [rows[c], rows[pivot]] = [rows[pivot]!, rows[c]!];
    for (let r = c + 1; r < n; r++) {
      const factor = rows[r]![c]! / rows[c]![c]!;
      if (factor === 0) continue;
      for (let j = c; j <= n; j++) rows[r]![j]! -= factor * rows[c]![j]!;
    }
  }
  const x = new Array<number>(n).fill(0);
  for (let r = n - 1; r >= 0; r--) {
    let rest = rows[r]![n]!;
    for (let j = r + 1; j < n; j++) rest -= rows[r]![j]! * x[j]!;
    x[r] = rest / rows[r]![r]!;
  }
  return x;
}

/** Sum of products. */
export function dot(a: readonly number[], b: readonly number[]): number {
  return a.reduce((sum, ai, i) => sum + ai * b[i]!, 0);
}
