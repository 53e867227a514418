// How exact a trained lexical model is, in one place for the tests that compare it with exact solutions.

/** The largest component of the gradient at which training may end; a tighter solver passes too. */
const gradientTolerance = 1e-4;

/** Margins and weights of small, well-posed fits (l2 of 0.01 and more) are within this of the exact ones. */
export const fitTolerance = 200 * gradientTolerance;

/** |w - best| <= |g| / l2 and f(w) - best <= |g|^2 / (2 l2), g the gradient: f is l2-strongly convex. */
export function boundsOf(size: number, l2: number): { readonly w: number; readonly value: number } {
  const largest = gradientTolerance * Math.sqrt(size);
  return { w: largest / l2, value: largest ** 2 / (2 * l2) };
}
